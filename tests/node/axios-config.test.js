/** What the facade makes of configs where it is to be better than axios, or is not to be compared with it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import axios, { Axios, AxiosHeaders, isAxiosError, mergeConfig } from '../../dist/axios.js';
import { BASE, failure, open } from '../support/axios-double.js';
import { hang, json, settled } from '../support/double.js';

/** @param {any} thing */
function freeze(thing) {
  if (typeof thing === 'object' && thing !== null && Object.getPrototypeOf(thing) === Object.prototype) {
    Object.values(thing).forEach(freeze);
  }
  return Object.freeze(thing);
}

test('nothing that a caller gives is changed, however deep', async () => {
  const { sent, instance } = open();
  const config = freeze({
    headers: { 'X-A': 'a', common: { 'X-B': 'b' } },
    params: { a: { b: [1] } },
    transitional: {},
    own: { deep: {} },
  });
  const data = freeze({ x: { y: 1 } });
  for (const call of [
    () => instance.post('/x', data, config),
    () => instance(`${BASE}/x`, config),
    () => instance.request(freeze({ ...config, url: '/x', data, method: 'put' })),
  ])
    assert.equal((await call()).status, 200);
  assert.deepEqual(
    sent.map(({ method, headers, body }) => [method, headers['x-a'], headers['x-b'], body]),
    [
      ['POST', 'a', 'b', '{"x":{"y":1}}'],
      ['GET', 'a', 'b', ''],
      ['PUT', 'a', 'b', '{"x":{"y":1}}'],
    ],
  );
});

test('what is merged is a copy, but for a session, which is known by its identity', () => {
  const session = { refresh: '/r', storage: { getItem() {}, setItem() {}, removeItem() {} } };
  const given = { own: { a: [1] }, headers: { a: 'b' }, params: { c: {} }, session };
  const merged = /** @type {any} */ (mergeConfig({}, /** @type {any} */ (given)));
  assert.deepEqual([merged.own, merged.params], [given.own, given.params]);
  assert.notEqual(merged.own, given.own);
  assert.notEqual(merged.own.a, given.own.a);
  assert.equal(merged.session, session);
  const other = { refresh: '/other' };
  assert.equal(
    /** @type {any} */ (mergeConfig(merged, /** @type {any} */ ({ session: other }))).session,
    other,
  );
});

test('a body that was encoded stays as it is when its config is sent again', async () => {
  const { sent, instance } = open();
  const { config } = await instance.post('/x', { a: 'ü' });
  await instance(config);
  assert.deepEqual(
    sent.map(({ url, body, headers }) => [url, body, headers['content-type']]),
    [1, 2].map(() => [`${BASE}/x`, '{"a":"ü"}', 'application/json']),
  );
});

test('a time limit has the code of axios for pages, or the clear one, and the app’s own words', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { instance } = open(hang, { timeout: 100 });
  const calls = [
    instance.get('/a'),
    instance.get('/b', { timeoutErrorMessage: 'slow' }),
    instance.get('/c', { transitional: { clarifyTimeoutError: true } }),
  ].map(failure);
  await settled();
  t.mock.timers.tick(100);
  const errors = await Promise.all(calls);
  assert.deepEqual(
    errors.map(({ code, message }) => [code, message]),
    [
      ['ECONNABORTED', 'timeout of 100ms exceeded'],
      ['ECONNABORTED', 'slow'],
      ['ETIMEDOUT', 'timeout of 100ms exceeded'],
    ],
  );
});

test('of a view of a buffer only what it shows is sent', async () => {
  const { sent, instance } = open();
  await instance.post('/x', new TextEncoder().encode('abcdef').subarray(1, 3));
  assert.equal(sent[0]?.body, 'bc');
});

test('a form is sent as one, in Node too', async () => {
  const { sent, instance } = open();
  await instance.postForm('/x', { a: 1, file: new Blob(['text'], { type: 'text/plain' }) });
  const form = await new Response(sent[0]?.body, { headers: sent[0]?.headers ?? {} }).formData();
  assert.equal(form.get('a'), '1');
  assert.equal(await /** @type {File} */ (form.get('file')).text(), 'text');
});

test('a form that is too long is not sent, and one that is not is sent with its boundary', async () => {
  const { sent, instance } = open();
  const error = await failure(instance.postForm('/x', { a: 'x'.repeat(500) }, { maxBodyLength: 400 }));
  assert.deepEqual([error.code, sent.length], ['ERR_BAD_REQUEST', 0]);
  await instance.postForm('/x', { a: 'x' }, { maxBodyLength: 400 });
  const form = await new Response(sent[0]?.body, { headers: sent[0]?.headers ?? {} }).formData();
  assert.equal(form.get('a'), 'x');
});

test('that uploads are not told of is said once', async (t) => {
  const warn = t.mock.method(console, 'warn', () => {});
  const { instance } = open();
  const onUploadProgress = () => assert.fail('called');
  await instance.post('/x', 'a', { onUploadProgress });
  await instance.post('/x', 'a', { onUploadProgress });
  assert.equal(warn.mock.callCount(), 1);
  assert.match(String(warn.mock.calls[0]?.arguments[0]), /onUploadProgress/);
});

test('an error’s JSON covers what the app names', async () => {
  const { instance } = open(() => json({}, 500));
  const config = { headers: { 'X-Key': 'hidden' }, params: { key: 'seen' }, redact: ['x-key'] };
  const error = await failure(instance.get('/x', config));
  assert.ok(isAxiosError(error));
  const text = JSON.stringify(error);
  assert.doesNotMatch(text, /hidden/);
  assert.match(text, /seen/);
});

test('an error tells who has called', async () => {
  const { instance } = open(() => json({}, 500));
  instance.interceptors.request.use(async (config) => config);
  instance.interceptors.response.use((response) => response);
  const findMe = async () => await instance.get('/x');
  const error = await failure(findMe());
  assert.match(error.stack, /findMe/);
});

test('headers of a class of the app’s own are headers', () => {
  class Own extends AxiosHeaders {}
  const own = Own.from({ 'x-a': 'b' });
  assert.ok(own instanceof Own);
  assert.ok(own.concat({ c: 'd' }) instanceof Own);
  assert.equal(own.get('X-A'), 'b');
});

test('a polluted prototype is nobody’s setting', async (t) => {
  const { sent, instance } = open();
  const prototype = /** @type {any} */ (Object.prototype);
  const polluted = {
    baseURL: 'https://evil.example.com',
    auth: { username: 'a' },
    params: { a: 1 },
    data: 'x',
    session: { refresh: 'https://evil.example.com' },
    paramsSerializer: () => 'evil=1',
  };
  t.after(() => {
    for (const name of Object.keys(polluted)) delete prototype[name];
  });
  Object.assign(prototype, polluted);
  await instance.get('/x', {});
  assert.deepEqual([sent[0]?.url, sent[0]?.headers.authorization], [`${BASE}/x`, undefined]);
  await instance.get('/x', { params: { b: 2 } });
  assert.equal(sent[1]?.url, `${BASE}/x?b=2`);
  // Defaults that are an object as a literal gives them inherit, those of the default export among them.
  assert.equal(axios.session, null);
  assert.equal(new Axios({ env: {} }).session, null);
});

test('nothing listens to a long-lived signal or token after an answer, be it a stream that has no body', async () => {
  const { signal } = new AbortController();
  const { token } = axios.CancelToken.source();
  let heard = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (/** @type {any[]} */ ...given) => {
    heard += 1;
    Reflect.apply(addEventListener, signal, given);
  };
  signal.removeEventListener = (/** @type {any[]} */ ...given) => {
    heard -= 1;
    Reflect.apply(removeEventListener, signal, given);
  };
  for (const responseType of /** @type {const} */ (['text', 'stream'])) {
    const env = { fetch: async () => new Response(null, { status: 204 }) };
    await axios.get(BASE, { env, responseType, signal, cancelToken: token });
    assert.equal(heard, 0, responseType);
    assert.deepEqual(/** @type {any} */ (token)._listeners, [], responseType);
  }
});
