/** The recipes of `www/recipes`, which the README shows, against servers that speak as their apps' servers do. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

/**
 * @import { TestContext } from 'node:test'
 * @import { Page } from 'playwright-core'
 * @import { App, AppOptions } from '../support/app.js'
 */

const openApp = useApps();
const STORM = 200;

/**
 * A page that holds a recipe as `recipe`, and as `api` what its function makes of the dialect's base URL; nobody is signed in.
 *
 * @param {TestContext} t
 * @param {string} name
 * @param {string} dialect
 * @param {AppOptions} [options]
 */
async function open(t, name, dialect, options) {
  const app = await openApp(t, { signedIn: false, ...options });
  const load = () =>
    app.run(
      async ({ base, api }, { name, dialect }) => {
        // The recipe's instance is the only one.
        api.session?.dispose();
        const map = document.createElement('script');
        map.type = 'importmap';
        map.textContent = JSON.stringify({ imports: { 'wasm-api-fetch': '/dist/index.js' } });
        document.head.append(map);
        const page = /** @type {any} */ (globalThis);
        page.recipe = await import(`/recipes/${name}.js`);
        page.base = `${base}/${dialect}`;
        page.ends = [];
        page.end = (/** @type {{ reason: string }} */ { reason }) => page.ends.push(reason);
        page.bars = [];
        page.isLoginPage = false;
      },
      { name, dialect },
    );
  await load();
  return { ...app, load };
}

/**
 * @param {Pick<App, 'page'>} app
 * @param {string} script what it says, in the page
 * @returns {Promise<any>}
 */
const say = (app, script) => app.page.evaluate(`(async () => ${script})()`);

/** How a storm of requests ended, by kind. */
const storm = (/** @type {Pick<App, 'page'>} */ app, /** @type {string} */ path, method = 'GET') =>
  say(
    app,
    `{
      const counts = {};
      const ask = async (number) => {
        const reply = await api('${path}/' + number, { method: '${method}' });
        return reply.path.endsWith('${path}/' + number) ? 'own reply' : 'reply of another';
      };
      await Promise.all(Array.from({ length: ${STORM} }, (_, number) =>
        ask(number).catch((error) => error.code ?? error.name).then((kind) => {
          counts[kind] = (counts[kind] ?? 0) + 1;
        })));
      return counts;
    }`,
  );

const ALL_OWN = { 'own reply': STORM };
const ALL_REFUSED = { REFRESH_REJECTED: STORM };

/** What a call comes to. */
const call = (/** @type {Pick<App, 'page'>} */ app, /** @type {string} */ script) =>
  say(app, `${script}.catch(({ name, code, message, status }) => ({ name, code, message, status }))`);

/** The next refresh is refused, and no token is good any more. */
async function refuse(/** @type {Pick<App, 'tenant'>} */ app) {
  await app.tenant.control({ refresh: { mode: 'invalid_grant', times: 1 } });
  await app.tenant.expire();
}

/** @param {Pick<App, 'page'>} app */
async function signInByCookie(app) {
  await say(app, 'void (globalThis.api = recipe.createApi(base, end))');
  await say(app, `recipe.logIn(api, { username: 'ada' })`);
}

test('cookies: a storm with an expired cookie is one refresh, and nobody sees a token', async (t) => {
  const app = await open(t, 'cookies', 'cookie');
  await signInByCookie(app);
  assert.equal((await say(app, `api('/api/echo/0')`)).user, 'ada');
  await app.tenant.expire();
  assert.deepEqual(await storm(app, '/api/echo'), ALL_OWN);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.deepEqual(await say(app, 'api.session.tokens'), {});
  assert.deepEqual(await say(app, 'ends'), []);
});

test('cookies: a refused refresh shows the login once, and a login goes on', async (t) => {
  const app = await open(t, 'cookies', 'cookie');
  await signInByCookie(app);
  await refuse(app);
  assert.deepEqual(await storm(app, '/api/echo'), ALL_REFUSED);
  assert.deepEqual(await say(app, 'ends'), ['refused']);
  assert.deepEqual(await app.refreshes(), { refreshes: 0, presentations: 1, reused: 0 });
  await say(app, `recipe.logIn(api, { username: 'ada' })`);
  assert.equal((await say(app, `api('/api/echo/0')`)).user, 'ada');
});

test('cookies: a raw call gives the answer instead of throwing, also when the refresh is refused', async (t) => {
  const app = await open(t, 'cookies', 'cookie');
  await signInByCookie(app);
  const ask = (/** @type {string} */ url) =>
    say(app, `recipe.ask(api, '${url}').then((answer) => [answer.status, answer._data])`);
  assert.equal((await ask('/api/nothing'))[0], 404);
  await refuse(app);
  assert.deepEqual(await ask('/api/echo/1'), [401, { message: 'session expired' }]);
  assert.deepEqual(await say(app, 'ends'), ['refused']);
  assert.deepEqual(await ask('/api/echo/2'), [401, { message: 'session expired' }]);
  assert.deepEqual(await say(app, 'ends'), ['refused'], 'told once');
});

/**
 * Signed in at another host than the API's.
 *
 * @param {Pick<App, 'page' | 'tenant'>} app
 */
async function signInElsewhere(app) {
  const elsewhere = app.tenant.url.replace('//localhost:', '//127.0.0.1:');
  assert.notEqual(elsewhere, app.tenant.url);
  await say(
    app,
    `void (globalThis.api = recipe.createApi(base.slice(0, -1), '${elsewhere}/spans/renew', end))`,
  );
  await say(
    app,
    `api.session.set(await api('${elsewhere}/spans/login', { method: 'POST', body: { username: 'ada' } }))`,
  );
}

test('another host: the app renews by a function of its own, once for all, and no token goes there but in its body', async (t) => {
  const app = await open(t, 'other-host', '');
  /** @type {Record<string, string>[]} */
  const elsewhere = [];
  app.page.on('request', (request) => {
    if (request.url().includes('/spans/')) elsewhere.push(request.headers());
  });
  await signInElsewhere(app);
  assert.equal((await say(app, `api('/api/echo/0')`)).user, 'ada');
  await app.tenant.expire();
  assert.deepEqual(await storm(app, '/api/echo'), ALL_OWN);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.ok((await say(app, 'api.session.tokens')).refreshExpiresAt > Date.now());
  assert.deepEqual(
    elsewhere.filter((headers) => 'authorization' in headers),
    [],
  );
});

for (const mode of /** @type {const} */ (['invalid_grant', '500', 'drop', 'empty'])) {
  test(`another host: a renewal that fails (${mode}) is the logout page, once`, async (t) => {
    const app = await open(t, 'other-host', '');
    await signInElsewhere(app);
    await app.tenant.control({ refresh: { mode } });
    await app.tenant.expire();
    assert.deepEqual(await storm(app, '/api/echo'), ALL_REFUSED);
    assert.deepEqual(await say(app, 'ends'), ['refused']);
    // Where a connection breaks, Chromium itself may have asked once more.
    if (mode !== 'drop') assert.equal((await app.refreshes()).presentations, 1);
  });
}

test('another host: without a refresh token nobody is asked: the logout page, once', async (t) => {
  const app = await open(t, 'other-host', '');
  await signInElsewhere(app);
  await say(app, 'api.session.set({ access_token: api.session.tokens.accessToken })');
  await app.tenant.expire();
  assert.deepEqual(await storm(app, '/api/echo'), ALL_REFUSED);
  assert.deepEqual(await say(app, 'ends'), ['refused']);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

/** @param {Pick<App, 'page'>} app */
async function signInToEnvelope(app) {
  const page = '{ isLoginPage: () => isLoginPage, showLogin: end, showBar: (on) => bars.push(on) }';
  await say(app, `void (globalThis.api = recipe.createApi(base, ${page}))`);
  await say(app, `api.session.set(await api('/login', { method: 'POST', body: { username: 'ada' } }))`);
  await say(app, 'void (bars.length = 0)');
}

for (const expiredCode of [30001, 40001, 42001, 40014]) {
  test(`an envelope: code ${expiredCode} in a 200 is one refresh for a storm of POSTs, under one loading bar`, async (t) => {
    const app = await open(t, 'envelope', 'envelope');
    await signInToEnvelope(app);
    await app.tenant.control({ expiredCode });
    await app.tenant.expire();
    assert.deepEqual(await storm(app, '/api/echo', 'POST'), ALL_OWN);
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    assert.deepEqual(await say(app, 'bars'), [true, false]);
    assert.equal(
      (await say(app, 'api.session.tokens')).app_key,
      'key-of-ada',
      'what a refresh leaves out stays',
    );
  });
}

test('an envelope: other codes reject with their code and message, and start no refresh', async (t) => {
  const app = await open(t, 'envelope', 'envelope');
  await signInToEnvelope(app);
  const error = await say(
    app,
    `api('/api/fail/50001').catch(({ name, code, message }) => ({ name, code, message }))`,
  );
  assert.deepEqual(error, { name: 'FetchError', code: 50001, message: 'failure 50001' });
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

test('an envelope: a login that fails says why, and leaves the session alone', async (t) => {
  const app = await open(t, 'envelope', 'envelope');
  await signInToEnvelope(app);
  const error = await call(app, `api('/login', { method: 'POST', body: {} })`);
  assert.equal(error.code, 47001);
  assert.match(error.message, /username is wanted/);
  assert.deepEqual(await say(app, '[api.session.status, ends]'), ['active', []]);
});

test('an envelope: on the login page the token is sent and nothing is refreshed, whatever server and clock say', async (t) => {
  const prepare = (/** @type {Page} */ page) => page.clock.install();
  const app = await open(t, 'envelope', 'envelope', { prepare });
  await signInToEnvelope(app);
  await say(app, 'void (globalThis.isLoginPage = true)');
  assert.match((await say(app, `api('/api/echo/1')`)).path, /echo\/1$/);
  await app.page.clock.fastForward(3_600_000);
  assert.match((await say(app, `api('/api/echo/2')`)).path, /echo\/2$/);
  await app.tenant.expire();
  assert.equal((await call(app, `api('/api/echo/3')`)).code, 40001);
  await app.page.route(/api.gateway/, (route) => route.fulfill({ status: 401, body: '' }));
  assert.equal((await call(app, `api('/api/gateway')`)).status, 401);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
  await say(app, 'void (globalThis.isLoginPage = false)');
  assert.match((await say(app, `api('/api/echo/4')`)).path, /echo\/4$/);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('an envelope: a refused refresh shows the login once', async (t) => {
  const app = await open(t, 'envelope', 'envelope');
  await signInToEnvelope(app);
  await refuse(app);
  assert.deepEqual(await storm(app, '/api/echo'), ALL_REFUSED);
  assert.deepEqual(await say(app, 'ends'), ['refused']);
  assert.deepEqual(await say(app, 'bars'), [true, false]);
});

const THREE_HOURS = 3 * 3600;

/** @param {Pick<App, 'page' | 'tenant'>} app */
async function signInByContentToken(app) {
  await app.tenant.control({ accessTtl: THREE_HOURS });
  await say(app, 'void (globalThis.api = recipe.createApi(base, end))');
  await say(
    app,
    `api.session.set(await api('/login', { method: 'POST', body: { username: 'ada' }, session: false }))`,
  );
}

for (const clockSkew of [0, 5 * 3600, -5 * 3600]) {
  test(`a content token: two hours before its end requests are held until the new one is here (server ${clockSkew / 3600} h fast)`, async (t) => {
    const prepare = (/** @type {Page} */ page) => page.clock.install();
    const app = await open(t, 'content-token', 'dated', { prepare });
    await app.tenant.control({ clockSkew });
    await signInByContentToken(app);
    await app.page.clock.fastForward((THREE_HOURS - 7200 - 60) * 1000);
    await say(app, `void await api('/api/echo/before')`);
    assert.deepEqual(await app.refreshes(), NO_REFRESH);

    await app.page.clock.fastForward(120_000);
    await app.tenant.control({ hold: { refresh: true } });
    const all = storm(app, '/api/echo');
    await app.tenant.held('refresh', 1);
    assert.equal(await say(app, 'api.session.waiting'), STORM);
    await app.tenant.release('refresh');
    assert.deepEqual(await all, ALL_OWN);
    await say(app, `void await api('/api/echo/after')`);
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    assert.equal((await app.tenant.books()).statuses['401'], undefined, 'nothing was sent with the old one');
  });
}

test('a content token: a storm with one that is dead before its time is one refresh', async (t) => {
  const app = await open(t, 'content-token', 'dated');
  await signInByContentToken(app);
  await app.tenant.expire();
  assert.deepEqual(await storm(app, '/api/echo', 'POST'), ALL_OWN);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a content token: a refused refresh shows the login once', async (t) => {
  const app = await open(t, 'content-token', 'dated');
  await signInByContentToken(app);
  await refuse(app);
  assert.deepEqual(await storm(app, '/api/echo'), ALL_REFUSED);
  assert.deepEqual(await say(app, 'ends'), ['refused']);
});

/**
 * Signed in by what the app has written before it had this package.
 *
 * @param {Pick<App, 'page'>} app
 */
async function signInByRecord(app) {
  await say(
    app,
    `{
      const login = await fetch(base + '/login', {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"username":"ada"}',
      });
      localStorage.setItem('user-token', JSON.stringify((await login.json()).data));
    }`,
  );
  await say(app, 'void (globalThis.api = recipe.createApi(base, end))');
}

test('an X-Token: a record that the app has written is taken over, and refreshed with the old token', async (t) => {
  const app = await open(t, 'x-token', 'xtoken');
  await signInByRecord(app);
  assert.equal((await say(app, `api('/api/echo/0')`)).user, 'ada');
  await app.tenant.expire();
  assert.deepEqual(await storm(app, '/api/echo', 'POST'), ALL_OWN);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  const { hits } = await app.tenant.books();
  assert.equal(hits['POST /xtoken/api/echo/1']?.[200], 2, 'the base URL is joined once: sent, and replayed');
});

for (const signIn of [signInByRecord, signInByXToken]) {
  test(`an X-Token: its lifetime in seconds is enough to refresh ahead of its end (${signIn.name})`, async (t) => {
    const prepare = (/** @type {Page} */ page) => page.clock.install();
    const app = await open(t, 'x-token', 'xtoken', { prepare });
    await app.tenant.control({ accessTtl: 600 });
    await signIn(app);
    // When a record was written nobody knows: its time counts from the first look at it.
    await say(app, `void await api('/strict/echo/0')`);
    await app.page.clock.fastForward(560_000);
    await say(app, `void await api('/strict/echo/1')`);
    assert.deepEqual(await app.refreshes(), NO_REFRESH);
    await app.page.clock.fastForward(20_000);
    assert.deepEqual(await storm(app, '/strict/echo'), ALL_OWN);
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    assert.equal((await app.tenant.books()).statuses['401'], undefined);
  });
}

/** @param {Pick<App, 'page'>} app */
async function signInByXToken(app) {
  await say(app, 'void (globalThis.api = recipe.createApi(base, end))');
  await say(app, `recipe.logIn(api, { username: 'ada' })`);
}

test('an X-Token: a login carries no token and starts no refresh', async (t) => {
  const app = await open(t, 'x-token', 'xtoken');
  await signInByXToken(app);
  /** @type {(string | undefined)[]} */
  const tokens = [];
  app.page.on('request', (request) => {
    if (request.url().endsWith('/login')) tokens.push(request.headers()['x-token']);
  });
  await app.tenant.expire();
  await say(app, `recipe.logIn(api, { username: 'ada' })`);
  assert.equal((await call(app, `recipe.logIn(api, {})`)).status, 400);
  assert.deepEqual(tokens, [undefined, undefined]);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
  assert.equal((await say(app, `api('/api/echo/1')`)).user, 'ada');
});

test('an X-Token: a refused refresh shows the login once, and a login goes on', async (t) => {
  const app = await open(t, 'x-token', 'xtoken');
  await signInByXToken(app);
  await refuse(app);
  assert.deepEqual(await storm(app, '/api/echo'), ALL_REFUSED);
  assert.deepEqual(await say(app, 'ends'), ['refused']);
  await say(app, `recipe.logIn(api, { username: 'ada' })`);
  assert.equal((await say(app, `api('/api/echo/1')`)).user, 'ada');
});
