/** What may go wrong among tabs: one dies, one is frozen, an answer is lost, the platform lacks something. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';
import { withClock, withoutFence, withoutLocks, withoutNews } from '../support/lacking.js';

/**
 * @import { Page } from 'playwright-core'
 * @import { App } from '../support/app.js'
 */

const openApp = useApps({ inWindows: true });

/**
 * The first tab refreshes, and its answer is held; a request of the second one waits.
 *
 * @param {App} app
 * @param {App} other
 */
async function bothWait(app, other) {
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const first = await app.begin(({ api }) => api('/api/echo/first'));
  await app.tenant.held('refresh', 1);
  const second = await other.begin(({ api }) => api('/api/echo/second'));
  await other.until(({ api }) => api.session?.status === 'refreshing' && api.session.waiting === 1);
  return { first, second };
}

/** @param {App} app */
async function letGo(app) {
  await app.tenant.control({ hold: { refresh: false } });
  await app.tenant.release('refresh');
}

/** @param {Page} page */
const control = (page) => page.context().newCDPSession(page);

/** @param {App} app */
async function crash(app) {
  const gone = new Promise((resolve) => app.page.once('crash', resolve));
  (await control(app.page)).send('Page.crash').catch(() => {});
  await gone;
}

for (const [how, end] of /** @type {const} */ ([
  ['is closed', async (/** @type {App} */ app) => app.page.close()],
  ['crashes', crash],
  ['goes to another page', async (/** @type {App} */ app) => void (await app.page.goto('about:blank'))],
  ['is loaded again', async (/** @type {App} */ app) => void (await app.page.reload())],
])) {
  test(`a tab that ${how} while it refreshes: the next one refreshes instead, and nothing is lost`, async (t) => {
    const app = await openApp(t);
    const other = await app.openTab();
    const { second } = await bothWait(app, other);
    await end(app);
    // The server has seen that it is gone, and carries nothing out for it.
    await other.untilBooks(({ held }) => held.refresh === 0);
    await letGo(other);
    assert.equal((await second.outcome()).value.path, '/api/echo/second');
    const { refreshes, reused } = await other.refreshes();
    assert.deepEqual({ refreshes, reused }, { refreshes: 1, reused: 0 });
    assert.deepEqual(await other.run(({ seen }) => seen.signOuts), []);
  });
}

test('a tab that dies with its answer on the way: the others ask once more, are refused, and end the session', async (t) => {
  const app = await openApp(t);
  const others = [await app.openTab(), await app.openTab()];
  await app.tenant.expire();
  await app.tenant.control({ latency: 1500 });
  await app.begin(({ api }) => api('/api/echo/first'));
  await app.untilBooks(({ refreshes }) => refreshes === 1);
  const waiting = await Promise.all(others.map((tab) => tab.begin(({ api }) => api('/api/echo/second'))));
  await crash(app);
  await app.tenant.control({ latency: 0 });
  const codes = await Promise.all(waiting.map(async (call) => (await call.outcome()).error?.code));
  // The second of them is told by the first, or, still on the way to the lock, by an empty storage.
  assert.ok(
    codes.every((code) => code === 'REFRESH_REJECTED' || code === 'SIGNED_OUT'),
    String(codes),
  );
  assert.deepEqual(await app.refreshes(), { refreshes: 1, presentations: 2, reused: 1 });
  for (const tab of others) {
    assert.equal(await tab.run(({ api }) => api.session?.status), 'signed-out');
    assert.equal((await tab.run(({ seen }) => seen.signOuts)).length, 1);
  }
});

test('an answer that is lost after the server has rotated: every request is answered, every tab signed out once', async (t) => {
  const app = await openApp(t);
  const other = await app.openTab();
  const { first, second } = await bothWait(app, other);
  await app.tenant.control({ refresh: { mode: 'lost', times: 1 } });
  await letGo(app);
  assert.equal((await first.outcome()).error?.code, 'REFRESH_REJECTED');
  assert.equal((await second.outcome()).error?.code, 'SIGNED_OUT');
  assert.deepEqual(await app.refreshes(), { refreshes: 1, presentations: 2, reused: 1 });
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), ['refused']);
  assert.deepEqual(await other.run(({ seen }) => seen.signOuts), ['other-tab']);
});

test('a frozen tab keeps the others waiting for a bounded time; thawed, it takes the answer that came meanwhile', async (t) => {
  const app = await openApp(t, { session: { refreshTimeout: 2000 } });
  const other = await app.openTab();
  const { first, second } = await bothWait(app, other);
  await app.tenant.control({ hold: { api: true } });
  // Nothing runs in a page that waits for a synchronous answer.
  const { access_token } = await app.tenant.login();
  const frozen = app.page.evaluate(
    ([url, token]) => {
      const request = new XMLHttpRequest();
      request.open('GET', String(url), false);
      request.setRequestHeader('authorization', `Bearer ${token}`);
      request.send();
    },
    [`${app.tenant.url}/api/echo/frozen`, access_token],
  );
  await app.tenant.held('api', 1);
  await letGo(app);
  await app.untilBooks(({ refreshes }) => refreshes === 1);
  // The lock stays with the frozen tab: taking it away would present its token twice.
  assert.equal((await second.outcome()).error?.code, 'REFRESH_TIMEOUT');

  await app.tenant.control({ hold: { api: false } });
  await app.tenant.release('api');
  await frozen;
  assert.equal((await first.outcome()).value.path, '/api/echo/first');
  assert.equal((await other.run(({ api }) => api('/api/echo/then'))).user, 'ada');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

for (const act of /** @type {const} */ (['a sign-out', 'a sign-in'])) {
  test(`${act} in another tab of which no news arrive: the late reply is thrown away`, async (t) => {
    const app = await openApp(t, { prepare: withoutNews });
    const other = await app.openTab();
    await app.tenant.expire();
    await app.tenant.control({ hold: { refresh: true } });
    const first = await app.begin(({ api }) => api('/api/echo/first'));
    await app.tenant.held('refresh', 1);
    let token = null;
    if (act === 'a sign-in') token = (await other.signIn('ada')).access_token;
    else await other.run(({ api }) => api.session?.signOut());
    await first.isPending();
    await letGo(app);
    const { value, error } = await first.outcome();
    if (token) assert.equal(value.user, 'ada');
    else assert.equal(error?.code, 'SIGNED_OUT');
    assert.equal(await app.run(({ api }) => api.session?.tokens?.accessToken ?? null), token);
    const stored = await app.run(() => JSON.parse(localStorage.getItem('apifetch.tokens') ?? '{}'));
    assert.equal(stored.accessToken ?? null, token);
  });
}

test('a tab to which no news arrive takes the new tokens at its own 401', async (t) => {
  const app = await openApp(t);
  const deaf = await app.openTab({ prepare: withoutNews });
  await app.tenant.expire();
  await app.run(({ api }) => api('/api/echo/1'));
  await deaf.run(({ api }) => api('/api/echo/2'));
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('offline, a refresh fails and the session stays; online again, one tab refreshes for all', async (t) => {
  const app = await openApp(t, { prepare: withClock, accessTtl: 600, session: { refreshRetry: 0 } });
  const tabs = [app, await app.openTab()];
  for (const tab of tabs) await tab.run(({ api }) => api('/api/echo/before'));
  await Promise.all(tabs.map((tab) => tab.page.clock.fastForward(3_600_000)));
  const storm = () => Promise.all(tabs.map((tab) => tab.run(({ storm, tally }) => tally(storm(10)))));
  await app.page.context().setOffline(true);
  const failed = { 'AuthError REFRESH_FAILED': 10 };
  assert.deepEqual(await storm(), [failed, failed]);
  const online = await Promise.all(
    tabs.map((tab) => tab.begin(() => new Promise((resolve) => addEventListener('online', resolve)))),
  );
  await app.page.context().setOffline(false);
  // That ends the pause, which two failures in a row may have led to.
  for (const tab of online) await tab.outcome();
  const answered = { 'own reply': 10 };
  assert.deepEqual(await storm(), [answered, answered]);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('without Web Locks a tab that dies while it refreshes is followed once its time is over', async (t) => {
  const app = await openApp(t, { prepare: withoutLocks, session: { refreshTimeout: 1000 } });
  const other = await app.openTab();
  const { second } = await bothWait(app, other);
  await crash(app);
  await app.tenant.control({ hold: { refresh: false } });
  assert.equal((await second.outcome()).value.path, '/api/echo/second');
  const { refreshes, reused } = await other.refreshes();
  assert.deepEqual({ refreshes, reused }, { refreshes: 1, reused: 0 });
});

test('without Web Locks and IndexedDB each tab stands alone: a storm is answered by one refresh', async (t) => {
  const prepare = async (/** @type {Page} */ page) => {
    await withoutLocks(page);
    await withoutFence(page);
  };
  const app = await openApp(t, { prepare });
  await app.tenant.expire();
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(100))), { 'own reply': 100 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);

  const other = await app.openTab();
  await app.tenant.expire();
  await app.run(({ api }) => api('/api/echo/1'));
  await other.run(({ api }) => api('/api/echo/2'));
  const { refreshes, reused } = await app.refreshes();
  assert.deepEqual(
    { refreshes, reused },
    { refreshes: 2, reused: 0 },
    'what one has stored, the other takes',
  );
});

test('a database that never answers, and one that refuses, are none: the refresh goes on by the lock', async (t) => {
  for (const prepare of [
    (/** @type {Page} */ page) =>
      page.addInitScript(() => {
        IDBFactory.prototype.open = () => /** @type {IDBOpenDBRequest} */ ({});
      }),
    (/** @type {Page} */ page) =>
      page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('denied', 'SecurityError');
        };
      }),
  ]) {
    const app = await openApp(t, { prepare });
    await app.tenant.expire();
    assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'own reply': 20 });
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  }
});

test('a lock that another script of the page never gives back ends the wait with REFRESH_TIMEOUT', async (t) => {
  const app = await openApp(t, { session: { refreshTimeout: 500 } });
  await app.run(() => {
    navigator.locks.request('wasm-api-fetch/1/local/apifetch.tokens', () => new Promise(() => {}));
  });
  await app.tenant.expire();
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), {
    'AuthError REFRESH_TIMEOUT': 20,
  });
  assert.equal(await app.run(({ api }) => api.session?.status), 'active');
});

test('a sign-out that falls between the answer and its storing, by a tab that is gone: it is not undone', async (t) => {
  const app = await openApp(t);
  await app.run(async () => {
    /** @type {IDBDatabase} */
    const database = await new Promise((resolve) => {
      const request = indexedDB.open('wasm-api-fetch/1');
      request.onsuccess = () => resolve(request.result);
    });
    // What the other tab leaves in the fence, at the moment at which the new tokens are written.
    const write = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      write.call(this, key, value);
      const marks = database.transaction('marks', 'readwrite').objectStore('marks');
      marks.openCursor().onsuccess = ({ target }) => {
        const cursor = /** @type {IDBRequest<IDBCursorWithValue | null>} */ (target).result;
        cursor?.update({ owner: -1, at: Date.now() });
        cursor?.continue();
      };
    };
  });
  await app.tenant.expire();
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/1')));
  assert.equal(error?.code, 'SIGNED_OUT');
  assert.equal(await app.run(() => localStorage.getItem('apifetch.tokens')), null);
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), ['other-tab']);
});
