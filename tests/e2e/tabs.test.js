/** Several tabs of one app: one refresh among them, and what one does with the session reaches the others. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';
import { LOOK_AFTER, withClock } from '../support/lacking.js';

/** @import { App } from '../support/app.js' */

const openApp = useApps({ inWindows: true });

/**
 * A tab whose request waits for a refresh that is held, and how the request is going.
 *
 * @param {App} app
 */
async function holdRefresh(app) {
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const waiting = await app.begin(({ api }) => api('/api/echo/first'));
  await app.tenant.held('refresh', 1);
  return waiting;
}

/**
 * A request of another tab, which waits too.
 *
 * @param {App} tab
 */
async function join(tab) {
  const waiting = await tab.begin(({ api }) => api('/api/echo/second'));
  await tab.until(({ api }) => api.session?.status === 'refreshing' && api.session.waiting === 1);
  return waiting;
}

/** @param {App} app */
async function letGo(app) {
  await app.tenant.control({ hold: { refresh: false } });
  await app.tenant.release('refresh');
}

/** @param {App} tab */
const state = (tab) => tab.run(({ api, seen }) => ({ status: api.session?.status, signOuts: seen.signOuts }));

test('two tabs meet a dead token: one refreshes, the other waits and takes the new tokens', async (t) => {
  const app = await openApp(t);
  const other = await app.openTab();
  const first = await holdRefresh(app);
  const second = await join(other);
  await first.isPending();
  await second.isPending();
  assert.equal((await app.tenant.books()).presentations, 1);
  await letGo(app);
  assert.equal((await first.outcome()).value.path, '/api/echo/first');
  assert.equal((await second.outcome()).value.path, '/api/echo/second');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  const tokens = await Promise.all([app, other].map((tab) => tab.run(({ api }) => api.session?.tokens)));
  assert.deepEqual(tokens[0], tokens[1]);
  assert.deepEqual(await other.run(({ seen }) => seen), { signOuts: [], refreshes: 1, reported: [] });
});

test('a refresh that fails for now in one tab fails for those that wait in others, and is tried by the next request', async (t) => {
  const app = await openApp(t, { session: { refreshRetry: 0 } });
  const other = await app.openTab();
  const first = await holdRefresh(app);
  const second = await join(other);
  await app.tenant.control({ refresh: { mode: '500', times: 1 } });
  await letGo(app);
  assert.equal((await first.outcome()).error?.code, 'REFRESH_FAILED');
  assert.equal((await second.outcome()).error?.code, 'REFRESH_FAILED');
  assert.equal((await app.refreshes()).presentations, 1);
  assert.equal((await other.run(({ api }) => api('/api/echo/third'))).path, '/api/echo/third');
  assert.deepEqual(await app.refreshes(), { refreshes: 1, presentations: 2, reused: 0 });
});

test('a refused refresh signs out everywhere, once in each tab', async (t) => {
  const app = await openApp(t);
  const other = await app.openTab();
  const first = await holdRefresh(app);
  const second = await join(other);
  await app.tenant.control({ refresh: { mode: 'invalid_grant', times: 1 } });
  await letGo(app);
  assert.equal((await first.outcome()).error?.code, 'REFRESH_REJECTED');
  assert.equal((await second.outcome()).error?.code, 'SIGNED_OUT');
  assert.deepEqual(await state(app), { status: 'signed-out', signOuts: ['refused'] });
  assert.deepEqual(await state(other), { status: 'signed-out', signOuts: ['other-tab'] });
  assert.deepEqual(await app.refreshes(), { refreshes: 0, presentations: 1, reused: 0 });
});

test('a refused refresh is told to a tab that asks for nothing', async (t) => {
  const app = await openApp(t);
  const other = await app.openTab();
  assert.equal(await other.run(({ api }) => api.session?.status), 'active');
  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: 'invalid_grant', times: 1 } });
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/1')));
  assert.equal(error?.code, 'REFRESH_REJECTED');
  await other.until(({ seen }) => seen.signOuts.length > 0);
  assert.deepEqual(await state(other), { status: 'signed-out', signOuts: ['other-tab'] });
});

test('a sign-in, a sign-out and a switch of users reach the other tabs', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const other = await app.openTab();
  assert.equal(await other.run(({ api }) => api.session?.status), 'signed-out');
  await app.signIn('ada');
  await other.until(({ api }) => api.session?.status === 'active');
  assert.equal((await other.run(({ api }) => api('/api/echo/1'))).user, 'ada');

  await other.signIn('grace');
  await app.until(({ api }) => api.session?.status === 'active');
  await app.run(({ api }) => api('/api/echo/2'));
  await app.tenant.control({ hold: { api: true } });
  const waiting = await app.begin(({ api }) => api('/api/echo/3'));
  await app.tenant.held('api', 1);
  await other.run(({ api }) => api.session?.signOut());
  await app.until(({ api }) => api.session?.status === 'signed-out');
  await app.tenant.control({ hold: { api: false } });
  await app.tenant.release('api');
  assert.equal((await waiting.outcome()).value.user, 'grace', 'what was on its way is answered');
  assert.deepEqual(await state(app), { status: 'signed-out', signOuts: ['other-tab'] });
  assert.deepEqual(await state(other), { status: 'signed-out', signOuts: ['user'] });
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

test('a sign-out in one tab wins over the refresh of another: its late reply does not bring the session back', async (t) => {
  const app = await openApp(t);
  const other = await app.openTab();
  const first = await holdRefresh(app);
  await other.run(({ api }) => api.session?.signOut());
  await letGo(app);
  assert.equal((await first.outcome()).error?.code, 'SIGNED_OUT');
  await app.run(({ api }) => api('/open/echo/1'));
  assert.deepEqual(await state(app), { status: 'signed-out', signOuts: ['other-tab'] });
  assert.deepEqual(await state(other), { status: 'signed-out', signOuts: ['user'] });
  assert.equal(await app.run(() => localStorage.getItem('apifetch.tokens')), null);
  await app.reload();
  assert.equal(await app.run(({ api }) => api.session?.status), 'signed-out');
});

test('a tab that signs out and is gone at once has signed out all the same', async (t) => {
  const app = await openApp(t);
  const other = await app.openTab();
  const first = await holdRefresh(app);
  await other.run(({ api }) => {
    api.session?.signOut();
    location.href = 'about:blank';
  });
  await letGo(app);
  assert.equal((await first.outcome()).error?.code, 'SIGNED_OUT');
  assert.equal(await app.run(() => localStorage.getItem('apifetch.tokens')), null);
});

for (const username of ['ada', 'grace']) {
  test(`${username}’s sign-in in one tab wins over the refresh of ada’s in another`, async (t) => {
    const app = await openApp(t);
    const other = await app.openTab();
    const first = await holdRefresh(app);
    const { access_token } = await other.signIn(username);
    await letGo(app);
    const { value, error } = await first.outcome();
    if (username === 'ada') assert.equal(value.user, 'ada');
    else assert.equal(error?.code, 'SESSION_CHANGED');
    for (const tab of [app, other]) {
      await tab.run(({ api }) => api('/api/echo/then'));
      assert.equal(await tab.run(({ api }) => api.session?.tokens?.accessToken), access_token);
    }
    const stored = await app.run(() => JSON.parse(localStorage.getItem('apifetch.tokens') ?? 'null'));
    assert.equal(stored.accessToken, access_token);
  });
}

for (const place of ['the tab that refreshes', 'another tab']) {
  test(`localStorage cleared in ${place} while a refresh runs: everybody is told, and nothing is stored`, async (t) => {
    const app = await openApp(t);
    const other = await app.openTab();
    const first = await holdRefresh(app);
    const second = await join(other);
    const clearing = place === 'another tab' ? await app.openTab({ session: { crossTab: false } }) : app;
    await clearing.run(() => localStorage.clear());
    assert.equal((await second.outcome()).error?.code, 'SIGNED_OUT');
    await letGo(app);
    assert.equal((await first.outcome()).error?.code, 'SIGNED_OUT');
    for (const tab of [app, other]) {
      assert.deepEqual(await state(tab), { status: 'signed-out', signOuts: ['other-tab'] });
    }
    assert.equal(await app.run(() => localStorage.length), 0);
  });
}

test('crossTab: false leaves other tabs alone; what they have stored is seen by the next request', async (t) => {
  const app = await openApp(t, { prepare: withClock, session: { crossTab: false } });
  const other = await app.openTab();
  await app.tenant.expire();
  await app.run(({ api }) => api('/api/echo/1'));
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  await other.page.clock.fastForward(LOOK_AFTER);
  await other.run(({ api }) => api('/api/echo/2'));
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.deepEqual(await other.hits('/api/echo/2'), { 200: 1 });
});

test('no message between tabs, and no mark, holds a token', async (t) => {
  const app = await openApp(t);
  const other = await app.openTab();
  await other.run(() => {
    const channel = new BroadcastChannel('wasm-api-fetch/1/local/apifetch.tokens');
    /** @type {any} */ (globalThis).heard = [];
    channel.onmessage = ({ data }) => /** @type {any} */ (globalThis).heard.push(JSON.stringify(data));
  });
  await app.tenant.expire();
  await app.run(({ api }) => api('/api/echo/1'));
  await other.until(() => /** @type {any} */ (globalThis).heard.length > 0);
  const heard = await other.run(() => /** @type {any} */ (globalThis).heard);
  assert.deepEqual([...new Set(heard)], ['0']);
  const marks = await other.run(
    () =>
      /** @type {Promise<string>} */ (
        new Promise((resolve) => {
          indexedDB.open('wasm-api-fetch/1').onsuccess = ({ target }) => {
            const { result } = /** @type {IDBOpenDBRequest} */ (target);
            const store = result.transaction('marks').objectStore('marks');
            const keys = store.getAllKeys();
            const values = store.getAll();
            store.transaction.oncomplete = () => resolve(JSON.stringify([keys.result, values.result]));
          };
        })
      ),
  );
  assert.match(
    marks,
    /^\[\["wasm-api-fetch\/1\/local\/apifetch.tokens\/\d+"\],\[\{"owner":0,"at":\d+\}\]\]$/,
  );
});
