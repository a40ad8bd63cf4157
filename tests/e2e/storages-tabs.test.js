/** Storages of the app's own among instances and tabs: one refresh for those who share one. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, useApps } from '../support/app.js';
import { withStorages } from '../support/storages.js';

/**
 * @import { App } from '../support/app.js'
 * @import { Storages } from '../support/storages.js'
 */

/** In the page. */
const storages = /** @type {Storages} */ (/** @type {any} */ (globalThis).storages);

const openApp = useApps({ inWindows: true });
const prepare = withStorages;

for (const isShared of [true, false]) {
  const what = isShared ? 'the same object share one refresh' : 'different objects are strangers';
  test(`two instances with one key: those with ${what}`, async (t) => {
    const app = await openApp(t, { signedIn: false, prepare });
    const logins = [await app.tenant.login(), await app.tenant.login()];
    const fates = await app.run(
      async ({ create, tally, base }, { isShared, logins }) => {
        const one = storages.make('async');
        const other = isShared ? one : storages.make('async');
        const instances = [one, other].map((storage) => create({ storage, key: 'own' }));
        for (const [index, { session }] of instances.entries()) await session?.set(logins[index] ?? {});
        await fetch(`${base}/expire`, { method: 'POST' });
        const asked = (/** @type {any} */ _, /** @type {number} */ index) =>
          instances[index % 2]?.(`/api/echo/${index + 1}`);
        return tally(Array.from({ length: 40 }, asked).map((promise) => Promise.resolve(promise)));
      },
      { isShared, logins },
    );
    assert.deepEqual(fates, { 'own reply': 40 });
    const count = isShared ? 1 : 2;
    assert.deepEqual(await app.refreshes(), { refreshes: count, presentations: count, reused: 0 });
  });
}

/**
 * @param {App} tab
 * @param {'database' | 'slowLocal'} kind
 */
const enter = (tab, kind) =>
  tab.run(async ({ create, seen }, kind) => {
    const mine = create({ storage: storages[kind](), key: 'own' });
    Object.assign(globalThis, { mine, seen });
    await mine.session?.ready;
  }, kind);

const ask = (/** @type {App} */ tab) =>
  tab.begin(({ tally }) => {
    const { mine } = /** @type {any} */ (globalThis);
    return tally(Array.from({ length: 10 }, (_, index) => mine(`/api/echo/${index + 1}`)));
  });

/** @type {(tab: App) => Promise<any>} */
const state = (tab) =>
  tab.page.evaluate('({ status: mine.session.status, token: mine.session.tokens?.accessToken })');

for (const kind of /** @type {const} */ (['database', 'slowLocal'])) {
  test(`three tabs over one asynchronous storage (${kind}) share one refresh, and follow a sign-out`, async (t) => {
    const app = await openApp(t, { signedIn: false, prepare });
    const tabs = [app, await app.openTab(), await app.openTab()];
    await enter(app, kind);
    const login = await app.tenant.login();
    await app.run((_, reply) => /** @type {any} */ (globalThis).mine.session.set(reply), login);
    for (const tab of tabs.slice(1)) await enter(tab, kind);
    for (const tab of tabs) assert.equal((await state(tab)).token, login.access_token);

    for (const round of [1, 2, 3]) {
      await app.tenant.expire();
      await app.tenant.control({ hold: { refresh: true } });
      const storms = [await ask(app)];
      await app.tenant.held('refresh', 1);
      for (const tab of tabs.slice(1)) storms.push(await ask(tab));
      for (const tab of tabs)
        await tab.until(() => /** @type {any} */ (globalThis).mine.session.status === 'refreshing');
      for (const storm of storms) await storm.isPending();
      await app.tenant.control({ hold: { refresh: false } });
      await app.tenant.release('refresh');
      for (const storm of storms) assert.deepEqual((await storm.outcome()).value, { 'own reply': 10 });
      assert.deepEqual(await app.refreshes(), { refreshes: round, presentations: round, reused: 0 });
    }
    const states = await Promise.all(tabs.map(state));
    assert.deepEqual(states, Array(3).fill({ status: 'active', token: states[0].token }));

    await app.page.evaluate('mine.session.signOut()');
    for (const tab of tabs)
      await tab.until(() => /** @type {any} */ (globalThis).mine.session.status === 'signed-out');
    const reasons = await Promise.all(tabs.map((tab) => tab.page.evaluate('seen.signOuts')));
    assert.deepEqual(reasons, [['user'], ['other-tab'], ['other-tab']]);
  });
}

test('a sign-in of another user over an asynchronous storage reaches the other tab’s next request', async (t) => {
  const app = await openApp(t, { signedIn: false, prepare });
  const other = await app.openTab();
  for (const tab of [app, other]) await enter(tab, 'database');
  for (const user of ['ada', 'grace']) {
    const login = await app.tenant.login(user);
    await app.run((_, reply) => /** @type {any} */ (globalThis).mine.session.set(reply), login);
    await other.until(
      (_, token) => /** @type {any} */ (globalThis).mine.session.tokens?.accessToken === token,
      login.access_token,
    );
    assert.equal((await other.page.evaluate("mine('/api/echo/1')")).user, user);
  }
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});
