/** What a call of the facade is answered with: the body, the verdict on the status, failures, and what is told on the way. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import axios, { AxiosError, AxiosHeaders, isAxiosError, isCancel } from '../../dist/axios.js';
import { BASE, failure, open } from '../support/axios-double.js';
import { hang, json, settled } from '../support/double.js';

test('an answer has its body, status, headers, config and request, and nothing else but how long it took', async () => {
  const { instance } = open(
    () => new Response('{"a":1}', { status: 201, statusText: 'Made', headers: { 'X-A': 'b' } }),
  );
  const response = await instance.post('/x', { b: 2 });
  const { data, status, statusText, headers, config, request } = response;
  assert.deepEqual([data, status, statusText], [{ a: 1 }, 201, 'Made']);
  assert.ok(headers instanceof AxiosHeaders);
  assert.equal(headers['x-a'], 'b');
  assert.deepEqual([config.url, config.method, config.data], ['/x', 'post', '{"b":2}']);
  assert.deepEqual([request.url, request.method], [`${BASE}/x`, 'POST']);
  const names = ['config', 'data', 'duration', 'headers', 'request', 'status', 'statusText'];
  assert.deepEqual(Object.keys(response).sort(), names);
});

test('a failure by its status has the answer, transformed as one, and its code', async () => {
  const { instance } = open(({ url }) => json({ a: 1 }, Number(url.slice(-3))));
  const codes = /** @type {const} */ ([
    [404, 'ERR_BAD_REQUEST'],
    [500, 'ERR_BAD_RESPONSE'],
  ]);
  for (const [status, code] of codes) {
    const error = await failure(instance.get(`/${status}`));
    assert.ok(isAxiosError(error));
    assert.deepEqual([error.code, error.status], [code, status]);
    assert.equal(error.message, `Request failed with status code ${status}`);
    assert.deepEqual(error.response?.data, { a: 1 });
    assert.equal(error.config?.url, `/${status}`);
    assert.equal(error.request.url, `${BASE}/${status}`);
  }
});

test('`validateStatus` says what is a failure; without one nothing is', async () => {
  const { instance } = open(() => json({}, 418));
  /** @type {number[]} */
  const asked = [];
  const validateStatus = (/** @type {number} */ status) => asked.push(status) > 1;
  assert.equal((await failure(instance.get('/x', { validateStatus }))).status, 418);
  assert.equal((await instance.get('/x', { validateStatus })).status, 418);
  assert.deepEqual(asked, [418, 418]);
  for (const none of /** @type {any[]} */ ([null, undefined]))
    assert.equal((await instance.get('/x', { validateStatus: none })).status, 418);
});

test('what the app transforms of an answer is handed on, with its headers and status, of a failure too', async () => {
  const { instance } = open(({ url }) =>
    json({ a: 1 }, url.endsWith('/bad') ? 400 : 200, { 'x-own': 'own' }),
  );
  const transformResponse = [
    (/** @type {string} */ data, /** @type {AxiosHeaders} */ headers, /** @type {number} */ status) =>
      `${data} ${headers.get('X-Own')} ${status}`,
    (/** @type {string} */ data) => `<${data}>`,
  ];
  const config = /** @type {any} */ ({ transformResponse });
  assert.equal((await instance.get('/x', config)).data, '<{"a":1} own 200>');
  assert.equal((await failure(instance.get('/bad', config))).response.data, '<{"a":1} own 400>');
});

test('JSON is read where it is some, unless a text is wanted; where nothing else will do, what is none is a failure', async () => {
  const { instance } = open(({ url }) => new Response(url.endsWith('/json') ? '{"a":1}' : '{'));
  assert.deepEqual((await instance.get('/json')).data, { a: 1 });
  assert.equal((await instance.get('/json', { responseType: 'text' })).data, '{"a":1}');
  assert.equal((await instance.get('/none')).data, '{');
  assert.equal((await instance.get('/none', { responseType: 'json' })).data, '{');
  const transitional = { silentJSONParsing: false };
  const error = await failure(instance.get('/none', { responseType: 'json', transitional }));
  assert.deepEqual([error.name, error.code], ['SyntaxError', 'ERR_BAD_RESPONSE']);
  assert.ok(error instanceof AxiosError);
});

test('`responseType` says as what a body is given', async () => {
  const { instance } = open(
    () => new Response('a=b', { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }),
  );
  const get = async (/** @type {any} */ responseType) => (await instance.get('/x', { responseType })).data;
  assert.equal(new TextDecoder().decode(await get('arraybuffer')), 'a=b');
  assert.equal(await (await get('blob')).text(), 'a=b');
  assert.equal((await get('formdata')).get('a'), 'b');
  const stream = await get('stream');
  assert.ok(stream instanceof ReadableStream);
  assert.equal(await new Response(stream).text(), 'a=b');
  assert.equal(await get('text'), 'a=b');
});

test('a body that is longer than it may be is a failure, whether its length is told or not', async () => {
  let pulls = 0;
  let cancels = 0;
  const cancel = () => {
    cancels += 1;
  };
  const { instance } = open(({ url }) => {
    const pull = (/** @type {ReadableStreamDefaultController<Uint8Array>} */ controller) => {
      pulls += 1;
      controller.enqueue(new TextEncoder().encode('abcde'));
      controller.close();
    };
    const headers = url.endsWith('/told') ? { 'Content-Length': '5' } : {};
    return new Response(new ReadableStream({ pull, cancel }, { highWaterMark: 0 }), { headers });
  });
  for (const url of ['/told', '/untold']) {
    assert.equal((await instance.get(url, { maxContentLength: 5 })).data, 'abcde');
    const error = await failure(instance.get(url, { maxContentLength: 4 }));
    assert.deepEqual(
      [error.code, error.message],
      ['ERR_BAD_RESPONSE', 'maxContentLength size of 4 exceeded'],
    );
  }
  assert.equal(pulls, 3, 'what is told to be too long is not read');
  assert.equal(cancels, 1, 'and its connection is given back');
});

test('who listens is told how far a download has come: of its first piece, now and then, and of its end', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1000 });
  /** @type {ReadableStreamDefaultController<Uint8Array>[]} */
  const bodies = [];
  const { instance } = open(
    () =>
      new Response(new ReadableStream({ start: (controller) => void bodies.push(controller) }), {
        headers: { 'Content-Length': '10' },
      }),
  );
  /** @type {unknown[]} */
  const told = [];
  const call = instance.get('/x', {
    onDownloadProgress: ({ loaded, total, progress, bytes, download }) =>
      told.push([loaded, total, progress, bytes, download]),
  });
  const piece = async (/** @type {string} */ text) => {
    await settled();
    bodies[0]?.enqueue(new TextEncoder().encode(text));
    await settled();
  };
  await piece('ab');
  assert.deepEqual(told.splice(0), [[2, 10, 0.2, 2, true]]);
  await piece('cd');
  await piece('e');
  assert.deepEqual(told, []);
  t.mock.timers.tick(334);
  await settled();
  assert.deepEqual(told.splice(0), [[5, 10, 0.5, 3, true]]);
  await piece('fghij');
  bodies[0]?.close();
  assert.equal((await call).data, 'abcdefghij');
  assert.deepEqual(told, [[10, 10, 1, 5, true]]);
});

test('a network that fails is `ERR_NETWORK`, with what the platform has said as its cause', async () => {
  const why = new TypeError('fetch failed');
  const { instance } = open(() => {
    throw why;
  });
  const error = await failure(instance.get('/x'));
  assert.ok(error instanceof AxiosError);
  assert.deepEqual([error.message, error.code, error.response], ['Network Error', 'ERR_NETWORK', undefined]);
  assert.equal(error.cause, why);
  assert.equal(error.request.url, `${BASE}/x`);
});

test('what is given up before it is sent is not sent; what is on its way ends', async () => {
  const { instance, sent } = open(hang);
  const source = axios.CancelToken.source();
  const controller = new AbortController();
  const calls = [
    instance.get('/a', { cancelToken: source.token }),
    instance.get('/b', { signal: controller.signal }),
  ].map(failure);
  await settled();
  source.cancel('enough');
  controller.abort();
  const adapter = () => assert.fail('sent');
  const errors = [
    ...(await Promise.all(calls)),
    await failure(instance.get('/late', { cancelToken: source.token, adapter })),
    await failure(instance.get('/late', { signal: controller.signal, adapter })),
  ];
  assert.deepEqual(
    errors.map((error) => [isCancel(error), error.code, error.message === 'enough']),
    [true, false, true, false].map((isToken) => [true, 'ERR_CANCELED', isToken]),
  );
  assert.deepEqual(
    sent.map(({ url }) => url),
    [`${BASE}/a`, `${BASE}/b`],
  );
});

test('what is given up while the app’s own code works on it is not sent, or not handed over', async () => {
  const { instance, sent } = open();
  const source = axios.CancelToken.source();
  const [first, second] = [new AbortController(), new AbortController()];
  const config = { data: null, status: 200, statusText: '', headers: {}, request: {} };
  const errors = await Promise.all(
    [
      instance.post('/a', 'a', {
        signal: first.signal,
        transformRequest: () => first.abort(),
      }),
      instance.get('/b', {
        signal: second.signal,
        adapter: async (asked) => {
          second.abort();
          return { ...config, config: asked };
        },
      }),
      instance.get('/c', {
        cancelToken: source.token,
        adapter: async () => {
          source.cancel('enough');
          throw new Error('of the adapter');
        },
      }),
    ].map(failure),
  );
  assert.deepEqual(errors.map(isCancel), [true, true, true]);
  assert.equal(sent.length, 0);
});

test('a token keeps its first reason, and tells it to those that come later', async () => {
  const { token, cancel } = axios.CancelToken.source();
  /** @type {unknown[]} */
  const heard = [];
  token.throwIfRequested();
  const signal = /** @type {any} */ (token).toAbortSignal();
  cancel('first');
  cancel('second');
  /** @type {any} */ (token).subscribe((/** @type {any} */ reason) => heard.push(reason.message));
  const { message } = await token.promise;
  assert.deepEqual([token.reason?.message, message, heard], ['first', 'first', ['first']]);
  assert.throws(() => token.throwIfRequested(), { message: 'first' });
  assert.deepEqual([signal.aborted, signal.reason.message], [true, 'first']);
});

test('an error in JSON tells its config, code and status, and neither its request nor its answer', async () => {
  const { instance } = open(() => json({ a: 'of the answer' }, 500));
  const error = await failure(instance.get('/x', { headers: { 'X-A': 'b' } }));
  const told = JSON.parse(JSON.stringify(error));
  assert.deepEqual([told.name, told.code, told.status], ['AxiosError', 'ERR_BAD_RESPONSE', 500]);
  assert.deepEqual([told.config.url, told.config.headers['X-A']], ['/x', 'b']);
  assert.deepEqual([told.request, told.response], [undefined, undefined]);
  assert.doesNotMatch(JSON.stringify(error), /of the answer/);
});

test('an error whose config leads back to itself has a JSON all the same', async () => {
  const { instance } = open(() => json({}, 500));
  const round = /** @type {any} */ ({ name: 'round' });
  round.round = [round];
  instance.interceptors.request.use((config) => Object.assign(config, { round }));
  const error = await failure(instance.get('/x'));
  assert.deepEqual(JSON.parse(JSON.stringify(error)).config.round.name, 'round');
});

test('an error is known by its mark, whoever has made it', () => {
  const things = [new AxiosError('a'), { isAxiosError: true }, { isAxiosError: 1 }, {}, null, 'text'];
  assert.deepEqual(things.map(isAxiosError), [true, true, false, false, false, false]);
});

test('an adapter of the app’s own sends, and its answer is transformed as any', async () => {
  const { instance, sent } = open(undefined, { headers: { 'X-A': 'b' } });
  const adapter = async (/** @type {any} */ config) => ({
    ...{ data: JSON.stringify([config.headers.get('x-a'), config.data]), status: 200, statusText: '' },
    ...{ headers: { 'X-Own': 'own' }, config, request: {} },
  });
  const { data, headers } = await instance.post('/x', { a: 1 }, { adapter });
  assert.deepEqual(data, ['b', '{"a":1}']);
  assert.equal(/** @type {AxiosHeaders} */ (headers).get('x-own'), 'own');
  assert.equal(sent.length, 0);
});

test('of several adapters the first one that there is sends; what is none is told of', async () => {
  const { instance, sent } = open();
  const adapter = /** @type {any} */ ([false, 'xhr', 'fetch', () => assert.fail('the second one')]);
  await instance.get('/x', { adapter });
  assert.equal(sent.length, 1);
  const error = await failure(instance.get('/x', { adapter: ['xhr', 'http'] }));
  assert.equal(error.code, 'ERR_NOT_SUPPORT');
  assert.match(
    (await failure(instance.get('/x', { adapter: 'pigeon' }))).message,
    /Unknown adapter 'pigeon'/,
  );
});

test('a `fetch` of the config’s own is the one that sends', async () => {
  const { instance, sent } = open();
  const env = { fetch: async () => json({ own: true }) };
  assert.deepEqual((await instance.get('/x', { env })).data, { own: true });
  assert.equal(sent.length, 0);
  await instance.get('/x');
  assert.equal(sent.length, 1);
});

test('a body that is deaf to its signal keeps nobody waiting who has given up, nor beyond a time limit', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { instance } = open(() => new Response(new ReadableStream()));
  const controller = new AbortController();
  const givenUp = failure(instance.get('/a', { signal: controller.signal }));
  const late = failure(instance.get('/b', { timeout: 50 }));
  await settled();
  controller.abort();
  t.mock.timers.tick(50);
  const none = settled().then(() => assert.fail('they wait'));
  const errors = await Promise.race([Promise.all([givenUp, late]), none]);
  assert.deepEqual(
    errors.map(({ code }) => code),
    ['ERR_CANCELED', 'ECONNABORTED'],
  );
});
