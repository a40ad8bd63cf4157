/** An app that has been written on axios, with interceptors of its own, runs on the facade as it is. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import npm from 'axios';
import own from '../../dist/axios.js';
import { createService } from '../support/axios-app.js';
import { json, server } from '../support/double.js';

/** @import { Sent } from '../support/double.js' */

const BASE = 'https://api.example.com';
const STORM = 50;
const PACKAGES = { 'npm’s axios': npm, 'the facade': own };

/** Only `second` is a good token; a path's name is its answer. */
function backend() {
  return server(({ url, body }) => {
    const { pathname, searchParams } = new URL(url);
    if (pathname === '/refresh') {
      const isGood = JSON.parse(body).refresh_token === 'r';
      return json(
        isGood ? { errcode: 0, data: { access_token: 'second' } } : { errcode: 40029, errmsg: 'no' },
      );
    }
    if (searchParams.get('token') !== 'second') return json({ errcode: 42001 });
    if (pathname === '/broken') return json({}, 500);
    if (pathname === '/odd') return json({ errcode: 5, errmsg: 'odd' });
    return json({ errcode: 0, data: `${pathname} ${searchParams.get('q')} ${body}` });
  });
}

const isRefresh = (/** @type {Sent} */ { url }) => url.endsWith('/refresh');

/** @param {any} axios @param {object} [config] */
function open(axios, config) {
  const { fetch, sent } = backend();
  const app = { tokens: { token: 'first', appkey: 'k', refresh: 'r' }, log: /** @type {string[]} */ ([]) };
  const service = createService(axios, { baseURL: BASE, adapter: 'fetch', env: { fetch }, ...config }, app);
  return { service, sent, ...app };
}

for (const [name, axios] of Object.entries(PACKAGES)) {
  test(`its requests are answered, and its bar goes on and off: ${name}`, async () => {
    const { service, log, tokens } = open(axios);
    tokens.token = 'second';
    assert.equal(await service.get('/a', { params: { q: 1 } }), '/a 1 ');
    assert.equal(await service.post('/b', { x: 1 }, { params: { q: 2 } }), '/b 2 {"x":1}');
    assert.equal(await service({ url: '/c', method: 'put', data: 'text' }), '/c null text');
    assert.deepEqual(log, ['bar on', 'bar off', 'bar on', 'bar off', 'bar on', 'bar off']);
  });

  test(`its own queue refreshes once and sends all again: ${name}`, async () => {
    const { service, sent, log, tokens } = open(axios);
    const calls = Array.from({ length: STORM }, (_, q) => service.post('/a', { q }, { params: { q } }));
    assert.deepEqual(
      await Promise.all(calls),
      calls.map((_, q) => `/a ${q} {"q":${q}}`),
    );
    assert.equal(sent.filter(isRefresh).length, 1);
    assert.equal(tokens.token, 'second');
    assert.equal(log.at(-1), 'bar off');
  });

  test(`its failures are the ones that it knows: ${name}`, async () => {
    const { service, log, tokens } = open(axios);
    tokens.token = 'second';
    await assert.rejects(service.get('/odd'), { message: 'odd' });
    await assert.rejects(service.get('/broken'), {
      ...{ name: 'AxiosError', code: 'ERR_BAD_RESPONSE', status: 500, isAxiosError: true },
      message: 'Request failed with status code 500',
    });
    assert.deepEqual(log, ['bar on', 'bar off', 'bar on', 'bar off', '500']);
  });
}

test('with a session in its config its queue has nothing left to do: each interceptor runs once a request', async () => {
  const log = /** @type {string[]} */ ([]);
  const { service, sent, tokens } = open(own, {
    session: {
      storage: 'memory',
      attach: { query: { token: 'accessToken', appkey: 'app_key' } },
      expired: { codes: { path: 'errcode', values: [30001, 40001, 42001, 40014] } },
      replay: 'all',
      refresh: { url: '/refresh', body: 'json' },
      fields: { accessToken: 'data.access_token' },
    },
  });
  // The one line that the app drops: the session attaches.
  service.interceptors.request.clear();
  service.interceptors.request.use((/** @type {any} */ config) => {
    log.push('asked');
    return config;
  });
  service.interceptors.response.use((/** @type {unknown} */ data) => {
    log.push('answered');
    return data;
  });
  await service.session.set({ access_token: 'first', refresh_token: 'r', app_key: 'k' });
  const calls = Array.from({ length: STORM }, (_, q) => service.post('/a', { q }, { params: { q } }));
  assert.deepEqual(
    await Promise.all(calls),
    calls.map((_, q) => `/a ${q} {"q":${q}}`),
  );
  assert.equal(sent.filter(isRefresh).length, 1);
  assert.equal(tokens.token, 'first', 'the app has not refreshed');
  assert.deepEqual(log.filter((one) => one === 'asked').length, STORM);
  assert.deepEqual(log.filter((one) => one === 'answered').length, STORM);
});
