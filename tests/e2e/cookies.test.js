/** Sessions in cookies: nobody in the page sees a token, and yet there is one refresh for all. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

/**
 * @import { TestContext } from 'node:test'
 * @import { Tab, AppOptions } from '../support/app.js'
 */

const openApp = useApps();

/** @type {AppOptions} */
const COOKIES = {
  signedIn: false,
  session: {
    attach: 'none',
    refresh: { url: '/cookie/auth/Refresh-Token', body: 'none', credentials: 'include' },
  },
};

const signIn = (/** @type {Tab} */ tab) =>
  tab.run(async ({ api }) => {
    await api('/cookie/login', { method: 'POST', body: { username: 'ada' }, session: false });
    await api.session?.set({});
  });

const storm = (/** @type {Tab} */ tab, count = 200) =>
  tab.run(async ({ api, outcome }, count) => {
    /** @type {Record<string, number>} */
    const counts = {};
    const ask = async (/** @type {number} */ number) => {
      const path = `/cookie/api/echo/${number}`;
      const { value, error } = await outcome(api(path));
      const kind = error ? String(error.code ?? error.status) : value.path === path ? 'own reply' : 'other';
      counts[kind] = (counts[kind] ?? 0) + 1;
    };
    await Promise.all(Array.from({ length: count }, (_, number) => ask(number)));
    return counts;
  }, count);

const statusOf = (/** @type {Tab} */ tab) => tab.run(({ api }) => api.session?.status);

async function openSignedIn(/** @type {TestContext} */ t) {
  const app = await openApp(t, COOKIES);
  await signIn(app);
  return app;
}

test('a session in cookies is active from the start, and a reload keeps it so', async (t) => {
  const app = await openApp(t, COOKIES);
  assert.equal(await statusOf(app), 'active');
  await signIn(app);
  await app.reload();
  assert.equal(await statusOf(app), 'active');
  assert.deepEqual(await storm(app, 20), { 'own reply': 20 });
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

test('a storm of 200 with an expired cookie is one refresh, answered with 204', async (t) => {
  const app = await openSignedIn(t);
  await app.tenant.expire();
  assert.deepEqual(await storm(app), { 'own reply': 200 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  await app.tenant.expire();
  assert.deepEqual(await storm(app), { 'own reply': 200 });
  assert.deepEqual(await app.refreshes(), { refreshes: 2, presentations: 2, reused: 0 });
});

test('without a set() before, the first 401 is refreshed as well', async (t) => {
  const app = await openApp(t, COOKIES);
  await app.run(({ api }) =>
    api('/cookie/login', { method: 'POST', body: { username: 'ada' }, session: false }),
  );
  await app.tenant.expire();
  assert.deepEqual(await storm(app), { 'own reply': 200 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a refusal ends the session once, and nothing is refreshed until set({})', async (t) => {
  const app = await openSignedIn(t);
  await app.tenant.control({ refresh: { mode: 'invalid_grant', times: 1 } });
  await app.tenant.expire();
  assert.deepEqual(await storm(app), { REFRESH_REJECTED: 200 });
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), ['refused']);
  assert.equal(await statusOf(app), 'signed-out');
  const { presentations } = await app.refreshes();
  assert.deepEqual(await storm(app, 5), { 401: 5 });
  await app.reload();
  assert.equal(await statusOf(app), 'signed-out', 'also after a reload');
  assert.deepEqual(await storm(app, 5), { 401: 5 });
  assert.equal((await app.refreshes()).presentations, presentations);

  await signIn(app);
  await app.tenant.expire();
  assert.deepEqual(await storm(app, 5), { 'own reply': 5 });
});

test('a refresh that fails for now keeps the session', async (t) => {
  const app = await openSignedIn(t);
  await app.tenant.control({ refresh: { mode: '500', times: 3 } });
  await app.tenant.expire();
  assert.deepEqual(await storm(app, 5), { REFRESH_FAILED: 5 });
  assert.equal(await statusOf(app), 'active');
  assert.deepEqual(await storm(app, 5), { 'own reply': 5 });
});

test('signOut() lasts, and set({}) begins anew with what is known of the user', async (t) => {
  const app = await openSignedIn(t);
  await app.run(({ api }) => api.session?.signOut());
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), ['user']);
  await app.reload();
  assert.equal(await statusOf(app), 'signed-out');
  assert.equal(await app.run(({ api }) => api.session?.tokens), null);
  await app.run(({ api }) => api.session?.set({ name: 'Ada' }));
  assert.deepEqual(await app.run(({ api }) => api.session?.tokens), { name: 'Ada' });
  await app.reload();
  assert.deepEqual(await app.run(({ api }) => api.session?.tokens), { name: 'Ada' });
});

test('refresh() and valid() resolve to what is known', async (t) => {
  const app = await openSignedIn(t);
  assert.deepEqual(await app.run(({ api }) => api.session?.refresh()), {});
  assert.deepEqual(await app.run(({ api }) => api.session?.valid(60)), {});
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

for (const isStored of [true, false]) {
  const name = isStored ? 'that share a record' : 'of which nothing is stored yet';
  test(`three tabs ${name} share one refresh`, async (t) => {
    const app = await openApp(t, COOKIES);
    if (isStored) await signIn(app);
    else {
      await app.run(({ api }) =>
        api('/cookie/login', { method: 'POST', body: { username: 'ada' }, session: false }),
      );
    }
    const tabs = [app, await app.openTab(), await app.openTab()];
    for (const tab of tabs) assert.equal(await statusOf(tab), 'active');
    await app.tenant.expire();
    await app.tenant.control({ hold: { refresh: true } });
    const storms = tabs.map((tab) => storm(tab, 20));
    await app.tenant.held('refresh', 1);
    await app.untilBooks(({ statuses }) => (statuses['401'] ?? 0) >= 3);
    await app.tenant.control({ hold: { refresh: false } });
    await app.tenant.release('refresh');
    for (const counts of await Promise.all(storms)) assert.deepEqual(counts, { 'own reply': 20 });
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  });
}

test('a sign-out reaches the other tabs, and so does the next sign-in', async (t) => {
  const app = await openSignedIn(t);
  const other = await app.openTab();
  assert.equal(await statusOf(other), 'active');
  await app.run(({ api }) => api.session?.signOut());
  await other.until(({ api }) => api.session?.status === 'signed-out');
  assert.deepEqual(await other.run(({ seen }) => seen.signOuts), ['other-tab']);
  await signIn(app);
  await other.until(({ api }) => api.session?.status === 'active');
});

test('after the storage was cleared a session in cookies goes on with the next page', async (t) => {
  const app = await openApp(t, COOKIES);
  await app.run(({ api }) =>
    api('/cookie/login', { method: 'POST', body: { username: 'ada' }, session: false }),
  );
  for (let round = 1; round <= 2; round += 1) {
    await app.tenant.expire();
    assert.deepEqual(await storm(app, 5), { 'own reply': 5 });
    assert.equal((await app.refreshes()).refreshes, round);
    await app.run(() => localStorage.clear());
    await app.reload();
    assert.equal(await statusOf(app), 'active');
  }
});

test('a function of the app may refresh: what it resolves to may be nothing at all', async (t) => {
  const app = await openApp(t, COOKIES);
  await signIn(app);
  await app.tenant.expire();
  const path = await app.run(async ({ create, api }) => {
    api.session?.dispose();
    const own = create({
      attach: 'none',
      refresh: (_, { api }) => api('/cookie/auth/Refresh-Token', { method: 'POST' }).then(() => ({})),
    });
    return (await own('/cookie/api/echo/1')).path;
  });
  assert.equal(path, '/cookie/api/echo/1');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});
