// Copies of plain values.

export const isPlainObject = (value) =>
  typeof value === 'object' && value !== null && (!value.constructor || value.constructor.name === 'Object');

/** A copy of bytes, of the same class. Anything else is returned itself, also a class of the app's, which may hold more than bytes. */
function copyOfBytes(value) {
  if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) return value;
  const Kind = value.constructor;
  if (!value.byteLength || globalThis[Kind?.name] !== Kind) return value;
  // `slice` of Node's `Buffer` would share the memory, so that `from` comes first.
  return Kind.from?.(value) ?? value.slice?.(0) ?? value;
}

/**
 * A deep copy of objects, lists, dates and bytes, which gives the same JSON and the same form. Anything else, such as an instance of a
 * class of the app's, is kept itself.
 *
 * @param seen copies that were made, so that a cycle stays a cycle and JSON refuses it
 */
export function copyOfPlain(value, seen = new Map()) {
  const kin = Object.getPrototypeOf(value ?? 0);
  if (kin === Date.prototype) return new Date(value);
  // A list with its own `toJSON` is kept itself, as the method may not work on a copy.
  const isList = Array.isArray(value) && typeof value.toJSON !== 'function';
  if (!isList && !isPlainObject(value)) return copyOfBytes(value);
  if (seen.has(value)) return seen.get(value);
  const copy = isList
    ? Object.assign(new Array(value.length), value)
    : Object.setPrototypeOf({ ...value }, kin);
  seen.set(value, copy);
  for (const key of Object.keys(copy)) copy[key] = copyOfPlain(copy[key], seen);
  return copy;
}
