// Answers: what is asked of them before anybody reads them. A test double may give anything, or nothing.

import { harmless } from '../options/harmless.js';

/** What `fetch` resolves to has to be readable as an answer. Its status goes to the engine beside bits that must not be mistaken for it. */
export function statusOf(answer) {
  const status = answer?.status;
  if (status >>> 0 === status && status < 1000 && typeof answer.headers?.get === 'function') return status;
  throw new TypeError('fetch did not resolve to a Response');
}

/** A header, where there is one. */
export function headerOf(message, name) {
  try {
    // Asked and not tried: an exception costs as much as a call.
    const value = message?.headers?.get(name);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A content type without its parameters, in lower case. */
export const mediaTypeOf = (contentType) => contentType?.split(';')[0].trim().toLowerCase();

/** What may stand in a body that reaches for prototypes, be it by escapes. Looked for first, as a reviver is dear. */
const SUSPECT = /__proto__|constructor|\\u00[567]/;

/** A number that is kept to its last digit; others may be an id. */
const EXACT = /^\s*-?\d{1,16}(?:\.\d{1,17})?(?:e[+-]?\d+)?\s*$/i;

/** JSON; what is none stays text, as do numbers too long for a number. */
export const parse = (text) => {
  if (text === '') return undefined;
  try {
    const value = SUSPECT.test(text) ? JSON.parse(text, harmless) : JSON.parse(text);
    return typeof value === 'number' && !EXACT.test(text) ? text : value;
  } catch {
    return text;
  }
};

/** A body beyond this is not read for a code in it. */
export const BOUND = 0x10_0000;

/** The text of an answer's copy: the answer itself stays unread. Nothing where it can not be had within the bound. */
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
    // Whoever reads the answer itself is told.
    return undefined;
  }
}

/** Puts the parsed body into an answer, as ofetch's users know it. */
export function putData(response, value, enumerable) {
  try {
    Object.defineProperty(response, '_data', { value, configurable: true, enumerable, writable: true });
  } catch {
    // A test double's answer may be frozen.
  }
}

/** How far the server's clock is ahead of this machine's, in ms, by an answer's `Date` (RFC 9110 §6.6.1); NaN where it can not be read. */
export const serverAhead = (response) => Date.parse(headerOf(response, 'date')) - Date.now();

/** The clocks of the servers that have sent these bodies. */
const clocks = new WeakMap();

/** Remembers by whose clock the moments in a body are. */
export function noteClock(body, response) {
  if (typeof body === 'object' && body) clocks.set(body, serverAhead(response));
}

/** How far the clock of whoever sent this body is ahead; `undefined` where nobody knows. */
export const clockOf = (body) => clocks.get(body);

/** `Retry-After` (RFC 9110 §10.2.3): how many milliseconds from now; NaN where there is none that can be read. */
export const waitOf = (value) => (/^ *\d+ *$/.test(value) ? value * 1000 : Date.parse(value) - Date.now());
