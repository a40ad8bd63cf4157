/** Retries, time limits and aborts: stepped by the test's own clock. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { hang, json, server, settled } from '../support/double.js';

/**
 * @import { TestContext } from 'node:test'
 * @import { FetchOptions } from '../../src/npm/types.js'
 */

const URL_ = 'https://api.example.com/items';

/** Time that passes only when the test says so. */
const withClock = (/** @type {TestContext} */ t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_800_000_000_000 });
  return async (/** @type {number} */ ms) => {
    await settled();
    t.mock.timers.tick(ms);
    await settled();
  };
};

/** @type {[what: string, options: FetchOptions, status: number, attempts: number][]} */
const COUNTS = [
  ['GET by default', {}, 503, 2],
  ['HEAD by default', { method: 'HEAD' }, 503, 2],
  ['POST by default', { method: 'POST', body: 'x' }, 503, 1],
  ['DELETE by default', { method: 'DELETE' }, 503, 1],
  ['a status that is not listed', {}, 404, 1],
  ['retry: false', { retry: false }, 503, 1],
  ['retry: 0', { retry: 0 }, 503, 1],
  ['retry: 3', { retry: 3 }, 503, 4],
  ['a POST that wants it', { retry: 1, method: 'POST', body: { a: 1 } }, 500, 2],
  ['statuses of its own', { retryStatusCodes: [404] }, 404, 2],
  ['a status that is not among its own', { retryStatusCodes: [404] }, 503, 1],
  ['an ignored error', { ignoreResponseError: true }, 503, 1],
];

for (const status of [408, 409, 425, 429, 500, 502, 504])
  COUNTS.push([`a ${status} by default`, {}, status, 2]);

for (const [what, options, status, attempts] of COUNTS) {
  test(`${what}: ${attempts} attempts`, async () => {
    const { fetch, sent } = server(() => json({}, status));
    const ending = await createApiFetch({ fetch })(URL_, options).catch((error) => error.status);
    assert.deepEqual([sent.length, ending], [attempts, options.ignoreResponseError ? {} : status]);
    assert.equal(new Set(sent.map(({ body }) => body)).size, 1);
  });
}

test('a network that fails is tried again, a stream and what the app itself refuses are not', async () => {
  const { fetch, sent } = server((_, number) => {
    if (number === 1) throw new TypeError('no network');
    return json({ n: number });
  });
  const api = createApiFetch({ fetch });
  assert.deepEqual(await api(URL_), { n: 2 });
  sent.length = 0;
  const body = new Blob(['x']).stream();
  await assert.rejects(api(URL_, { method: 'POST', body, retry: 2 }), { name: 'FetchError' });
  assert.equal(sent.length, 1);
  sent.length = 1;
  const parseResponse = () => {
    throw new SyntaxError('not mine');
  };
  const error = await api(URL_, { parseResponse, retry: 2 }).catch((reason) => reason);
  assert.deepEqual([error.name, error.cause.message, sent.length], ['FetchError', 'not mine', 2]);
});

test('retryDelay waits: a number, a function, a promise', async (t) => {
  const tick = withClock(t);
  for (const retryDelay of [1000, () => 1000, async () => 1000]) {
    const { fetch, sent } = server((_, number) => json({ n: number }, number === 1 ? 503 : 200));
    const call = createApiFetch({ fetch })(URL_, { retryDelay });
    await tick(999);
    assert.equal(sent.length, 1);
    await tick(1);
    assert.equal(sent.length, 2);
    assert.deepEqual(await call, { n: 2 });
  }
});

test('retryDelay is told of what has come', async () => {
  const { fetch } = server((_, number) => json({ why: 'busy' }, number === 1 ? 503 : 200));
  /** @type {unknown[]} */
  const seen = [];
  await createApiFetch({ fetch, baseURL: 'https://api.example.com' })('items', {
    retryDelay({ request, options, response }) {
      seen.push(request, options.baseURL, response?.status, response?._data);
      return 0;
    },
  });
  assert.deepEqual(seen, [URL_, 'https://api.example.com', 503, { why: 'busy' }]);
});

for (const [kind, value, wait] of /** @type {const} */ ([
  ['seconds', '2', 2000],
  ['a date', new Date(1_800_000_003_000).toUTCString(), 3000],
])) {
  test(`Retry-After in ${kind} is waited for, also where the caller would be sooner`, async (t) => {
    const tick = withClock(t);
    const { fetch, sent } = server((_, number) =>
      number === 1 ? json({}, 429, { 'retry-after': value }) : json({ fine: true }),
    );
    const call = createApiFetch({ fetch })(URL_, { retryDelay: 10 });
    await tick(wait - 1);
    assert.equal(sent.length, 1);
    await tick(1);
    assert.deepEqual(await call, { fine: true });
  });
}

test('a Retry-After beyond a minute is not waited for: the failure is the answer', async () => {
  const { fetch, sent } = server(() => json({}, 503, { 'retry-after': '61' }));
  await assert.rejects(createApiFetch({ fetch })(URL_), { status: 503 });
  assert.equal(sent.length, 1);
});

test('an abort during the delay rejects at once, and nothing more is sent', async (t) => {
  const tick = withClock(t);
  const { fetch, sent } = server(() => json({}, 503));
  const controller = new AbortController();
  const call = createApiFetch({ fetch })(URL_, { retryDelay: 60_000, signal: controller.signal });
  const ended = call.catch((error) => error);
  await tick(1000);
  const reason = new Error('enough');
  controller.abort(reason);
  const error = await ended;
  assert.deepEqual([error.name, error.cause], ['FetchError', reason]);
  await tick(100_000);
  assert.equal(sent.length, 1);
});

test('a timeout ends one attempt; the next has its own, and is really sent', async (t) => {
  const tick = withClock(t);
  const { fetch, sent } = server((one, number) => (number === 1 ? hang(one) : json({ n: number })));
  const call = createApiFetch({ fetch })(URL_, { timeout: 1000 });
  await tick(999);
  assert.equal(sent.length, 1);
  await tick(1);
  assert.deepEqual([sent.length, sent[0]?.signal?.aborted], [2, true]);
  assert.deepEqual(await call, { n: 2 });
});

for (const [what, options] of /** @type {[string, FetchOptions][]} */ ([
  ['the answer', {}],
  ['a POST’s answer', { method: 'POST', body: { a: 1 } }],
  ['a hook before', { onRequest: () => new Promise(() => {}) }],
  ['the answer, beside a signal', { signal: new AbortController().signal }],
])) {
  test(`a timeout bounds the wait for ${what}`, async (t) => {
    const tick = withClock(t);
    const { fetch } = server(hang);
    const call = createApiFetch({ fetch })(URL_, { timeout: 1000, retry: 0, ...options });
    const ended = call.catch((error) => error);
    await tick(1000);
    const { name, cause, message } = await ended;
    assert.deepEqual([name, cause.name, cause.code], ['FetchError', 'TimeoutError', 23]);
    assert.match(message, /<no response>/);
  });
}

for (const [what, stalled] of /** @type {[string, FetchOptions][]} */ ([
  ['the body', {}],
  ['a hook after', { onResponse: () => new Promise(() => {}) }],
])) {
  test(`a timeout bounds the wait for ${what}`, async (t) => {
    const tick = withClock(t);
    const body = what === 'the body' ? new ReadableStream({}) : 'text';
    const { fetch } = server(() => new Response(body, { headers: { 'content-type': 'text/plain' } }));
    const ended = createApiFetch({ fetch })(URL_, { timeout: 1000, retry: 0, ...stalled }).catch(
      (error) => error,
    );
    await tick(1000);
    const error = await ended;
    assert.deepEqual([error.name, error.cause.name], ['FetchError', 'TimeoutError']);
  });
}

test('a hook that never settles is ended by the signal too, and hears of it', async () => {
  const { fetch, sent } = server(() => json({}));
  const controller = new AbortController();
  /** @type {string[]} */
  const heard = [];
  const ended = createApiFetch({ fetch })(URL_, {
    signal: controller.signal,
    onRequest: () => new Promise(() => {}),
    onRequestError: ({ error }) => {
      heard.push(error.name);
      return new Promise(() => {});
    },
  }).catch((error) => error);
  await settled();
  controller.abort();
  const error = await ended;
  assert.deepEqual([error.name, error.cause.name], ['FetchError', 'AbortError']);
  assert.deepEqual([heard, sent.length], [['AbortError'], 0]);
});

test('an abort is never tried again', async () => {
  const controller = new AbortController();
  const { fetch, sent } = server(hang);
  const ended = createApiFetch({ fetch })(URL_, { signal: controller.signal, retry: 3 }).catch((e) => e);
  await settled();
  controller.abort();
  assert.equal((await ended).cause.name, 'AbortError');
  assert.equal(sent.length, 1);
});

test('a call that is over leaves no timer behind', async (t) => {
  const set = t.mock.method(globalThis, 'setTimeout');
  const clear = t.mock.method(globalThis, 'clearTimeout');
  const { fetch } = server(() => json({}));
  await createApiFetch({ fetch })(URL_, { timeout: 60_000 });
  const timers = set.mock.calls.filter(({ arguments: [, ms] }) => ms === 60_000).map(({ result }) => result);
  assert.equal(timers.length, 1);
  assert.ok(clear.mock.calls.some(({ arguments: [timer] }) => timer === timers[0]));
});
