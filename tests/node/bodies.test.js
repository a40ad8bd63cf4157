/** What a body is subject to while it is on its way: time limits, and a refresh that takes requests back. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createApiFetch } from '../../dist/index.js';
import { settled } from '../support/double.js';

/** @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => unknown} Answer */

/**
 * A server, and an instance that is signed in there with a token that it may reject.
 *
 * @param {import('node:test').TestContext} t
 * @param {Answer} answer
 * @param {object} [session]
 */
async function signedIn(t, answer, session) {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const origin = `http://127.0.0.1:${port}`;
  const api = createApiFetch({
    session: {
      ...{ storage: 'memory', origins: [origin], refresh: async () => ({ access_token: 'second' }) },
      ...session,
    },
  });
  await api.session.set({ access_token: 'first', refresh_token: 'r' });
  return { api, origin };
}

test('a time limit that nobody else holds ends the body as well, whatever is collected meanwhile', {
  timeout: 20_000,
}, async (t) => {
  const { api, origin } = await signedIn(t, (_, response) => response.write('one half'));
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const response = await api.fetch(`${origin}/x`, { signal: AbortSignal.timeout(1_000) });
  const body = response.text();
  for (let round = 0; round < 5; round++) {
    await settled();
    collect();
  }
  await assert.rejects(body, { name: 'TimeoutError' });
});

test('OPTIONS with a stream is not taken back for a refresh: the stream is used up, and its own answer counts', async (t) => {
  /** @type {(() => void)[]} */
  const waiting = [];
  const { api, origin } = await signedIn(t, (request, response) => {
    request.resume().on('end', () => {
      const give = () =>
        response.writeHead(request.headers.authorization === 'Bearer first' ? 401 : 200).end();
      if (request.method !== 'OPTIONS' && waiting.length === 0) waiting.push(give);
      else if (request.method === 'OPTIONS') {
        waiting.push(give);
        waiting[0]?.();
      } else {
        give();
        waiting[1]?.();
      }
    });
  });
  const get = api.fetch(`${origin}/x`);
  await settled();
  const body = new Blob(['a stream']).stream();
  const options = api.fetch(`${origin}/y`, /** @type {any} */ ({ method: 'OPTIONS', body, duplex: 'half' }));
  const answers = await Promise.all([get, options]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 401],
  );
});

test('a stream whose call is given up before it is sent is told so, with the reason', async (t) => {
  const { api, origin } = await signedIn(t, (_, response) => response.end());
  /** @type {unknown[]} */
  const told = [];
  const start = (/** @type {AbortSignal} */ signal) => {
    const body = new ReadableStream({ cancel: (reason) => void told.push(reason) });
    const init = { method: 'POST', body, duplex: 'half', signal };
    return api.fetch(`${origin}/x`, /** @type {RequestInit} */ (init));
  };
  const before = AbortSignal.abort(new Error('before'));
  await assert.rejects(start(before), before.reason);
  // While it waits for a refresh.
  const controller = new AbortController();
  const refreshing = api.session.refresh();
  const waiting = start(controller.signal);
  controller.abort(new Error('waiting'));
  await assert.rejects(waiting, controller.signal.reason);
  await refreshing;
  assert.deepEqual(told, [before.reason, controller.signal.reason]);
});

/** What ends a call of which nothing has been sent. @type {Record<string, (session: any) => unknown>} */
const ENDS = {
  SESSION_CHANGED: (session) => session.set({ access_token: 'next', refresh_token: 'next', id: 'eve' }),
  SIGNED_OUT: (session) => session.signOut(),
};

for (const [code, end] of Object.entries(ENDS)) {
  test(`a stream whose call ends with ${code} before it is sent is told so, with the error`, async (t) => {
    const { api, origin } = await signedIn(t, (_, response) => response.end());
    /** @type {unknown[]} */
    const told = [];
    const body = new ReadableStream({ cancel: (reason) => void told.push(reason) });
    const refreshing = api.session.refresh().catch(() => {});
    const waiting = api.fetch(`${origin}/x`, /** @type {any} */ ({ method: 'POST', body, duplex: 'half' }));
    end(api.session);
    const error = await waiting.catch((reason) => reason);
    await refreshing;
    assert.deepEqual([error.code, told], [code, [error]]);
  });
}

test('a stream whose time is over before it is sent is told so', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  /** @type {any[]} */
  const told = [];
  const body = new ReadableStream({ cancel: (reason) => void told.push(reason) });
  const api = createApiFetch({ fetch: async () => new Response() });
  const call = api('https://api.example.com', {
    ...{ method: 'POST', body, timeout: 1000 },
    onRequest: () => new Promise(() => {}),
  });
  const ended = call.catch((error) => error);
  t.mock.timers.tick(1000);
  assert.equal((await ended).cause.name, 'TimeoutError');
  assert.deepEqual(
    told.map(({ name }) => name),
    ['TimeoutError'],
  );
});

test('a Request whose token goes in the query keeps its body where a 307 leads it on', async (t) => {
  const attach = { query: { token: 'accessToken' } };
  const echo = async (/** @type {any} */ request, /** @type {any} */ response) => {
    const { pathname } = new URL(request.url, 'http://x');
    if (pathname === '/from') return response.writeHead(307, { location: '/to' }).end();
    const body = await text(request);
    return response.end(JSON.stringify({ url: request.url, type: request.headers['content-type'], body }));
  };
  const { api, origin } = await signedIn(t, echo, { attach });
  const post = (/** @type {string} */ path) =>
    new Request(origin + path, { method: 'POST', body: 'é', headers: { 'content-type': 'text/x' } });
  const direct = await (await api.fetch(post('/direct'))).json();
  assert.deepEqual(direct, { url: '/direct?token=first', type: 'text/x', body: 'é' });
  const led = await (await api.fetch(post('/from'))).json();
  assert.deepEqual(led, { url: '/to', type: 'text/x', body: 'é' });
});

test('a Request whose token goes in the query is sent under the headers that the init says, and with its body', async (t) => {
  const echo = async (/** @type {any} */ request, /** @type {any} */ response) => {
    const body = await text(request);
    response.end(JSON.stringify({ type: request.headers['content-type'] ?? null, body }));
  };
  const { api, origin } = await signedIn(t, echo, { attach: { query: { token: 'accessToken' } } });
  const post = () =>
    new Request(origin, { method: 'POST', body: 'x', headers: { 'content-type': 'text/x' } });
  /** @type {any[]} */
  const inits = [
    undefined,
    { headers: {} },
    { headers: { 'content-type': 'text/y' } },
    { body: new Blob([], { type: 'text/z' }) },
    { body: new Map() },
    { body: '' },
    { body: null },
  ];
  for (const init of inits) {
    const [own, plain] = await Promise.all([api.fetch(post(), init), fetch(post(), init)]);
    assert.deepEqual(await own.json(), await plain.json(), JSON.stringify(init));
  }
  await assert.rejects(api.fetch(new Request(origin), { body: new Blob([]) }), TypeError);
});
