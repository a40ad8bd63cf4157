/** A trap in the engine of a page: what the page, its storage and the other tabs notice of it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';
import { answerRefresh, holdFence } from '../support/held-fence.js';
import { withClock } from '../support/lacking.js';
import { trapIn } from '../support/trap.js';

/**
 * @import { Page } from 'playwright-core'
 * @import { App } from '../support/app.js'
 */

const openApp = useApps({ inWindows: true });
const prepare = (/** @type {Page} */ page) => page.addInitScript(`globalThis.trapIn = ${trapIn}`);

/** @param {App} app */
const trap = (app) =>
  app.run(async ({ api, outcome }) => {
    const { trapIn } = /** @type {any} */ (globalThis);
    const { error } = await outcome(trapIn(() => api.session?.valid()));
    return error?.message;
  });

/**
 * A tab whose request waits for a refresh that is held.
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

/** @param {App} app */
async function letGo(app) {
  await app.tenant.control({ hold: { refresh: false } });
  await app.tenant.release('refresh');
}

const tokenOf = (/** @type {App} */ tab) => tab.run(({ api }) => api.session?.tokens?.accessToken);
const echo = (/** @type {App} */ tab) => tab.run(async ({ api }) => (await api('/api/echo/next')).path);

test('a page whose engine has trapped goes on with what localStorage holds, and refreshes once', async (t) => {
  const app = await openApp(t, { prepare });
  const other = await app.openTab();
  await app.tenant.control({ hold: { api: true } });
  const held = await app.begin(({ api }) => api('/api/echo/held'));
  await app.tenant.held('api', 1);
  assert.match(String(await trap(app)), /the engine has stopped/);
  assert.match(String((await held.outcome()).error?.message), /the engine has stopped/);
  await app.tenant.control({ hold: { api: false } });
  await app.tenant.release('api');
  assert.equal(await echo(app), '/api/echo/next');
  await app.tenant.expire();
  assert.deepEqual(await app.run(({ tally, storm }) => tally(storm(50))), { 'own reply': 50 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.deepEqual(await app.run(({ seen }) => seen), { signOuts: [], refreshes: 1, reported: [] });
  // It still hears the others, and they hear it.
  await other.until(({ api }, token) => api.session?.tokens?.accessToken === token, await tokenOf(app));
  await other.run(({ api }) => api.session?.signOut());
  await app.until(({ seen }) => seen.signOuts.join() === 'other-tab');
});

for (const isAsked of [false, true]) {
  test(`a trap while a refresh is out, ${isAsked ? 'which the next call then joins' : 'and no call after it'}: one presentation, whose tokens all tabs get`, async (t) => {
    const app = await openApp(t, { prepare });
    const other = await app.openTab();
    const before = await tokenOf(app);
    const first = await holdRefresh(app);
    await trap(app);
    assert.match(String((await first.outcome()).error?.message), /the engine has stopped/);
    const next = isAsked ? await app.begin(({ api }) => api('/api/echo/next')) : undefined;
    const second = await other.begin(({ api }) => api('/api/echo/second'));
    await other.until(({ api }) => api.session?.waiting === 1);
    await second.isPending();
    await next?.isPending();
    await letGo(app);
    assert.equal((await second.outcome()).value?.path, '/api/echo/second');
    if (next) assert.equal((await next.outcome()).value?.path, '/api/echo/next');
    const stored = await other.run(() => JSON.parse(localStorage['apifetch.tokens']).accessToken);
    assert.notEqual(stored, before);
    assert.deepEqual([await tokenOf(app), await tokenOf(other)], [stored, stored]);
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    await app.tenant.expire();
    assert.equal(await echo(app), '/api/echo/next');
    assert.equal(await echo(other), '/api/echo/next');
    const { refreshes, reused } = await app.refreshes();
    assert.deepEqual({ refreshes, reused }, { refreshes: 2, reused: 0 });
  });
}

test('a trap while the fence is asked whether new tokens may be used: they are kept, and nothing is presented twice', async (t) => {
  const app = await openApp(t, {
    prepare: async (page) => {
      await prepare(page);
      await withClock(page);
    },
  });
  const other = await app.openTab({ session: { key: 'another' } });
  const before = await tokenOf(app);
  const first = await holdRefresh(app);
  const letFenceGo = await holdFence(other);
  await answerRefresh(app);
  await trap(app);
  assert.match(String((await first.outcome()).error?.message), /the engine has stopped/);
  await letFenceGo();
  await app.page.clock.resume();
  assert.equal(await echo(app), '/api/echo/next');
  assert.notEqual(await tokenOf(app), before);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  await app.tenant.expire();
  assert.equal(await echo(app), '/api/echo/next');
  assert.deepEqual((await app.refreshes()).reused, 0);
});

test('a trap in the midst of a transaction of the fence: nothing is written, and the next call starts afresh', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const before = await app.run(async ({ api }) => {
    const own = Object.getOwnPropertySymbols(globalThis).find(({ description }) =>
      description?.startsWith('wasm-api-fetch/'),
    );
    const { shared } = /** @type {any} */ (globalThis)[own ?? ''];
    const { changeMark } = shared.engine;
    shared.engine.changeMark = (/** @type {any[]} */ ...of) => {
      changeMark(...of);
      throw new RangeError('a trap');
    };
    return api.session?.tokens?.accessToken;
  });
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/first')));
  assert.match(String(error?.message), /the engine has stopped/);
  const marks = await app.run(
    () =>
      new Promise((resolve) => {
        indexedDB.open('wasm-api-fetch/1').onsuccess = ({ target }) => {
          const { result } = /** @type {IDBOpenDBRequest} */ (target);
          const all = result.transaction('marks').objectStore('marks').getAll();
          all.onsuccess = () => resolve(all.result);
        };
      }),
  );
  assert.deepEqual(marks, []);
  assert.equal(await tokenOf(app), before);
  assert.equal(await echo(app), '/api/echo/next');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a trap while a tab waits for the lock: it keeps nobody waiting', async (t) => {
  const app = await openApp(t);
  const trapped = await app.openTab({ prepare });
  const third = await app.openTab();
  const first = await holdRefresh(app);
  const second = await trapped.begin(({ api }) => api('/api/echo/second'));
  await trapped.until(({ api }) => api.session?.waiting === 1);
  await trap(trapped);
  assert.match(String((await second.outcome()).error?.message), /the engine has stopped/);
  await letGo(app);
  assert.equal((await first.outcome()).value?.path, '/api/echo/first');
  // A call is replayed once: whoever finds the new tokens only after they have died as well is handed the second 401.
  const token = await tokenOf(app);
  await third.until(({ api }, token) => api.session?.tokens?.accessToken === token, token);
  // Without a look at the session, which would start another engine.
  await trapped.until((_, token) => JSON.parse(localStorage['apifetch.tokens']).accessToken === token, token);
  await app.tenant.expire();
  assert.equal(await echo(third), '/api/echo/next');
  assert.equal(await echo(trapped), '/api/echo/next');
  const { refreshes, reused } = await app.refreshes();
  assert.deepEqual({ refreshes, reused }, { refreshes: 2, reused: 0 });
});

test('a trap while a refresh is out that never comes back: the lock is given back at `refreshTimeout`', async (t) => {
  const app = await openApp(t, { prepare, session: { refreshTimeout: 500 } });
  const other = await app.openTab();
  await holdRefresh(app);
  await trap(app);
  await app.tenant.control({ hold: { refresh: false } });
  assert.equal(await echo(other), '/api/echo/next');
  assert.deepEqual((await other.refreshes()).reused, 0);
});

test('a sign-out after a trap wins over the refresh that was out, in all tabs', async (t) => {
  const app = await openApp(t, { prepare });
  const other = await app.openTab();
  await other.run(({ api }) => api('/api/echo/1'));
  await holdRefresh(app);
  await trap(app);
  await app.run(({ api }) => api.session?.signOut());
  await letGo(app);
  await other.until(({ api }) => api.session?.status === 'signed-out');
  await app.untilBooks(({ held }) => held.refresh === 0);
  assert.deepEqual(await app.run(() => Object.keys(localStorage)), []);
  await app.signIn();
  await app.tenant.expire();
  assert.equal(await echo(app), '/api/echo/next');
  assert.equal(await echo(other), '/api/echo/next');
});

test('two copies of the package on a page share the engine that comes after a trap', async (t) => {
  const app = await openApp(t, { prepare });
  const make = () =>
    app.run(async ({ base }) => {
      const entry = '/dist/index.js?copy=second';
      /** @type {typeof import('../../src/npm/index.js')} */
      const second = await import(entry);
      const session = { refresh: { url: '/oidc/token', clientId: 'app' } };
      Object.assign(globalThis, { other: second.createApiFetch({ baseURL: base, session }) });
    });
  await make();
  await trap(app);
  await app.tenant.expire();
  const paths = await app.run(async ({ api }) => {
    const { other } = /** @type {any} */ (globalThis);
    const answers = await Promise.all([other('/api/echo/1'), api('/api/echo/2'), other('/api/echo/3')]);
    return answers.map(({ path }) => path);
  });
  assert.deepEqual(paths, ['/api/echo/1', '/api/echo/2', '/api/echo/3']);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});
