/** An app that changes from npm's axios to the facade, before a server whose second token alone is good. */

import npm from 'axios';
import { json, server, settled } from './double.js';

/**
 * @import { TestContext } from 'node:test'
 * @typedef {{ before: (baseURL: string, app: object) => any, after: (baseURL: string, app: object) => any }} Migration
 * @typedef {Awaited<ReturnType<typeof open>>} Opened
 */

const BASE = 'https://api.example.com';
const STALE = { access_token: 'first', refresh_token: 'r' };

// In a page npm's axios would use `XMLHttpRequest`, in Node its sockets.
npm.defaults.adapter = 'fetch';

/**
 * Answers to `/late`, and the refresh, wait until they are let go.
 *
 * @param {TestContext} t
 * @param {Migration} migration
 * @param {keyof Migration} side
 */
export async function open(t, migration, side) {
  /** @type {Record<string, (answer: Response) => void>} */
  const held = {};
  let refreshes = 0;
  let logins = 0;
  const { fetch } = server(({ url, headers }) => {
    const path = new URL(url).pathname;
    const wait = () =>
      new Promise((/** @type {(answer: Response) => void} */ resolve) => {
        held[path] = resolve;
      });
    if (path === '/refresh') {
      refreshes += 1;
      return wait();
    }
    if (headers.authorization === 'Bearer second') return json({ path });
    return path === '/late' ? wait() : json({}, 401);
  });
  t.mock.method(globalThis, 'fetch', fetch);
  const showLogin = () => {
    logins += 1;
  };
  let tokens = STALE;
  /** @type {any} */
  const service =
    side === 'before'
      ? migration.before(BASE, {
          showLogin,
          read: () => tokens,
          write: (/** @type {typeof STALE} */ reply) => {
            tokens = { ...tokens, ...reply };
          },
        })
      : migration.after(BASE, { showLogin, storage: 'memory' });
  await service.session?.set(STALE);
  const letGo = (/** @type {string} */ path, /** @type {Response} */ answer) => {
    held[path]?.(answer);
    return settled();
  };
  return { service, letGo, count: () => ({ refreshes, logins }) };
}

export const fresh = () => json({ access_token: 'second' });

/** How a call has ended until now. */
export function watch(/** @type {Promise<any>} */ call) {
  const state = { is: 'pending' };
  call.then(
    () => Object.assign(state, { is: 'answered' }),
    () => Object.assign(state, { is: 'rejected' }),
  );
  return state;
}

/** A 401 for a request that was sent before the refresh, and comes after it. */
export async function late(/** @type {Opened} */ { service, letGo, count }) {
  const first = service.get('/late');
  const second = service.get('/b');
  await settled();
  await letGo('/refresh', fresh());
  await second;
  await letGo('/late', json({}, 401));
  await letGo('/refresh', fresh());
  await first;
  return count().refreshes;
}

/** What becomes of two that are waiting when the refresh is refused. */
export async function refused(/** @type {Opened} */ { service, letGo, count }) {
  const states = [service.get('/a'), service.get('/b')].map(watch);
  await settled();
  await letGo('/refresh', json({ error: 'invalid_grant' }, 400));
  await settled();
  return { ends: states.map(({ is }) => is), logins: count().logins };
}

/** A failure that passes: the server is overloaded for a moment. */
export async function passing(/** @type {Opened} */ { service, letGo, count }) {
  const state = watch(service.get('/a'));
  await settled();
  await letGo('/refresh', json({}, 503));
  const { logins } = count();
  // It would try again.
  service.session?.dispose();
  return { ...state, logins };
}
