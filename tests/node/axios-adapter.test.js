/** `createSessionAdapter`: an instance of this package under npm's axios. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import axios, { AxiosError, AxiosHeaders } from 'axios';
import { createSessionAdapter } from '../../dist/axios.js';
import { createApiFetch, isAuthError } from '../../dist/index.js';
import { BASE, failure } from '../support/axios-double.js';
import { hang, json, server, settled } from '../support/double.js';

/** @import { Answer } from '../support/double.js' */

const STORM = 200;

/** @param {Answer} [answer] */
async function open(answer = ({ url, body, headers }) => json({ url, body, type: headers['content-type'] })) {
  /** @type {(reply: unknown) => void} */
  let letGo = () => {};
  const gate = new Promise((resolve) => {
    letGo = resolve;
  });
  let refreshes = 0;
  const double = server((sent, number) =>
    sent.headers.authorization === 'Bearer second' ? answer(sent, number) : json({ error: 'stale' }, 401),
  );
  const api = createApiFetch({
    baseURL: BASE,
    fetch: double.fetch,
    session: {
      storage: 'memory',
      refresh: async () => {
        refreshes += 1;
        return gate;
      },
    },
  });
  await api.session?.set({ access_token: 'first', refresh_token: 'r' });
  const instance = axios.create({ baseURL: BASE, adapter: createSessionAdapter(api, axios) });
  return { ...double, api, instance, letGo, count: () => refreshes };
}

test('200 calls by npm’s axios with an expired token: one refresh, and its interceptors run once a call', async () => {
  const { instance, letGo, count, sent } = await open();
  let [asked, answered] = [0, 0];
  instance.interceptors.request.use((config) => {
    asked += 1;
    return config;
  });
  instance.interceptors.response.use((response) => {
    answered += 1;
    return response;
  });
  const calls = Array.from({ length: STORM }, (_, at) => instance.post('/items', { at }, { params: { at } }));
  await settled();
  letGo({ access_token: 'second' });
  const replies = await Promise.all(calls);
  assert.deepEqual(
    replies.map(({ data }) => data),
    calls.map((_, at) => ({ url: `${BASE}/items?at=${at}`, body: `{"at":${at}}`, type: 'application/json' })),
  );
  assert.equal(count(), 1);
  assert.deepEqual([asked, answered], [STORM, STORM]);
  assert.ok(sent.length >= STORM);
});

test('its answers are npm’s: headers, config, request, and what the config wants of the body', async () => {
  const { instance, letGo } = await open(() => json({ a: 1 }, 201, { 'x-own': 'b' }));
  letGo({ access_token: 'second' });
  const response = await instance.get('/x');
  assert.ok(response.headers instanceof AxiosHeaders);
  assert.deepEqual([response.status, response.data, response.headers['x-own']], [201, { a: 1 }, 'b']);
  assert.equal(response.config.url, '/x');
  assert.equal(response.request.url, `${BASE}/x`);
  assert.equal((await instance.get('/x', { responseType: 'text' })).data, '{"a":1}');
  assert.ok((await instance.get('/x', { responseType: 'arraybuffer' })).data instanceof ArrayBuffer);
  const { data } = await instance.get('/x', { responseType: 'stream' });
  assert.equal(await new Response(data).text(), '{"a":1}');
  assert.equal((await instance.get('/x', { transformResponse: () => 'own' })).data, 'own');
});

test('its failures are npm’s: a status, a validateStatus of the config’s, the network', async () => {
  const { instance, letGo } = await open(({ url }) => {
    if (url.endsWith('/gone')) throw new TypeError('fetch failed');
    return json({ why: 'teapot' }, 418);
  });
  letGo({ access_token: 'second' });
  const status = await failure(instance.get('/x'));
  assert.ok(status instanceof AxiosError);
  assert.deepEqual(
    [status.code, status.status, status.response?.data],
    ['ERR_BAD_REQUEST', 418, { why: 'teapot' }],
  );
  assert.equal((await instance.get('/x', { validateStatus: (found) => found === 418 })).status, 418);
  const network = await failure(instance.get('/gone'));
  assert.ok(network instanceof AxiosError);
  assert.deepEqual([network.code, network.message], ['ERR_NETWORK', 'Network Error']);
});

test('a request that waits is ended by its signal, its token or its time limit', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { instance } = await open(hang);
  const controller = new AbortController();
  const source = axios.CancelToken.source();
  const calls = [
    instance.get('/a', { signal: controller.signal }),
    instance.get('/b', { cancelToken: source.token }),
    instance.get('/c', { timeout: 100 }),
  ].map(failure);
  await settled();
  controller.abort();
  source.cancel('enough');
  t.mock.timers.tick(100);
  const errors = await Promise.all(calls);
  assert.deepEqual(
    errors.map((error) => [error.code, error.message, axios.isCancel(error), error instanceof AxiosError]),
    [
      ['ERR_CANCELED', 'This operation was aborted', true, true],
      ['ERR_CANCELED', 'enough', true, true],
      ['ECONNABORTED', 'timeout of 100ms exceeded', false, true],
    ],
  );
});

test('a refused refresh is the request’s own 401, and to those that wait an error with its code', async () => {
  const { instance, letGo, api } = await open();
  const own = failure(instance.get('/a'));
  await settled();
  const vain = failure(instance.get('/b'));
  letGo(null);
  assert.equal((await own).response.status, 401);
  const error = await vain;
  assert.ok(error instanceof AxiosError);
  assert.equal(error.code, 'REFRESH_REJECTED');
  assert.ok(isAuthError(error.cause));
  assert.equal(api.session?.status, 'signed-out');
});

test('forms, queries and basic authentication go out as npm’s axios sends them', async () => {
  const { instance, letGo, sent } = await open();
  letGo({ access_token: 'second' });
  const { data } = await instance.post('/x', new URLSearchParams({ a: 'b c' }));
  assert.deepEqual(data, {
    ...{ url: `${BASE}/x`, body: 'a=b+c' },
    type: 'application/x-www-form-urlencoded;charset=utf-8',
  });
  const form = new FormData();
  form.append('a', '1');
  const { data: reply } = await instance.post('/x', form);
  assert.match(reply.type, /^multipart\/form-data; boundary=/);
  assert.match(reply.body, /name="a"\r\n\r\n1\r\n/);
  await failure(instance.get('/x', { auth: { username: 'ada', password: 'p' } }));
  assert.equal(sent.at(-1)?.headers.authorization, `Basic ${btoa('ada:p')}`);
});

test('`session: false` goes without: no token, no refresh, and by the `fetch` of the api', async () => {
  const { instance, sent, count } = await open();
  const config = /** @type {any} */ ({ session: false });
  assert.equal((await failure(instance.get('/x', config))).response.status, 401);
  assert.deepEqual(
    sent.map(({ headers }) => headers.authorization),
    [undefined],
  );
  assert.equal(count(), 0);
});

test('without npm’s classes errors are only like them, and its helpers know them', async () => {
  const { api, letGo } = await open(() => json({}, 500));
  letGo({ access_token: 'second' });
  const instance = axios.create({ baseURL: BASE, adapter: createSessionAdapter(api) });
  const error = await failure(instance.get('/x'));
  assert.equal(error instanceof AxiosError, false);
  assert.equal(axios.isAxiosError(error), true);
  assert.deepEqual([error.name, error.code, error.status], ['AxiosError', 'ERR_BAD_RESPONSE', 500]);
  const canceled = await failure(instance.get('/x', { signal: AbortSignal.abort() }));
  assert.equal(axios.isCancel(canceled), true);
});

test('what is no instance is told of at once', () => {
  assert.throws(() => createSessionAdapter(/** @type {any} */ ({})), {
    name: 'TypeError',
    message: /api must be/,
  });
});
