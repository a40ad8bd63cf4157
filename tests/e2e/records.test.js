/** Records that this version did not write: another app's, an older one's, a newer one's, rubbish. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';
import { LOOK_AFTER, withClock } from '../support/lacking.js';

/** @import { App } from '../support/app.js' */

const openApp = useApps();
const KEY = 'apifetch.tokens';

/**
 * @param {App} app
 * @param {string} record as it was left under the key, found by a page that loads
 */
async function leave(app, record) {
  await app.page.evaluate(([key, text]) => localStorage.setItem(String(key), String(text)), [KEY, record]);
  await app.reload();
}

const stored = (/** @type {App} */ app) => app.page.evaluate((key) => localStorage.getItem(key), KEY);

test('another app’s record is read through fields, and kept as this package’s from the next change on', async (t) => {
  const fields = { accessToken: 'user.token', refreshToken: 'user.again', expiresAt: 'user.until' };
  const app = await openApp(t, { signedIn: false, session: { fields } });
  const { access_token, refresh_token } = await app.tenant.login();
  const end = Math.floor(Date.now() / 1000) + 600;
  const record = JSON.stringify({
    user: { token: access_token, again: refresh_token, until: end, name: 'Ada' },
    theme: 'dark',
  });
  await leave(app, record);
  const tokens = await app.run(({ api }) => api.session?.tokens);
  assert.deepEqual(tokens, {
    ...{ accessToken: access_token, refreshToken: refresh_token, expiresAt: end * 1000 },
    ...{ user: { name: 'Ada' }, theme: 'dark' },
  });
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
  assert.equal(await stored(app), record);

  // A provider's reply has other names than the record: Tokens as they are will do, so it is asked by a function.
  await app.tenant.expire();
  await app.run(
    ({ use, base }, reply) =>
      use(
        async ({ refreshToken }) => {
          const form = { grant_type: 'refresh_token', client_id: 'app', refresh_token: String(refreshToken) };
          const answer = await fetch(`${base}/oidc/token`, {
            method: 'POST',
            body: new URLSearchParams(form),
          });
          const { access_token, refresh_token } = await answer.json();
          return { user: { token: access_token, again: refresh_token } };
        },
        { fields: { accessToken: 'user.token', refreshToken: 'user.again' } },
        reply,
      ),
    JSON.parse(record),
  );
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'own reply': 20 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  const { apifetch, theme, accessToken } = JSON.parse(String(await stored(app)));
  assert.deepEqual([typeof apifetch, theme], ['object', 'dark']);
  await app.reload();
  assert.equal(await app.run(({ api }) => api.session?.tokens?.accessToken), accessToken);
});

/** @type {[what: string, meta: unknown, more?: object][]} */
const METAS = [
  ['without a version', {}],
  ['of an older version', { v: 1 }],
  ['that knows the user only', { v: 1, user: 12345 }],
  ['of a newer version', { v: 99, user: 1, login: 2, lifetime: 600_000, shape: { new: [1] } }],
  ['with odd types', { v: 'x', user: 'me', login: {}, lifetime: 'long', mark: [] }],
  ['with negative and broken numbers', { v: 1, user: -1, login: 1.5, lifetime: -3 }],
  ['with huge numbers', { v: 1, user: 1e300, login: 1e300, lifetime: 1e300 }],
  ['whose meta is null', null],
  ['whose meta is a text', 'apifetch'],
  ['whose meta is a list', [1, 2]],
  ['whose end is no number', { v: 1 }, { expiresAt: 'soon', refreshExpiresAt: {} }],
  ['whose end is out of reach', { v: 1 }, { expiresAt: 1e300 }],
  ['whose end is long past', { v: 1 }, { expiresAt: 1 }],
];

for (const [what, meta, more] of METAS) {
  test(`a record ${what} is used as far as it goes, and not thrown away unasked`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    const { access_token, refresh_token } = await app.tenant.login();
    const tokens = { accessToken: access_token, refreshToken: refresh_token, theme: 'dark', ...more };
    const record = JSON.stringify({ ...tokens, apifetch: meta });
    await leave(app, record);
    const seen = await app.run(({ api }) => ({ status: api.session?.status, tokens: api.session?.tokens }));
    assert.equal(seen.status, 'active');
    assert.equal(seen.tokens?.accessToken, access_token);
    assert.equal(seen.tokens?.theme, 'dark');
    assert.equal(await stored(app), record);

    await app.tenant.expire();
    assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'own reply': 20 });
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    const after = await app.run(({ api }) => api.session?.tokens);
    await app.reload();
    assert.deepEqual(await app.run(({ api }) => api.session?.tokens), after);
    assert.equal(after?.theme, 'dark');
    await app.run(({ api }) => api.session?.signOut());
    assert.equal(await stored(app), null);
  });
}

for (const text of ['12345', '"in quotes"', 'true', 'a.b.c']) {
  test(`a record that is a plain text is the access token, whatever names replies have: ${text}`, async (t) => {
    const app = await openApp(t, { signedIn: false, session: { fields: { accessToken: 'user.token' } } });
    await leave(app, text);
    const tokens = await app.run(({ api }) => api.session?.tokens);
    assert.equal(tokens?.accessToken, text.replaceAll('"', ''));
  });
}

test('a sign-out by a function that is asked while the record is read is not undone by what it says', async (t) => {
  const app = await openApp(t, { session: { key: 'other' } });
  const { statuses, left, reported } = await app.run(async ({ create, seen }) => {
    /** @type {ReturnType<typeof create> | undefined} */
    let api;
    const identity = () => {
      api?.session?.signOut();
      return 'ada';
    };
    localStorage.setItem('apifetch.tokens', JSON.stringify({ accessToken: 'a', refreshToken: 'b' }));
    api = create({ identity });
    const statuses = [api.session?.status];
    await api('/open/echo/1');
    statuses.push(api.session?.status);
    return { statuses, left: localStorage.getItem('apifetch.tokens'), reported: seen.reported };
  });
  assert.deepEqual([statuses, left, reported], [['signed-out', 'signed-out'], null, []]);
});

test('a login by a function that is asked while the record is read outlasts the reading', async (t) => {
  const app = await openApp(t, { session: { key: 'other' } });
  const { tokens, left } = await app.run(async ({ create }) => {
    /** @type {ReturnType<typeof create> | undefined} */
    let api;
    const identity = (/** @type {any} */ { accessToken }) => {
      if (accessToken === 'old') api?.session?.set({ accessToken: 'new' });
      return 'ada';
    };
    localStorage.setItem('apifetch.tokens', JSON.stringify({ accessToken: 'old' }));
    api = create({ identity });
    await api('/open/echo/1');
    return { tokens: api.session?.tokens, left: localStorage.getItem('apifetch.tokens') };
  });
  assert.equal(tokens?.accessToken, 'new');
  assert.equal(JSON.parse(String(left)).accessToken, 'new');
});

test('a record that says nothing of this package’s is left alone, also by a sign-out', async (t) => {
  const app = await openApp(t, { signedIn: false });
  for (const record of [
    '{"half":',
    '{"theme":"dark"}',
    '[1,2]',
    'null',
    '{"accessToken":17,"apifetch":{"v":1}}',
  ]) {
    await leave(app, record);
    assert.equal(await app.run(({ api }) => api.session?.status), 'signed-out', record);
    assert.equal((await app.run(({ api }) => api('/open/echo/1'))).headers.authorization, undefined);
    await app.run(({ api }) => api.session?.signOut());
    assert.equal(await stored(app), record);
  }
  await app.signIn();
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
});

test('a record that is removed while the app runs is a sign-out, seen by the next request; a login goes on', async (t) => {
  const app = await openApp(t, { prepare: withClock });
  await app.run(({ api }) => api('/api/echo/1'));
  await app.page.evaluate(() => localStorage.clear());
  await app.page.clock.fastForward(LOOK_AFTER);
  const { headers } = await app.run(({ api }) => api('/open/echo/2'));
  assert.equal(headers.authorization, undefined);
  const seen = await app.run(({ api, seen }) => [api.session?.status, seen.signOuts]);
  assert.deepEqual(seen, ['signed-out', ['other-tab']]);
  await app.signIn('grace');
  assert.equal((await app.run(({ api }) => api('/api/echo/3'))).user, 'grace');
});

test('a record that is replaced by rubbish while the app runs is a sign-out; the rubbish stays', async (t) => {
  const app = await openApp(t, { prepare: withClock });
  await app.run(({ api }) => api('/api/echo/1'));
  await app.page.evaluate((key) => localStorage.setItem(key, '{"half":'), KEY);
  await app.page.clock.fastForward(LOOK_AFTER);
  await app.run(({ api }) => api('/open/echo/2'));
  assert.equal(await app.run(({ api }) => api.session?.status), 'signed-out');
  assert.equal(await stored(app), '{"half":');
});
