/** When a token turns out dead, who was sent with it after the rejected request is taken back: GET, HEAD and OPTIONS only. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';

/** @import { App } from '../support/app.js' */

const openApp = useApps();

/**
 * Each method's request is sent, in this order, and its rejection is held.
 *
 * @param {App} app
 * @param {readonly [name: string, method: string][]} requests
 */
async function sendHeld(app, requests) {
  await app.tenant.expire();
  await app.tenant.control({ hold: { api: true } });
  const calls = [];
  for (const [index, [name, method]] of requests.entries()) {
    calls.push(
      await app.begin(
        ({ api }, [path, verb]) => api(`/api/echo/${path}`, { method: /** @type {string} */ (verb) }),
        [name, method],
      ),
    );
    await app.tenant.held('api', index + 1);
  }
  await app.tenant.control({ hold: { api: false, refresh: true } });
  return calls;
}

test('safe requests that were sent after the rejected one are taken back, others are not', async (t) => {
  const app = await openApp(t);
  const calls = await sendHeld(app, [
    ['rejected', 'GET'],
    ['get', 'GET'],
    ['post', 'POST'],
    ['options', 'OPTIONS'],
    ['head', 'HEAD'],
  ]);
  await app.tenant.release('api', 1);
  await app.tenant.held('refresh', 1);
  // The server sees three clients leave; the POST stays.
  await app.until(({ api }) => api.session?.waiting === 4);
  await app.untilBooks(({ aborted }) => aborted === 3);
  assert.equal((await app.tenant.books()).held.api, 1);

  await app.tenant.release('refresh');
  for (const index of [0, 1, 3, 4]) assert.equal((await calls[index]?.outcome())?.error, undefined);
  await calls[2]?.isPending();
  await app.tenant.release('api');
  assert.equal((await calls[2]?.outcome())?.value.path, '/api/echo/post');

  assert.deepEqual(await app.hits('/api/echo/rejected'), { 200: 1, 401: 1 });
  assert.deepEqual(await app.hits('/api/echo/get'), { 200: 1 });
  assert.deepEqual(await app.hits('/api/echo/options', 'OPTIONS'), { 200: 1 });
  assert.deepEqual(await app.hits('/api/echo/head', 'HEAD'), { 200: 1 });
  assert.deepEqual(await app.hits('/api/echo/post', 'POST'), { 200: 1, 401: 1 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a request that was sent before the rejected one is not taken back: its answer may be good', async (t) => {
  const app = await openApp(t);
  await app.tenant.control({ hold: { api: true } });
  const early = await app.begin(({ api }) => api('/api/echo/early'));
  await app.tenant.held('api', 1);
  await app.tenant.control({ hold: { api: false } });
  await app.tenant.expire();
  await app.run(({ api }) => api('/api/echo/rejected'));

  await early.isPending();
  assert.equal((await app.tenant.books()).aborted, 0);
  await app.tenant.release('api');
  assert.equal((await early.outcome()).value.path, '/api/echo/early');
  assert.deepEqual(await app.hits('/api/echo/early'), { 200: 1 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('withdraw: false leaves all of them on their way', async (t) => {
  const app = await openApp(t, { session: { withdraw: false } });
  const calls = await sendHeld(app, [
    ['rejected', 'GET'],
    ['get', 'GET'],
    ['head', 'HEAD'],
  ]);
  await app.tenant.release('api', 1);
  await app.tenant.held('refresh', 1);
  assert.equal(await app.run(({ api }) => api.session?.waiting), 1);
  await app.tenant.release('refresh');
  assert.equal((await calls[0]?.outcome())?.value.path, '/api/echo/rejected');
  await calls[1]?.isPending();
  await app.tenant.release('api');
  assert.equal((await calls[1]?.outcome())?.value.path, '/api/echo/get');
  assert.equal((await calls[2]?.outcome())?.error, undefined);
  const books = await app.tenant.books();
  assert.equal(books.aborted, 0);
  assert.deepEqual(books.hits['HEAD /api/echo/head'], { 200: 1, 401: 1 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a request that was taken back can still be aborted, and is not sent again then', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { api: true } });
  const rejected = await app.begin(({ api }) => api('/api/echo/rejected'));
  await app.tenant.held('api', 1);
  const withdrawn = await app.begin(({ api }) => {
    const controller = new AbortController();
    Object.assign(globalThis, { abort: () => controller.abort('enough') });
    return api('/api/echo/withdrawn', { signal: controller.signal });
  });
  await app.tenant.held('api', 2);
  await app.tenant.control({ hold: { api: false, refresh: true } });
  await app.tenant.release('api', 1);
  await app.tenant.held('refresh', 1);
  await app.until(({ api }) => api.session?.waiting === 2);
  await withdrawn.isPending();

  await app.page.evaluate('abort()');
  assert.equal((await withdrawn.outcome()).error?.cause?.name, 'enough');
  await app.tenant.release('refresh');
  assert.equal((await rejected.outcome()).value.path, '/api/echo/rejected');
  assert.deepEqual(await app.hits('/api/echo/withdrawn'), {});
});

test('the caller’s signal stays untouched when a request is taken back', async (t) => {
  const app = await openApp(t);
  const [aborted, fates] = await app.run(async ({ api, storm, tally, base }) => {
    const { signal } = new AbortController();
    await fetch(`${base}/expire`, { method: 'POST' });
    const counts = await tally(storm(60, () => ({ signal })));
    return [signal.aborted, { ...counts, pending: api.session?.pending }];
  });
  assert.equal(aborted, false);
  assert.deepEqual(fates, { 'own reply': 60, pending: 0 });
});
