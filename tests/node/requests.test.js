/** What is sent: queries, bodies, what can not be sent at all; and how an answer comes in. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch, createFetch } from '../../dist/index.js';
import { json, server } from '../support/double.js';

/** @import { FetchOptions } from '../../src/npm/types.js' */

const BASE = 'https://api.example.com';

/** @type {[request: string, query: any, url: string][]} */
const QUERIES = [
  ['/a', { b: 1 }, '/a?b=1'],
  ['/a?b=0&c=1', { b: 2 }, '/a?b=2&c=1'],
  ['/a#hash', { b: 1 }, '/a?b=1#hash'],
  ['/a?x=1#h?y', { b: 1 }, '/a?x=1&b=1#h?y'],
  ['/a', { list: [1, 'b', true] }, '/a?list=1&list=b&list=true'],
  ['/a', { empty: [] }, '/a'],
  ['/a', { none: null, gone: undefined, blank: '', zero: 0, no: false }, '/a?none&blank&zero=0&no=false'],
  ['/a', { deep: { x: [1] } }, '/a?deep=%7B%22x%22:%5B1%5D%7D'],
  ['/a', { big: 2n ** 64n }, '/a?big=18446744073709551616'],
  ['/a', { text: 'a b+c&d=e#f/g?é' }, '/a?text=a+b%2Bc%26d=e%23f%2Fg?%C3%A9'],
  ['/a', { 'k=y&': 'v' }, '/a?k%3Dy%26=v'],
  ['/a', new URLSearchParams('b=1&b=2&c=3'), '/a?b=1&b=2&c=3'],
  ['/a?b=%zz', { c: 1 }, '/a?b=%25zz&c=1'],
  ['/a', {}, '/a'],
];

for (const [request, query, url] of QUERIES) {
  test(`a query: ${request} becomes ${url}`, async () => {
    /** @type {string[]} */
    const urls = [];
    const fetch = async (/** @type {any} */ input) => {
      urls.push(String(input));
      return json({});
    };
    const api = createApiFetch({ fetch, baseURL: BASE });
    await api(request, { query });
    await api(request, { params: query });
    assert.deepEqual(urls, [BASE + url, BASE + url]);
  });
}

test('a URL is joined to the base of its own instance, however many have been joined before', async () => {
  /** @type {string[]} */
  const urls = [];
  const fetch = async (/** @type {any} */ input) => {
    urls.push(String(input));
    return json({});
  };
  const bases = Array.from({ length: 20 }, (_, index) => `${BASE}/v${index}/`);
  const paths = Array.from({ length: 300 }, (_, index) => `/items/${index}`);
  const asked = [];
  for (const baseURL of [...bases, ...bases.slice(0, 2)]) {
    const api = createApiFetch({ fetch, baseURL });
    for (const path of [...paths, paths[0] ?? '', paths[0] ?? '']) {
      await api(path, { query: { n: 1 } });
      asked.push(`${baseURL.slice(0, -1)}${path}?n=1`);
    }
  }
  assert.deepEqual(urls, asked);
});

test('an error tells the same whether its URL has been asked for before or not', async () => {
  const fetch = async () => json({});
  const api = createApiFetch({ fetch, baseURL: `${BASE}/told` });
  /** @type {any} */
  const circle = {};
  circle.self = circle;
  /** @type {(() => FetchOptions)[]} */
  const ways = [
    () => {
      const controller = new AbortController();
      return { signal: controller.signal, onRequest: () => controller.abort() };
    },
    () => ({ signal: AbortSignal.abort() }),
    () => ({ method: 'POST', body: circle }),
  ];
  const tell = () =>
    Promise.all(ways.map((way) => api('/x', way()).catch(({ message, request }) => ({ message, request }))));
  const first = await tell();
  await api('/x');
  assert.deepEqual(await tell(), first);
});

test('queries of the instance and of the call are merged by their names', async () => {
  const { fetch, sent } = server(() => json({}));
  const api = createApiFetch({
    fetch,
    baseURL: BASE,
    query: { key: 'k', page: 1 },
    params: { page: 0, lang: 'en' },
  });
  await api('/a', { query: { page: 2 }, params: { page: 3, sort: 'x' } });
  await api('/a');
  assert.deepEqual(
    sent.map(({ url }) => url),
    [`${BASE}/a?page=2&lang=en&key=k&sort=x`, `${BASE}/a?page=1&lang=en&key=k`],
  );
});

test('a retry keeps the call’s own query', async () => {
  const { fetch, sent } = server((_, number) => json({}, number === 1 ? 503 : 200));
  const options = { query: { a: 1 } };
  await createApiFetch({ fetch, baseURL: BASE })('/a', options);
  assert.deepEqual(
    sent.map(({ url }) => url),
    [`${BASE}/a?a=1`, `${BASE}/a?a=1`],
  );
  assert.deepEqual(options, { query: { a: 1 } });
});

const circle = {};
Object.assign(circle, { circle });

/** @type {[what: string, options: FetchOptions, error: object][]} */
const UNSENDABLE = [
  ['a circular body', { method: 'POST', body: circle }, { name: 'TypeError', message: /circular/i }],
  [
    'a BigInt in a body',
    { method: 'POST', body: { /** @type {any} */ n: 1n } },
    { name: 'TypeError', message: /BigInt/ },
  ],
  ['a circular value in a query', { query: { circle } }, { name: 'TypeError', message: /circular/i }],
  ['a header with a line break', { headers: { x: 'a\nb' } }, { name: 'TypeError', message: /headers/ }],
];

for (const [what, options, error] of UNSENDABLE) {
  test(`${what} is an error that says so, before anything is sent`, async () => {
    const { fetch, sent } = server(() => json({}));
    const api = createApiFetch({ fetch, baseURL: BASE });
    for (const call of [api, api.raw]) {
      const before = await call('/a', options).catch((/** @type {unknown} */ reason) => reason);
      assert.throws(() => {
        throw before;
      }, error);
    }
    assert.equal(sent.length, 0);
    assert.deepEqual(await api('/a'), {});
  });
}

test('a Request whose body is used up is an error, and nothing hangs', async () => {
  const request = new Request(`${BASE}/a`, { method: 'POST', body: 'x' });
  await request.text();
  const { fetch, sent } = server(() => json({}));
  await assert.rejects(createApiFetch({ fetch })(request, { retry: 0 }));
  assert.equal(sent.length, 0);
});

test('parseResponse reads the text, whatever the type', async () => {
  const { fetch } = server(() => new Response('a;b', { headers: { 'content-type': 'image/png' } }));
  const api = createApiFetch({ fetch, baseURL: BASE });
  assert.deepEqual(await api('/a', { parseResponse: (text) => text.split(';') }), ['a', 'b']);
});

test('onDownloadProgress hears of each part; what it throws is reported, and nothing is lost', async () => {
  const parts = ['one', 'two', 'three'].map((part) => new TextEncoder().encode(part));
  const answer = (/** @type {Record<string, string>} */ headers) => {
    const body = new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/plain', ...headers } });
  };
  /** @type {[Record<string, string>, number | undefined][]} */
  const cases = [
    [{ 'content-length': '11' }, 11],
    [{}, undefined],
    [{ 'content-length': '5', 'content-encoding': 'gzip' }, undefined],
  ];
  for (const [headers, total] of cases) {
    const { fetch } = server(() => answer(headers));
    /** @type {unknown[]} */
    const seen = [];
    const api = createApiFetch({
      fetch,
      baseURL: BASE,
      onDownloadProgress: (progress) => seen.push(progress),
    });
    const raw = await api.raw('/a');
    assert.equal(raw._data, 'onetwothree');
    assert.equal(raw.headers.get('content-type'), 'text/plain');
    assert.deepEqual(
      seen,
      [3, 6, 11].map((loaded) => ({ loaded, total, progress: total && loaded / total })),
    );
  }
  /** @type {unknown[]} */
  const reported = [];
  Object.assign(globalThis, { reportError: (/** @type {unknown} */ error) => reported.push(error) });
  const { fetch } = server(() => answer({}));
  const fault = new RangeError('no luck');
  const api = createApiFetch({ fetch });
  const text = await api(`${BASE}/a`, {
    onDownloadProgress() {
      throw fault;
    },
  });
  assert.deepEqual([text, reported], ['onetwothree', [fault, fault, fault]]);
});

test('createFetch and the second argument of create are ofetch’s', async () => {
  const first = server(() => json({ by: 1 }));
  const second = server(() => json({ by: 2 }));
  const $fetch = createFetch({ fetch: first.fetch, defaults: { baseURL: BASE, query: { a: 1 } } });
  assert.deepEqual(await $fetch('/x'), { by: 1 });
  const child = $fetch.create(
    { headers: { 'x-child': '1' } },
    { fetch: second.fetch, defaults: { query: { b: 1 } } },
  );
  assert.deepEqual(await child('/x'), { by: 2 });
  assert.deepEqual([first.sent[0]?.url, second.sent[0]?.url], [`${BASE}/x?a=1`, `${BASE}/x?b=1`]);
  assert.equal(second.sent[0]?.headers['x-child'], '1');
});

test('an error tells what was asked for: the joined URL, the options in force', async () => {
  const { fetch } = server(() => json({ why: 'gone' }, 404));
  const api = createApiFetch({ fetch, baseURL: BASE, headers: { 'x-default': '1' } });
  const error = await api('/a', { method: 'put', query: { b: 1 }, body: { c: 1 } }).catch((reason) => reason);
  assert.equal(error.message, `[PUT] "${BASE}/a?b=1": 404 `);
  assert.equal(error.request, `${BASE}/a?b=1`);
  const { method, query, body, baseURL, headers } = error.options;
  assert.deepEqual([method, query, body, baseURL], ['PUT', { b: 1 }, { c: 1 }, BASE]);
  assert.equal(headers.get('x-default'), '1');
  assert.deepEqual([error.status, error.statusCode, error.data], [404, 404, { why: 'gone' }]);
});
