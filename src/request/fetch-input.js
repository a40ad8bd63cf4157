// What `fetch` is given: a URL or a `Request`, and an init.

import { currentBase } from '../platform/origin.js';

/** As the platform reads a method: it takes anything. */
export const methodOf = (method) => (method === undefined ? undefined : `${method}`);

/** What a `Request` holds besides its URL, body and signal. */
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

/** What an init may hold (Fetch, `RequestInit`). */
export const INIT_MEMBERS = [...REQUEST_MEMBERS, 'body', 'signal', 'duplex', 'priority'];

/** What the platform goes by, whatever a property of the same name says. Simulated pages may have no `Request`. */
const ownUrl = Object.getOwnPropertyDescriptor(globalThis.Request?.prototype ?? {}, 'url')?.get;

/** The URL of a `Request`, of this realm or another, or a double of one; nothing where it is something else. */
export const urlOf = (input) => {
  if (typeof input?.clone !== 'function') return undefined;
  try {
    return ownUrl.call(input);
  } catch {
    const { url } = input;
    return typeof url === 'string' ? url : undefined;
  }
};

/** All that `fetch` would read of an init. What is inherited, a spread does not find; a `Request` has nothing else. */
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

/** What is asked for, as it is now: a `URL`, the page's `location` or the like may lead elsewhere before it is sent. */
export function fixedInput(input) {
  if (typeof input !== 'object' || input === null || urlOf(input)) return input;
  try {
    return new URL(input, currentBase());
  } catch {
    return input;
  }
}

/** What a `Request` says of its page, which `fetch` forgets as soon as it is given anything beside the `Request`. */
export const referrerOf = ({ referrer, referrerPolicy }) => ({ referrer, referrerPolicy });
