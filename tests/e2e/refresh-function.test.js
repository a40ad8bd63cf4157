/** A refresh by a function of the app: whatever it does, everybody is answered. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';

/**
 * @import { RefreshFunction } from '../../src/npm/types.js'
 * @import { App } from '../support/app.js'
 * @import { Kit, SessionPatch } from '../support/in-page.js'
 */

const openApp = useApps();

/**
 * An instance that refreshes by `refresh`, signed in, whose token is dead.
 *
 * @param {App} app
 * @param {(kit: Kit) => RefreshFunction} makeRefresh
 * @param {SessionPatch} [session]
 */
async function useRefresh(app, makeRefresh, session = {}) {
  const tokens = await app.tenant.login();
  const make = /** @type {any} */ (
    new Function('kit', '[tokens, session]', `return kit.use((${makeRefresh})(kit), session, tokens)`)
  );
  await app.run(make, [tokens, session]);
  await app.tenant.expire();
}

/** @param {Kit} kit @returns {RefreshFunction} */
const WORKING =
  ({ base }) =>
  async (tokens, { signal }) => {
    const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'app' });
    body.set('refresh_token', String(tokens.refreshToken));
    const response = await fetch(`${base}/oidc/token`, { method: 'POST', body, signal });
    return response.json();
  };

test('200 requests at once: the function is called once, own replies all', async (t) => {
  const app = await openApp(t, { signedIn: false });
  await useRefresh(app, WORKING);
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(200))), { 'own reply': 200 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.equal(await app.run(({ calls }) => calls.length), 1);
});

test('it is given the tokens, why it runs, a signal and an api', async (t) => {
  const app = await openApp(t, { signedIn: false });
  await useRefresh(app, WORKING);
  const before = await app.run(({ api }) => api.session?.tokens);
  await app.run(({ api }) => api('/api/echo/1'));
  const given = await app.run(({ calls }) =>
    calls.map(({ tokens, reason, signal, api }) => [
      tokens,
      reason,
      signal instanceof AbortSignal,
      typeof api,
    ]),
  );
  assert.deepEqual(given, [[before, 'rejected', true, 'function']]);
});

test('Tokens as they are will do for a reply', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const { access_token, refresh_token } = await app.tenant.login('grace');
  await useRefresh(app, () => () => ({ accessToken: 'as it is', expiresAt: Date.now() + 60_000 }));
  const tokens = await app.run(({ api }) => api.session?.refresh());
  assert.equal(tokens?.accessToken, 'as it is');
  assert.ok(access_token && refresh_token);
});

/** @type {[behaviour: string, makeRefresh: (kit: Kit) => RefreshFunction, cause: string | undefined][]} */
const FAILURES = [
  [
    'throws at once',
    () => () => {
      throw new RangeError('no luck');
    },
    'RangeError',
  ],
  ['rejects', () => () => Promise.reject(new RangeError('no luck')), 'RangeError'],
  ['returns nothing', () => /** @type {any} */ (() => undefined), 'TypeError'],
  ['returns an object without a token', () => () => ({ access_token: '' }), 'TypeError'],
  ['throws { status: 500 }', () => () => Promise.reject({ name: 'ServerError', status: 500 }), 'ServerError'],
  [
    'throws 401 with an OAuth configuration error',
    () => () => Promise.reject({ name: 'ServerError', status: 401, data: { error: 'invalid_client' } }),
    'ServerError',
  ],
];

for (const [behaviour, makeRefresh, cause] of FAILURES) {
  test(`one that ${behaviour} fails in passing: all reject alike, the next request starts afresh`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    await useRefresh(app, makeRefresh);
    const before = await app.run(({ api }) => api.session?.tokens);
    assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(50))), {
      'AuthError REFRESH_FAILED': 50,
    });
    const calls = await app.run(({ calls }) => calls.length);
    assert.equal(calls, 1, 'a function is not called again');
    const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/1')));
    assert.equal(error?.cause?.name, cause);
    assert.equal(await app.run(({ calls }) => calls.length), 2);
    const { tokens, status, pending } = await app.run(({ api }) => ({
      ...api.session,
      tokens: api.session?.tokens,
    }));
    assert.deepEqual({ tokens, status, pending }, { tokens: before, status: 'active', pending: 0 });
    assert.deepEqual(await app.run(({ seen }) => seen.signOuts), []);
  });
}

/** @type {[behaviour: string, makeRefresh: (kit: Kit) => RefreshFunction][]} */
const REFUSALS = [
  ['returns null', () => async () => null],
  ['throws { status: 401 }', () => () => Promise.reject({ status: 401 })],
  [
    'throws at once { statusCode: 403 }',
    () => () => {
      throw Object.assign(new Error(), { statusCode: 403 });
    },
  ],
  ['throws { response: { status: 401 } }', () => () => Promise.reject({ response: { status: 401 } })],
  ['throws 400 invalid_grant', () => () => Promise.reject({ status: 400, data: { error: 'invalid_grant' } })],
];

for (const [behaviour, makeRefresh] of REFUSALS) {
  test(`one that ${behaviour} refuses: all reject alike, one sign-out`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    await useRefresh(app, makeRefresh);
    assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(50))), {
      'AuthError REFRESH_REJECTED': 50,
    });
    assert.equal(await app.run(({ api }) => api.session?.tokens), null);
    assert.deepEqual(await app.run(({ seen }) => seen.signOuts), ['refused']);
  });
}

test('one that hangs ends at refreshTimeout, its signal aborts, and the next request starts afresh', async (t) => {
  const app = await openApp(t, { signedIn: false });
  await useRefresh(app, () => () => new Promise(() => {}), { refreshTimeout: 300 });
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(50))), {
    'AuthError REFRESH_TIMEOUT': 50,
  });
  assert.deepEqual(await app.run(({ calls }) => calls.map(({ signal }) => signal.aborted)), [true]);
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(5))), { 'AuthError REFRESH_TIMEOUT': 5 });
  assert.equal(await app.run(({ calls }) => calls.length), 2);
});

test('its signal aborts on signOut(), and its late reply is thrown away', async (t) => {
  const app = await openApp(t, { signedIn: false });
  await useRefresh(app, () => () => new Promise((resolve) => Object.assign(globalThis, { reply: resolve })));
  const call = await app.begin(({ api }) => api('/api/echo/1'));
  await app.until(({ calls }) => calls.length === 1);
  await app.run(({ api }) => api.session?.signOut());
  assert.equal((await call.outcome()).error?.code, 'SIGNED_OUT');
  assert.deepEqual(await app.run(({ calls }) => calls.map(({ signal }) => signal.aborted)), [true]);
  await app.page.evaluate('reply({ access_token: "late" })');
  assert.equal(await app.run(({ api }) => api.session?.tokens), null);
});

test('one that uses the api it is given: its requests do not wait for themselves', async (t) => {
  const app = await openApp(t, { signedIn: false });
  await useRefresh(
    app,
    () =>
      async (tokens, { api }) => {
        await Promise.resolve();
        const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'app' });
        body.set('refresh_token', String(tokens.refreshToken));
        return api('/oidc/token', { method: 'POST', body });
      },
    { refreshTimeout: 3000 },
  );
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(100))), { 'own reply': 100 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('one that calls the instance itself before its first await: part of the refresh', async (t) => {
  const app = await openApp(t, { signedIn: false });
  await useRefresh(
    app,
    (kit) => (tokens) => {
      const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'app' });
      body.set('refresh_token', String(tokens.refreshToken));
      return /** @type {Promise<object>} */ (kit.api('/oidc/token', { method: 'POST', body }));
    },
    { refreshTimeout: 3000 },
  );
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(100))), { 'own reply': 100 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('one that waits for the instance itself is told by REFRESH_TIMEOUT why', async (t) => {
  const app = await openApp(t, { signedIn: false });
  await useRefresh(
    app,
    (kit) => async () => {
      await Promise.resolve();
      return /** @type {any} */ (kit.api('/api/echo/inner'));
    },
    { refreshTimeout: 300 },
  );
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/outer')));
  assert.equal(error?.code, 'REFRESH_TIMEOUT');
  assert.match(String(error?.message), /refresh function/);
  assert.equal(await app.run(({ api }) => api.session?.pending), 0);
});
