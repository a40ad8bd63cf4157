/** The signal of a sending aborts while something is still to come of it, and never once that is over. */

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createApiFetch } from '../../dist/index.js';
import { hang, json, server, settled } from '../support/double.js';

/**
 * @import { TestContext } from 'node:test'
 * @import { FetchOptions } from '../../src/npm/types.js'
 * @import { Answer, Sent } from '../support/double.js'
 */

const BASE = 'https://api.example.com';

/** Time that passes only when the test says so. */
const withClock = (/** @type {TestContext} */ t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  return async (/** @type {number} */ ms) => {
    await settled();
    t.mock.timers.tick(ms);
    await settled();
  };
};

/** Which signals have been aborted, and by what. */
const aborted = (/** @type {Sent[]} */ sent) =>
  sent.map(({ signal }) => signal?.aborted && signal.reason.name);

const never = () => new Promise(() => {});
/** What has become of it. */
const ending = (/** @type {Promise<any>} */ call) => call.catch((error) => error);

/**
 * An answer whose body ends only as its signal does, as one of the network.
 *
 * @param {Sent} sent
 * @param {ResponseInit} [init]
 * @param {(reason: unknown) => void} [cancel]
 */
function unending({ signal }, init, cancel) {
  const start = (/** @type {ReadableStreamDefaultController} */ controller) =>
    signal?.addEventListener('abort', () => controller.error(signal.reason));
  return new Response(new ReadableStream({ start, ...(cancel && { cancel }) }), init);
}

/** What is sent twice under a time limit. @type {[what: string, options: FetchOptions, answer: Answer][]} */
const RETRIED = [
  ['a HEAD', { method: 'HEAD' }, () => new Response(null, { status: 503 })],
  ['a stream', { responseType: 'stream' }, (one) => unending(one, { status: 503 })],
  ['events', {}, (one) => unending(one, { status: 503, headers: { 'content-type': 'text/event-stream' } })],
  ['JSON', {}, () => json({}, 503)],
  [
    'what has no answer',
    {},
    () => {
      throw new TypeError('no network');
    },
  ],
];

for (const [what, options, answer] of RETRIED) {
  for (const retryDelay of [0, 1000]) {
    test(`${what} that has failed is over when it is sent again, after ${retryDelay} ms`, async (t) => {
      const tick = withClock(t);
      const { fetch, sent } = server((one, number) => (number === 1 ? answer(one, 1) : hang(one)));
      const api = createApiFetch({ baseURL: BASE, fetch, timeout: 500, retry: 1, retryDelay });
      const ended = ending(api('/x', options));
      await tick(retryDelay);
      await settled();
      assert.deepEqual(aborted(sent), [false, false]);
      await tick(500);
      assert.equal((await ended).cause.name, 'TimeoutError');
      assert.deepEqual(aborted(sent), [false, 'TimeoutError']);
    });
  }
}

test('what has no answer that has failed can not be aborted while a hook hears of it', async (t) => {
  const tick = withClock(t);
  const { fetch, sent } = server(() => {
    throw new TypeError('no network');
  });
  const api = createApiFetch({ baseURL: BASE, fetch, timeout: 1000, retry: 0, onRequestError: never });
  const ended = ending(api('/x'));
  await tick(1000);
  assert.equal((await ended).cause.name, 'TimeoutError');
  assert.deepEqual(aborted(sent), [false]);
});

for (const [what, options, answer] of RETRIED) {
  test(`who gives up between two attempts aborts nothing: ${what}`, async (t) => {
    const tick = withClock(t);
    const controller = new AbortController();
    const { fetch, sent } = server(answer);
    const api = createApiFetch({ baseURL: BASE, fetch, timeout: 500, retry: 1, retryDelay: 1000 });
    const ended = ending(api('/x', { ...options, signal: controller.signal }));
    await tick(999);
    controller.abort();
    assert.equal((await ended).cause.name, 'AbortError');
    assert.deepEqual(aborted(sent), [false]);
  });
}

/** Where nothing is left to come. @type {[what: string, options: FetchOptions, answer: Answer][]} */
const ANSWERED = [
  ['a hook after a 204', { onResponse: never }, () => new Response(null, { status: 204 })],
  ['a hook after a HEAD', { method: 'HEAD', onResponse: never }, () => new Response(null)],
  ['a hook after JSON', { onResponse: never }, () => json({})],
  [
    'a hook after a stream that is none',
    { responseType: 'stream', onResponse: never },
    () => new Response(null),
  ],
  ['parseResponse', { parseResponse: never }, () => json({})],
  [
    'retryDelay after a HEAD',
    { method: 'HEAD', retry: 1, retryDelay: never },
    () => new Response(null, { status: 503 }),
  ],
  ['retryDelay after JSON', { retry: 1, retryDelay: never }, () => json({}, 503)],
];

for (const [what, options, answer] of ANSWERED) {
  for (const by of ['the time limit', 'the caller']) {
    test(`${by} ends the wait for ${what}, and aborts nothing that is over`, async (t) => {
      const tick = withClock(t);
      const controller = new AbortController();
      const { signal } = controller;
      const { fetch, sent } = server(answer);
      const api = createApiFetch({ baseURL: BASE, fetch, retry: 0, timeout: 1000 });
      const ended = ending(api('/x', { ...options, signal }));
      await tick(999);
      if (by === 'the caller') controller.abort();
      else await tick(1);
      const name = by === 'the caller' ? 'AbortError' : 'TimeoutError';
      assert.deepEqual([(await ended).name, (await ended).cause.name], ['FetchError', name]);
      assert.deepEqual(aborted(sent), [false]);
    });
  }
}

/** What is still to come. @type {[what: string, options: FetchOptions, type?: string][]} */
const READ = [
  ['JSON', {}],
  ['a text', { responseType: 'text' }],
  ['what parseResponse is to have', { parseResponse: JSON.parse }],
  ['what tells of its coming', { onDownloadProgress: () => {} }],
  ['a stream that a hook keeps waiting', { responseType: 'stream', onResponse: never }],
  ['events that a hook keeps waiting', { onResponse: never }, 'text/event-stream'],
];

for (const [what, options, type = 'application/json'] of READ) {
  for (const by of ['the time limit', 'the caller']) {
    test(`${by} aborts the body that is being read: ${what}`, async (t) => {
      const tick = withClock(t);
      const controller = new AbortController();
      const { signal } = controller;
      const { fetch, sent } = server((one) => unending(one, { headers: { 'content-type': type } }));
      const api = createApiFetch({ baseURL: BASE, fetch, retry: 0, timeout: 1000 });
      const ended = ending(api('/x', { ...options, signal }));
      await tick(999);
      assert.deepEqual(aborted(sent), [false]);
      if (by === 'the caller') controller.abort();
      else await tick(1);
      const name = by === 'the caller' ? 'AbortError' : 'TimeoutError';
      assert.deepEqual([(await ended).name, (await ended).cause.name], ['FetchError', name]);
      assert.deepEqual(aborted(sent), [name]);
    });
  }
}

test('a body that is looked into for its code is aborted with its call', async (t) => {
  const tick = withClock(t);
  const { fetch, sent } = server((one) => unending(one, { headers: { 'content-type': 'application/json' } }));
  const expired = { codes: { path: 'code', values: [401] } };
  const api = createApiFetch({
    ...{ baseURL: BASE, fetch, retry: 0, timeout: 1000 },
    session: { storage: 'memory', refresh: false, expired },
  });
  await api.session.set({ access_token: 'a' });
  const ended = ending(api('/x'));
  await tick(1000);
  assert.equal((await ended).cause.name, 'TimeoutError');
  assert.deepEqual(aborted(sent), ['TimeoutError']);
});

for (const [what, options] of /** @type {[string, FetchOptions][]} */ ([
  ['JSON', {}],
  ['a stream', { responseType: 'stream' }],
])) {
  for (const kind of /** @type {const} */ (['api', 'raw'])) {
    test(`who gives up while the 401 waits for the refresh aborts nothing, and lets its body go (${kind}, ${what})`, async () => {
      const controller = new AbortController();
      /** @type {unknown[]} */
      const told = [];
      const { fetch, sent } = server((one) =>
        unending(one, { status: 401 }, (/** @type {unknown} */ reason) => void told.push(reason)),
      );
      const api = createApiFetch({
        ...{ baseURL: BASE, fetch, timeout: 60_000 },
        session: { storage: 'memory', refresh: never },
      });
      await api.session.set({ access_token: 'a', refresh_token: 'r' });
      const given = { ...options, signal: controller.signal };
      const ended = ending(kind === 'raw' ? api.raw('/x', given) : api('/x', given));
      await settled();
      assert.equal(api.session.waiting, 1);
      const reason = new Error('enough');
      controller.abort(reason);
      assert.deepEqual([(await ended).name, (await ended).cause], ['FetchError', reason]);
      assert.deepEqual([aborted(sent), told], [[false], [undefined]]);
    });
  }
}

const SSE = { 'content-type': 'text/event-stream' };

/** @type {[what: string, options: FetchOptions, headers: Record<string, string>][]} */
const STREAMS = [
  ['a stream', { responseType: 'stream' }, {}],
  ['events', {}, SSE],
];

for (const [what, options, headers] of STREAMS) {
  for (const kind of /** @type {const} */ (['api', 'raw'])) {
    test(`${what} that the caller has is ended by the caller’s own signal, and by no time limit (${kind})`, async (t) => {
      const tick = withClock(t);
      const controller = new AbortController();
      const { signal } = controller;
      const { fetch, sent } = server((one) => unending(one, { headers }));
      const api = createApiFetch({ baseURL: BASE, fetch, timeout: 1000 });
      const given = { ...options, signal };
      const stream = /** @type {ReadableStream} */ (
        await (kind === 'raw' ? api.raw('/x', given).then(({ body }) => body) : api('/x', given))
      );
      await tick(10_000);
      assert.deepEqual(aborted(sent), [false]);
      const reading = ending(stream.getReader().read());
      const reason = new Error('seen enough');
      controller.abort(reason);
      assert.equal(await reading, reason);
      assert.equal(sent[0]?.signal?.reason, reason);
    });
  }
}

test('an answer that api.fetch has given is ended by the caller’s own signal', async () => {
  const controller = new AbortController();
  const { fetch, sent } = server((one) => (one.url.endsWith('/held') ? hang(one) : unending(one)));
  const api = createApiFetch({
    ...{ baseURL: BASE, fetch },
    session: { storage: 'memory', refresh: false },
  });
  await api.session.set({ access_token: 'a' });
  // What is sent beside it may have to be taken back.
  const held = ending(api('/held', { signal: controller.signal }));
  const response = await api.fetch(`${BASE}/x`, { signal: controller.signal });
  const reading = ending(response.text());
  const reason = new Error('seen enough');
  controller.abort(reason);
  assert.equal(await reading, reason);
  assert.equal((await held).cause, reason);
  assert.equal(sent.at(-1)?.signal?.reason, reason);
});

test('streams that have been read, and that nobody holds, leave nothing on the caller’s signal', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const { signal } = new AbortController();
  const api = createApiFetch({
    ...{ baseURL: BASE, timeout: 60_000 },
    fetch: async () => new Response('data: 1\n\n', { headers: SSE }),
  });
  const read = async () => {
    for await (const _ of /** @type {any} */ (await api('/x', { signal })));
  };
  for (let count = 0; count < 20; count += 1) await read();
  for (let round = 0; round < 50 && getEventListeners(signal, 'abort').length > 0; round += 1) {
    await settled();
    collect();
  }
  assert.equal(getEventListeners(signal, 'abort').length, 0);
});
