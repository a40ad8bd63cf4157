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
