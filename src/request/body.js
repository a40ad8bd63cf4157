// Bodies of requests: what one is, and copies of it.

import {
  BODY_KIND_BYTES,
  BODY_KIND_FORM,
  BODY_KIND_NONE,
  BODY_KIND_OTHER,
  BODY_KIND_PLAIN,
  BODY_KIND_STREAM,
  BODY_KIND_TEXT,
} from '../boundary.js';
import { copyOfPlain, isPlainObject } from '../options/copy.js';

/** Those that are known by what the platform itself calls them. */
const BY_NAME = { FormData: BODY_KIND_FORM, URLSearchParams: BODY_KIND_FORM, ArrayBuffer: BODY_KIND_BYTES };

/** What a body is. */
export function kindOf(body) {
  if (body === undefined || body === null) return BODY_KIND_NONE;
  if (typeof body === 'string') return body ? BODY_KIND_TEXT : BODY_KIND_OTHER;
  if (typeof body === 'number' || typeof body === 'boolean' || Array.isArray(body)) return BODY_KIND_PLAIN;
  if (ArrayBuffer.isView(body)) return BODY_KIND_BYTES;
  if (typeof body.pipeTo === 'function' || typeof body.pipe === 'function' || body[Symbol.asyncIterator])
    return BODY_KIND_STREAM;
  return isPlainObject(body) || typeof body.toJSON === 'function' ? BODY_KIND_PLAIN : brandOf(body);
}

/** What the platform takes for its own, also of another realm, where `instanceof` says no. */
function brandOf(body) {
  const name = Object.prototype.toString.call(body).slice(8, -1);
  try {
    const { has, slice } = globalThis[name].prototype;
    (has ?? slice).call(body, -1);
    return BY_NAME[name] ?? BODY_KIND_OTHER;
  } catch {
    // Somebody else's, by whatever name.
    return BODY_KIND_OTHER;
  }
}

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

/** A body that nobody else can change; one that never changes, or that can be read once only, is itself. */
export function copyOf(body) {
  switch (kindOf(body)) {
    case BODY_KIND_PLAIN:
      return copyOfPlain(body);
    case BODY_KIND_BYTES:
      return bytesOf(body);
    case BODY_KIND_FORM: {
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
