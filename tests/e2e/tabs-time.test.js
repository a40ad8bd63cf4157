/** Time among tabs: machines sleep, timers are throttled, pages are put aside and come back. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';
import { LOOK_AFTER, withClock, withoutNews } from '../support/lacking.js';

/**
 * @import { Page } from 'playwright-core'
 */

const openApp = useApps();
const HOUR_MS = 3_600_000;

test('two tabs wake from a sleep that has outlasted the token: one refresh', async (t) => {
  const app = await openApp(t, { prepare: withClock, accessTtl: 600 });
  const other = await app.openTab();
  const tabs = [app, other];
  for (const tab of tabs) await tab.run(({ api }) => api('/api/echo/before'));
  await Promise.all(tabs.map((tab) => tab.page.clock.fastForward(8 * HOUR_MS)));
  const fates = await Promise.all(tabs.map((tab) => tab.run(({ storm, tally }) => tally(storm(20)))));
  assert.deepEqual(fates, [{ 'own reply': 20 }, { 'own reply': 20 }]);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.equal((await app.tenant.books()).statuses['401'], undefined, 'nothing went out with the old token');
});

test('what has changed while a tab slept through all news is seen by its next request', async (t) => {
  const prepare = async (/** @type {Page} */ page) => {
    await withoutNews(page);
    await withClock(page);
  };
  const app = await openApp(t);
  const asleep = await app.openTab({ prepare });
  await asleep.run(({ api }) => api('/api/echo/1'));
  const { access_token } = await app.signIn('grace');
  await asleep.page.clock.fastForward(LOOK_AFTER);
  assert.equal((await asleep.run(({ api }) => api('/api/echo/2'))).user, 'grace');
  assert.equal(await asleep.run(({ api }) => api.session?.tokens?.accessToken), access_token);

  await app.run(({ api }) => api.session?.signOut());
  await asleep.page.clock.fastForward(LOOK_AFTER);
  assert.equal(await asleep.run(({ api }) => api.session?.status), 'signed-out');
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

test('in tabs whose timers never fire, a refresh is shared all the same', async (t) => {
  const prepare = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      // The test's own timers go on.
      const real = globalThis.setTimeout;
      Object.assign(globalThis, { realTimeout: real });
      globalThis.setTimeout = /** @type {any} */ (() => 0);
    });
  const app = await openApp(t, { prepare });
  const other = await app.openTab();
  await app.tenant.expire();
  const calls = await Promise.all(
    [app, other].map((tab) => tab.begin(({ storm }) => Promise.all(storm(20)))),
  );
  for (const call of calls) assert.equal((await call.outcome()).value?.length, 20);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a page that comes back from the back/forward cache looks at the storage anew', async (t) => {
  const app = await openApp(t);
  const other = await app.openTab();
  await app.run(({ api }) => api('/api/echo/1'));
  await app.run(({ api }) => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { api, persisted }));
  });
  await app.page.goto(`${app.origin}/`);
  const { access_token } = await other.signIn('grace');
  // It is not loaded again, so that no load event comes.
  await app.page.goBack({ waitUntil: 'commit' });
  const { persisted, token } = await app.page.evaluate(() => {
    const page = /** @type {any} */ (globalThis);
    return { persisted: page.persisted, token: page.api.session.tokens.accessToken };
  });
  assert.deepEqual({ persisted, token }, { persisted: true, token: access_token });
});

test('a page that is put aside while it refreshes keeps no other tab waiting, and goes on when it comes back', async (t) => {
  const app = await openApp(t);
  const other = await app.openTab();
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  await app.run(({ api, watch }) => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { persisted }));
    Object.assign(globalThis, { first: watch(api('/api/echo/first')) });
  });
  await app.tenant.held('refresh', 1);
  await app.page.goto(`${app.origin}/`);
  await app.untilBooks(({ held }) => held.refresh === 0);
  await app.tenant.control({ hold: { refresh: false } });
  assert.equal((await other.run(({ api }) => api('/api/echo/second'))).path, '/api/echo/second');

  await app.page.goBack({ waitUntil: 'commit' });
  const { persisted, outcome } = await app.page.evaluate(async () => {
    const page = /** @type {any} */ (globalThis);
    return { persisted: page.persisted, outcome: await page.first.outcome };
  });
  assert.equal(persisted, true);
  assert.equal(outcome.value?.path, '/api/echo/first', JSON.stringify(outcome.error));
  const { refreshes, reused } = await app.refreshes();
  assert.deepEqual({ refreshes, reused }, { refreshes: 1, reused: 0 });
});

test('a page that is put aside while its answer is settled stores what it has got', async (t) => {
  const app = await openApp(t);
  await app.run(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
      if (value.owner === 0) {
        dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
        setTimeout(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })), 100);
      }
      return put.call(this, value, key);
    };
  });
  await app.tenant.expire();
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), []);
});
