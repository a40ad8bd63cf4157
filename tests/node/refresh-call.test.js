/** What a refresh makes of exceptions, what a trace tells of its end, and what it leaves behind. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createApiFetch } from '../../dist/index.js';
import { json, server, settled } from '../support/double.js';
import { messageOf, ORIGIN } from '../support/rotating.js';

const FIRST = { access_token: 'first', refresh_token: 'r1' };

test('what takes the answer apart and throws is no failure of the network: the call is not made again', async () => {
  const { fetch, sent } = server(() => json({ code: 0, access_token: 'second' }));
  // What throws when it is asked.
  const envelope = /** @type {any} */ (0);
  const api = createApiFetch({
    ...{ fetch, baseURL: ORIGIN, envelope },
    session: { storage: 'memory', refresh: '/token' },
  });
  await api.session.set(FIRST);
  const error = await api.session.refresh().catch((/** @type {any} */ thrown) => thrown);
  assert.equal(error.code, 'REFRESH_FAILED');
  assert.equal(error.cause.response, undefined);
  assert.equal(sent.length, 1);
});

test('a server that never gives another refresh token: the first one refreshes time and again', async () => {
  /** @type {string[]} */
  const presented = [];
  const { fetch } = server(({ body }) => {
    presented.push(String(new URLSearchParams(body).get('refresh_token')));
    return json({ access_token: `access ${presented.length}` });
  });
  const api = createApiFetch({ fetch, baseURL: ORIGIN, session: { storage: 'memory', refresh: '/token' } });
  await api.session.set(FIRST);
  for (const accessToken of ['access 1', 'access 2', 'access 3']) {
    assert.deepEqual(await api.session.refresh(), { accessToken, refreshToken: 'r1' });
  }
  assert.deepEqual(presented, ['r1', 'r1', 'r1']);
});

test('a look-up of the platform’s fetch that throws is no failure of the network', async (t) => {
  const platform = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
  t.after(() => Object.defineProperty(globalThis, 'fetch', /** @type {PropertyDescriptor} */ (platform)));
  const thrown = new Error('no fetch here');
  Object.defineProperty(globalThis, 'fetch', {
    configurable: true,
    get() {
      throw thrown;
    },
  });
  const api = createApiFetch({ baseURL: ORIGIN, session: { storage: 'memory', refresh: '/token' } });
  await api.session.set(FIRST);
  const error = await api.session.refresh().catch((/** @type {any} */ it) => it);
  assert.deepEqual([error.code, error.cause], ['REFRESH_FAILED', thrown]);
});

test('a trace tells that a refresh which was given up has failed when it ends, and once', async () => {
  /** @type {string[]} */
  const traced = [];
  let release = () => {};
  const { fetch } = server(
    () =>
      new Promise((_, reject) => {
        release = () => reject(new Error('late'));
      }),
  );
  const api = createApiFetch({ fetch, baseURL: ORIGIN, session: { storage: 'memory', refresh: '/token' } });
  api.session.on('trace', ({ step }) => traced.push(step));
  await api.session.set(FIRST);
  const refreshed = messageOf(api.session.refresh());
  await settled();
  await api.session.set({ access_token: 'other', refresh_token: 'of another' });
  await refreshed;
  assert.deepEqual(traced, ['refreshing']);
  release();
  await settled();
  assert.deepEqual(traced, ['refreshing', 'refresh-failed']);
});

test('a trace of a refresh that has succeeded tells of no failure, although its listener signs out', async () => {
  /** @type {string[]} */
  const traced = [];
  const { fetch } = server(() => json({ access_token: 'second', refresh_token: 'r2' }));
  const api = createApiFetch({ fetch, baseURL: ORIGIN, session: { storage: 'memory', refresh: '/token' } });
  api.session.on('trace', ({ step }) => {
    traced.push(step);
    if (step === 'refreshed') api.session.signOut();
  });
  await api.session.set(FIRST);
  await messageOf(api.session.refresh());
  await settled();
  assert.deepEqual(traced, ['refreshing', 'refreshed']);
});

test('nobody keeps the answer to a refresh that is over', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  /** @type {WeakRef<Response> | undefined} */
  let answer;
  const { fetch } = server(() => {
    const response = json({ access_token: 'second', refresh_token: 'r2' });
    answer = new WeakRef(response);
    return response;
  });
  const api = createApiFetch({ fetch, baseURL: ORIGIN, session: { storage: 'memory', refresh: '/token' } });
  await api.session.set(FIRST);
  await api.session.refresh();
  for (let turn = 0; turn < 6; turn++) {
    await settled();
    collect();
  }
  assert.ok(answer);
  assert.equal(answer.deref(), undefined);
  assert.equal(api.session.tokens?.accessToken, 'second');
});
