/**
 * A tab that has the lock and still reads the tokens that another one has spent: in Chromium localStorage is a cache of each process.
 * Here its reads are in the test's hand, so that it happens every time.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';
import { withClock, withoutNews } from '../support/lacking.js';

/** @import { Page } from 'playwright-core' */

const openApp = useApps({ inWindows: true });

/** Time stands still, and nobody tells the tab of others. @param {Page} page */
const prepare = async (page) => {
  await withClock(page);
  await withoutNews(page);
};

test('a tab that is granted the lock and still reads spent tokens presents nothing, and takes the new ones once it sees them', async (t) => {
  const app = await openApp(t);
  const stale = await app.openTab({ prepare });
  assert.equal((await stale.run(({ api }) => api('/api/echo/before'))).user, 'ada');
  await stale.run(() => {
    const cache = { isStale: true, looks: 0 };
    Object.assign(globalThis, { cache });
    const old = localStorage.getItem('apifetch.tokens');
    const read = Storage.prototype.getItem;
    Storage.prototype.getItem = function (key) {
      cache.looks += 1;
      return cache.isStale ? old : read.call(this, key);
    };
    const request = LockManager.prototype.request;
    /** @type {any} */ (LockManager.prototype).request = function (
      /** @type {string} */ name,
      /** @type {LockOptions} */ options,
      /** @type {LockGrantedCallback<unknown>} */ granted,
    ) {
      return request.call(this, name, options, (lock) => {
        cache.looks = 0;
        return granted(lock);
      });
    };
  });
  await app.tenant.expire();
  assert.equal((await app.run(({ api }) => api('/api/echo/first'))).user, 'ada');

  await stale.page.clock.pauseAt(Date.now() + 60_000);
  const waiting = await stale.begin(({ api }) => api('/api/echo/second'));
  // It looks under the lock, claims what it finds there, and then looks for other tokens; or it has presented these.
  await stale.until(() => {
    const isPresented = performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/token'));
    return isPresented || /** @type {any} */ (globalThis).cache.looks >= 2;
  });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.equal(await stale.run(({ api }) => api.session?.status), 'refreshing');

  await stale.run(() => {
    /** @type {any} */ (globalThis).cache.isStale = false;
  });
  await stale.page.clock.fastForward(1000);
  assert.equal((await waiting.outcome()).value?.path, '/api/echo/second');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  const tokens = await Promise.all([app, stale].map((tab) => tab.run(({ api }) => api.session?.tokens)));
  assert.deepEqual(tokens[1], tokens[0]);
  assert.deepEqual(await stale.run(({ seen }) => seen.signOuts), []);
});
