/** What the server has said to one tab holds for all: failures are shared, and so are the pauses after them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';

/**
 * @import { Page } from 'playwright-core'
 * @import { App } from '../support/app.js'
 */

const openApp = useApps({ inWindows: true });
const FAILED = 'REFRESH_FAILED';

/** @param {App} app */
const openSix = async (app) => [app, ...(await Promise.all(Array.from({ length: 5 }, () => app.openTab())))];

/** The machine's clock, which all tabs share, and which stands still. */
function stoppedClock() {
  const start = Date.now();
  return {
    /** @param {Page} page */
    async prepare(page) {
      await page.clock.install({ time: start });
      await page.clock.pauseAt(start + 1_000);
    },
    /**
     * One tab's clock is that of all.
     *
     * @param {App} app
     * @param {number} ms
     */
    pass: (app, ms) => app.page.clock.runFor(ms),
  };
}

/** @param {App} tab */
const request = async (tab) => {
  const { value, error } = await tab.run(({ api, outcome }) => outcome(api('/api/echo/1')));
  return value ? 'answered' : error?.code;
};

/** @param {App} app */
const presentations = async (app) => (await app.refreshes()).presentations;

/**
 * Two tabs whose clock stands still, and in which two refreshes have failed.
 *
 * @param {import('node:test').TestContext} t
 */
async function pausing(t) {
  const clock = stoppedClock();
  const app = await openApp(t, { prepare: clock.prepare, session: { refreshRetry: 0 } });
  const other = await app.openTab();
  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: '500' } });
  assert.equal(await request(app), FAILED);
  await clock.pass(app, 10);
  assert.equal(await request(app), FAILED);
  assert.equal(await presentations(app), 2);
  return { app, other, clock };
}

test('a server that answers 429 with Retry-After: 60 hears of six tabs once, and all of them fail at once', async (t) => {
  const app = await openApp(t);
  const tabs = await openSix(app);
  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: '429', retryAfter: 60 } });
  const told = { [`AuthError ${FAILED}`]: 5 };
  const storms = tabs.map((tab) => tab.run(({ storm, tally }) => tally(storm(5))));
  assert.deepEqual(await Promise.all(storms), Array(6).fill(told));
  await app.reload();
  for (const tab of tabs) assert.equal(await request(tab), FAILED);
  assert.equal(await presentations(app), 1);
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/1')));
  assert.match(
    String(error?.cause?.message),
    /^an earlier refresh failed at .+; the server is left alone at least until .+$/,
  );
  const wishes = tabs.map((tab) =>
    tab.run(async ({ api, outcome }) => [
      (await outcome(api.session?.refresh())).error?.code,
      (await outcome(api.session?.valid(3600))).error?.code,
    ]),
  );
  assert.deepEqual(await Promise.all(wishes), Array(6).fill([FAILED, FAILED]));
  assert.equal(await presentations(app), 1);
});

test('a server that answers 500 hears the tries of one tab, and those that stand in line fail with it', async (t) => {
  const app = await openApp(t);
  const tabs = await openSix(app);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const calls = await Promise.all(tabs.map((tab) => tab.begin(({ api }) => api('/api/echo/1'))));
  for (const tab of tabs) await tab.until(({ api }) => api.session?.waiting === 1);
  await app.tenant.held('refresh', 1);
  await app.tenant.control({ hold: { refresh: false }, refresh: { mode: '500' } });
  await app.tenant.release('refresh');
  for (const call of calls) assert.equal((await call.outcome()).error?.code, FAILED);
  assert.equal(await presentations(app), 3);

  await app.tenant.control({ refresh: { mode: 'ok' } });
  assert.deepEqual(
    await Promise.all(tabs.map(request)),
    Array(6).fill('answered'),
    'the next ones try again',
  );
  assert.deepEqual(await app.refreshes(), { refreshes: 1, presentations: 4, reused: 0 });
});

test('failures in a row are followed by pauses of 1, 2, 4, 8, 16 and 30 seconds, in all tabs', async (t) => {
  const { app, other, clock } = await pausing(t);
  const tabs = [app, other];
  let calls = 2;
  for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
    const [next, last] = tabs.reverse();
    await clock.pass(app, seconds * 1000 - 1);
    for (const tab of tabs) assert.equal(await request(tab), FAILED);
    assert.equal(await presentations(app), calls, `before ${seconds} s are over`);
    await clock.pass(app, 1);
    assert.equal(await request(/** @type {App} */ (next)), FAILED);
    calls += 1;
    assert.equal(await request(/** @type {App} */ (last)), FAILED);
    assert.equal(await presentations(app), calls, `after ${seconds} s`);
  }
  await clock.pass(app, 30_000);
  await app.tenant.control({ refresh: { mode: 'ok' } });
  for (const tab of tabs) assert.equal(await request(tab), 'answered');

  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: '500' } });
  for (const tab of tabs) {
    assert.equal(await request(tab), FAILED);
    await clock.pass(app, 10);
  }
  assert.equal(await presentations(app), calls + 3, 'a success has ended the row');
});

test('session.refresh() ends the pause in all tabs', async (t) => {
  const { app, other } = await pausing(t);
  const { error } = await other.run(({ api, outcome }) => outcome(api.session?.refresh()));
  assert.equal(error?.code, FAILED);
  assert.equal(await presentations(app), 3, 'it was asked');
  assert.equal(await request(other), FAILED);
  assert.equal(await presentations(app), 3, 'the pause that follows holds as ever');
  await app.tenant.control({ refresh: { mode: 'ok' } });
  await app.run(({ api }) => api.session?.refresh());
  assert.equal(await request(other), 'answered');
});

test('a login ends the pause in all tabs, also one that brings the very tokens that are in use', async (t) => {
  const { app, other } = await pausing(t);
  const { accessToken, refreshToken } = await app.run(({ api }) => api.session?.tokens ?? assert.fail());
  await app.tenant.control({ refresh: { mode: 'ok' } });
  assert.equal(await request(app), FAILED);
  const reply = { access_token: accessToken, refresh_token: refreshToken };
  await other.run(({ api }, tokens) => api.session?.set(tokens), reply);
  assert.equal(await request(other), 'answered');
  assert.deepEqual(await app.refreshes(), { refreshes: 1, presentations: 3, reused: 0 });

  const late = await pausing(t);
  await late.other.signIn();
  assert.equal(await request(late.other), 'answered');
  assert.equal(await request(late.app), 'answered');
});

test('a login that brings the tokens in use leaves no mark of a pause that is forgotten', async (t) => {
  const { app, other } = await pausing(t);
  const { accessToken, refreshToken } = await app.run(({ api }) => api.session?.tokens ?? assert.fail());
  const marks = () =>
    other.run(async () => {
      /** @type {IDBDatabase} */
      const database = await new Promise((resolve) => {
        const request = indexedDB.open('wasm-api-fetch/1');
        request.onsuccess = () => resolve(request.result);
      });
      /** @type {object[]} */
      const entries = await new Promise((resolve) => {
        const request = database.transaction('marks').objectStore('marks').getAll();
        request.onsuccess = () => resolve(request.result);
      });
      database.close();
      return entries.map((entry) => Object.keys(entry).sort().join());
    });
  assert.deepEqual(await marks(), ['at,streak']);
  const reply = { access_token: accessToken, refresh_token: refreshToken };
  await other.run(({ api }, tokens) => api.session?.set(tokens), reply);
  assert.deepEqual(await marks(), []);
});

for (const [where, session] of /** @type {const} */ ([
  ['in all tabs', { refreshRetry: 0 }],
  ['in a session that is no other tab’s', { refreshRetry: 0, crossTab: false }],
])) {
  test(`coming online ends the pause, ${where}`, async (t) => {
    const clock = stoppedClock();
    const app = await openApp(t, { prepare: clock.prepare, session, accessTtl: 600 });
    const other = await app.openTab();
    await app.run(({ api }) => api('/api/echo/before'));
    await clock.pass(app, 3_600_000);
    await app.page.context().setOffline(true);
    assert.equal(await request(app), FAILED);
    assert.equal(await request(app), FAILED);
    await app.page.context().setOffline(false);
    await app.until(() => navigator.onLine);
    assert.equal(await request(app), 'answered');
    assert.equal(await request(other), 'answered');
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  });
}

test('ahead of expiry, what fails in one tab keeps no tab’s requests: they go out with the good token', async (t) => {
  const clock = stoppedClock();
  const session = { refreshRetry: 0, refreshBefore: 300 };
  const app = await openApp(t, { prepare: clock.prepare, session, accessTtl: 600 });
  const other = await app.openTab();
  const tabs = [app, other];
  for (const tab of tabs) assert.equal(await request(tab), 'answered');
  await clock.pass(app, 400_000);
  await app.tenant.control({ refresh: { mode: '500' } });
  for (const tab of tabs) assert.equal(await request(tab), 'answered');
  assert.equal(await presentations(app), 1);
  await clock.pass(app, 29_999);
  for (const tab of tabs) assert.equal(await request(tab), 'answered');
  assert.equal(await presentations(app), 1, 'the next try is 30 s later');
  await clock.pass(app, 1);
  for (const tab of tabs) assert.equal(await request(tab), 'answered');
  assert.equal(await presentations(app), 2);
});

test('a clock that is set back makes no pause longer', async (t) => {
  const { app, other } = await pausing(t);
  await other.page.clock.setFixedTime(Date.now() - 3_600_000);
  await app.tenant.control({ refresh: { mode: 'ok' } });
  assert.equal(await request(other), 'answered', 'nobody knows how long ago it began');
});
