/** Time among tabs: machines sleep, timers are throttled, pages are put aside. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';
import { LOOK_AFTER, withClock, withoutNews } from '../support/lacking.js';

/**
 * @import { Page } from 'playwright-core'
 */

const openApp = useApps({ inWindows: true });
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
