// Copies of plain values.

export const isPlainObject = (value) =>
  typeof value === 'object' && value !== null && (!value.constructor || value.constructor.name === 'Object');

/** Bytes of the same kind, which are the same JSON; anything else is itself. A class of the app's may hold more than bytes. */
function copyOfBytes(value) {
  if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) return value;
  const Kind = value.constructor;
  if (!value.byteLength || globalThis[Kind?.name] !== Kind) return value;
  // A `Buffer` of Node's would share its memory by `slice`.
  return Kind.from?.(value) ?? value.slice?.(0) ?? value;
}

/**
 * A copy of objects, lists, dates and bytes, which becomes the same JSON and the same form as they do. All else, instances of
 * an app's classes among it, is itself.
 *
 * @param seen what has been copied already: a cycle stays one, for JSON to complain of
 */
export function copyOfPlain(value, seen = new Map()) {
  const kin = Object.getPrototypeOf(value ?? 0);
  if (kin === Date.prototype) return new Date(value);
  // A list that says itself what its JSON is may not do so as a copy.
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
