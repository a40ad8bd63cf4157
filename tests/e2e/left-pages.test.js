/** Pages that are left while something is here and not stored yet: what has come is stored, and the next page goes on with it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';
import { answerRefresh, holdFence } from '../support/held-fence.js';
import { withClock } from '../support/lacking.js';
import { playLeavings, withNotes } from '../support/leavings.js';
import { LONG } from '../support/long.js';

/**
 * @import { TestContext } from 'node:test'
 * @import { App, AppOptions } from '../support/app.js'
 * @import { SessionPatch, TestApi } from '../support/in-page.js'
 * @typedef {{ api: TestApi, isHeld: boolean, release: () => void }} Own in the page
 */

const openApp = useApps({ inWindows: true });

/** Everything that the page has stored, in both areas. @param {App} app */
const stored = (app) => app.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));

/**
 * A page whose refresh is answered, while another tab holds the fence, so that the new tokens are not stored.
 *
 * @param {TestContext} t
 * @param {AppOptions} [options]
 */
async function unsettled(t, options) {
  const app = await openApp(t, { ...options, prepare: withClock });
  const other = await app.openTab({ session: { key: 'another' } });
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  await app.begin(({ api }) => api('/api/echo/first'));
  await app.tenant.held('refresh', 1);
  const letGo = await holdFence(other);
  const before = await stored(app);
  await answerRefresh(app);
  assert.equal(await stored(app), before, 'not stored while the fence does not answer');
  return { app, letGo };
}

/** @type {Record<string, (app: App) => Promise<unknown>>} */
const WAYS = {
  'is loaded again': (app) => app.reload(),
  'goes to another page and comes back': async (app) => {
    await app.page.goto('about:blank');
    await app.reload();
  },
};

/** @type {Record<string, SessionPatch>} */
const PLACES = {
  localStorage: {},
  sessionStorage: { storage: 'session' },
  'names of its own': { key: { access: 'a', refresh: 'r', expiresAt: 'e' } },
};

for (const [way, leave] of Object.entries(WAYS)) {
  for (const [place, session] of Object.entries(PLACES)) {
    test(`a page that ${way} between the answer to its refresh and its storing, in ${place}: the session lives`, async (t) => {
      const { app, letGo } = await unsettled(t, { session });
      await leave(app);
      await app.page.clock.resume();
      assert.equal((await app.run(({ api, outcome }) => outcome(api('/api/echo/next')))).value?.user, 'ada');
      await letGo();
      await app.tenant.expire();
      assert.equal((await app.run(({ api }) => api('/api/echo/then'))).user, 'ada');
      assert.deepEqual(await app.refreshes(), { refreshes: 2, presentations: 2, reused: 0 });
    });
  }
}

test('a tab that holds the old tokens when another one is left with new ones takes those', async (t) => {
  const { app, letGo } = await unsettled(t);
  const waiting = await app.openTab();
  await app.page.close();
  await letGo();
  assert.equal((await waiting.run(({ api }) => api('/api/echo/waiting'))).user, 'ada');
  assert.deepEqual(await waiting.refreshes(), ONE_REFRESH);
  assert.deepEqual(await waiting.run(({ seen }) => seen.signOuts), []);
});

/**
 * Makes the page's `api`, over a storage of the app's: while it is held, it does at once what it is told, and says nothing.
 *
 * @param {App} app
 * @param {SessionPatch} [session]
 * @returns the access token that it finds
 */
const enter = (app, session = {}) =>
  app.run(async ({ create }, session) => {
    const page = /** @type {Own} */ (/** @type {unknown} */ (globalThis));
    const held = new Promise((resolve) => {
      page.release = () => resolve(undefined);
    });
    const wait = async () => page.isHeld && held;
    page.api = create({
      ...session,
      storage: {
        getItem: (name) => wait().then(() => localStorage.getItem(name)),
        setItem(name, value) {
          localStorage.setItem(name, value);
          return wait();
        },
        removeItem(name) {
          localStorage.removeItem(name);
          return wait();
        },
      },
    });
    await page.api.session?.ready;
    return page.api.session?.tokens?.accessToken;
  }, session);

/** @param {App} app */
const holdStorage = (app) =>
  app.run(() => {
    /** @type {any} */ (globalThis).isHeld = true;
  });

/** @param {App} app @param {object} reply */
const signIn = (app, reply) =>
  app.run((_, reply) => /** @type {any} */ (globalThis).api.session.set(reply), reply);

for (const [what, session, isFenceHeld] of /** @type {const} */ ([
  ['an asynchronous storage', {}, false],
  ['an asynchronous storage, crossTab: false', { crossTab: false }, false],
  ['an asynchronous storage, whose fence does not answer either', {}, true],
])) {
  test(`a page that is left between the answer to its refresh and its storing, in ${what}: the session lives`, async (t) => {
    const app = await openApp(t, { signedIn: false, prepare: withClock });
    const other = await app.openTab();
    await enter(app, session);
    await signIn(app, await app.tenant.login());
    await app.tenant.expire();
    await app.tenant.control({ hold: { refresh: true } });
    await app.begin(() => /** @type {any} */ (globalThis).api('/api/echo/1'));
    await app.tenant.held('refresh', 1);
    const letGo = isFenceHeld ? await holdFence(other) : () => {};
    await holdStorage(app);
    const before = await stored(app);
    await answerRefresh(app);
    assert.equal(await stored(app), before, 'not stored while the storage does not answer');
    await app.reload();
    await app.page.clock.resume();
    await enter(app, session);
    assert.equal((await app.run(() => /** @type {any} */ (globalThis).api('/api/echo/2'))).user, 'ada');
    await letGo();
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  });
}

for (const [place, session] of /** @type {const} */ ([
  ['', {}],
  [' with names of its own', { key: { access: 'a', refresh: 'r' } }],
])) {
  test(`a page that is left at once after set() and signOut(), with an asynchronous storage${place}: both are done`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    await enter(app, session);
    const reply = await app.tenant.login();
    await holdStorage(app);
    const before = await stored(app);
    await app.begin((_, reply) => /** @type {any} */ (globalThis).api.session.set(reply), reply);
    assert.equal(await stored(app), before, 'not stored while the storage does not answer');
    await app.reload();
    assert.equal(await enter(app, session), reply.access_token);

    await holdStorage(app);
    await app.begin(() => /** @type {any} */ (globalThis).api.session.signOut());
    await app.reload();
    assert.equal(await enter(app, session), undefined);
    assert.equal(await stored(app), before);
  });
}

test('what was stored because the page was left is not stored again when it lives on', async (t) => {
  const app = await openApp(t, { signedIn: false });
  await enter(app);
  await holdStorage(app);
  const records = await app.run(
    async (_, reply) => {
      const { api, release } = /** @type {Own} */ (/** @type {unknown} */ (globalThis));
      const set = api.session?.set(reply);
      const records = [localStorage.getItem('apifetch.tokens')];
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      records.push(localStorage.getItem('apifetch.tokens'));
      // What another tab does while this page is put aside.
      localStorage.setItem('apifetch.tokens', 'newer');
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      release();
      await set;
      return [...records, localStorage.getItem('apifetch.tokens')];
    },
    await app.tenant.login(),
  );
  assert.equal(records[0], null);
  assert.match(String(records[1]), /accessToken/);
  assert.equal(records[2], 'newer');
});

const ROUNDS = LONG ? 300 : 30;

test(`${ROUNDS} pages that are left at any moment of a refresh: a session is lost only where no answer came`, async (t) => {
  const app = await openApp(t, { prepare: withNotes });
  const result = await playLeavings(app, ROUNDS);
  t.diagnostic(JSON.stringify(result));
  const { lost, unanswered, reused } = result;
  assert.deepEqual({ lost, reused }, { lost: 0, reused: unanswered });
});
