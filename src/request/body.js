// Bodies of requests: their kinds, and copies of them.

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

/** Kinds by the platform's own class names. */
const BY_NAME = { FormData: BODY_KIND_FORM, URLSearchParams: BODY_KIND_FORM, ArrayBuffer: BODY_KIND_BYTES };

/** The kind of a body, a `BODY_KIND_…`. */
export function kindOf(body) {
  if (body === undefined || body === null) return BODY_KIND_NONE;
  if (typeof body === 'string') return body ? BODY_KIND_TEXT : BODY_KIND_OTHER;
  if (typeof body === 'number' || typeof body === 'boolean' || Array.isArray(body)) return BODY_KIND_PLAIN;
  if (ArrayBuffer.isView(body)) return BODY_KIND_BYTES;
  if (typeof body.pipeTo === 'function' || typeof body.pipe === 'function' || body[Symbol.asyncIterator])
    return BODY_KIND_STREAM;
  return isPlainObject(body) || typeof body.toJSON === 'function' ? BODY_KIND_PLAIN : brandOf(body);
}

/** The kind of an object of the platform, also of another realm, where `instanceof` does not work. */
function brandOf(body) {
  const name = Object.prototype.toString.call(body).slice(8, -1);
  try {
    const { has, slice } = globalThis[name].prototype;
    (has ?? slice).call(body, -1);
    return BY_NAME[name] ?? BODY_KIND_OTHER;
  } catch {
    // It only has the same name, and is no object of the platform.
    return BODY_KIND_OTHER;
  }
}

/** The text that `fetch` would make of a body. A body that `fetch` may accept as it is, or that has no text, is returned as it is. */
export function textOf(body) {
  try {
    const text = `${body}`;
    // React Native's `URLSearchParams` can be converted to a text, but is sent as it is.
    return text.startsWith('[object ') || body.getAll ? body : text;
  } catch {
    return body;
  }
}

/** A copy of a body that nobody else can change. A body that never changes, or that can be read only once, is returned itself. */
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

/** A copy of a buffer, or of the part that a view covers. A shared buffer stays shared, and `fetch` refuses it. */
export function bytesOf(body) {
  const { buffer = body, byteOffset = 0, byteLength } = body;
  // It is empty, or was transferred.
  return byteLength === 0 ? body : new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
