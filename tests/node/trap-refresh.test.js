/** A trap while a refresh is out: what it has presented is presented once, and what it brings is kept, or given up in time. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { hang, json, server, settled } from '../support/double.js';
import { locksOf } from '../support/locks.js';
import { messageOf, ORIGIN, signedIn, storageOf } from '../support/rotating.js';
import { trapIn } from '../support/trap.js';

const STOPPED = /the engine has stopped/;

for (const isAsked of [true, false]) {
  test(`a refresh that was out is presented once, and its tokens are kept, ${isAsked ? 'joined by' : 'before'} the next call`, async () => {
    const { api, books, release } = await signedIn();
    /** @type {unknown[]} */
    const heard = [];
    api.session.on('change', ({ status }) => heard.push(status));
    books.expire();
    books.hold.add('/token');
    const first = messageOf(api('/first'));
    await settled();
    assert.deepEqual(books.presented, ['r1']);
    trapIn(() => api.session.valid()).catch(() => {});
    assert.match(await first, STOPPED);
    const next = isAsked ? api('/next') : undefined;
    await settled();
    release('/token');
    await settled();
    await settled();
    assert.deepEqual(await (next ?? api('/next')), { path: '/next' });
    assert.deepEqual(books.presented, ['r1']);
    assert.equal(api.session.tokens?.refreshToken, 'after r1');
    assert.deepEqual([heard.at(-1), heard.includes('signed-out')], ['active', false]);
    books.hold.clear();
    books.expire();
    await api('/again');
    assert.deepEqual(books.presented, ['r1', 'after r1']);
  });
}

for (const [what, end] of /** @type {const} */ ([
  ['a sign-out', 'signOut'],
  ['another login', 'set'],
])) {
  test(`${what} after the trap wins over the refresh that was out`, async () => {
    const { api, books, release } = await signedIn();
    books.expire();
    books.hold.add('/token');
    api('/first').catch(() => {});
    await settled();
    trapIn(() => api.session.valid()).catch(() => {});
    if (end === 'set') await api.session.set({ access_token: 'other', refresh_token: 'of the other' });
    else await api.session.signOut();
    release('/token');
    await settled();
    await settled();
    assert.equal(api.session.tokens?.accessToken, end === 'set' ? 'other' : undefined);
    assert.deepEqual(books.presented, ['r1']);
  });
}

test('a refresh that was out and is never answered ends by its time limit, also where there are no other tabs', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  /** @type {import('../support/double.js').Sent[]} */
  const refreshes = [];
  const { fetch } = server((one) => {
    if (one.url !== `${ORIGIN}/token`) return json({}, one.headers.authorization === 'Bearer 2' ? 200 : 401);
    refreshes.push(one);
    return refreshes.length === 1 ? hang(one) : json({ access_token: '2', refresh_token: 'r2' });
  });
  const session = { storage: /** @type {const} */ ('memory'), refresh: '/token', refreshTimeout: 1 };
  const api = createApiFetch({ fetch, baseURL: ORIGIN, session });
  await api.session.set({ access_token: '1', refresh_token: 'r1' });
  api('/first').catch(() => {});
  await settled();
  trapIn(() => api.session.valid()).catch(() => {});
  t.mock.timers.tick(999);
  assert.equal(refreshes[0]?.signal?.aborted, false);
  t.mock.timers.tick(1);
  assert.equal(refreshes[0]?.signal?.aborted, true);
  await settled();
  assert.deepEqual(await api('/next'), {});
  assert.equal(refreshes.length, 2);
});

test('where a process has locks and no events of a page, a trap gives the lock back', async (t) => {
  const locks = locksOf(t);
  const { api, books } = await signedIn({ storage: storageOf(new Map()) });
  books.expire();
  books.hold.add('/held');
  const held = messageOf(api('/held'));
  await settled();
  const valid = messageOf(api.session.refresh());
  await settled();
  assert.equal(locks.held.length, 1, 'a refresh waits with the lock');
  trapIn(() => api.session.valid()).catch(() => {});
  for (const outcome of await Promise.all([held, valid])) assert.match(outcome, STOPPED);
  await settled();
  assert.deepEqual(locks.held, []);
  assert.deepEqual(await api('/next'), { path: '/next' });
});

/**
 * Signed in at a strictly rotating server; the engine traps within the `fetch` of the first refresh.
 *
 * @param {(answer: Promise<Response>) => Promise<Response>} give makes of the answer to the first refresh what its `fetch` returns
 * @param {boolean} [isRefused] whether the first refresh is refused
 */
async function trappedInFetch(give, isRefused = false) {
  /** @type {string[]} */
  const presented = [];
  /** @type {string[]} */
  const traced = [];
  const { fetch: backend } = server(({ url, headers, body }) => {
    if (url !== `${ORIGIN}/token`)
      return json({}, headers.authorization === `Bearer ${presented.length}` ? 200 : 401);
    presented.push(new URLSearchParams(body).get('refresh_token') ?? '');
    if (isRefused && presented.length === 1) return json({ error: 'invalid_grant' }, 400);
    return json({ access_token: String(presented.length), refresh_token: `after ${presented.at(-1)}` });
  });
  let isFirst = true;
  /** @type {typeof globalThis.fetch} */
  const fetch = (input, init) => {
    if (input !== `${ORIGIN}/token` || !isFirst) return backend(input, init);
    isFirst = false;
    assert.throws(() => trapIn(() => api.session.status), /a trap/);
    return give(backend(input, init));
  };
  const api = createApiFetch({ fetch, baseURL: ORIGIN, session: { storage: 'memory', refresh: '/token' } });
  api.session.on('trace', ({ step }) => traced.push(step));
  await api.session.set({ access_token: 'old', refresh_token: 'r' });
  assert.match(await messageOf(api('/first')), STOPPED);
  return { api, presented, traced };
}

test('a trap within the fetch of a refresh: its tokens are kept, and what it has presented is presented once', async () => {
  const { api, presented, traced } = await trappedInFetch((answer) => answer);
  for (let turn = 0; turn < 4; turn++) await settled();
  assert.equal(api.session.tokens?.refreshToken, 'after r');
  assert.deepEqual(await api('/next'), {});
  assert.deepEqual(presented, ['r']);
  assert.equal(traced.filter((step) => step === 'refreshed').length, 1);
  assert.equal(traced.includes('refresh-failed'), false);
});

test('a call that comes before that refresh is answered waits for it', async () => {
  let release = () => {};
  const gate = new Promise((resolve) => {
    release = () => resolve(undefined);
  });
  const { api, presented } = await trappedInFetch((answer) => gate.then(() => answer));
  let isAnswered = false;
  const next = api('/next').finally(() => {
    isAnswered = true;
  });
  for (let turn = 0; turn < 4; turn++) await settled();
  assert.equal(isAnswered, false);
  release();
  assert.deepEqual(await next, {});
  assert.deepEqual(presented, ['r']);
});

for (const [what, give] of /** @type {const} */ ([
  ['fails later', () => new Promise((_, reject) => setImmediate(reject, new Error('no network')))],
  [
    'throws',
    () => {
      throw new Error('no network');
    },
  ],
]))
  test(`a fetch that leads to a trap and ${what} ends the refresh, and no rejection is left without a handler`, async (t) => {
    /** @type {unknown[]} */
    const unhandled = [];
    const note = (/** @type {unknown} */ error) => unhandled.push(error);
    process.on('unhandledRejection', note);
    t.after(() => process.off('unhandledRejection', note));
    const { api, traced } = await trappedInFetch(give);
    for (let turn = 0; turn < 4; turn++) await settled();
    assert.deepEqual(unhandled, []);
    assert.deepEqual(traced.filter((step) => step === 'refresh-failed').length, 1);
    assert.equal(api.session.status, 'active');
  });

test('a refusal of a refresh whose engine has trapped ends the call, and not the session', async () => {
  const { api, presented, traced } = await trappedInFetch((answer) => answer, true);
  for (let turn = 0; turn < 4; turn++) await settled();
  assert.equal(api.session.status, 'active');
  assert.deepEqual(presented, ['r']);
  assert.equal(traced.at(-1), 'refresh-failed');
});

test('an answer that comes after the session has ended is let go of unread', async () => {
  let isCancelled = false;
  let release = () => {};
  const gate = new Promise((resolve) => {
    release = () => resolve(undefined);
  });
  const body = new ReadableStream({
    cancel() {
      isCancelled = true;
    },
  });
  const { api } = await trappedInFetch(() => gate.then(() => new Response(body)));
  await api.session.signOut();
  await api.session.set({ access_token: '0', refresh_token: 'of another login' });
  api.session.refresh().catch(() => {});
  await settled();
  assert.equal(isCancelled, false);
  release();
  await settled();
  assert.equal(isCancelled, true);
});
