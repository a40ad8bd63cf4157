/** Tokens as plain strings under a key each, as an app has kept them before. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';
import { LOOK_AFTER, withClock } from '../support/lacking.js';

/**
 * @import { TestContext } from 'node:test'
 * @import { App, AppOptions } from '../support/app.js'
 */

const useApp = useApps();
const NAMES = { access: 'app.token', refresh: 'app.refresh', expiresAt: 'app.end' };

const openApp = (/** @type {TestContext} */ t, /** @type {AppOptions} */ options = {}) =>
  useApp(t, { signedIn: false, ...options, session: { key: NAMES, ...options.session } });

/** Everything in the storage. */
const stored = (/** @type {App} */ app) =>
  app.page.evaluate(() => /** @type {Record<string, string>} */ ({ ...localStorage }));

/**
 * What the app itself has left, found by a page that loads.
 *
 * @param {App} app
 * @param {Record<string, string>} items
 */
async function leave(app, items) {
  await app.page.evaluate((items) => {
    for (const [name, value] of Object.entries(items)) localStorage.setItem(name, value);
  }, items);
  await app.reload();
}

const END = Math.floor(Date.now() / 1000) * 1000 + 600_000;
const ENDS = {
  seconds: String(END / 1000),
  milliseconds: String(END),
  'a date': new Date(END).toISOString(),
};

for (const [kind, end] of Object.entries(ENDS)) {
  test(`what the app has stored is read, its end in ${kind}; a refresh is written back as plain strings`, async (t) => {
    const app = await openApp(t);
    const { access_token, refresh_token } = await app.tenant.login();
    const left = { [NAMES.access]: access_token, [NAMES.refresh]: refresh_token, [NAMES.expiresAt]: end };
    await leave(app, left);
    const tokens = await app.run(({ api }) => api.session?.tokens);
    assert.deepEqual(tokens, { accessToken: access_token, refreshToken: refresh_token, expiresAt: END });
    assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
    assert.deepEqual(await stored(app), left, 'nothing is written unasked');

    await app.tenant.expire();
    assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'own reply': 20 });
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    const after = await app.run(({ api }) => api.session?.tokens);
    const items = await stored(app);
    assert.equal(items[NAMES.access], after?.accessToken);
    assert.equal(items[NAMES.refresh], after?.refreshToken);
    assert.equal(items[NAMES.expiresAt], String(after?.expiresAt));
    assert.notEqual(after?.accessToken, access_token);
  });
}

test('who is signed in, and other fields, survive a reload; a sign-out removes every name', async (t) => {
  const app = await openApp(t);
  await leave(app, { theme: 'dark' });
  const login = await app.tenant.login();
  await app.run(({ api }, reply) => api.session?.set({ ...reply, name: 'Ada', roles: [1] }), login);
  const before = await app.run(({ api }) => api.session?.tokens);
  await app.reload();
  assert.deepEqual(await app.run(({ api }) => api.session?.tokens), before);
  assert.deepEqual([before?.name, before?.roles], ['Ada', [1]]);

  await app.run(({ api }) => api.session?.signOut());
  assert.deepEqual(await stored(app), { theme: 'dark' });
  await app.reload();
  assert.equal(await app.run(({ api }) => api.session?.status), 'signed-out');
});

test('another hand that replaces the access token is noticed; what was known of the old one is not said of it', async (t) => {
  const app = await openApp(t, { prepare: withClock });
  const login = await app.tenant.login('ada');
  await app.run(({ api }, reply) => api.session?.set({ ...reply, name: 'Ada' }), login);
  const { access_token } = await app.tenant.login('grace');
  await app.page.evaluate(
    ([name, token]) => localStorage.setItem(String(name), String(token)),
    [NAMES.access, access_token],
  );
  await app.page.clock.fastForward(LOOK_AFTER);
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'grace');
  const tokens = await app.run(({ api }) => api.session?.tokens);
  assert.equal(tokens?.accessToken, access_token);
  assert.equal(tokens?.name, undefined);
});

test('only the access token may have a name: the rest is kept beside it', async (t) => {
  const app = await openApp(t, { session: { key: { access: 'just.token' } } });
  const login = await app.tenant.login();
  await app.run(({ api }, reply) => api.session?.set(reply), login);
  assert.equal((await stored(app))['just.token'], login.access_token);
  await app.reload();
  await app.tenant.expire();
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'own reply': 20 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  await app.run(({ api }) => api.session?.signOut());
  assert.deepEqual(await stored(app), {});
});

test('without a refresh token its name is removed, and so is the end that is not known', async (t) => {
  const app = await openApp(t);
  const login = await app.tenant.login();
  await app.run(({ api }, reply) => api.session?.set(reply), login);
  await app.run(({ api }) => api.session?.set({ access_token: 'opaque' }));
  const { [NAMES.access]: access, [NAMES.refresh]: refresh, [NAMES.expiresAt]: end } = await stored(app);
  assert.deepEqual([access, refresh, end], ['opaque', undefined, undefined]);
});

test('rubbish under the names is no token and no end, and stays until there is something to keep', async (t) => {
  const app = await openApp(t);
  for (const items of [
    { [NAMES.access]: '' },
    { [NAMES.refresh]: 'only-this' },
    { [NAMES.access]: 'line\nbreak', [NAMES.expiresAt]: 'soon' },
    { 'app.token:apifetch': '{"half":', [NAMES.expiresAt]: 'soon' },
  ]) {
    await app.page.evaluate(() => localStorage.clear());
    await leave(app, items);
    assert.equal(await app.run(({ api }) => api.session?.status), 'signed-out', JSON.stringify(items));
    assert.deepEqual(await stored(app), items);
  }
  await leave(app, { [NAMES.access]: 'opaque', 'app.token:apifetch': '17' });
  assert.deepEqual(await app.run(({ api }) => api.session?.tokens), { accessToken: 'opaque' });
});

test('two tabs share one refresh and follow a sign-in and a sign-out', async (t) => {
  const app = await openApp(t);
  const other = await app.openTab();
  await app.signIn();
  await other.until(({ api }) => api.session?.status === 'active');
  for (const round of [1, 2]) {
    await app.tenant.expire();
    await app.tenant.control({ hold: { refresh: true } });
    const first = await app.begin(({ api }) => api('/api/echo/first'));
    await app.tenant.held('refresh', 1);
    const second = await other.begin(({ api }) => api('/api/echo/second'));
    await other.until(({ api }) => api.session?.status === 'refreshing');
    await app.tenant.control({ hold: { refresh: false } });
    await app.tenant.release('refresh');
    assert.equal((await first.outcome()).value?.path, '/api/echo/first');
    assert.equal((await second.outcome()).value?.path, '/api/echo/second');
    assert.deepEqual(await app.refreshes(), { refreshes: round, presentations: round, reused: 0 });
  }
  await app.run(({ api }) => api.session?.signOut());
  await other.until(({ api }) => api.session?.status === 'signed-out');
  assert.deepEqual(await other.run(({ seen }) => seen.signOuts), ['other-tab']);
  assert.deepEqual(await stored(app), {});
});
