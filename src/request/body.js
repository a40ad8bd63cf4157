// Bodies: what one is, and copies of it.

// The engine knows the same numbers.
export const NOTHING = 0;
const TEXT = 1;
export const PLAIN = 2;
export const FORM = 3;
export const BYTES = 4;
const STREAM = 5;
export const OTHER = 6;

/** Those that are known by what the platform itself calls them. */
const BY_NAME = { FormData: FORM, URLSearchParams: FORM, ArrayBuffer: BYTES };

/** What a body is. */
export function kindOf(body) {
  if (body === undefined || body === null) return NOTHING;
  if (typeof body === 'string') return body ? TEXT : OTHER;
  if (typeof body === 'number' || typeof body === 'boolean' || Array.isArray(body)) return PLAIN;
  if (ArrayBuffer.isView(body)) return BYTES;
  if (typeof body.pipeTo === 'function' || typeof body.pipe === 'function' || body[Symbol.asyncIterator])
    return STREAM;
  return isPlainObject(body) || typeof body.toJSON === 'function' ? PLAIN : brandOf(body);
}

/** What the platform takes for its own, also of another realm, where `instanceof` says no. */
function brandOf(body) {
  const name = Object.prototype.toString.call(body).slice(8, -1);
  try {
    const { has, slice } = globalThis[name].prototype;
    (has ?? slice).call(body, -1);
    return BY_NAME[name] ?? OTHER;
  } catch {
    // Somebody else's, by whatever name.
    return OTHER;
  }
}

const isPlainObject = (value) =>
  typeof value === 'object' && value !== null && (!value.constructor || value.constructor.name === 'Object');

/** The text that `fetch` would make of a body. What it takes as it is, may take so, or can make no text of, is itself. */
export function textOf(body) {
  try {
    const text = `${body}`;
    // React Native's search parameters have a text, but are a body of their own.
    return text.startsWith('[object ') || body.getAll ? body : text;
  } catch {
    return body;
  }
}

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

/** A body that nobody else can change; one that never changes, or that can be read once only, is itself. */
export function copyOf(body) {
  switch (kindOf(body)) {
    case PLAIN:
      return copyOfPlain(body);
    case BYTES:
      return bytesOf(body);
    case FORM: {
      const copy = new body.constructor();
      for (const entry of body) copy.append(...entry);
      return copy;
    }
    default:
      return body;
  }
}

/** Of a buffer, or of what a view shows of it, a copy. One that is shared with a worker stays shared, and `fetch` refuses it. */
export function bytesOf(body) {
  const { buffer = body, byteOffset = 0, byteLength } = body;
  // There is nothing to change, or it has gone to somebody else.
  return byteLength === 0 ? body : new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
