/** Tokens in cookies that no script can read: `attach: 'none'`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';

/**
 * @import { TestContext } from 'node:test'
 * @import { App } from '../support/app.js'
 */

const useApp = useApps({ inWindows: true });
const ECHO = '/cookie/api/echo';
const COOKIES = {
  attach: /** @type {const} */ ('none'),
  refresh: { url: '/cookie/auth/Refresh-Token', body: /** @type {const} */ ('none') },
};

const openApp = (/** @type {TestContext} */ t, /** @type {object} */ session = {}) =>
  useApp(t, { signedIn: false, session: { ...COOKIES, ...session } });

/** Gets new cookies; the session is not told. */
const logIn = (/** @type {App} */ app) =>
  app.run(({ api }) => api('/cookie/login', { method: 'POST', body: { username: 'ada' }, session: false }));

/** How requests ended, each with its own path. */
const storm = (/** @type {App} */ app, count = 50) =>
  app.run(
    async ({ api, outcome }, { count, echo }) => {
      /** @type {Record<string, number>} */
      const kinds = {};
      const ends = await Promise.all(
        Array.from({ length: count }, (_, index) => outcome(api(`${echo}/${index}`))),
      );
      for (const [index, { value, error }] of ends.entries()) {
        const own = value?.path === `${echo}/${index}` ? 'own reply' : 'reply of another';
        const kind = error ? String(error.code ?? error.status) : own;
        kinds[kind] = (kinds[kind] ?? 0) + 1;
      }
      return kinds;
    },
    { count, echo: ECHO },
  );

/** @type {(app: App) => Promise<{ status: string | undefined, signOuts: string[] }>} */
const state = (app) => app.run(({ api, seen }) => ({ status: api.session?.status, signOuts: seen.signOuts }));

test('a storm of 200 with an expired cookie: own replies, one refresh; active from the start', async (t) => {
  const app = await openApp(t);
  await logIn(app);
  assert.deepEqual(await state(app), { status: 'active', signOuts: [] });
  await app.tenant.expire();
  assert.deepEqual(await storm(app, 200), { 'own reply': 200 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.deepEqual(await app.run(({ api }) => api.session?.tokens), {});
  await app.reload();
  await app.tenant.expire();
  assert.deepEqual(await storm(app), { 'own reply': 50 });
  assert.deepEqual(await app.refreshes(), { refreshes: 2, presentations: 2, reused: 0 });
});

test('a refused refresh signs out once; no other starts until set({}), and a reload changes nothing', async (t) => {
  const app = await openApp(t);
  await logIn(app);
  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: 'invalid_grant', times: 1 } });
  assert.deepEqual(await storm(app, 200), { REFRESH_REJECTED: 200 });
  assert.deepEqual(await state(app), { status: 'signed-out', signOuts: ['refused'] });

  assert.deepEqual(await storm(app), { 401: 50 }, 'each has its own 401');
  await app.reload();
  assert.deepEqual(await storm(app), { 401: 50 });
  assert.deepEqual(await state(app), { status: 'signed-out', signOuts: [] });
  assert.equal((await app.refreshes()).presentations, 1);

  await logIn(app);
  await app.run(({ api }) => api.session?.set({}));
  assert.deepEqual(await state(app), { status: 'active', signOuts: [] });
  await app.tenant.expire();
  assert.deepEqual(await storm(app), { 'own reply': 50 });
  assert.deepEqual(await app.refreshes(), { refreshes: 1, presentations: 2, reused: 0 });
});

test('signOut() is remembered: after a reload no refresh starts', async (t) => {
  const app = await openApp(t);
  await logIn(app);
  await app.run(({ api }) => api.session?.signOut());
  await app.tenant.expire();
  for (const load of [async () => {}, app.reload]) {
    await load();
    assert.equal((await state(app)).status, 'signed-out');
    assert.deepEqual(await storm(app), { 401: 50 });
  }
  const codes = await app.run(async ({ api, outcome }) => [
    (await outcome(api.session?.refresh())).error?.code,
    (await outcome(api.session?.valid())).error?.code,
  ]);
  assert.deepEqual(codes, ['SIGNED_OUT', 'SIGNED_OUT']);
  assert.equal((await app.refreshes()).presentations, 0);
});

for (const isStored of [true, false]) {
  const since = isStored ? 'since a login' : 'without ever having been told of a login';
  test(`three tabs ${since} share one refresh, round after round, and follow a sign-out`, async (t) => {
    const app = await openApp(t);
    await logIn(app);
    if (isStored) await app.run(({ api }) => api.session?.set({ name: 'Ada' }));
    const tabs = [app, await app.openTab(), await app.openTab()];
    for (const round of [1, 2, 3]) {
      await app.tenant.expire();
      await app.tenant.control({ hold: { refresh: true } });
      const storms = [storm(app)];
      await app.tenant.held('refresh', 1);
      for (const tab of tabs.slice(1)) storms.push(storm(tab));
      for (const tab of tabs) await tab.until(({ api }) => api.session?.status === 'refreshing');
      await app.tenant.control({ hold: { refresh: false } });
      await app.tenant.release('refresh');
      for (const fate of storms) assert.deepEqual(await fate, { 'own reply': 50 });
      assert.deepEqual(await app.refreshes(), { refreshes: round, presentations: round, reused: 0 });
    }
    await app.run(({ api }) => api.session?.signOut());
    for (const tab of tabs.slice(1)) {
      await tab.until(({ api }) => api.session?.status === 'signed-out');
      assert.deepEqual((await state(tab)).signOuts, ['other-tab']);
      assert.deepEqual(await storm(tab, 5), { 'own reply': 5 }, 'the cookie is the server’s to take back');
    }
  });
}

test('three tabs with a dead refresh cookie: one is refused, all are signed out', async (t) => {
  const app = await openApp(t);
  await logIn(app);
  const tabs = [app, await app.openTab(), await app.openTab()];
  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: 'invalid_grant' }, hold: { refresh: true } });
  const storms = [storm(app)];
  await app.tenant.held('refresh', 1);
  for (const tab of tabs.slice(1)) storms.push(storm(tab));
  for (const tab of tabs) await tab.until(({ api }) => api.session?.status === 'refreshing');
  await app.tenant.control({ hold: { refresh: false } });
  await app.tenant.release('refresh');
  const fates = await Promise.all(storms);
  assert.deepEqual(fates, [{ REFRESH_REJECTED: 50 }, { SIGNED_OUT: 50 }, { SIGNED_OUT: 50 }]);
  const states = await Promise.all(tabs.map(state));
  assert.deepEqual(
    states.map(({ status, signOuts }) => `${status} ${signOuts}`),
    ['signed-out refused', 'signed-out other-tab', 'signed-out other-tab'],
  );
  assert.equal((await app.refreshes()).presentations, 1);
});

test('a storage that the user clears ends the session here; the next page knows nothing and is active', async (t) => {
  const app = await openApp(t);
  await logIn(app);
  await app.run(({ api }) => api.session?.set({}));
  const other = await app.openTab();
  await other.run(() => localStorage.clear());
  await app.until(({ api }) => api.session?.status === 'signed-out');
  assert.deepEqual((await state(app)).signOuts, ['other-tab']);
  await app.reload();
  assert.equal((await state(app)).status, 'active');
  await app.tenant.expire();
  assert.deepEqual(await storm(app), { 'own reply': 50 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('session.refresh() and valid() join one refresh; user data of set() are in tokens, and stay', async (t) => {
  const app = await openApp(t);
  await logIn(app);
  const tokens = await app.run(async ({ api }) => {
    const { session } = api;
    await session?.set({ name: 'Ada', roles: ['admin'] });
    const both = await Promise.all([session?.refresh(), session?.refresh(), session?.valid()]);
    return [...both, await session?.valid(), session?.tokens];
  });
  for (const set of tokens) assert.deepEqual(set, { name: 'Ada', roles: ['admin'] });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  await app.reload();
  assert.deepEqual(await app.run(({ api }) => api.session?.tokens), { name: 'Ada', roles: ['admin'] });
});

for (const mode of /** @type {const} */ (['drop', '500'])) {
  test(`a refresh that fails (${mode}) passes: the session stays, and the next request tries again`, async (t) => {
    const app = await openApp(t, { refreshRetry: 0 });
    await logIn(app);
    await app.tenant.expire();
    await app.tenant.control({ refresh: { mode } });
    assert.deepEqual(await storm(app), { REFRESH_FAILED: 50 });
    assert.deepEqual(await state(app), { status: 'active', signOuts: [] });
    await app.tenant.control({ refresh: { mode: 'ok' } });
    assert.deepEqual(await storm(app), { 'own reply': 50 });
    assert.equal((await app.refreshes()).reused, 0);
  });
}

test('a page of HTML as the answer to a refresh is a success', async (t) => {
  const app = await openApp(t);
  const tokens = await app.run(({ create }) => {
    const refresh = { url: `${location.origin}/blank`, method: 'GET', body: /** @type {const} */ ('none') };
    return create({ key: 'own', attach: 'none', refresh }).session?.refresh();
  });
  assert.deepEqual(tokens, {});
});

test('a refresh function whatever it gives, and null is a refusal', async (t) => {
  for (const answer of ['<!doctype html>', '', {}, 'undefined', null]) {
    const app = await openApp(t);
    await logIn(app);
    await app.tenant.expire();
    const result = await app.run(
      async ({ create, outcome, seen }, { answer, echo }) => {
        let calls = 0;
        const api = create({
          ...{ key: 'own', attach: 'none' },
          refresh: async (_, { api }) => {
            calls += 1;
            await api('/cookie/auth/Refresh-Token', { method: 'POST' });
            return /** @type {any} */ (answer === 'undefined' ? undefined : answer);
          },
        });
        const { value, error } = await outcome(api.raw(`${echo}/1`));
        return [error?.code ?? value.status, calls, seen.signOuts];
      },
      { answer, echo: ECHO },
    );
    const expected = answer === null ? ['REFRESH_REJECTED', 1, ['refused']] : [200, 1, []];
    assert.deepEqual(result, expected, String(answer));
  }
});

test('a refresh URL alone will do: no token is presented where there is none', async (t) => {
  const app = await openApp(t, { refresh: '/cookie/auth/Refresh-Token' });
  await logIn(app);
  await app.tenant.expire();
  assert.deepEqual(await storm(app, 20), { 'own reply': 20 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});
