/** Hooks: when they run, in which order, what they are told and what they may change. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { json, server } from '../support/double.js';

/** @import { FetchOptions } from '../../src/npm/types.js' */

const URL_ = 'https://api.example.com/items';

test('each runs at its time, is told of what there is by then, and is waited for', async () => {
  const { fetch, sent } = server(() => json({ n: 1 }));
  /** @type {unknown[]} */
  const log = [];
  /** @type {(name: string) => (context: any) => Promise<void>} */
  const note = (name) => async (context) => {
    await null;
    const { request, response, error } = context;
    log.push([name, request, response?.status, response?._data, error, sent.length]);
  };
  const api = createApiFetch({ fetch, baseURL: 'https://api.example.com' });
  const hooks = {
    onRequest: [note('first'), note('second')],
    onResponse: note('answer'),
    onResponseError: note('never'),
    onRequestError: note('never'),
  };
  assert.deepEqual(await api('items', { ...hooks, query: { a: 1 } }), { n: 1 });
  assert.deepEqual(log, [
    ['first', 'items', undefined, undefined, undefined, 0],
    ['second', 'items', undefined, undefined, undefined, 0],
    ['answer', `${URL_}?a=1`, 200, { n: 1 }, undefined, 1],
  ]);
});

test('what onRequest changes is sent: request, base, query, method, headers in any form, body', async () => {
  const { fetch, sent } = server(() => json({}));
  const api = createApiFetch({ fetch, headers: { 'x-default': '1' } });
  /** @type {FetchOptions} */
  const given = { headers: { 'x-own': '1' }, query: { a: 1 } };
  await api('/before', {
    ...given,
    onRequest(context) {
      assert.deepEqual(
        [...context.options.headers],
        [
          ['x-default', '1'],
          ['x-own', '1'],
        ],
      );
      context.request = '/after';
      Object.assign(context.options, {
        baseURL: 'https://other.example',
        query: { b: 2 },
        method: 'post',
        headers: { 'x-hook': '2' },
        body: { text: 'new' },
      });
    },
  });
  assert.deepEqual(sent[0]?.url, 'https://other.example/after?b=2');
  assert.deepEqual([sent[0]?.method, sent[0]?.body], ['POST', '{"text":"new"}']);
  assert.deepEqual(sent[0]?.headers, {
    accept: 'application/json',
    'content-type': 'application/json',
    'x-hook': '2',
  });
  assert.deepEqual(given, { headers: { 'x-own': '1' }, query: { a: 1 } });
});

test('what onResponse puts in the place of the answer or of its data is what the caller gets', async () => {
  const { fetch } = server(() => json({ n: 1 }, 500));
  const api = createApiFetch({ fetch, retry: 0 });
  const changed = await api(URL_, {
    onResponse(context) {
      context.response = Object.assign(new Response('', { status: 200 }), { _data: 'mended' });
    },
  });
  assert.equal(changed, 'mended');
  const raw = await api.raw(URL_, {
    ignoreResponseError: true,
    onResponse({ response }) {
      if (response) response._data = { n: response._data.n + 1 };
    },
  });
  assert.deepEqual([raw.status, raw._data], [500, { n: 2 }]);
});

for (const name of /** @type {const} */ (['onRequest', 'onRequestError', 'onResponse', 'onResponseError'])) {
  test(`${name} that throws rejects with what it threw, and nothing is tried again`, async () => {
    const { fetch, sent } = server(() => {
      if (name === 'onRequestError') throw new TypeError('no network');
      return json({}, name === 'onResponseError' ? 503 : 200);
    });
    const fault = new RangeError('no luck');
    const api = createApiFetch({ fetch });
    const call = api(URL_, {
      [name]() {
        throw fault;
      },
    });
    await assert.rejects(call, (error) => error === fault);
    assert.equal(sent.length, name === 'onRequest' ? 0 : 1);
  });
}

test('a failure is told by onRequestError where there is no answer, by onResponseError where there is one', async () => {
  /** @type {unknown[]} */
  const log = [];
  const hooks = {
    onRequestError: (/** @type {any} */ { error }) => log.push(`request ${error.message}`),
    onResponse: (/** @type {any} */ { response }) => log.push(`response ${response.status}`),
    onResponseError: (/** @type {any} */ { response }) => log.push(`failure ${response._data.why}`),
  };
  const down = server(() => {
    throw new TypeError('no network');
  });
  await assert.rejects(createApiFetch({ ...hooks, retry: 0, fetch: down.fetch })(URL_), {
    name: 'FetchError',
  });
  const failing = createApiFetch({
    ...hooks,
    retry: 0,
    fetch: server(() => json({ why: 'broken' }, 500)).fetch,
  });
  await assert.rejects(failing(URL_), { name: 'FetchError', status: 500 });
  assert.deepEqual(log, ['request no network', 'response 500', 'failure broken']);
});

test('hooks of a call replace those of the instance, unless they are to be merged', async () => {
  const { fetch } = server(() => json({}));
  /** @type {string[]} */
  const log = [];
  const note = (/** @type {string} */ name) => () => log.push(name);
  const parent = createApiFetch({ fetch, onRequest: note('parent'), onResponse: note('parent answer') });
  await parent(URL_, { onRequest: note('call') });
  assert.deepEqual(log.splice(0), ['call', 'parent answer']);
  await parent(URL_, { onRequest: note('call'), mergeHooks: true });
  assert.deepEqual(log.splice(0), ['parent', 'call', 'parent answer']);
  const child = parent.create({ onRequest: [note('child')], mergeHooks: true });
  await child(URL_, { onRequest: note('call') });
  assert.deepEqual(log.splice(0), ['parent', 'child', 'call', 'parent answer']);
  await parent.create({ onRequest: note('child') })(URL_);
  assert.deepEqual(log.splice(0), ['child', 'parent answer']);
});

test('a retry runs the hooks again, from the caller’s own options', async () => {
  const { fetch, sent } = server((_, number) => json({}, number === 1 ? 503 : 200));
  const api = createApiFetch({ fetch });
  let runs = 0;
  await api('/items', {
    baseURL: 'https://api.example.com',
    query: { page: 1 },
    onRequest({ options }) {
      runs += 1;
      assert.deepEqual(options.query, { page: 1 });
      options.query = { page: 1, run: runs };
      options.headers.append('x-run', String(runs));
    },
  });
  assert.deepEqual(
    sent.map(({ url, headers }) => [url, headers['x-run']]),
    [
      [`${URL_}?page=1&run=1`, '1'],
      [`${URL_}?page=1&run=2`, '2'],
    ],
  );
});

test('a hook may forbid a retry, or wish for one', async () => {
  const { fetch, sent } = server(() => json({}, 503));
  const api = createApiFetch({ fetch });
  const set = (/** @type {number | false} */ retry) => ({
    onResponseError: (/** @type {any} */ { options }) => {
      options.retry = retry;
    },
  });
  await assert.rejects(api(URL_, set(false)));
  assert.equal(sent.splice(0).length, 1);
  await assert.rejects(api(URL_, { method: 'POST', ...set(2) }));
  assert.equal(sent.length, 3);
});

test('a wrong option that a hook leaves is a TypeError that names it', async () => {
  const { fetch, sent } = server(() => json({}));
  const call = createApiFetch({ fetch })(URL_, {
    onRequest: (/** @type {any} */ { options }) => {
      options.responseType = 'jason';
    },
  });
  await assert.rejects(call, { name: 'TypeError', message: /responseType/ });
  assert.equal(sent.length, 0);
});

test('the envelope’s failure is told to onResponseError', async () => {
  const { fetch } = server(() => json({ code: 7, message: 'no', data: 1 }));
  const api = createApiFetch({ fetch, envelope: { code: 'code', message: 'message', data: 'data' } });
  /** @type {unknown[]} */
  const seen = [];
  const call = api(URL_, { onResponseError: ({ response }) => seen.push(response._data) });
  await assert.rejects(call, { name: 'FetchError', code: 7, message: 'no' });
  assert.deepEqual(seen, [{ code: 7, message: 'no', data: 1 }]);
});
