/** Instances at a strictly rotating server whose answers the test holds back. */

import { createApiFetch } from '../../dist/index.js';
import { json, server } from './double.js';

/** @import { CreateOptions, SessionOptions } from '../../src/npm/types.js' */

export const ORIGIN = 'https://api.example.com';
const FIRST = { access_token: 'first', refresh_token: 'r1' };

/**
 * Signed in at a strictly rotating server: the first call is held where `hold` names its path, and every refresh where it says so.
 *
 * @param {Partial<SessionOptions>} [session]
 * @param {CreateOptions} [defaults]
 */
export async function signedIn(session, defaults) {
  let good = 'first';
  let current = 'r1';
  /** @type {Map<string, () => void>} */
  const held = new Map();
  const wait = (/** @type {string} */ path) =>
    new Promise((resolve) => held.set(path, () => resolve(undefined)));
  const books = { presented: /** @type {string[]} */ ([]), hold: new Set(), expire: () => (good = 'none') };
  const { fetch, sent } = server(async ({ url, headers, body }) => {
    const path = new URL(url).pathname;
    if (path === '/token') books.presented.push(new URLSearchParams(body).get('refresh_token') ?? '');
    const presented = books.presented.at(-1);
    if (books.hold.has(path)) await wait(path);
    if (path !== '/token') return json({ path }, headers.authorization === `Bearer ${good}` ? 200 : 401);
    if (presented !== current) return json({ error: 'invalid_grant' }, 400);
    [good, current] = [`access of ${current}`, `after ${current}`];
    return json({ access_token: good, refresh_token: current });
  });
  const make = () =>
    createApiFetch({
      ...{ fetch, baseURL: ORIGIN, ...defaults },
      session: { storage: 'memory', refresh: '/token', ...session },
    });
  const api = make();
  await api.session.set(FIRST);
  return { api, make, sent, books, release: (/** @type {string} */ path) => held.get(path)?.() };
}

/** What becomes of it, in words. */
export const messageOf = (/** @type {Promise<unknown>} */ promise) =>
  promise.then(
    () => 'answered',
    (error) => String(error),
  );

/**
 * A storage of the app's.
 *
 * @param {Map<string, string>} items
 */
export const storageOf = (items, isAsync = false) => {
  const done = (/** @type {any} */ value) => (isAsync ? Promise.resolve(value) : value);
  return {
    getItem: (/** @type {string} */ key) => done(items.get(key) ?? null),
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => done(void items.set(key, value)),
    removeItem: (/** @type {string} */ key) => done(void items.delete(key)),
  };
};
