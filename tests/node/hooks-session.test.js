/** Hooks, time limits and retries of requests that go under a session. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { json, server, settled } from '../support/double.js';

/** @import { CreateOptions, SessionOptions } from '../../src/npm/types.js' */

const BASE = 'https://api.example.com';

/** Only the second token is good; the refresh ends when it is told to. */
function backend() {
  /** @type {(value?: unknown) => void} */
  let letRefresh = () => {};
  const gate = new Promise((resolve) => {
    letRefresh = resolve;
  });
  const { fetch, sent } = server(({ headers }) =>
    headers.authorization === 'Bearer second' ? json({ fine: true }) : json({}, 401),
  );
  return { fetch, sent, gate, letRefresh };
}

/**
 * @param {ReturnType<typeof backend>} backend
 * @param {CreateOptions} [defaults]
 * @param {Partial<SessionOptions>} [session]
 */
async function signedIn({ fetch, gate }, defaults, session) {
  const api = createApiFetch({
    ...{ fetch, baseURL: BASE, ...defaults },
    session: {
      storage: 'memory',
      refresh: async () => {
        await gate;
        return { access_token: 'second' };
      },
      ...session,
    },
  });
  await api.session.set({ access_token: 'first', refresh_token: 'r' });
  return api;
}

test('a replay runs no hook: each runs once, and sees the answer that counts', async () => {
  const server = backend();
  /** @type {unknown[]} */
  const log = [];
  const api = await signedIn(server, {
    onRequest: ({ options }) => {
      log.push('request');
      options.headers.set('x-hook', '1');
    },
    onResponse: ({ response }) => log.push(response.status),
    onResponseError: () => log.push('never'),
  });
  server.letRefresh();
  assert.deepEqual(await api('/items', { method: 'POST', body: { a: 1 } }), { fine: true });
  assert.deepEqual(log, ['request', 200]);
  assert.deepEqual(
    server.sent.map(({ headers, body }) => [headers.authorization, headers['x-hook'], body]),
    [
      ['Bearer first', '1', '{"a":1}'],
      ['Bearer second', '1', '{"a":1}'],
    ],
  );
});

test('no hook sees a token, before the request, after it, or in its error', async () => {
  const server = backend();
  /** @type {string[]} */
  const seen = [];
  const look = (/** @type {any} */ { request, options, error }) =>
    void seen.push(JSON.stringify([request, options, [...options.headers], error, error?.options]));
  const api = await signedIn(
    server,
    {
      ...{ onRequest: look, onResponse: look, onResponseError: look, onRequestError: look },
      headers: { 'x-default': '1' },
    },
    { refresh: async ({ accessToken }) => (accessToken === 'first' ? { access_token: 'second' } : null) },
  );
  await api('/items');
  await api.session.set({ access_token: 'third' });
  const error = await api('/items', { retry: 0 }).catch((reason) => reason);
  assert.equal(error.name, 'AuthError');
  seen.push(JSON.stringify([error, error.options, [...error.options.headers]]), String(error.stack));
  assert.ok(seen.length > 4);
  for (const text of seen) assert.doesNotMatch(text, /Bearer|first|second|third/);
});

test('a timeout does not count the wait for a refresh, and starts anew with the replay', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const server = backend();
  // Another attempt would hide it.
  const api = await signedIn(server, { timeout: 1000, retry: 0 });
  /** @type {string[]} */
  const ended = [];
  const call = api('/items').then(
    () => ended.push('answered'),
    (error) => ended.push(error.name),
  );
  await settled();
  assert.equal(server.sent.length, 1);
  t.mock.timers.tick(5000);
  await settled();
  assert.deepEqual(ended, [], 'it waits for the refresh');
  server.letRefresh();
  await call;
  assert.deepEqual(ended, ['answered']);
});

test('a timeout bounds the replay as well', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const server = backend();
  let sent = 0;
  const api = await signedIn(
    {
      ...server,
      fetch: async (input, init) => {
        sent += 1;
        if (sent === 1) return server.fetch(input, init);
        return new Promise((_, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        });
      },
    },
    { timeout: 1000, retry: 0 },
  );
  server.letRefresh();
  const call = api('/items').catch((error) => error);
  await settled();
  assert.equal(sent, 2);
  t.mock.timers.tick(1000);
  const error = /** @type {any} */ (await call);
  assert.deepEqual([error.name, error.cause.name], ['FetchError', 'TimeoutError']);
});

test('the session’s own failure is told to onRequestError, and never tried again', async () => {
  const server = backend();
  /** @type {unknown[]} */
  const log = [];
  const api = await signedIn(
    server,
    { onRequestError: ({ error, response }) => log.push([error.name, response?.status]), retry: 3 },
    { refresh: async () => null },
  );
  const error = await api('/items').catch((reason) => reason);
  assert.deepEqual([error.name, error.code, error.status], ['AuthError', 'REFRESH_REJECTED', 401]);
  assert.deepEqual([log, server.sent.length], [[['AuthError', 401]], 1]);
});

test('a token that a hook sets is left alone and starts no refresh, with one warning', async () => {
  const server = backend();
  let refreshes = 0;
  const refresh = async () => {
    refreshes += 1;
    return { access_token: 'second' };
  };
  const api = await signedIn(
    server,
    { onRequest: ({ options }) => options.headers.set('Authorization', 'Bearer own') },
    { refresh },
  );
  /** @type {unknown[]} */
  const warnings = [];
  api.session.on('warning', (warning) => warnings.push(warning));
  for (const path of ['/a', '/b']) await assert.rejects(api(path), { name: 'FetchError', status: 401 });
  assert.deepEqual(
    server.sent.map(({ headers }) => headers.authorization),
    ['Bearer own', 'Bearer own'],
  );
  assert.deepEqual([refreshes, warnings.length], [0, 1]);
});

test('a hook may take the session out of a request', async () => {
  const server = backend();
  const api = await signedIn(server, {
    onRequest: ({ options }) => {
      options.session = false;
    },
  });
  await assert.rejects(api('/items'), { name: 'FetchError', status: 401 });
  assert.deepEqual(
    server.sent.map(({ headers }) => headers.authorization),
    [undefined],
  );
});

test('a request is in flight until its last attempt has ended', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { fetch, sent } = server((_, number) => json({}, number === 1 ? 503 : 200));
  const api = await signedIn({ ...backend(), fetch }, { retryDelay: 1000 });
  /** @type {boolean[]} */
  const busy = [];
  api.session.on('busy', (is) => busy.push(is));
  const call = api('/items');
  await settled();
  assert.deepEqual([sent.length, api.session.pending, busy], [1, 1, [true]]);
  t.mock.timers.tick(1000);
  await call;
  assert.deepEqual([sent.length, api.session.pending, busy], [2, 0, [true, false]]);
});

test('a hook that waits for the same session’s tokens is not in its own way', async () => {
  const server = backend();
  const api = await signedIn(server);
  server.letRefresh();
  const reply = await api('/items', {
    async onRequest({ options }) {
      const { accessToken } = await api.session.refresh();
      options.headers.set('x-of', accessToken.length.toString());
    },
  });
  assert.deepEqual(reply, { fine: true });
  assert.deepEqual(
    server.sent.map(({ headers }) => [headers.authorization, headers['x-of']]),
    [['Bearer second', '6']],
  );
});
