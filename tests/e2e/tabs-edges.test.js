/** What the marks of spent tokens must not lead to: the same tokens again, copied tabs, broken storage, foreign records. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';
import { LOOK_AFTER, withClock } from '../support/lacking.js';

/**
 * @import { Page } from 'playwright-core'
 * @import { App } from '../support/app.js'
 * @import { TestApi } from '../support/in-page.js'
 * @typedef {{ x: TestApi, calls: number }} Own what a test keeps in its page
 */

const openApp = useApps({ inWindows: true });
const KEY = 'apifetch.tokens';
const QUOTA = () => {
  Storage.prototype.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
};

/** @param {App} app */
const stored = (app) => app.run((_, key) => localStorage.getItem(key), KEY);

test('set() with the very tokens that are in use, also after a reload, changes nothing', async (t) => {
  const app = await openApp(t);
  const reply = await app.tenant.login();
  for (const sameUser of [false, false, true]) {
    await app.run(({ api }, given) => api.session?.set(given.reply, { sameUser: given.sameUser }), {
      reply,
      sameUser,
    });
    await app.reload();
  }
  await app.tenant.expire();
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('tokens that were signed out of and come with a new login are good in every tab', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const other = await app.openTab();
  const tokens = { access_token: 'one for ever', refresh_token: 'r' };
  for (const token of ['one for ever', 'another', 'one for ever']) {
    await app.run(({ api }, reply) => api.session?.set(reply), { ...tokens, access_token: token });
    await other.page.waitForFunction(
      ([key, value]) => localStorage.getItem(String(key))?.includes(String(value)),
      [KEY, token],
    );
  }
  await app.run(({ api }) => api.session?.signOut());
  await other.until(({ api }) => api.session?.status === 'signed-out');
  await app.run(({ api }, reply) => api.session?.set(reply), tokens);
  await other.until(({ api }) => api.session?.tokens?.accessToken === 'one for ever');
  const refreshed = await other.run(async ({ create, outcome }) => {
    const refresh = async () => ({ access_token: 'new', refresh_token: 'r' });
    const own = create({ key: 'own', refresh });
    const same = { access_token: 'old', refresh_token: 'r' };
    await own.session?.set(same);
    await own.session?.signOut();
    await own.session?.set(same);
    return outcome(own.session?.refresh());
  });
  assert.equal(refreshed.value?.accessToken, 'new');
});

for (const act of /** @type {const} */ (['a refresh', 'a sign-in', 'a sign-out'])) {
  test(`sessionStorage in a copied tab, of a server that does not rotate: ${act} here leaves the copy alone`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    const copy = await app.openTab();
    const make = async (
      /** @type {{ create: (own: object) => TestApi }} */ { create },
      /** @type {string} */ record,
    ) => {
      const page = /** @type {Own} */ (/** @type {unknown} */ (globalThis));
      if (record) sessionStorage.setItem('copied', record);
      const refresh = async () => ({ access_token: `new ${Math.random()}` });
      page.x = create({ key: 'copied', storage: 'session', refresh });
      if (!record) await page.x.session?.set({ access_token: 'old', refresh_token: 'r' });
      return sessionStorage.getItem('copied') ?? '';
    };
    const record = await app.run(/** @type {any} */ (make), '');
    await copy.run(/** @type {any} */ (make), record);
    await app.run(async (_, what) => {
      const { session } = /** @type {Own} */ (/** @type {unknown} */ (globalThis)).x;
      if (what === 'a refresh') await session?.refresh();
      else if (what === 'a sign-out') await session?.signOut();
      else await session?.set({ access_token: 'other', refresh_token: 'o' });
    }, act);
    const { value } = await copy.run(({ outcome }) =>
      outcome(/** @type {Own} */ (/** @type {unknown} */ (globalThis)).x.session?.refresh()),
    );
    assert.match(value?.accessToken, /^new/);
  });
}

test('a refresh function that answers after its time settles nothing of the next refresh', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const third = await app.run(async ({ create, outcome }) => {
    /** @type {{ resolve(reply: object): void, reject(error: Error): void }[]} */
    const gates = [];
    const refresh = () =>
      new Promise((resolve, reject) => {
        gates.push({ resolve, reject });
      });
    const until = async (/** @type {number} */ count) => {
      while (gates.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const { session } = create({ key: 'own', refreshTimeout: 300, refresh });
    await session?.set({ access_token: 'a1', refresh_token: 'r1' });
    await outcome(session?.refresh());
    await session?.set({ access_token: 'b1', refresh_token: 's1' });
    const second = outcome(session?.refresh());
    await until(2);
    gates[0]?.resolve({ access_token: 'a2', refresh_token: 'r2' });
    // A turn: by now the late answer would have been taken for the second refresh's.
    await new Promise((resolve) => setTimeout(resolve));
    gates[1]?.reject(Object.assign(new Error('busy'), { status: 503 }));
    await second;
    const last = outcome(session?.refresh());
    await until(3);
    gates[2]?.resolve({ access_token: 'b2', refresh_token: 's2' });
    return last;
  });
  assert.equal(third.value?.accessToken, 'b2');
});

test('a late timer while another tab’s tokens are awaited is no reason to sign out: one more look decides', async (t) => {
  const app = await openApp(t);
  const late = await app.openTab({ prepare: withClock });
  await late.run(({ api }) => api.session?.status);
  const old = String(await stored(app));
  await app.run(({ api }) => api.session?.refresh());
  const fresh = String(await stored(app));
  const show = (/** @type {string} */ record) =>
    app.run((_, text) => localStorage.setItem('apifetch.tokens', text), record);
  await late.reload();
  // What a process shows whose cache is behind.
  await show(old);
  await late.reload();
  await late.page.clock.pauseAt(Date.now() + 60_000);
  // The look under the lock, and the first one after the claim: it waits for the other tab's tokens.
  await late.run(() => {
    const getItem = Storage.prototype.getItem;
    let looks = 0;
    Storage.prototype.getItem = function (key) {
      looks += 1;
      document.title = `looks: ${looks}`;
      return getItem.call(this, key);
    };
  });
  const waiting = await late.begin(({ api }) => api.session?.refresh() ?? Promise.reject());
  await late.until(({ api }) => api.session?.status === 'refreshing' && document.title >= 'looks: 3');
  // No news of it: the timer alone makes it look.
  await late.run(() => addEventListener('storage', (event) => event.stopImmediatePropagation(), true));
  await show(fresh);
  await late.page.clock.fastForward(3_600_000);
  assert.equal((await waiting.outcome()).value?.accessToken, JSON.parse(fresh).accessToken);
  assert.equal(await stored(app), fresh);
});

test('a refusal with crossTab: false leaves newer tokens of another tab standing', async (t) => {
  const app = await openApp(t, { session: { crossTab: false } });
  const other = await app.openTab();
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const waiting = await app.begin(({ api }) => api('/api/echo/1'));
  await app.tenant.held('refresh', 1);
  const { access_token } = await other.signIn('ada');
  await app.tenant.control({ hold: { refresh: false }, refresh: { mode: 'invalid_grant', times: 1 } });
  await app.tenant.release('refresh');
  assert.equal((await waiting.outcome()).value.user, 'ada');
  assert.equal(await app.run(({ api }) => api.session?.tokens?.accessToken), access_token);
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), []);
});

test('after a write that failed, what another tab stores counts again', async (t) => {
  const app = await openApp(t, { prepare: withClock });
  const other = await app.openTab();
  await app.run(QUOTA);
  await app.run(({ api }, reply) => api.session?.set(reply), await app.tenant.login('ada'));
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
  const { access_token } = await other.signIn('grace');
  await app.page.waitForFunction(
    ([key, token]) => localStorage.getItem(String(key))?.includes(String(token)),
    [KEY, access_token],
  );
  await app.page.clock.fastForward(LOOK_AFTER);
  assert.equal((await app.run(({ api }) => api('/api/echo/2'))).user, 'grace');
  await other.run(({ api }) => api.session?.signOut());
  await app.until(({ api }) => api.session?.status === 'signed-out');
});

test('a sign-in that could not be stored ends no other tab’s session', async (t) => {
  const app = await openApp(t);
  const other = await app.openTab();
  await other.run(({ api }) => api('/api/echo/1'));
  await app.run(QUOTA);
  const reply = await app.tenant.login('ada');
  await app.run(({ api }, given) => api.session?.set(given, { sameUser: true }), reply);
  await app.run(({ api }) => api.session?.refresh());
  assert.ok(await other.run(({ api }) => api.session?.refresh()));
  assert.deepEqual(await other.run(({ seen }) => seen.signOuts), []);
});

test('what another app writes under the key while a refresh runs is not thrown away', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const waiting = await app.begin(({ api }) => api('/api/echo/1'));
  await app.tenant.held('refresh', 1);
  await app.run((_, key) => localStorage.setItem(key, '{"theme":"dark"}'), KEY);
  await app.tenant.control({ hold: { refresh: false } });
  await app.tenant.release('refresh');
  assert.equal((await waiting.outcome()).error?.code, 'SIGNED_OUT');
  assert.equal(await stored(app), '{"theme":"dark"}');
});

test('an instance that is disposed of leaves no channel and no listener', async (t) => {
  const prepare = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      const page = /** @type {{ open: Set<object> }} */ (/** @type {unknown} */ (globalThis));
      page.open = new Set();
      const Channel = BroadcastChannel;
      globalThis.BroadcastChannel = class extends Channel {
        /** @param {string} name */
        constructor(name) {
          super(name);
          page.open.add(this);
        }
        /** @override */
        close() {
          page.open.delete(this);
          super.close();
        }
      };
      const [add, remove] = [globalThis.addEventListener, globalThis.removeEventListener];
      globalThis.addEventListener = (/** @type {string} */ event, /** @type {any} */ listener) => {
        page.open.add(listener);
        add(event, listener);
      };
      globalThis.removeEventListener = (/** @type {string} */ event, /** @type {any} */ listener) => {
        page.open.delete(listener);
        remove(event, listener);
      };
    });
  const app = await openApp(t, { prepare, signedIn: false });
  const counts = await app.run(({ create }) => {
    const { open } = /** @type {{ open: Set<object> }} */ (/** @type {unknown} */ (globalThis));
    const sizes = [open.size];
    const used = create({ key: 'used' });
    const unused = create({ key: 'unused' });
    sizes.push(used.session?.status === 'signed-out' ? open.size : 0);
    used.session?.dispose();
    unused.session?.dispose();
    const states = [used, unused].map((api) => api.session?.status);
    return { sizes: [...sizes, open.size], states };
  });
  const [before = 0] = counts.sizes;
  assert.deepEqual(counts, { sizes: [before, before + 4, before], states: ['signed-out', 'signed-out'] });
});

test('a channel that throws and a storage that gives no string stop nothing', async (t) => {
  const prepare = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      BroadcastChannel.prototype.postMessage = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      BroadcastChannel.prototype.close = () => {
        throw new Error('closed');
      };
    });
  const app = await openApp(t, { prepare });
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
  const [status, path] = await app.run(async ({ api, create }) => {
    const getItem = Storage.prototype.getItem;
    Storage.prototype.getItem = /** @type {any} */ (() => ({ access_token: 'a' }));
    const { status } = create({ key: 'odd' }).session ?? {};
    Storage.prototype.getItem = getItem;
    api.session?.dispose();
    return [status, (await create({ key: 'odd' })('/open/echo/1')).path];
  });
  assert.deepEqual([status, path], ['signed-out', '/open/echo/1']);
});

test('a reply that holds what JSON cannot is stored without that, with a warning', async (t) => {
  for (const storage of /** @type {const} */ (['local', 'memory'])) {
    const app = await openApp(t, { prepare: withClock, signedIn: false, session: { storage } });
    const reply = await app.tenant.login();
    const warnings = await app.run(async ({ api }, given) => {
      /** @type {string[]} */
      const codes = [];
      api.session?.on('warning', ({ code }) => codes.push(code));
      await api.session?.set({ ...given, size: 1n });
      return codes;
    }, reply);
    assert.deepEqual(warnings, storage === 'local' ? ['not-stored'] : []);
    await app.tenant.expire();
    await app.page.clock.fastForward(LOOK_AFTER);
    assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
    assert.deepEqual(await app.run(({ seen }) => seen.signOuts), []);
  }
});

test('one user’s tokens, written by another hand and refreshed in another tab, are no other user’s', async (t) => {
  const app = await openApp(t, { prepare: withClock, signedIn: false });
  const [first, second] = [await app.tenant.login('ada'), await app.tenant.login('ada')];
  assert.ok(first.access_token !== second.access_token);
  await app.run((_, record) => localStorage.setItem('apifetch.tokens', JSON.stringify(record)), first);
  await app.reload();
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
  await app.run((_, record) => localStorage.setItem('apifetch.tokens', JSON.stringify(record)), second);
  await app.page.clock.fastForward(LOOK_AFTER);
  assert.equal((await app.run(({ api }) => api('/api/echo/2'))).user, 'ada');
  const cold = await app.openTab();
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const there = await cold.begin(({ api }) => api('/api/echo/3'));
  await app.tenant.held('refresh', 1);
  const here = await app.begin(({ api }) => api('/api/echo/4'));
  await app.until(({ api }) => api.session?.waiting === 1);
  await app.tenant.control({ hold: { refresh: false } });
  await app.tenant.release('refresh');
  assert.equal((await there.outcome()).value.user, 'ada');
  assert.equal((await here.outcome()).value?.user, 'ada');
});
