// Reads the status, headers and clock of answers. A test double may return anything.

import { harmless } from './harmless.js';

/** The status. Throws if the value is no answer. The status shares a number with other bits, and so has to be below 1000. */
export function statusOf(answer) {
  const status = answer?.status;
  if (status >>> 0 === status && status < 1000 && typeof answer.headers?.get === 'function') return status;
  throw new TypeError('fetch did not resolve to a Response');
}

/** A header; `undefined` if there is none. */
export function headerOf(message, name) {
  try {
    // With `?.`, as an exception costs as much as a whole call.
    const value = message?.headers?.get(name);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A content type without its parameters, in lower case. */
export const mediaTypeOf = (contentType) => contentType?.split(';')[0].trim().toLowerCase();

/** Names in a body that could change prototypes, also as escapes. Tested first, as a reviver is slow. */
const SUSPECT = /__proto__|constructor|\\u00[567]/;

/** A number that JavaScript represents exactly enough. A longer one may be an id, whose last digits would be lost. */
const EXACT = /^\s*-?\d{1,16}(?:\.\d{1,17})?(?:e[+-]?\d+)?\s*$/i;

/** Parses JSON. Other text stays text, as do numbers that are too long. */
export const parse = (text) => {
  if (text === '') return undefined;
  try {
    const value = SUSPECT.test(text) ? JSON.parse(text, harmless) : JSON.parse(text);
    return typeof value === 'number' && !EXACT.test(text) ? text : value;
  } catch {
    return text;
  }
};

/** A body longer than this is not searched for a code. */
export const BOUND = 0x10_0000;

/** The text of a copy of the answer, which itself stays unread; `undefined` if it is longer than `BOUND`, or can not be read. */
export async function peek(response) {
  if (Number(headerOf(response, 'content-length')) > BOUND) return undefined;
  try {
    const reader = response.clone().body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return text;
      text += value;
      if (text.length > BOUND) {
        reader.cancel().catch(() => {});
        return undefined;
      }
    }
  } catch {
    // Reading the answer itself will fail too, and report it.
    return undefined;
  }
}

/** Puts the parsed body into an answer as `_data`, as ofetch does. */
export function putData(response, value, enumerable) {
  try {
    Object.defineProperty(response, '_data', { value, configurable: true, enumerable, writable: true });
  } catch {
    // A test double's answer may be frozen.
  }
}

/** How far the server's clock is ahead of this machine's, in ms, by an answer's `Date` (RFC 9110 §6.6.1); NaN if it can not be read. */
export const serverAhead = (response) => Date.parse(headerOf(response, 'date')) - Date.now();

/** How far the servers' clocks are ahead, by the bodies that they have sent. */
const clocks = new WeakMap();

/** Remembers the server's clock for a body, whose times are by that clock. */
export function rememberClock(body, response) {
  if (typeof body === 'object' && body) clocks.set(body, serverAhead(response));
}

/** How far the clock of the server that sent this body is ahead; `undefined` if that is not known. */
export const clockOf = (body) => clocks.get(body);

/** `Retry-After` (RFC 9110 §10.2.3) in ms from now; NaN if there is none that can be read. */
export const waitOf = (value) => (/^ *\d+ *$/.test(value) ? value * 1000 : Date.parse(value) - Date.now());
