/** Where tokens are kept: across a reload, beside another app's record, and where the storage is full or forbidden. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';
import { LOOK_AFTER, withClock } from '../support/lacking.js';

/**
 * @import { Page } from 'playwright-core'
 * @import { App } from '../support/app.js'
 */

const openApp = useApps();
const KEY = 'apifetch.tokens';

/**
 * @param {App} app
 * @param {string} record as another app left it under the key, found by a page that loads
 */
async function leaveRecord(app, record) {
  await app.page.evaluate(([key, text]) => localStorage.setItem(String(key), String(text)), [KEY, record]);
  await app.reload();
}

for (const storage of /** @type {const} */ (['local', 'session'])) {
  test(`tokens in ${storage} storage survive a reload, and a refresh after it`, async (t) => {
    const app = await openApp(t, { session: { storage } });
    const before = await app.run(({ api }) => api.session?.tokens);
    await app.reload();
    assert.deepEqual(await app.run(({ api }) => api.session?.tokens), before);
    assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
    await app.tenant.expire();
    assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(50))), { 'own reply': 50 });
    const after = await app.run(({ api }) => api.session?.tokens);
    await app.reload();
    assert.deepEqual(await app.run(({ api }) => api.session?.tokens), after);
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    const keys = await app.page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)]);
    assert.deepEqual(keys, storage === 'local' ? [[KEY], []] : [[], [KEY]]);
  });
}

test('tokens in memory leave no record and do not survive a reload', async (t) => {
  const app = await openApp(t, { session: { storage: 'memory' } });
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
  assert.deepEqual(await app.page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  await app.reload();
  assert.equal(await app.run(({ api }) => api.session?.tokens), null);
});

test('the record is one JSON object under the session’s key, and goes with the sign-out', async (t) => {
  const app = await openApp(t, { session: { key: 'my.key' } });
  const [keys, record] = await app.run(() => [Object.keys(localStorage), localStorage.getItem('my.key')]);
  assert.deepEqual(keys, ['my.key']);
  const { accessToken } = JSON.parse(String(record));
  assert.equal(accessToken, await app.run(({ api }) => api.session?.tokens?.accessToken));
  await app.run(({ api }) => api.session?.signOut());
  assert.equal(await app.run(() => localStorage.length), 0);
});

test('a failed refresh leaves the record as it is', async (t) => {
  const app = await openApp(t, { session: { refreshRetry: 0 } });
  const before = await app.run(() => localStorage.getItem('apifetch.tokens'));
  await app.tenant.expire();
  for (const mode of /** @type {const} */ (['empty', '500', 'invalid_client', 'drop'])) {
    await app.tenant.control({ refresh: { mode } });
    await app.run(({ api, outcome }) => outcome(api('/api/echo/1')));
    assert.equal(await app.run(() => localStorage.getItem('apifetch.tokens')), before, mode);
  }
});

test('another app’s record with OAuth names is read, and is this package’s own from the next change on', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const reply = await app.tenant.login();
  await leaveRecord(app, JSON.stringify({ ...reply, theme: 'dark' }));
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
  const left = await app.run(() => JSON.parse(String(localStorage.getItem('apifetch.tokens'))));
  assert.deepEqual(left, { ...reply, theme: 'dark' });

  await app.tenant.expire();
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'own reply': 20 });
  await app.reload();
  const tokens = await app.run(({ api }) => api.session?.tokens);
  assert.notEqual(tokens?.accessToken, reply.access_token);
  assert.equal(tokens?.theme, 'dark');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

for (const [kind, encode] of /** @type {const} */ ([
  ['a plain string', String],
  ['a string in JSON', JSON.stringify],
])) {
  test(`another app’s record that is ${kind} is the access token`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    const { access_token } = await app.tenant.login();
    await leaveRecord(app, encode(access_token));
    assert.equal(await app.run(({ api }) => api.session?.tokens?.accessToken), access_token);
    assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
  });
}

test('a record that holds no token is nobody’s: signed out, and a login still works', async (t) => {
  const app = await openApp(t, { signedIn: false });
  for (const record of [
    '',
    'null',
    'undefined',
    '{}',
    '[]',
    '{"access_token":null}',
    '{"access_token":""}',
    '{"half":',
    '0x',
  ]) {
    await leaveRecord(app, record);
    const { status, tokens } = await app.run(({ api }) => ({ ...api.session, tokens: api.session?.tokens }));
    if (record === '0x') assert.equal(tokens?.accessToken, '0x');
    else assert.deepEqual({ status, tokens }, { status: 'signed-out', tokens: null }, record);
  }
  await app.signIn();
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
});

/** @type {[trouble: string, prepare: (page: Page) => Promise<unknown>][]} */
const MISSING = [
  [
    'forbidden',
    (page) =>
      page.addInitScript(() => {
        const denied = () => {
          throw new DOMException('denied', 'SecurityError');
        };
        Object.defineProperty(globalThis, 'localStorage', { get: denied });
      }),
  ],
  [
    'missing',
    (page) => page.addInitScript('Object.defineProperty(globalThis, "localStorage", { value: undefined })'),
  ],
];

for (const [trouble, prepare] of MISSING) {
  test(`a storage that is ${trouble}: tokens stay in memory, with one warning`, async (t) => {
    const app = await openApp(t, { signedIn: false, prepare });
    const warnings = await app.begin(async ({ api, seen }) => {
      /** @type {string[]} */
      const codes = [];
      api.session?.on('warning', ({ code }) => codes.push(code));
      while (seen.refreshes === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      return codes;
    });
    await app.signIn();
    await app.tenant.expire();
    assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(50))), { 'own reply': 50 });
    const codes = (await warnings.outcome()).value;
    assert.equal(codes[0], 'storage');
    assert.equal(new Set(codes).size, codes.length, `told once each: ${codes}`);
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  });
}

test('a storage that is full: memory outranks the old record, nothing is lost but the reload', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const result = await app.run(async ({ api, storm, tally }) => {
    /** @type {string[]} */
    const warnings = [];
    api.session?.on('warning', ({ code }) => warnings.push(code));
    const before = api.session?.tokens?.accessToken;
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const fates = await tally(storm(50));
    Storage.prototype.setItem = setItem;
    const again = await tally(storm(50));
    return { fates, again, warnings, changed: api.session?.tokens?.accessToken !== before };
  });
  assert.deepEqual(result, {
    fates: { 'own reply': 50 },
    again: { 'own reply': 50 },
    warnings: ['not-stored'],
    changed: true,
  });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  // What is stored next is found again.
  await app.run(({ api }) => api.session?.refresh());
  await app.reload();
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
});

test('a storage that is full before the first login: it is no sign-out that nothing stands there', async (t) => {
  const app = await openApp(t, { signedIn: false, prepare: withClock });
  await app.page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await app.signIn();
  await app.page.clock.fastForward(LOOK_AFTER);
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
  await app.tenant.expire();
  await app.page.clock.fastForward(LOOK_AFTER);
  assert.equal((await app.run(({ api }) => api('/api/echo/2'))).user, 'ada');
  await app.page.clock.fastForward(LOOK_AFTER);
  assert.equal((await app.run(({ api }) => api('/api/echo/3'))).user, 'ada');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), []);
});

test('importing the package touches neither storage nor network, nor the page', async (t) => {
  const app = await openApp(t, { signedIn: false });
  await app.page.goto(`${app.origin}/blank`);
  const touched = await app.page.evaluate(async () => {
    /** @type {string[]} */
    const touches = [];
    for (const area of ['localStorage', 'sessionStorage', 'indexedDB', 'navigator']) {
      const value = /** @type {any} */ (globalThis)[area];
      const get = () => touches.push(area) && value;
      Object.defineProperty(globalThis, area, { get });
    }
    const { fetch: platform } = globalThis;
    globalThis.fetch = (...args) => {
      touches.push('fetch');
      return platform(...args);
    };
    const before = Object.getOwnPropertyNames(globalThis).length;
    await import(String('/dist/index.js'));
    return [...touches, Object.getOwnPropertyNames(globalThis).length - before];
  });
  assert.deepEqual(touched, [0]);
});
