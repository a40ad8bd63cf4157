/** Hooks and callers that leave odd things, come late, or change what they have given: it stays their own affair. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { hang, json, server, settled } from '../support/double.js';

/** @import { CreateOptions, FetchOptions } from '../../src/npm/types.js' */

const URL_ = 'https://api.example.com/x';

const reports = () => {
  /** @type {any[]} */
  const reported = [];
  Object.assign(globalThis, { reportError: (/** @type {unknown} */ error) => reported.push(error) });
  return reported;
};

/** @type {[what: string, options: FetchOptions][]} */
const SLIPS = [
  [
    'a status for a list of them',
    { onResponseError: ({ options }) => void Object.assign(options, { retryStatusCodes: 503 }) },
  ],
  [
    'a symbol for the retries',
    { onResponseError: ({ options }) => void Object.assign(options, { retry: Symbol('x') }) },
  ],
  ['a context that can not be changed', { onRequest: (context) => void Object.freeze(context) }],
  ['no options', { onRequest: (context) => void Object.assign(context, { options: undefined }) }],
];

for (const [what, options] of SLIPS) {
  test(`a hook that leaves ${what} fails its own call at worst`, async () => {
    reports();
    const slow = server(() => settled().then(() => json('fine')));
    const innocent = createApiFetch({ fetch: slow.fetch })(URL_);
    await createApiFetch({ fetch: server(() => json({}, 503)).fetch })(URL_, options).catch(() => {});
    assert.equal(await innocent, 'fine');
    assert.equal(await createApiFetch({ fetch: slow.fetch })(URL_), 'fine');
  });
}

test('a hook without options that hears of an abort fails its own call at worst', async () => {
  reports();
  const controller = new AbortController();
  const { fetch } = server(hang);
  const ended = createApiFetch({ fetch })(URL_, {
    signal: controller.signal,
    onRequest: (context) => {
      setImmediate(() => {
        Object.assign(context, { options: undefined });
        controller.abort();
      });
    },
  }).catch((error) => error.name);
  assert.equal(await ended, 'FetchError');
  assert.equal(await createApiFetch({ fetch: server(() => json(1)).fetch })(URL_), 1);
});

test('a hook of an attempt whose time is over changes nothing in the next one', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  /** @type {(() => void)[]} */
  const late = [];
  const { fetch, sent } = server(() => json({ fine: true }));
  const call = createApiFetch({ fetch, baseURL: 'https://api.example.com' })('/x', {
    ...{ method: 'POST', body: { a: 1 }, timeout: 1000, retry: 1 },
    onRequest: [
      () => (late.length === 0 ? new Promise((resolve) => late.push(() => resolve(undefined))) : undefined),
      ({ options }) => options.headers.append('x-second', '1'),
    ],
    onResponse: () => new Promise((resolve) => late.push(() => resolve(undefined))),
  });
  await settled();
  t.mock.timers.tick(1000);
  await settled();
  late[0]?.();
  await settled();
  late[1]?.();
  assert.deepEqual(await call, { fine: true });
  assert.deepEqual(
    sent.map(({ url, body, headers }) => [url, body, headers['x-second'], headers['content-type']]),
    [[URL_, '{"a":1}', '1', 'application/json']],
  );
});

test('what a hook puts into the options of one request is in no other', async () => {
  const { fetch, sent } = server((_, number) => json({}, number === 2 ? 503 : 200));
  let user = 'ada';
  const api = createApiFetch({
    fetch,
    query: { v: 1 },
    retryStatusCodes: [503],
    onRequest({ options }) {
      if (user) Object.assign(options.query ?? {}, { user });
      /** @type {number[]} */ (options.retryStatusCodes).push(404);
    },
  });
  await api(URL_);
  user = '';
  await api(URL_, { query: { own: 1 } });
  assert.deepEqual(
    sent.map(({ url }) => url.slice(URL_.length)),
    ['?v=1&user=ada', '?v=1&own=1', '?v=1&own=1'],
  );
});

test('headers are read once, and are the same at a retry', async () => {
  const { fetch, sent } = server((_, number) => json({}, number < 3 ? 503 : 200));
  const api = createApiFetch({ fetch });
  const headers = /** @type {any} */ (new Map([['x-k', '1']]).entries());
  await api(URL_, { headers, retry: 2, onRequest() {} });
  assert.deepEqual(
    sent.map(({ headers }) => headers['x-k']),
    ['1', '1', '1'],
  );
  /** @type {Record<string, string>} */
  const bad = { k: '2' };
  const down = createApiFetch({ fetch: server(() => json({}, 503)).fetch, retry: 0 });
  const call = down(URL_, { headers: bad });
  bad['bad name'] = 'x';
  await assert.rejects(call, { name: 'FetchError', status: 503 });
});

/** @type {[what: string, make: () => any, change: (body: any) => void, sent: string | RegExp][]} */
const BODIES = [
  ['an object', () => ({ a: 1 }), (body) => Object.assign(body, { a: 2 }), '{"a":1}'],
  ['a buffer', () => new Uint8Array([65, 66]), (body) => body.fill(88), 'AB'],
  ['URLSearchParams', () => new URLSearchParams('a=1'), (body) => body.set('a', '2'), 'a=1'],
  [
    'a form',
    () => {
      const form = new FormData();
      form.set('a', 'one');
      return form;
    },
    (body) => body.set('a', 'two'),
    /one/,
  ],
];

for (const [what, make, change, expected] of BODIES) {
  test(`a retry sends ${what} as it was given, whatever has become of it`, async () => {
    const body = make();
    const { fetch, sent } = server((_, number) => {
      change(body);
      return json({}, number === 1 ? 503 : 200);
    });
    await createApiFetch({ fetch })(URL_, { method: 'POST', body, retry: 1 });
    for (const one of sent)
      if (typeof expected === 'string') assert.equal(one.body, expected);
      else assert.match(one.body, expected);
    assert.equal(sent.length, 2);
  });
}

test('an envelope’s failure stays one, whatever a hook makes of its data', async () => {
  const { fetch } = server(() => json({ errcode: 7, errmsg: 'no' }));
  const api = createApiFetch({ fetch, envelope: { code: 'errcode', message: 'errmsg', data: 'data' } });
  const hook = (/** @type {any} */ { response }) => {
    response._data = { changed: true };
  };
  await assert.rejects(api(URL_, { onResponse: hook }), { code: 7, data: { changed: true } });
  await assert.rejects(api(URL_, { onResponseError: hook }), { code: 7, data: { changed: true } });
});

test('an option that is undefined or null takes no default away', async () => {
  /** @type {any[]} */
  const inits = [];
  const fetch = async (/** @type {any} */ url, /** @type {any} */ init) => {
    inits.push([String(url), init.credentials, new Headers(init.headers).get('x-a')]);
    return json({});
  };
  const api = createApiFetch({
    fetch,
    baseURL: 'https://a.example',
    credentials: 'include',
    headers: { 'x-a': '1' },
  });
  for (const nothing of [undefined, null]) {
    const options = /** @type {any} */ ({
      credentials: nothing,
      baseURL: nothing,
      headers: nothing,
      responseType: nothing,
      replay: nothing,
    });
    await api('/x', options);
    await api('/x', { ...options, onRequest() {} });
    await api.create(/** @type {CreateOptions} */ (options))('/x');
  }
  assert.deepEqual(inits, Array(6).fill(['https://a.example/x', 'include', '1']));
});

test('a hook may set another time limit', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { fetch } = server(hang);
  const limit = (/** @type {number} */ timeout) => ({
    retry: 0,
    timeout: 1000,
    onRequest: (/** @type {any} */ { options }) => {
      options.timeout = timeout;
    },
  });
  /** @type {string[]} */
  const ended = [];
  const note = (/** @type {string} */ name) => () => ended.push(name);
  createApiFetch({ fetch })(URL_, limit(50)).catch(note('short'));
  createApiFetch({ fetch })(URL_, limit(5000)).catch(note('long'));
  await settled();
  t.mock.timers.tick(50);
  await settled();
  assert.deepEqual(ended, ['short']);
  t.mock.timers.tick(4900);
  await settled();
  assert.deepEqual(ended, ['short']);
  t.mock.timers.tick(100);
  await settled();
  assert.deepEqual(ended, ['short', 'long']);
});

test('an async listener to the progress that throws is reported', async () => {
  const reported = reports();
  const fault = new Error('progress');
  const { fetch } = server(() => json({ a: 1 }));
  await createApiFetch({ fetch })(URL_, {
    async onDownloadProgress() {
      throw fault;
    },
  });
  await settled();
  assert.deepEqual(reported, [fault]);
});

test('an async parser is waited for: its value, its error, and its time are the body’s', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { fetch } = server(() => json({ a: 1 }));
  const api = createApiFetch({ fetch });
  assert.deepEqual(await api(URL_, { parseResponse: async (text) => text.length }), 7);
  const fault = new SyntaxError('mine');
  const throwing = async () => {
    throw fault;
  };
  await assert.rejects(api(URL_, { parseResponse: throwing }), { name: 'FetchError', cause: fault });
  const call = api(URL_, { parseResponse: () => new Promise(() => {}), timeout: 100, retry: 0 });
  const ended = call.catch((/** @type {any} */ error) => error.cause.name);
  await settled();
  t.mock.timers.tick(100);
  assert.equal(await ended, 'TimeoutError');
});

test('a body that breaks off is tried again whatever statuses are listed', async () => {
  let count = 0;
  const fetch = async () => {
    count += 1;
    return new Response(new ReadableStream({ pull: (stream) => stream.error(new Error('broken')) }));
  };
  await assert.rejects(createApiFetch({ fetch })(URL_, { retryStatusCodes: [500] }), { name: 'FetchError' });
  assert.equal(count, 2);
});

test('a retryDelay that never says how long is ended by the timeout', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { fetch } = server(() => json({}, 503));
  const call = createApiFetch({ fetch })(URL_, { timeout: 100, retryDelay: () => new Promise(() => {}) });
  const ended = call.catch((error) => error.cause.name);
  await settled();
  t.mock.timers.tick(100);
  assert.equal(await ended, 'TimeoutError');
});
