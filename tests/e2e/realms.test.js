/** Things of another realm: what a frame has made is handed to the page's instance, where `instanceof` knows none of it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';

const open = useApps();

/** What the page hands over, made in the frame. */
const frame = /** @type {any} */ (undefined);

/** An app with a frame of the same origin: to the page it is `frame`. */
async function withFrame(/** @type {import('node:test').TestContext} */ t) {
  const app = await open(t);
  await app.page.evaluate(async () => {
    const element = document.createElement('iframe');
    element.src = '/blank';
    document.body.append(element);
    await new Promise((resolve) => element.addEventListener('load', resolve));
    Object.assign(globalThis, { frame: element.contentWindow, element });
  });
  return app;
}

test('requests, URLs and headers of another realm are taken, and sent again after a refresh', async (t) => {
  const app = await withFrame(t);
  await app.tenant.expire();
  const seen = await app.run(async ({ api, base }) => {
    const url = `${location.origin}${base}/api/echo/`;
    const json = (/** @type {Response} */ answer) => answer.json();
    return Promise.all([
      api(new frame.Request(`${url}1`, { method: 'POST', body: 'one' })),
      api.fetch(new frame.Request(`${url}2`, { method: 'PUT', body: 'two' })).then(json),
      api.fetch(new frame.URL(`${url}3`), { method: 'POST', body: 'three' }).then(json),
      api('/api/echo/4', {
        method: 'POST',
        body: 'four',
        headers: new frame.Headers({ 'content-type': 'text/x-own' }),
      }),
    ]);
  });
  assert.deepEqual(
    seen.map(({ path, method, text, contentType }) => [path, method, text, contentType]),
    [
      ['/api/echo/1', 'POST', 'one', 'text/plain;charset=UTF-8'],
      ['/api/echo/2', 'PUT', 'two', 'text/plain;charset=UTF-8'],
      ['/api/echo/3', 'POST', 'three', 'text/plain;charset=UTF-8'],
      ['/api/echo/4', 'POST', 'four', 'text/x-own'],
    ],
  );
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

for (const shape of /** @type {const} */ (['data', 'fetch'])) {
  test(`bodies of another realm are kept as they were while a refresh runs, and sent again (${shape})`, async (t) => {
    const app = await withFrame(t);
    await app.tenant.expire();
    await app.tenant.control({ hold: { refresh: true } });
    await app.run(({ api, base }, shape) => {
      const form = new frame.FormData();
      form.set('name', 'before');
      const bytes = new frame.Uint8Array([65, 65]);
      const view = new frame.Uint8Array([67, 67]);
      const query = new frame.URLSearchParams('a=before');
      const send = (/** @type {any} */ body, /** @type {number} */ index) => {
        const url = `${location.origin}${base}/api/echo/${index}`;
        return shape === 'data'
          ? api(url, { method: 'POST', body })
          : api.fetch(url, { method: 'POST', body }).then((answer) => answer.json());
      };
      const calls = [form, bytes.buffer, view, query, new frame.Blob(['blob'])].map(send);
      const change = () => {
        form.set('name', 'after');
        query.set('a', 'after');
        bytes.fill(66);
        view.fill(66);
      };
      Object.assign(globalThis, { calls, change });
    }, shape);
    await app.tenant.held('refresh', 1);
    await app.run(() => /** @type {any} */ (globalThis).change());
    await app.tenant.release('refresh');
    const replies = await app.run(() => Promise.all(/** @type {any} */ (globalThis).calls));
    assert.match(replies[0].text, /name="name"\r\n\r\nbefore\r\n/);
    assert.match(replies[0].contentType, /^multipart\/form-data; boundary=/);
    assert.ok(replies[0].text.startsWith(`--${replies[0].contentType.split('boundary=')[1]}`));
    assert.deepEqual(
      replies.slice(1).map(({ text }) => text),
      ['AA', 'CC', 'a=before', 'blob'],
    );
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  });
}

test('a signal of another realm ends the call with its reason, while it is sent and while it waits', async (t) => {
  const app = await withFrame(t);
  for (const held of /** @type {const} */ (['api', 'refresh'])) {
    await app.tenant.control({ hold: { api: held === 'api', refresh: held === 'refresh' } });
    if (held === 'refresh') await app.tenant.expire();
    await app.run(({ api, base, watch }) => {
      const controller = new frame.AbortController();
      const { signal } = controller;
      const url = `${location.origin}${base}/api/echo/1`;
      const calls = [watch(api.fetch(url, { signal })), watch(api('/api/echo/2', { signal }))];
      Object.assign(globalThis, { controller, calls });
    });
    await app.tenant.held(held, held === 'api' ? 2 : 1);
    const errors = await app.run(async ({ api }) => {
      const page = /** @type {any} */ (globalThis);
      page.controller.abort(new frame.RangeError('enough'));
      const outcomes = await Promise.all(page.calls.map((/** @type {any} */ { outcome }) => outcome));
      return [outcomes.map(({ error }) => error.cause?.message ?? error.message), api.session?.pending];
    });
    assert.deepEqual(errors, [['enough', 'enough'], 0], held);
    await app.tenant.control({ hold: { api: false, refresh: false } });
    await app.tenant.release(held);
  }
  assert.equal((await app.run(({ api }) => api('/api/echo/3'))).user, 'ada');
});

test('a fetch, its promises and its answers of another realm serve as well', async (t) => {
  const app = await withFrame(t);
  const seen = await app.run(async ({ create, base, api }) => {
    const foreign = create({ storage: 'memory' }, { fetch: frame.fetch.bind(frame) });
    await foreign.session?.set(/** @type {any} */ ({ ...api.session?.tokens }));
    const response = await foreign.fetch(`${location.origin}${base}/api/echo/1`);
    return [response instanceof Response, (await response.json()).user, (await foreign('/api/echo/2')).user];
  });
  assert.deepEqual(seen, [false, 'ada', 'ada']);
});

test('a frame that is gone takes its own call with it, and no other', async (t) => {
  const app = await withFrame(t);
  await app.tenant.control({ hold: { api: true } });
  await app.run(({ api, base, create, watch }) => {
    const foreign = create({ storage: 'memory' }, { fetch: frame.fetch.bind(frame) });
    const controller = new AbortController();
    const url = `${location.origin}${base}/api/echo/1`;
    const calls = [watch(foreign.fetch(url, { signal: controller.signal })), watch(api('/api/echo/2'))];
    Object.assign(globalThis, { controller, calls, foreign });
  });
  await app.tenant.held('api', 1);
  const seen = await app.run(async () => {
    const page = /** @type {any} */ (globalThis);
    page.element.remove();
    // Its promises are never settled any more: only the caller's signal can end the call.
    page.controller.abort(new Error('gone'));
    const { error } = await page.calls[0].outcome;
    return [error.message, page.foreign.session.pending, page.calls[1].state];
  });
  assert.deepEqual(seen, ['gone', 0, 'pending']);
  await app.tenant.control({ hold: { api: false } });
  await app.tenant.release('api');
  assert.equal((await app.run(() => /** @type {any} */ (globalThis).calls[1].promise)).user, 'ada');
});
