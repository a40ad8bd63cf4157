/** Whose tokens are: two users are never taken for one, whatever tells them apart. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { json, server, settled } from '../support/double.js';

/** @import { SessionOptions } from '../../src/npm/types.js' */

const BASE = 'https://api.example.com';
const ADA = { iss: 'https://id.example.com', sub: 'ada' };

const jwt = (/** @type {object} */ claims) => `h.${btoa(JSON.stringify(claims))}.s`;

/**
 * One who has signed in, whose token is over, and who waits with a POST for the refresh.
 *
 * @param {object} claims of the token
 * @param {Partial<SessionOptions>} [session]
 */
async function waitWith(claims, session) {
  /** @type {((reply: any) => void)[]} */
  const refreshes = [];
  const { fetch, sent } = server(() => json({ fine: true }));
  const api = createApiFetch({
    ...{ fetch, baseURL: BASE },
    session: {
      storage: 'memory',
      refresh: () => new Promise((resolve) => refreshes.push(resolve)),
      ...session,
    },
  });
  await api.session.set({ access_token: jwt(claims), refresh_token: 'r', expiresAt: Date.now() - 1 });
  const wait = async () => {
    const call = api('/transfer', { method: 'POST', body: { amount: 1 } }).then(
      () => 'sent',
      ({ code }) => code,
    );
    await settled();
    return call;
  };
  const waiting = { outcome: wait() };
  await settled();
  return {
    ...{ api, sent, waiting, wait },
    refresh: (/** @type {object} */ next, /** @type {object} */ more = {}) =>
      refreshes.shift()?.({ access_token: jwt(next), ...more }),
  };
}

/** @type {[what: string, one: object, other: object][]} */
const TWO_USERS = [
  ['sub', { sub: 'ada' }, { sub: 'grace' }],
  ['iss', { iss: 'https://id.example.com' }, { iss: 'https://other.example.com' }],
  ['org_id', { org_id: 'a' }, { org_id: 'b' }],
  ['organization', { organization: ['a'] }, { organization: ['b'] }],
  ['an organization’s own fields', { organization: { a: { id: 1 } } }, { organization: { b: { id: 1 } } }],
  ['tid', { tid: 'a' }, { tid: 'b' }],
  ['tenant', { tenant: 'a' }, { tenant: 'b' }],
  ['tenant_id', { tenant_id: 1 }, { tenant_id: 2 }],
  ['act.sub', { act: { sub: 'helper' } }, { act: { sub: 'other' } }],
  ['where iss ends and sub begins', { iss: 'a b', sub: 'c' }, { iss: 'a', sub: 'b c' }],
];

for (const [what, one, other] of TWO_USERS) {
  test(`a refresh that brings another ${what} is another user: what waited is never sent as theirs`, async () => {
    const { api, sent, waiting, refresh } = await waitWith({ ...ADA, ...one });
    refresh({ ...ADA, ...other });
    assert.equal(await waiting.outcome, 'SESSION_CHANGED');
    assert.equal(sent.length, 0);
    await api('/x');
    assert.equal(sent[0]?.headers.authorization, `Bearer ${jwt({ ...ADA, ...other })}`);
  });

  test(`set() with another ${what} is another user, whatever it says of that`, async () => {
    for (const sameUser of [false, true]) {
      const { api, sent, waiting } = await waitWith({ ...ADA, ...one });
      await api.session?.set({ access_token: jwt({ ...ADA, ...other }) }, { sameUser });
      assert.equal(await waiting.outcome, 'SESSION_CHANGED');
      assert.deepEqual(sent, []);
    }
  });
}

const CLAIMS = { org_id: 'a', organization: ['a'], tid: 'a', tenant: 'a', act: { sub: 'helper' } };

for (const [name, value] of Object.entries(CLAIMS)) {
  const more = { ...ADA, [name]: value };
  for (const [what, before, next] of /** @type {[string, object, object][]} */ ([
    [`a ${name} that appears`, ADA, more],
    [`a ${name} that goes`, more, ADA],
  ])) {
    test(`${what} with a refresh is no other user, and with set() one, unless the app knows better`, async () => {
      const refreshed = await waitWith(before);
      refreshed.refresh(next);
      assert.equal(await refreshed.waiting.outcome, 'sent');
      for (const [sameUser, end] of /** @type {[boolean, string][]} */ ([
        [false, 'SESSION_CHANGED'],
        [true, 'sent'],
      ])) {
        const { api, sent, waiting } = await waitWith(before);
        await api.session?.set({ access_token: jwt(next) }, { sameUser });
        assert.equal(await waiting.outcome, end);
        assert.equal(sent.length, sameUser ? 1 : 0);
      }
    });
  }
}

test('a tenant that goes with one refresh does not come back as another one with the next', async () => {
  const { api, sent, waiting, wait, refresh } = await waitWith({ ...ADA, tid: 'a' });
  refresh(ADA);
  assert.equal(await waiting.outcome, 'sent');
  const refreshed = api.session.refresh();
  refreshed.catch(() => {});
  const again = { outcome: wait() };
  await settled();
  refresh({ ...ADA, tid: 'b' });
  assert.equal(await again.outcome, 'SESSION_CHANGED');
  assert.equal(sent.length, 1);
});

test('several organizations are what a user is a member of: more of them, or fewer, are the same user', async () => {
  const { api, waiting } = await waitWith({ ...ADA, organization: ['a', 'b'] });
  await api.session?.set({ access_token: jwt({ ...ADA, organization: ['b', 'c', 'd'], iat: 1 }) });
  assert.equal(await waiting.outcome, 'sent');
  const joined = await waitWith({ ...ADA, organization: ['a'] });
  joined.refresh({ ...ADA, organization: ['a', 'b'] });
  assert.equal(await joined.waiting.outcome, 'sent');
});
