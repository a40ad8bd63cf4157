/** MSW as the app's test double in Node: it answers the API and the refresh, and is started and stopped whenever the test likes. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as msw from 'msw';
import { setupServer } from 'msw/node';
import { createApiFetch } from '../../dist/index.js';
import { settled } from '../support/double.js';
import { makeBackend } from '../support/msw-backend.js';

/** @import { TestContext } from 'node:test' */

const ORIGIN = 'https://api.example.com';

/**
 * An app under MSW, signed in.
 *
 * @param {TestContext} t
 * @param {{ isListening?: boolean, withdraw?: boolean }} [options]
 */
function start(t, { isListening = true, ...session } = {}) {
  const backend = makeBackend(msw, ORIGIN);
  const server = setupServer(...backend.handlers);
  const listen = () => server.listen({ onUnhandledRequest: 'error' });
  if (isListening) listen();
  t.after(() => server.close());
  /** @type {string[]} */
  const ended = [];
  const api = createApiFetch({
    baseURL: ORIGIN,
    session: {
      storage: 'memory',
      refresh: { url: '/token', clientId: 'app' },
      refreshRetry: 0,
      onSignOut: ({ reason }) => ended.push(reason),
      ...session,
    },
  });
  api.session.set(backend.tokens());
  return { api, backend, server, listen, ended };
}

/** Until MSW has got so far. */
async function until(/** @type {() => boolean} */ condition) {
  for (let turn = 0; turn < 1000 && !condition(); turn++) await settled();
  assert.ok(condition(), `in time: ${condition}`);
}

test('an expired token under MSW: one refresh, and each shape of a call has its own reply', async (t) => {
  const { api, backend } = start(t);
  backend.expire();
  const [data, raw, response] = await Promise.all([
    api('/items/1'),
    api.raw('/items/2'),
    api.fetch(`${ORIGIN}/items/3`),
  ]);
  assert.deepEqual([data, raw._data, await response.json()], [{ id: '1' }, { id: '2' }, { id: '3' }]);
  assert.deepEqual([raw.status, response.status, response.url], [200, 200, `${ORIGIN}/items/3`]);
  assert.deepEqual([backend.books.refreshes, backend.books.spent], [1, 0]);
});

test('a storm of 200 under MSW, while the refresh is held by hand: one refresh, 200 own replies', async (t) => {
  const { api, backend } = start(t);
  backend.expire();
  backend.hold();
  const calls = Array.from({ length: 200 }, (_, id) =>
    id % 2 ? api(`/items/${id}`) : api.fetch(`${ORIGIN}/items/${id}`).then((response) => response.json()),
  );
  await until(() => backend.held() === 1 && api.session.waiting === 200);
  const late = api('/items/late');
  backend.release();
  assert.deepEqual(
    await Promise.all(calls),
    Array.from({ length: 200 }, (_, id) => ({ id: String(id) })),
  );
  assert.deepEqual(await late, { id: 'late' });
  assert.deepEqual([backend.books.refreshes, backend.books.spent], [1, 0]);
  assert.deepEqual([api.session.pending, api.session.waiting], [0, 0]);
});

test('a refresh that MSW refuses signs out: api.fetch has its own 401, api an AuthError', async (t) => {
  const { api, backend, ended } = start(t);
  backend.expire();
  backend.behave('refuses');
  // The first has its own 401; the second is taken back before it has one.
  const [response, data] = await Promise.allSettled([api.fetch(`${ORIGIN}/items/1`), api('/items/2')]);
  assert.equal(response.status === 'fulfilled' && response.value.status, 401);
  assert.equal(data.status === 'rejected' && data.reason.code, 'REFRESH_REJECTED');
  assert.deepEqual([ended, api.session.tokens, backend.books.refreshes], [['refused'], null, 1]);
});

test('a refresh that ends in HttpResponse.error() keeps the tokens, and the next request tries again', async (t) => {
  const { api, backend, ended } = start(t);
  backend.expire();
  backend.behave('fails');
  await assert.rejects(api('/items/1'), { name: 'AuthError', code: 'REFRESH_FAILED' });
  assert.deepEqual([ended, api.session.tokens?.accessToken], [[], 'access-1']);
  backend.behave('rotates');
  assert.deepEqual(await api('/items/2'), { id: '2' });
});

test('HttpResponse.error() is a network error: fetch’s own from api.fetch, a FetchError from api', async (t) => {
  const { api } = start(t);
  const plain = await fetch(`${ORIGIN}/broken`).catch((error) => error);
  const ours = await api.fetch(`${ORIGIN}/broken`).catch((error) => error);
  assert.deepEqual([ours.name, ours.message], [plain.name, plain.message]);
  const error = await api('/broken', { retry: 0 }).catch((error) => error);
  assert.deepEqual([error.name, error.status, error.cause.message], ['FetchError', undefined, plain.message]);
});

test('an abort while MSW holds the answer rejects at once, and disturbs no other', async (t) => {
  const { api, backend } = start(t);
  backend.hold();
  const controller = new AbortController();
  const reason = new Error('enough');
  const given = api.fetch(`${ORIGIN}/held/1`, { signal: controller.signal });
  const other = api('/held/2');
  await until(() => backend.held() === 2);
  controller.abort(reason);
  await assert.rejects(given, (error) => error === reason);
  assert.equal(api.session.pending, 1);
  backend.release();
  assert.deepEqual(await other, { id: '2' });
});

test('an answer that MSW holds until after the refresh is replayed without another one', async (t) => {
  // A withdrawal would have taken it back.
  const { api, backend } = start(t, { withdraw: false });
  backend.expire();
  backend.hold();
  const late = api('/held/late');
  await until(() => backend.held() === 1);
  const first = api('/items/1');
  await until(() => backend.held() === 2);
  backend.release();
  assert.deepEqual(await Promise.all([first, late]), [{ id: '1' }, { id: 'late' }]);
  assert.equal(backend.books.refreshes, 1);
});

const form = () => {
  const data = new FormData();
  data.set('name', 'ada');
  data.set('file', new Blob(['content'], { type: 'text/plain' }), 'file.txt');
  return data;
};
const TEXT = `${ORIGIN}/text`;
const FORM = `${ORIGIN}/form`;

/** @type {[what: string, ask: (api: any) => Promise<any>, reply: object][]} */
const BODIES = [
  [
    'JSON',
    (api) => api('/text', { method: 'POST', body: { a: [1] } }),
    { text: '{"a":[1]}', type: 'application/json' },
  ],
  ['FormData', (api) => api('/form', { method: 'POST', body: form() }), { name: 'ada', content: 'content' }],
  [
    'FormData by api.fetch',
    (api) =>
      api
        .fetch(FORM, { method: 'POST', body: form() })
        .then((/** @type {Response} */ answer) => answer.json()),
    { name: 'ada', content: 'content' },
  ],
  [
    'a Blob',
    (api) => api('/text', { method: 'POST', body: new Blob(['blob'], { type: 'text/x-own' }) }),
    { text: 'blob', type: 'text/x-own' },
  ],
  [
    'a Request',
    (api) => api(new Request(TEXT, { method: 'POST', body: 'of a request' })),
    { text: 'of a request', type: 'text/plain;charset=UTF-8' },
  ],
  [
    'a Request with a form',
    (api) =>
      api
        .raw(new Request(FORM, { method: 'POST', body: form() }))
        .then((/** @type {any} */ raw) => raw._data),
    { name: 'ada', content: 'content' },
  ],
];

for (const [what, ask, reply] of BODIES) {
  test(`a handler of MSW reads ${what} as it was sent, on a replay too`, async (t) => {
    const { api, backend } = start(t);
    assert.deepEqual(await ask(api), reply);
    backend.expire();
    assert.deepEqual(await ask(api), reply);
    assert.equal(backend.books.refreshes, 1);
  });
}

test('MSW may be started after the instance was made, stopped, and started again', async (t) => {
  const { api, backend, server, listen } = start(t, { isListening: false });
  const unmocked = globalThis.fetch;
  listen();
  assert.notEqual(globalThis.fetch, unmocked);
  backend.expire();
  assert.deepEqual(await api('/items/1'), { id: '1' });
  server.close();
  assert.equal(globalThis.fetch, unmocked);
  // What answers now is whoever is `fetch` now.
  t.mock.method(globalThis, 'fetch', async () => Response.json({ id: 'unmocked' }));
  assert.deepEqual(await api('/items/2'), { id: 'unmocked' });
  assert.deepEqual(await api.native(`${ORIGIN}/items/3`).then((answer) => answer.json()), { id: 'unmocked' });
  t.mock.reset();
  listen();
  assert.deepEqual(await api.fetch(`${ORIGIN}/items/4`).then((answer) => answer.json()), { id: '4' });
  assert.equal(backend.books.hits.filter((url) => url.endsWith('/2')).length, 0);
});

test('a handler that is put over another one for one test is asked by the next call', async (t) => {
  const { api, server } = start(t);
  server.use(
    msw.http.get(`${ORIGIN}/items/:id`, () => msw.HttpResponse.json({ id: 'over' }), { once: true }),
  );
  assert.deepEqual([await api('/items/1'), await api('/items/1')], [{ id: 'over' }, { id: '1' }]);
});
