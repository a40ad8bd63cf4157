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

test('cookies: a storm with an expired cookie is one refresh, and nobody sees a token', async (t) => {
  const app = await open(t, 'cookies', 'cookie');
  await say(app, 'void (globalThis.api = recipe.createApi(base, end))');
  await say(app, `void await api('/login', { method: 'POST', body: { username: 'ada' }, session: false })`);
  await say(app, 'api.session.set({})');
  await app.tenant.expire();
  assert.deepEqual(await storm(app, '/api/echo'), ALL_OWN);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.deepEqual(await say(app, 'api.session.tokens'), {});
});

test('cookies: a refused refresh shows the login once, and a raw call gives the answer instead of throwing', async (t) => {
  const app = await open(t, 'cookies', 'cookie');
  await say(app, 'void (globalThis.api = recipe.createApi(base, end))');
  assert.deepEqual(await storm(app, '/api/echo'), { REFRESH_REJECTED: STORM });
  assert.deepEqual(await say(app, 'ends'), ['refused']);
  assert.deepEqual(
    await say(app, `recipe.ask(api, '/api/echo/1').then((answer) => [answer.status, answer._data])`),
    [401, { message: 'session expired' }],
  );
});

test('another host: the app renews by a function of its own, once for all', async (t) => {
  const app = await open(t, 'other-host', '');
  await say(app, `void (globalThis.api = recipe.createApi(base.slice(0, -1), base + 'spans/renew', end))`);
  await say(
    app,
    `api.session.set(await api(base + 'spans/login', { method: 'POST', body: { username: 'ada' }, session: false }))`,
  );
  await app.tenant.expire();
  assert.deepEqual(await storm(app, '/api/echo'), ALL_OWN);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.ok((await say(app, 'api.session.tokens')).refreshExpiresAt > Date.now());
});

for (const mode of /** @type {const} */ (['invalid_grant', '500'])) {
  test(`another host: a renewal that fails (${mode}) is the logout page, once`, async (t) => {
    const app = await open(t, 'other-host', '');
    await say(app, `void (globalThis.api = recipe.createApi(base.slice(0, -1), base + 'spans/renew', end))`);
    await say(
      app,
      `api.session.set(await api(base + 'spans/login', { method: 'POST', body: { username: 'ada' }, session: false }))`,
    );
    await app.tenant.control({ refresh: { mode } });
    await app.tenant.expire();
    assert.deepEqual(await storm(app, '/api/echo'), { REFRESH_REJECTED: STORM });
    assert.deepEqual(await say(app, 'ends'), ['refused']);
  });
}

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

test('an envelope: on the login page the token is sent and nothing is refreshed', async (t) => {
  const app = await open(t, 'envelope', 'envelope');
  await signInToEnvelope(app);
  await say(app, 'void (globalThis.isLoginPage = true)');
  assert.match((await say(app, `api('/api/echo/1')`)).path, /echo\/1$/);
  await app.tenant.expire();
  assert.equal(await say(app, `api('/api/echo/2').catch((error) => error.code)`), 40001);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

test('an envelope: a refused refresh shows the login once', async (t) => {
  const app = await open(t, 'envelope', 'envelope');
  await signInToEnvelope(app);
  await app.tenant.control({ refresh: { mode: 'invalid_grant' } });
  await app.tenant.expire();
  assert.deepEqual(await storm(app, '/api/echo'), { REFRESH_REJECTED: STORM });
  assert.deepEqual(await say(app, 'ends'), ['refused']);
});

const THREE_HOURS = 3 * 3600;

test('a content token: two hours before its end requests are held until the new one is here', async (t) => {
  const prepare = (/** @type {Page} */ page) => page.clock.install();
  const app = await open(t, 'content-token', 'dated', { prepare });
  await app.tenant.control({ accessTtl: THREE_HOURS });
  await say(app, 'void (globalThis.api = recipe.createApi(base, end))');
  await say(
    app,
    `api.session.set(await api('/login', { method: 'POST', body: { username: 'ada' }, session: false }))`,
  );
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
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.equal((await app.tenant.books()).statuses['401'], undefined, 'nothing was sent with the old one');
});

test('an X-Token: a record that the app has written is taken over, and refreshed with the old token', async (t) => {
  const app = await open(t, 'x-token', 'xtoken');
  await say(
    app,
    `{
      const login = await fetch(base + '/login', {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"username":"ada"}',
      });
      localStorage.setItem('user-token', JSON.stringify((await login.json()).data));
    }`,
  );
  await app.tenant.expire();
  await say(app, 'void (globalThis.api = recipe.createApi(base, end))');
  assert.deepEqual(await storm(app, '/api/echo', 'POST'), ALL_OWN);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  const { hits } = await app.tenant.books();
  assert.equal(hits['POST /xtoken/api/echo/1']?.[200], 2, 'the base URL is joined once: sent, and replayed');
});

test('an X-Token: its lifetime in seconds is enough to refresh ahead of its end', async (t) => {
  const prepare = (/** @type {Page} */ page) => page.clock.install();
  const app = await open(t, 'x-token', 'xtoken', { prepare });
  await app.tenant.control({ accessTtl: 600 });
  await say(app, 'void (globalThis.api = recipe.createApi(base, end))');
  await say(app, `api.session.set(await api('/login', { method: 'POST', body: { username: 'ada' } }))`);
  await app.page.clock.fastForward(560_000);
  await say(app, `void await api('/strict/echo/1')`);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
  await app.page.clock.fastForward(20_000);
  await say(app, `void await api('/strict/echo/2')`);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.equal((await app.tenant.books()).statuses['401'], undefined);
});

test('an X-Token: a refused refresh shows the login once, and a login goes on', async (t) => {
  const app = await open(t, 'x-token', 'xtoken');
  await say(app, 'void (globalThis.api = recipe.createApi(base, end))');
  const login = `api.session.set(await api('/login', { method: 'POST', body: { username: 'ada' } }))`;
  await say(app, login);
  await app.tenant.control({ refresh: { mode: 'invalid_grant', times: 1 } });
  await app.tenant.expire();
  assert.deepEqual(await storm(app, '/api/echo'), { REFRESH_REJECTED: STORM });
  assert.deepEqual(await say(app, 'ends'), ['refused']);
  await say(app, login);
  assert.match((await say(app, `api('/api/echo/1')`)).path, /echo\/1$/);
});
