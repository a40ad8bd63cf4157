/** A service worker that answers a page's requests by `api.fetch(event.request)`: the page itself never has a token. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';
import { bundled, startServiceWorker, stopServiceWorker } from '../support/workers.js';

/**
 * @import { Worker } from 'playwright-core'
 * @import { App } from '../support/app.js'
 */

const open = useApps();

/** Only by its name: there, it is what the service worker's script leaves for the test. */
const scope = /** @type {any} */ (undefined);

/**
 * A page behind a service worker that is signed in.
 *
 * @param {import('node:test').TestContext} t
 * @param {Parameters<typeof startServiceWorker>[1]} [options]
 */
async function behind(t, options) {
  const app = await open(t, { signedIn: false });
  const worker = await startServiceWorker(app, options);
  await signIn(app, worker);
  const base = new URL(app.tenant.url).pathname;
  /** Asks in the page, by the page's own `fetch`. */
  const get = (/** @type {string} */ path, /** @type {RequestInit} */ init = {}) =>
    app.page.evaluate(
      async ({ url, init }) => {
        const response = await fetch(url, init);
        return { status: response.status, type: response.type, ...(await response.json()) };
      },
      { url: base + path, init },
    );
  return { app, worker, base, get };
}

async function signIn(/** @type {App} */ app, /** @type {Worker} */ worker) {
  await worker.evaluate((reply) => scope.api.session.set(reply), await app.tenant.login());
}

const figures = (/** @type {Worker} */ worker) =>
  worker.evaluate(() => [scope.api.session.pending, scope.api.session.waiting]);

for (const type of /** @type {const} */ (['module', 'classic'])) {
  test(`200 requests of a page with an expired token, through a ${type} service worker: one refresh, own replies all`, async (t) => {
    const script = type === 'classic' ? await bundled('service-worker') : undefined;
    const { app, worker, base } = await behind(t, { type, ...(script && { script }) });
    await app.tenant.expire();
    const counts = await app.run((kit, base) => {
      const calls = Array.from({ length: 200 }, async (_, index) =>
        (await fetch(`${base}/api/echo/${index + 1}`)).json(),
      );
      return kit.tally(calls);
    }, base);
    assert.deepEqual(counts, { 'own reply': 200 });
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    assert.deepEqual(await figures(worker), [0, 0]);
  });
}

/** Goes there in a frame, and gives what it shows. */
const visit = (/** @type {App} */ app, /** @type {string} */ url) =>
  app.page.evaluate(async (url) => {
    const frame = document.createElement('iframe');
    frame.src = url;
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve));
    return JSON.parse(frame.contentDocument?.body.textContent ?? '');
  }, url);

test('a navigation is answered with the session, also when it has to be refreshed first', async (t) => {
  const { app, worker, base } = await behind(t);
  for (const round of [1, 2]) {
    const { path, user } = await visit(app, `${base}/api/echo/${round}`);
    assert.deepEqual([path, user], [`/api/echo/${round}`, 'ada']);
    await app.tenant.expire();
  }
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.deepEqual(await figures(worker), [0, 0]);
});

test('a navigation that nobody is signed in for goes out as it is', async (t) => {
  const app = await open(t, { signedIn: false });
  const worker = await startServiceWorker(app);
  const { headers } = await visit(app, `${new URL(app.tenant.url).pathname}/open/echo/1`);
  assert.deepEqual([headers['sec-fetch-mode'], headers.authorization], ['navigate', undefined]);
  assert.deepEqual(await worker.evaluate(() => scope.sent.map((/** @type {any} */ one) => one.mode)), [
    'navigate',
  ]);
});

test('an image of the own origin is loaded with the token, and a rejected one after the refresh', async (t) => {
  const { app, base } = await behind(t);
  const width = (/** @type {string} */ src) =>
    app.page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return image.naturalWidth;
    }, src);
  assert.equal(await width(`${base}/api/blob`), 1);
  await app.tenant.expire();
  assert.equal(await width(`${base}/api/blob?again`), 1);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.deepEqual(await app.hits('/api/blob'), { 200: 2, 401: 1 });
});

test('what is asked for without CORS has the token also where the service worker adds a signal, unless it says so itself', async (t) => {
  const { app, worker, base, get } = await behind(t);
  await app.tenant.expire();
  assert.equal((await get('/api/echo/by-hand', { mode: 'no-cors' })).user, 'ada');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  await app.tenant.expire();
  const status = await worker.evaluate(
    async (url) => (await scope.api.fetch(url, { mode: 'no-cors' })).status,
    `${base}/api/echo/2`,
  );
  assert.equal(status, 401);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('an image of another origin goes out as it was asked for, and starts no refresh', async (t) => {
  const { app, worker, base } = await behind(t);
  // The same server by another name.
  const elsewhere = `${app.origin.replace('localhost', '127.0.0.1')}${base}/open/echo/1`;
  const type = await app.page.evaluate(
    async (url) => (await fetch(url, { mode: 'no-cors' })).type,
    elsewhere,
  );
  assert.equal(type, 'opaque');
  const [sent] = await worker.evaluate(() => scope.sent);
  assert.equal(sent.mode, 'no-cors');
  assert.equal((await app.refreshes()).presentations, 0);
});

test('media ask for ranges: what only the platform may set stays with the request', async (t) => {
  const { app, worker, base } = await behind(t);
  const load = (/** @type {string} */ src) =>
    app.page.evaluate(async (src) => {
      const video = document.createElement('video');
      video.src = src;
      // It is no video: all that counts is how it is asked for.
      await new Promise((resolve) => video.addEventListener('error', resolve));
    }, src);
  await load(`${base}/open/echo/film`);
  await load(`${app.origin.replace('localhost', '127.0.0.1')}${base}/open/echo/film`);
  const sent = await worker.evaluate(() => scope.sent);
  assert.deepEqual(
    sent.map((/** @type {any} */ { mode, range }) => [mode, range]),
    [
      ['cors', 'bytes=0-'],
      ['no-cors', 'bytes=0-'],
    ],
  );
});

test('whose a request is, its referrer says: the page, not the service worker', async (t) => {
  const { app, get } = await behind(t);
  const { headers } = await get('/open/echo/1');
  assert.equal(headers.referer, `${app.origin}/blank`);
  assert.match(headers.authorization, /^Bearer /);
  const without = await get('/open/echo/1', { referrerPolicy: 'no-referrer' });
  assert.equal(without.headers.referer, undefined);
});

test('a body is sent again after a refresh, byte for byte', async (t) => {
  const { app, get } = await behind(t);
  await app.tenant.expire();
  const body = 'Grüezi '.repeat(50_000);
  const { status, length, text } = await get('/api/echo/1', { method: 'POST', body });
  assert.deepEqual([status, length], [200, Buffer.byteLength(body)]);
  assert.ok(body.startsWith(text.slice(0, 1000)));
  assert.deepEqual(await app.hits('/api/echo/1', 'POST'), { 200: 1, 401: 1 });
});

test('a form with a file is sent again after a refresh', async (t) => {
  const { app, base } = await behind(t);
  await app.tenant.expire();
  const { contentType, text } = await app.page.evaluate(async (url) => {
    const body = new FormData();
    body.set('file', new Blob(['content']), 'file.txt');
    return (await fetch(url, { method: 'POST', body })).json();
  }, `${base}/api/echo/1`);
  const boundary = /boundary=(.+)$/.exec(contentType)?.[1] ?? '';
  assert.ok(text.startsWith(`--${boundary}\r\n`) && text.includes('\r\n\r\ncontent\r\n'), text);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a request that waits for the refresh can be given up by the service worker, and no other is', async (t) => {
  const { app, worker, base } = await behind(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const given = await app.begin((_, base) => fetch(`${base}/api/echo/by-hand`), base);
  const other = await app.begin(async (_, base) => (await fetch(`${base}/api/echo/2`)).json(), base);
  await app.tenant.held('refresh', 1);
  await worker.evaluate((path) => scope.controllers.get(path).abort(), `${base}/api/echo/by-hand`);
  assert.equal((await given.outcome()).error?.name, 'TypeError');
  await other.isPending();
  await app.tenant.release('refresh');
  assert.equal((await other.outcome()).value.path, '/api/echo/2');
  assert.deepEqual(await figures(worker), [0, 0]);
});

test('a page that is left while its request waits leaves nothing behind', async (t) => {
  const { app, worker, base } = await behind(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  await app.begin((_, base) => fetch(`${base}/api/echo/1`), base);
  await app.tenant.held('refresh', 1);
  await app.page.goto(`${app.origin}/blank?another`);
  await app.tenant.release('refresh');
  const answer = await app.page.evaluate(async (url) => (await fetch(url)).status, `${base}/api/echo/2`);
  assert.equal(answer, 200);
  assert.deepEqual(await figures(worker), [0, 0]);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('tokens in a storage of the service worker outlive it: stopped, and started by a request, it is signed in', async (t) => {
  const { app, get } = await behind(t);
  await stopServiceWorker(app);
  assert.equal((await get('/api/echo/1')).user, 'ada');
  await app.tenant.expire();
  await stopServiceWorker(app);
  assert.equal((await get('/api/echo/2')).user, 'ada');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('there is no localStorage: tokens stay in memory, with one warning', async (t) => {
  const { app, worker, get } = await behind(t, { storage: 'local' });
  assert.equal((await get('/api/echo/1')).status, 200);
  await app.tenant.expire();
  assert.equal((await get('/api/echo/2')).status, 200);
  assert.deepEqual(await worker.evaluate(() => scope.warnings), ['storage']);
});

test('a refused refresh ends the session: each request has its own 401, and those after it go out without', async (t) => {
  const { app, worker, base } = await behind(t);
  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: 'invalid_grant' } });
  const status = (/** @type {string} */ path) =>
    app.page.evaluate(async (url) => (await fetch(url)).status, base + path);
  assert.equal(await status('/api/echo/1'), 401);
  assert.equal(await worker.evaluate(() => scope.api.session.status), 'signed-out');
  assert.equal(await status('/open/echo/2'), 200);
  assert.equal((await app.refreshes()).presentations, 1);
});
