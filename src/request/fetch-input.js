// The arguments of `fetch`: a URL or a `Request`, and an init.

import { currentBase } from '../platform/origin.js';

/** Converts a method to a string, as `fetch` does. */
export const methodOf = (method) => (method === undefined ? undefined : `${method}`);

/** The members of a `Request` besides its URL, body and signal. */
export const REQUEST_MEMBERS = [
  'method',
  'mode',
  'credentials',
  'cache',
  'redirect',
  'referrer',
  'referrerPolicy',
  'integrity',
  'keepalive',
  'headers',
];

/** The members of an init (Fetch, `RequestInit`). */
export const INIT_MEMBERS = [...REQUEST_MEMBERS, 'body', 'signal', 'duplex', 'priority'];

/** The platform's own getter for the URL: a `Request` may have an own property of that name. Simulated pages may have no `Request`. */
const ownUrl = Object.getOwnPropertyDescriptor(globalThis.Request?.prototype ?? {}, 'url')?.get;

/** The URL of a `Request`, also of another realm, or of a test double of one; `undefined` for anything else. */
export const urlOf = (input) => {
  if (typeof input?.clone !== 'function') return undefined;
  try {
    return ownUrl.call(input);
  } catch {
    const { url } = input;
    return typeof url === 'string' ? url : undefined;
  }
};

/**
 * All members that `fetch` would read of an init. Inherited ones are read by name, as a spread leaves them out; a `Request` has only those.
 */
export function initMembersOf(init) {
  if (init === undefined || init === null) return {};
  if (Object(init) !== init) throw new TypeError('fetch: the init must be an object');
  const kin = Object.getPrototypeOf(init);
  if (kin === null || kin === Object.prototype) return init;
  const members = urlOf(init) ? {} : { ...init };
  for (const name of INIT_MEMBERS) {
    const value = name in members ? undefined : init[name];
    if (value !== undefined) members[name] = value;
  }
  return members;
}

/** A copy of the input as a string: a `URL` or the page's `location` may change before the request is sent. */
export function fixedInput(input) {
  if (typeof input !== 'object' || input === null || urlOf(input)) return input;
  try {
    return new URL(input, currentBase());
  } catch {
    return input;
  }
}

/** The referrer of a `Request`. `fetch` ignores it if there is an init too, unless the init repeats it. */
export const referrerOf = ({ referrer, referrerPolicy }) => ({ referrer, referrerPolicy });

/** Whether the mode is `no-cors` (Fetch): then only headers that a form could have are sent. */
export const isWithoutCors = ({ rest, request }) => (rest?.mode ?? request?.mode) === 'no-cors';
