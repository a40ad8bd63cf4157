/** signOut() and set() while a refresh runs: they win, and nobody's request goes out as somebody else's. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useApps } from '../support/app.js';

/**
 * @import { TestContext } from 'node:test'
 * @import { App } from '../support/app.js'
 * @import { Kit } from '../support/in-page.js'
 */

const openApp = useApps();

/**
 * A request waits for a refresh that is held.
 *
 * @param {App} app
 */
async function holdRefresh(app) {
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const waiting = await app.begin(({ api }) => api('/api/echo/waiting'));
  await app.tenant.held('refresh', 1);
  await waiting.isPending();
  return waiting;
}

/**
 * A request whose 401 is held, for later.
 *
 * @param {App} app
 */
async function holdRejection(app) {
  await app.tenant.expire();
  await app.tenant.control({ hold: { api: true } });
  const call = await app.begin(({ api }) => api('/api/echo/late', { method: 'POST' }));
  await app.tenant.held('api', 1);
  await app.tenant.control({ hold: { api: false } });
  return call;
}

test('signOut() during a refresh: who waits is rejected at once, the late reply is thrown away', async (t) => {
  const app = await openApp(t);
  const waiting = await holdRefresh(app);
  await app.run(({ api }) => api.session?.signOut());
  assert.equal((await waiting.outcome()).error?.code, 'SIGNED_OUT');

  await app.tenant.release('refresh');
  await app.tenant.control({ hold: { refresh: false } });
  // A round trip: a late reply would have been taken in by now.
  await app.run(({ api }) => api('/open/echo/1'));
  const { tokens, status } = await app.run(({ api }) => ({ ...api.session, tokens: api.session?.tokens }));
  assert.deepEqual({ tokens, status }, { tokens: null, status: 'signed-out' });
  assert.deepEqual(await app.run(({ seen }) => seen), { signOuts: ['user'], refreshes: 0, reported: [] });
  assert.deepEqual(await app.hits('/api/echo/waiting'), { 401: 1 });
});

test('another user’s set() during a refresh: who waits is rejected and never sent as the new one', async (t) => {
  const app = await openApp(t);
  const waiting = await holdRefresh(app);
  await app.signIn('grace');
  assert.equal((await waiting.outcome()).error?.code, 'SESSION_CHANGED');
  const before = await app.run(({ api }) => api.session?.tokens);

  await app.tenant.release('refresh');
  assert.equal((await app.run(({ api }) => api('/api/echo/new'))).user, 'grace');
  assert.deepEqual(await app.run(({ api }) => api.session?.tokens), before);
  assert.deepEqual(await app.hits('/api/echo/waiting'), { 401: 1 });
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), []);
});

test('the same user’s set() during a refresh: who waits goes on with the new tokens', async (t) => {
  const app = await openApp(t);
  const waiting = await holdRefresh(app);
  await app.signIn('ada');
  assert.equal((await waiting.outcome()).value.user, 'ada');
  const before = await app.run(({ api }) => api.session?.tokens);
  await app.tenant.release('refresh');
  await app.run(({ api }) => api('/api/echo/new'));
  assert.deepEqual(await app.run(({ api }) => api.session?.tokens), before);
});

test('where tokens do not tell whose they are, set() is another user unless it says otherwise', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const outcomes = await app.run(async ({ create, outcome }) => {
    const ends = [];
    for (const sameUser of [false, true]) {
      const api = create(
        { key: `opaque-${sameUser}`, refresh: () => /** @type {any} */ (new Promise(() => {})) },
        {
          fetch: async () =>
            new Response('{"fine":true}', { headers: { 'content-type': 'application/json' } }),
        },
      );
      await api.session?.set({ access_token: 'one', expiresAt: Date.now() - 1 });
      const waiting = outcome(api('/api/echo/1'));
      await api.session?.set({ access_token: 'two' }, { sameUser });
      ends.push(await waiting);
    }
    return ends;
  });
  assert.equal(outcomes[0]?.error?.code, 'SESSION_CHANGED');
  assert.deepEqual(outcomes[1]?.value, { fine: true });
});

test('where tokens do not tell whose they are, a refresh is no other user', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const [waited, late] = await app.run(async ({ create, outcome }) => {
    /** @type {(answer: Response) => void} */
    let answerLate = () => {};
    const late = new Promise((resolve) => {
      answerLate = resolve;
    });
    const api = create(
      { key: 'opaque', refresh: async () => ({ access_token: 'two' }) },
      {
        async fetch(input, init) {
          const isNew = new Headers(init?.headers).get('authorization') === 'Bearer two';
          if (isNew) return Response.json({ fine: true });
          return String(input).includes('late') ? late : new Response(null, { status: 401 });
        },
      },
    );
    await api.session?.set({ access_token: 'one' });
    const sentBefore = outcome(api('/api/echo/late', { method: 'POST' }));
    const waited = await outcome(api('/api/echo/1'));
    answerLate(new Response(null, { status: 401 }));
    return [waited, await sentBefore];
  });
  assert.deepEqual([waited?.value, late?.value], [{ fine: true }, { fine: true }]);
});

const jwt = (/** @type {string} */ tid) =>
  `h.${btoa(JSON.stringify({ iss: 'https://id.example', sub: 'ada', tid }))}.s`;

/**
 * A POST of tenant `a` that waits for a refresh in this tab, while another one has the same session open.
 *
 * @param {TestContext} t
 */
async function waitAsTenant(t) {
  const app = await openApp(t, { signedIn: false });
  const open = (/** @type {Kit} */ { create }) => {
    const api = create({ key: 'tenants', refresh: () => new Promise(() => {}) });
    Object.assign(globalThis, { own: api });
    return api.session?.ready;
  };
  await app.run(open);
  await app.run(
    (_, access_token) =>
      /** @type {any} */ (globalThis).own.session.set({ access_token, expiresAt: Date.now() - 1 }),
    jwt('a'),
  );
  const tab = await app.openTab();
  await tab.run(open);
  const waiting = await app.begin(() =>
    /** @type {any} */ (globalThis).own('/open/echo/waiting', { method: 'POST' }),
  );
  await waiting.isPending();
  return { app, tab, waiting };
}

test('another tenant’s login in another tab is another user’s: what waits here is never sent', async (t) => {
  const { app, tab, waiting } = await waitAsTenant(t);
  await tab.run(
    (_, access_token) => /** @type {any} */ (globalThis).own.session.set({ access_token }),
    jwt('b'),
  );
  assert.equal((await waiting.outcome()).error?.code, 'SESSION_CHANGED');
  assert.deepEqual(await app.hits('/open/echo/waiting'), {});
});

test('a record of another tenant is another user’s, also under the mark of the one before: what waits in another tab is never sent', async (t) => {
  const { app, tab, waiting } = await waitAsTenant(t);
  // As an older version of this package would, which does not look at tenants.
  await tab.run((_, accessToken) => {
    const { expiresAt, ...record } = JSON.parse(localStorage.getItem('tenants') ?? '');
    localStorage.setItem('tenants', JSON.stringify({ ...record, accessToken }));
  }, jwt('b'));
  assert.equal((await waiting.outcome()).error?.code, 'SESSION_CHANGED');
  assert.deepEqual(await app.hits('/open/echo/waiting'), {});
  assert.equal(
    (await app.run(() => /** @type {any} */ (globalThis).own('/open/echo/next'))).headers.authorization,
    `Bearer ${jwt('b')}`,
  );
});

test('a 401 that arrives after signOut() is SIGNED_OUT, with the answer, and starts nothing', async (t) => {
  const app = await openApp(t);
  const late = await holdRejection(app);
  await app.run(({ api }) => api.session?.signOut());
  await late.isPending();
  await app.tenant.release('api');
  const { error } = await late.outcome();
  assert.deepEqual([error?.name, error?.code, error?.status], ['AuthError', 'SIGNED_OUT', 401]);
  assert.equal((await app.refreshes()).presentations, 0);
});

test('a 401 that arrives after another user’s set() is SESSION_CHANGED and is not replayed', async (t) => {
  const app = await openApp(t);
  const late = await holdRejection(app);
  await app.signIn('grace');
  await app.tenant.release('api');
  const { error } = await late.outcome();
  assert.deepEqual([error?.name, error?.code, error?.status], ['AuthError', 'SESSION_CHANGED', 401]);
  assert.deepEqual(await app.hits('/api/echo/late', 'POST'), { 401: 1 });
  assert.equal((await app.refreshes()).presentations, 0);
});

test('a 401 that arrives after the same user’s set() is replayed with the new tokens', async (t) => {
  const app = await openApp(t);
  const late = await holdRejection(app);
  await app.signIn('ada');
  await app.tenant.release('api');
  assert.equal((await late.outcome()).value.user, 'ada');
  assert.equal((await app.refreshes()).presentations, 0);
});

test('a good answer that arrives after signOut() is still the caller’s', async (t) => {
  const app = await openApp(t);
  await app.tenant.control({ hold: { api: true } });
  const late = await app.begin(({ api }) => api('/api/echo/late'));
  await app.tenant.held('api', 1);
  await app.run(({ api }) => api.session?.signOut());
  await app.tenant.release('api');
  assert.equal((await late.outcome()).value.user, 'ada');
});

test('a 401 that arrives after a refused refresh gets the same kind of error', async (t) => {
  const app = await openApp(t);
  const late = await holdRejection(app);
  await app.tenant.control({ refresh: { mode: 'invalid_grant' } });
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/1')));
  assert.equal(error?.code, 'REFRESH_REJECTED');
  await app.tenant.release('api');
  const second = (await late.outcome()).error;
  assert.deepEqual([second?.name, second?.code, second?.status], ['AuthError', 'REFRESH_REJECTED', 401]);
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), ['refused']);
  assert.equal((await app.refreshes()).presentations, 1);
});

test('signOut() twice, and signed out already: onSignOut once', async (t) => {
  const app = await openApp(t);
  await app.run(({ api }) => Promise.all([api.session?.signOut(), api.session?.signOut()]));
  await app.run(({ api }) => api.session?.signOut());
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), ['user']);
});

test('session.refresh() and valid() that wait are told too', async (t) => {
  const app = await openApp(t);
  const waiting = await holdRefresh(app);
  const refresh = await app.begin(({ api }) => /** @type {Promise<unknown>} */ (api.session?.refresh()));
  const valid = await app.begin(({ api }) => /** @type {Promise<unknown>} */ (api.session?.valid(60)));
  await refresh.isPending();
  await valid.isPending();
  await app.run(({ api }) => api.session?.signOut());
  for (const call of [waiting, refresh, valid]) {
    const { error } = await call.outcome();
    assert.deepEqual([error?.name, error?.code], ['AuthError', 'SIGNED_OUT']);
  }
});
