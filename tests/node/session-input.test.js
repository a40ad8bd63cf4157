/** Sessions and what apps give them that is odd: nothing is lost, nobody is taken for somebody else, no token comes to light. */

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { json, server, settled } from '../support/double.js';

/** @import { CreateOptions, SessionOptions } from '../../src/npm/types.js' */

const BASE = 'https://api.example.com';
const SECRET = 'SECRETsecret';

/**
 * @param {typeof globalThis.fetch} fetch
 * @param {Partial<SessionOptions>} [session]
 * @param {CreateOptions} [defaults]
 */
const create = (fetch, session, defaults) =>
  createApiFetch({
    ...{ fetch, baseURL: BASE, ...defaults },
    session: { storage: 'memory', refresh: '/token', ...session },
  });

/** Everything that an error says, by itself and by what lies behind it. */
function textsOf(/** @type {any} */ error) {
  const texts = [];
  for (let one = error; one instanceof Error; one = /** @type {any} */ (one.cause)) {
    const { response, data, options } = /** @type {any} */ (one);
    texts.push(one.message, one.stack, JSON.stringify([one, { ...one }, data, options, response?._data]));
  }
  return texts.join('\n');
}

const jwt = (/** @type {object} */ claims) => `h.${btoa(JSON.stringify(claims))}.s`;

for (const kind of ['FormData', 'URLSearchParams', 'text']) {
  test(`api.fetch sends ${kind} as it was when it was called, each time the same, so that a server can read it`, async (t) => {
    /** @type {string[]} */
    const bodies = [];
    const backend = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      const type = request.headers['content-type'] ?? '';
      const form = () => new Response(body, { headers: { 'content-type': type } }).formData();
      const entries = () => form().then((all) => JSON.stringify([...all]), String);
      bodies.push(kind === 'text' ? body.toString() : await entries());
      response.statusCode = request.headers.authorization === 'Bearer second' ? 200 : 401;
      response.end('{}');
    }).listen(0);
    t.after(() => {
      backend.close();
      backend.closeAllConnections();
    });
    await new Promise((resolve) => backend.once('listening', resolve));
    const origin = `http://localhost:${/** @type {any} */ (backend.address()).port}`;
    const api = createApiFetch({
      baseURL: origin,
      session: { storage: 'memory', refresh: async () => ({ access_token: 'second' }) },
    });
    await api.session.set({ access_token: 'first', refresh_token: 'r' });
    /** @type {any} */
    const body = kind === 'text' ? 'a=1' : new (kind === 'FormData' ? FormData : URLSearchParams)();
    if (kind !== 'text') body.set('a', '1');
    const call = api.fetch(`${origin}/x`, { method: 'POST', body });
    if (kind !== 'text') body.set('a', '2');
    assert.equal((await call).status, 200);
    assert.deepEqual(bodies, Array(2).fill(kind === 'text' ? 'a=1' : '[["a","1"]]'));
  });
}

test('api.fetch takes a Request as its init, as the platform does', async () => {
  const { fetch, sent } = server(() => json({}));
  const api = create(fetch);
  await api.session.set({ access_token: 'a' });
  const init = new Request(`${BASE}/other`, { method: 'PUT', body: 'text', headers: { 'x-own': '1' } });
  await api.fetch(`${BASE}/x`, init);
  const { url, method, body, headers } = sent[0] ?? {};
  assert.deepEqual([url, method, body, headers?.['x-own']], [`${BASE}/x`, 'PUT', 'text', '1']);
});

test('on a server a session in cookies is nobody’s: requests go out as they are, and none is refreshed', async () => {
  const { fetch, sent } = server(() => json({}, 401));
  const api = createApiFetch({ fetch, baseURL: BASE, session: { attach: 'none', refresh: '/refresh' } });
  await Promise.all([1, 2].map((n) => assert.rejects(api(`/me/${n}`), { name: 'FetchError', status: 401 })));
  assert.equal(api.session.status, 'signed-out');
  assert.equal(sent.length, 2);
});

/** @type {[what: string, identity: any][]} */
const NO_IDENTITY = [
  ['an object', (/** @type {any} */ tokens) => tokens.user],
  ['a promise', async (/** @type {any} */ tokens) => tokens.user.id],
  ['an empty text', () => ''],
  ['nothing', () => undefined],
];

for (const [what, identity] of NO_IDENTITY) {
  test(`an identity that is ${what} is unknown: who waits is not sent as somebody else`, async () => {
    Object.assign(globalThis, { reportError: () => {} });
    const { fetch, sent } = server(() => json({}, 401));
    const api = create(fetch, { identity, refresh: () => new Promise(() => {}) });
    await api.session.set({ access_token: 'A', refresh_token: 'r', user: { id: 'a' } });
    const call = api('/transfer', { method: 'POST' }).catch((error) => error.code);
    await settled();
    await api.session.set({ access_token: 'B', refresh_token: 'r', user: { id: 'b' } });
    assert.equal(await call, 'SESSION_CHANGED');
    assert.deepEqual(
      sent.map(({ headers }) => headers.authorization),
      ['Bearer A'],
    );
  });
}

test('sameUser does not make two known users one', async () => {
  const [ada, bob] = ['ada', 'bob'].map((sub) => jwt({ sub, n: 1 }));
  const { fetch, sent } = server(() => json({}, 401));
  const api = create(fetch, { refresh: () => new Promise(() => {}) });
  await api.session.set({ access_token: ada, refresh_token: 'r' });
  const call = api('/transfer', { method: 'POST' }).catch((error) => error.code);
  await settled();
  await api.session.set({ access_token: bob, refresh_token: 'r' }, { sameUser: true });
  assert.equal(await call, 'SESSION_CHANGED');
  assert.equal(sent.length, 1);
});

test('a promise is no answer for those who judge: it says no, and is reported', async () => {
  /** @type {any[]} */
  const reported = [];
  Object.assign(globalThis, { reportError: (/** @type {unknown} */ error) => reported.push(error) });
  const no = /** @type {any} */ (async () => false);
  const { fetch, sent } = server(({ url }) => {
    if (url.endsWith('/token')) throw new TypeError('no network');
    return json({}, url.endsWith('/good') ? 200 : 401);
  });
  const api = create(fetch, { expired: { when: no }, refused: { when: no }, replay: no, refreshRetry: 0 });
  await api.session.set({ access_token: 'a', refresh_token: 'r' });
  await api('/good');
  assert.equal(sent.length, 1);
  await assert.rejects(api('/bad', { method: 'POST' }), { name: 'FetchError', status: 401 });
  await assert.rejects(api.session.refresh(), { code: 'REFRESH_FAILED' });
  assert.equal(api.session.status, 'active');
  assert.ok(reported.length >= 3);
  for (const error of reported) assert.match(error.message, /promise/);
  const skipping = create(fetch, { skip: [no] });
  await assert.rejects(skipping('/good'), { message: /skip/ });
});

/** @type {[what: string, session: Partial<SessionOptions>, request?: string][]} */
const LEAKS = [
  [
    'an attach function that makes a URL with credentials',
    {
      attach: (context, tokens) => {
        context.request += `?token=${tokens.accessToken}`;
      },
    },
    'https://u:p@api.example.com/x',
  ],
  [
    'an attach function that makes a URL that can not be read',
    {
      attach: (context, tokens) => {
        context.request = `https://[${tokens.accessToken}`;
      },
    },
  ],
  [
    'headers of the refresh that can not be sent',
    {
      refresh: {
        url: '/token',
        body: 'none',
        headers: ({ refreshToken }) => ({ 'x-refresh': `a\n${refreshToken}` }),
      },
    },
  ],
  [
    'a refresh whose URL is attached to, and can not be fetched',
    {
      refresh: { url: 'https://u:p@api.example.com/token', attach: true },
      attach: { query: { token: 'accessToken' } },
    },
  ],
];

for (const [what, session, request = '/x'] of LEAKS) {
  test(`${what}: no token in the error`, async () => {
    const api = createApiFetch({
      baseURL: BASE,
      fetch: async (input, init) => {
        new Request(input, init);
        return json({}, 401);
      },
      retry: 0,
      session: { storage: 'memory', refresh: '/token', origins: [BASE], ...session },
    });
    await api.session.set({ access_token: SECRET, refresh_token: `${SECRET}2` });
    const error = await api(request).catch((reason) => reason);
    assert.ok(error instanceof Error);
    assert.ok(!textsOf(error).includes(SECRET), textsOf(error));
  });
}

test('what a refresh was answered is in no error: not its fields, and no token that its words repeat', async () => {
  for (const [status, reply] of /** @type {[number, object][]} */ ([
    [200, { session_token: SECRET }],
    [200, { code: 7, message: `no such token: ${SECRET}` }],
  ])) {
    const { fetch } = server(({ url }) => (url.endsWith('/token') ? json(reply, status) : json({}, 401)));
    const api = create(fetch, {}, { envelope: { code: 'code', message: 'message' }, retry: 0 });
    await api.session.set({ access_token: 'a', refresh_token: SECRET });
    const error = await api('/x').catch((reason) => reason);
    assert.equal(error.name, 'AuthError');
    assert.ok(!textsOf(error).includes(SECRET), textsOf(error));
  }
});

for (const stored of ['undefined', 'null', '{"a":1}', '']) {
  test(`${JSON.stringify(stored)} under a name of the app’s is no token`, async () => {
    const items = new Map([
      ['token', stored],
      ['again', stored],
    ]);
    const storage = {
      getItem: (/** @type {string} */ name) => items.get(name) ?? null,
      setItem: (/** @type {string} */ name, /** @type {string} */ value) => void items.set(name, value),
      removeItem: (/** @type {string} */ name) => void items.delete(name),
    };
    const { fetch, sent } = server(() => json({}));
    const api = create(fetch, { storage, key: { access: 'token', refresh: 'again' } });
    await api('/x');
    assert.equal(api.session.status, 'signed-out');
    assert.equal(sent[0]?.headers.authorization, undefined);
    items.set('token', 'good');
    const other = create(fetch, { storage: { ...storage }, key: { access: 'token', refresh: 'again' } });
    assert.deepEqual(other.session.tokens, { accessToken: 'good' });
  });
}

test('a reply whose token is the word undefined holds none', async () => {
  const { session } = create(server(() => json({})).fetch);
  await assert.rejects(session.set({ access_token: 'undefined' }), { name: 'TypeError' });
  assert.equal(session.tokens, null);
});

test('tokens and cookies under the same key are a TypeError that names it', async () => {
  const storage = { getItem: () => null, setItem: () => {}, removeItem: () => {} };
  const { fetch } = server(() => json({}));
  const api = create(fetch, { storage });
  assert.throws(() => create(fetch, { storage, attach: 'none' }), {
    name: 'TypeError',
    message: /session\.key/,
  });
  await api.session.set({ access_token: 'a' });
  assert.equal(api.session.status, 'active');
});

test('an attach function may give a Request of its own, and may read the one that it is given', async () => {
  const { fetch, sent } = server(() => json({}));
  /** @type {string[]} */
  const read = [];
  const api = create(fetch, {
    async attach(context) {
      const { request } = context;
      if (request instanceof Request) read.push(await request.text());
      context.request = new Request(`${BASE}/signed`, { headers: { 'x-signed': '1' } });
    },
  });
  await api.session.set({ access_token: 'a' });
  await api(new Request(`${BASE}/x`, { method: 'POST', body: 'text' }));
  const { url, method, body, headers } = sent[0] ?? {};
  assert.deepEqual([url, method, body, headers?.['x-signed']], [`${BASE}/signed`, 'POST', 'text', '1']);
  assert.deepEqual(read, ['text']);
});

test('a refresh function that gives a Response is judged by its status', async () => {
  const { fetch } = server(({ headers }) => json({}, headers.authorization === 'Bearer new' ? 200 : 401));
  for (const [reply, code] of /** @type {[Response, string | undefined][]} */ ([
    [json({ error: 'invalid_grant' }, 400), 'REFRESH_REJECTED'],
    [json({}, 401), 'REFRESH_REJECTED'],
    [json({}, 503), 'REFRESH_FAILED'],
    [json({ access_token: 'new' }), undefined],
  ])) {
    const api = create(fetch, { refresh: async () => reply });
    await api.session.set({ access_token: 'old', refresh_token: 'r' });
    const got = await api('/x').catch((error) => error);
    assert.equal(got.code, code, `${reply.status}`);
  }
});

test('a login while a token is attached is corrected by the server’s Date too', async () => {
  const end = Math.floor(Date.now() / 1000) + 3600 + 600;
  const ahead = new Date(Date.now() + 3_600_000).toUTCString();
  const { fetch } = server(() => json({ access_token: 'b', expires_at: end }, 200, { date: ahead }));
  const api = create(fetch);
  await api.session.set({ access_token: 'a' });
  await api.session.set(await api('/login', { method: 'POST' }));
  const left = Number(api.session.tokens?.expiresAt) - Date.now();
  assert.ok(Math.abs(left - 600_000) < 5000, `${left}`);
});

test('a request without tokens counts as one in flight too', async () => {
  const { fetch } = server(() => json({}));
  const api = create(fetch, { skip: ['/login'] });
  /** @type {boolean[]} */
  const busy = [];
  api.session.on('busy', (is) => busy.push(is));
  const call = api('/login');
  assert.equal(api.session.pending, 1);
  await call;
  assert.deepEqual(busy, [true, false]);
});
