/** The two sides of the migration that AXIOS.md shows, before one server: what stays, and what the queue by hand gets wrong. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import npm from 'axios';
import { after, before } from '../../www/recipes/axios/index.js';
import { json, server, settled } from '../support/double.js';

/** @import { TestContext } from 'node:test' */

const BASE = 'https://api.example.com';
const STORM = 200;
const STALE = { access_token: 'first', refresh_token: 'r' };

// In a page npm's axios would use `XMLHttpRequest`, in Node its sockets.
npm.defaults.adapter = 'fetch';

/**
 * Only the second token is good. Answers to `/late`, and the refresh, wait until they are let go.
 *
 * @param {TestContext} t
 * @param {'before' | 'after'} side
 */
async function open(t, side) {
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
      ? before(BASE, {
          showLogin,
          read: () => tokens,
          write: (/** @type {typeof STALE} */ reply) => {
            tokens = { ...tokens, ...reply };
          },
        })
      : after(BASE, { showLogin, storage: 'memory' });
  await service.session?.set(STALE);
  const letGo = (/** @type {string} */ path, /** @type {Response} */ answer) => {
    held[path]?.(answer);
    return settled();
  };
  return { service, letGo, count: () => ({ refreshes, logins }) };
}

const fresh = () => json({ access_token: 'second' });

/** How a call has ended until now. */
function watch(/** @type {Promise<any>} */ call) {
  const state = { is: 'pending' };
  call.then(
    () => Object.assign(state, { is: 'answered' }),
    () => Object.assign(state, { is: 'rejected' }),
  );
  return state;
}

for (const side of /** @type {const} */ (['before', 'after'])) {
  test(`${STORM} calls with an expired token are one refresh, and each gets its own data: ${side}`, async (t) => {
    const { service, letGo, count } = await open(t, side);
    const calls = Array.from({ length: STORM }, (_, at) => service.get(`/items/${at}`));
    await settled();
    await letGo('/refresh', fresh());
    assert.deepEqual(
      await Promise.all(calls),
      calls.map((_, at) => ({ path: `/items/${at}` })),
    );
    assert.deepEqual(count(), { refreshes: 1, logins: 0 });
  });
}

/** A 401 for a request that was sent before the refresh, and comes after it. */
async function late(/** @type {Awaited<ReturnType<typeof open>>} */ { service, letGo, count }) {
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

test('a late 401 spends a second refresh token by hand, and none with the session', async (t) => {
  assert.equal(await late(await open(t, 'before')), 2);
  assert.equal(await late(await open(t, 'after')), 1);
});

/** What becomes of two that are waiting when the refresh is refused. */
async function refused(/** @type {Awaited<ReturnType<typeof open>>} */ { service, letGo, count }) {
  const states = [service.get('/a'), service.get('/b')].map(watch);
  await settled();
  await letGo('/refresh', json({ error: 'invalid_grant' }, 400));
  await settled();
  return { ends: states.map(({ is }) => is), logins: count().logins };
}

test('a refused refresh leaves the queue by hand waiting for ever; with the session everybody is told', async (t) => {
  assert.deepEqual(await refused(await open(t, 'before')), { ends: ['rejected', 'pending'], logins: 1 });
  assert.deepEqual(await refused(await open(t, 'after')), { ends: ['rejected', 'rejected'], logins: 1 });
});

/** A failure that passes: the server is overloaded for a moment. */
async function passing(/** @type {Awaited<ReturnType<typeof open>>} */ { service, letGo, count }) {
  const state = watch(service.get('/a'));
  await settled();
  await letGo('/refresh', json({}, 503));
  const { logins } = count();
  // It would try again.
  service.session?.dispose();
  return { ...state, logins };
}

test('a server that has a bad moment signs the user out by hand, and not with the session', async (t) => {
  assert.equal((await passing(await open(t, 'before'))).logins, 1);
  assert.equal((await passing(await open(t, 'after'))).logins, 0);
});
