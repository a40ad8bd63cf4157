/** Nothing that can be printed holds a token: every kind of failure is made, and everything that it says is searched. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import axios, { createSessionAdapter } from '../../dist/axios.js';
import { createApiFetch } from '../../dist/index.js';
import { json, settled } from '../support/double.js';
import { textsOf } from '../support/texts.js';

/** @import { ApiFetch, CreateOptions, SessionOptions } from '../../src/js/types.js' */

const BASE = 'https://api.example.com';
// With signs that are written another way in a URL, in a form, and in JSON.
const ACCESS = 'SECRET-access/1+2 3="';
const REFRESH = "SECRET-refresh~(4)*!'";
const KEY = 'SECRET-key&5';
const NEW = 'SECRET-new/6';
const REPLY = { access_token: ACCESS, refresh_token: REFRESH, app_key: KEY };

const IN_QUERY = { query: { token: 'accessToken', appkey: 'app_key' } };

/** As node-fetch tells of a failure, and as some wrap it. */
const namesTheUrl = (/** @type {RequestInfo | URL} */ input) => {
  const url = input instanceof Request ? input.url : String(input);
  const behind = new AggregateError([new Error(`connect ${url}`)], `no way to ${encodeURIComponent(url)}`);
  const error = new TypeError(`request to ${url} failed`, { cause: behind });
  throw Object.assign(error, { code: 'ECONNREFUSED', type: 'system', config: { url, list: [{ url }] } });
};
const namesTheHeaders = (/** @type {unknown} */ _, /** @type {RequestInit} */ init) => {
  throw new TypeError(`bad: ${JSON.stringify([...new Headers(init.headers)])}`);
};
const namesTheBody = (/** @type {unknown} */ _, /** @type {RequestInit} */ init) => {
  throw new TypeError(`could not send ${init.body}`);
};
const says =
  (/** @type {object} */ init, /** @type {object} */ body = {}) =>
  () =>
    new Response(JSON.stringify(body), { status: 500, ...init });

/** Answers every request as it likes, and the refresh as well. */
const toAll = (/** @type {(...given: any[]) => unknown} */ answer) => ({ answer, refreshed: answer });
/** The refresh alone, of which every request is in need. */
const toRefresh = (/** @type {(...given: any[]) => unknown} */ refreshed) => ({
  answer: () => json({}, 401),
  refreshed,
});

/**
 * @typedef {{ answer: (...given: any[]) => unknown, refreshed: (...given: any[]) => unknown }} Backend
 * @type {[what: string, backend: Backend, session?: Partial<SessionOptions>, defaults?: CreateOptions][]}
 */
const FAILURES = [
  ['a fetch that names the URL, the token in its query', toAll(namesTheUrl), { attach: IN_QUERY }],
  ['a fetch that names the headers', toAll(namesTheHeaders)],
  ['a fetch that names the header of its own', toAll(namesTheHeaders), { attach: { header: 'x-token' } }],
  [
    'a function that attaches, and a fetch that names the URL',
    toAll(namesTheUrl),
    {
      attach: (context, { accessToken }) => {
        context.request += `?t=${accessToken}`;
      },
    },
  ],
  [
    'a function that attaches, and quotes what it was given',
    toAll(() => json({})),
    {
      attach: (_, tokens) => {
        throw new Error(JSON.stringify(tokens.accessToken));
      },
    },
  ],
  ['a reason phrase', toAll(says({ statusText: `no ${REFRESH}, no ${ACCESS}` }))],
  ['a reason phrase, quoted to the sign', toAll(says({ statusText: encodeURIComponent(ACCESS) }))],
  [
    'the message and the code of an envelope',
    toAll(says({ status: 200 }, { code: ACCESS, message: `bad ${REFRESH}` })),
    {},
    { envelope: { code: 'code', message: 'message' } },
  ],
  [
    'an envelope’s message of tokens that have just come',
    toRefresh(says({ status: 200 }, { code: 7, message: `${NEW} is taken`, access_token: NEW })),
    {},
    { envelope: { code: 'code', message: 'message' } },
  ],
  ['a fetch that names the body of a refresh', toRefresh(namesTheBody)],
  [
    'a fetch that names the URL of a refresh with the token in it',
    toRefresh(namesTheUrl),
    {
      attach: IN_QUERY,
      refresh: { url: '/token', attach: true },
    },
  ],
  [
    'a URL of a refresh that a function makes of a token',
    toRefresh(namesTheUrl),
    {
      refresh: { url: ({ refreshToken }) => `/token/${encodeURIComponent(`${refreshToken}`)}` },
    },
  ],
  [
    'a URL of a refresh that a function makes of something else',
    toRefresh(namesTheUrl),
    {
      refresh: { url: ({ app_key }) => `HTTPS://api.example.com/token/${encodeURIComponent(`${app_key}`)}` },
    },
  ],
  [
    'a function for the URL that quotes',
    toRefresh(() => json({})),
    {
      refresh: {
        url: ({ refreshToken }) => {
          throw new Error(`no URL for ${refreshToken}`);
        },
      },
    },
  ],
  [
    'a function for the headers that quotes',
    toRefresh(() => json({})),
    {
      refresh: {
        url: '/token',
        headers: ({ refreshToken }) => {
          throw new Error(`no headers for ${refreshToken}`);
        },
      },
    },
  ],
  [
    'an error_description',
    toRefresh(says({}, { error: `x ${NEW}`, error_description: `bad ${REFRESH}`, access_token: NEW })),
  ],
  [
    'a refusal that quotes',
    toRefresh(says({ status: 400 }, { error: 'invalid_grant', error_description: REFRESH })),
  ],
  ['a reason phrase of a refresh', toRefresh(says({ statusText: `no ${REFRESH}` }))],
  [
    'a refresh function whose request fails',
    toRefresh(says({ status: 500 })),
    {
      refresh: ({ refreshToken, accessToken }, { api }) =>
        api(`/token?t=${refreshToken}`, {
          ...{ method: 'POST', headers: { authorization: `Bearer ${refreshToken}` } },
          body: { deep: [{ accessToken }] },
        }),
    },
  ],
  [
    'a refresh function that sends a form',
    toRefresh(namesTheUrl),
    {
      refresh: ({ refreshToken }, { api }) =>
        api('/token', { method: 'POST', body: new URLSearchParams({ token: `${refreshToken}` }) }),
    },
  ],
  [
    'a refresh function of ofetch’s kind',
    toRefresh(() => json({})),
    {
      refresh: ({ refreshToken }) => {
        const options = { body: { refreshToken } };
        throw Object.defineProperty(new Error('500'), 'options', { get: () => options });
      },
    },
  ],
  [
    'a refresh function that rejects with a text',
    toRefresh(() => json({})),
    {
      refresh: async ({ refreshToken }) => Promise.reject(`no such ${refreshToken}`),
    },
  ],
  [
    'a refresh function that gives an answer',
    toRefresh(() => json({})),
    {
      refresh: async ({ refreshToken }) => json({ error: 'x', error_description: refreshToken }, 400, {}),
    },
  ],
];

for (const [what, { answer, refreshed }, session, defaults] of FAILURES) {
  test(`no token comes to light: ${what}`, async () => {
    const fetch = /** @type {typeof globalThis.fetch} */ (
      async (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : String(input));
        return pathname.startsWith('/token') ? refreshed(input, init) : answer(input, init);
      }
    );
    /** @type {unknown[]} */
    const heard = [];
    const hear = (/** @type {unknown} */ news) => void heard.push(news);
    const options = {
      ...{ baseURL: BASE, fetch, retry: 0, ...defaults },
      onRequestError: (/** @type {any} */ { error }) => hear(error),
      // What a refresh function sends, it knows.
      onResponseError: (/** @type {any} */ { error, options }) =>
        hear(options.session === false ? undefined : [error, options]),
      session: {
        ...{ storage: 'memory', refresh: '/token', refreshRetry: 0, origins: [BASE], ...session },
        onSignOut: hear,
        refused: { when: (/** @type {any} */ { request, error }) => void hear([request, error]) },
      },
    };
    const api = createApiFetch(/** @type {any} */ (options));
    for (const event of /** @type {const} */ (['signout', 'warning', 'trace'])) api.session.on(event, hear);
    await api.session.set(REPLY);
    const under = axios.create({ baseURL: BASE, adapter: createSessionAdapter(api) });
    const calls = [
      () => api('/x'),
      () => api('/x', { method: 'POST', body: { a: 1 } }),
      () => api.raw('/x'),
      () => api.fetch(`${BASE}/x`),
      () => api.fetch(new Request(`${BASE}/x`, { method: 'PUT', body: 'text' })),
      () => under.get('/x'),
      () => api.session.refresh(),
      () => api.session.valid(1e6),
    ];
    let failures = 0;
    for (const call of calls) {
      await api.session.set(REPLY);
      const printed = await logged(() =>
        call()
          .then(() => undefined, hear)
          .then(() => (failures += 1)),
      );
      assert.doesNotMatch(printed, /SECRET/);
    }
    assert.equal(failures, calls.length);
    assert.ok(heard.length >= 6, String(heard.length));
    for (const news of heard) assert.doesNotMatch(textsOf(news), /SECRET/);
  });
}

/** What is written to the console meanwhile. */
async function logged(/** @type {() => Promise<unknown>} */ work) {
  const own = console.error;
  /** @type {string[]} */
  const lines = [];
  console.error = (...all) => void lines.push(...all.map((one) => textsOf(one)));
  try {
    await work();
  } finally {
    console.error = own;
  }
  return lines.join('\n');
}

test('an error without a token is handed out as it is, with one it is a copy of the same kind', async () => {
  class Broken extends TypeError {
    errno = -111;
  }
  /** @type {Error[]} */
  const thrown = [];
  /** @type {any} */
  const fetch = async (/** @type {string} */ url) => {
    const error = url.includes('dom') ? new DOMException(url, 'DataError') : new Broken(url);
    thrown.push(error);
    throw error;
  };
  const session = { storage: /** @type {const} */ ('memory'), refresh: /** @type {const} */ (false) };
  const api = createApiFetch({ fetch, session: { ...session, origins: [BASE], attach: IN_QUERY } });
  await api.session.set({ access_token: ACCESS });
  const fail = (/** @type {string} */ path, /** @type {ApiFetch} */ by = api) =>
    by.fetch(BASE + path).catch((reason) => reason);

  const own = createApiFetch({ fetch, session: { ...session, origins: [BASE] } });
  await own.session.set({ access_token: ACCESS });
  assert.equal(await fail('/x', own), thrown.pop());
  const failed = await own(`${BASE}/x`).catch((/** @type {any} */ reason) => reason);
  assert.equal(failed.cause, thrown.pop());

  const copy = await fail('/x');
  assert.notEqual(copy, thrown.at(-1));
  assert.ok(copy instanceof Broken && copy.errno === -111 && copy.name === 'TypeError');
  assert.match(copy.message, /^https:\/\/api\.example\.com\/x\?token=\[redacted\]$/);
  assert.match(String(copy.stack), /^TypeError: https:[^\n]+\[redacted\]\n +at fetch/);
  assert.ok(thrown.pop()?.message.includes('SECRET'), 'the error itself is left alone');

  const dom = await fail('/dom');
  assert.ok(dom instanceof DOMException);
  assert.deepEqual([dom.name, dom.code, dom.message.includes('[redacted]')], ['DataError', 0, true]);
});

test('whatever is thrown, nobody is kept waiting: what can not be looked at is handed out as it is', async () => {
  const throwing = () => {
    throw new Error('no');
  };
  const deep = { inner: {} };
  for (let [at, left] = [deep, 20_000]; left > 0; left -= 1) at = at.inner = { inner: {} };
  const thrown = [
    new Proxy({}, { get: throwing, has: throwing, getPrototypeOf: throwing }),
    Object.assign(new Error('deep'), deep),
    ...[undefined, null, Symbol('s'), 1n, throwing, new Date(0), new URL(BASE), new Map([[1, 2]])],
  ];
  for (const one of thrown) {
    const fetch = async () => Promise.reject(one);
    const session = { storage: /** @type {const} */ ('memory'), refresh: /** @type {const} */ (false) };
    const attach = { query: { list: 'list', long: 'long', token: 'accessToken' } };
    const api = createApiFetch({ fetch, session: { ...session, origins: [BASE], attach } });
    await api.session.set({ access_token: ACCESS, list: Array(9).fill('x'), long: 'l'.repeat(1e5) });
    // In a list: whoever waits for it would look at it.
    const [error] = await api.fetch(`${BASE}/x`).then(
      () => [],
      (reason) => [reason],
    );
    assert.ok(error === one);
  }
});

test('a field that can not be read, and a value too long to be looked for by an expression, keep no token in', async () => {
  const long = 'l"'.repeat(1e5);
  const odd = Object.defineProperty(
    new Error(`${ACCESS} and ${long} and ${encodeURIComponent(long)}`),
    'odd',
    {
      get() {
        throw new Error('no');
      },
    },
  );
  const fetch = async () => Promise.reject(odd);
  const attach = { query: { long: 'long', token: 'accessToken' } };
  const session = { storage: /** @type {const} */ ('memory'), refresh: /** @type {const} */ (false), attach };
  const api = createApiFetch({ fetch, session: { ...session, origins: [BASE] } });
  await api.session.set({ access_token: ACCESS, long });
  const error = await api.fetch(`${BASE}/x`).catch((/** @type {unknown} */ reason) => reason);
  assert.ok(error instanceof Error);
  assert.equal(error.message, '[redacted] and [redacted] and [redacted]');
});

test('a copy leads back to itself where the error did', async () => {
  const fetch = async (/** @type {any} */ url) => {
    const error = Object.assign(new Error(url), { list: [{}] });
    throw Object.assign(error, { list: [{ error }] });
  };
  const session = { storage: /** @type {const} */ ('memory'), refresh: /** @type {const} */ (false) };
  const api = createApiFetch({ fetch, session: { ...session, origins: [BASE], attach: IN_QUERY } });
  await api.session.set(REPLY);
  const error = await api.fetch(`${BASE}/x`).catch((reason) => reason);
  assert.equal(error.list[0].error, error);
  assert.doesNotMatch(inspect(error, { depth: Infinity, showHidden: true }), /SECRET/);
});

test('what is as short as a word of a message is taken for no secret', async () => {
  const fetch = async () => new Response(null, { status: 500, statusText: 'to be or not' });
  const session = { storage: /** @type {const} */ ('memory'), refresh: /** @type {const} */ (false) };
  const api = createApiFetch({ fetch, baseURL: BASE, retry: 0, session });
  await api.session.set({ access_token: 'to', refresh_token: 'not', id_token: 'x/y/z' });
  const error = await api('/x/y/z').catch((reason) => reason);
  assert.equal(error.message, `[GET] "${BASE}/x/y/z": 500 to be or not`);
});

test('what looks at an answer sees the request without its token, at the first sending and at the replay', async () => {
  /** @type {string[]} */
  const seen = [];
  const look = (/** @type {any} */ { request, options, response }) => {
    const headers = Object.fromEntries(options.headers);
    const own = request instanceof Request ? Object.fromEntries(request.headers) : {};
    seen.push(JSON.stringify([response?.status, headers, own, { ...options, headers: undefined }]));
    return response?.status === 401;
  };
  for (const attach of /** @type {const} */ (['bearer', { header: 'x-token' }])) {
    let calls = 0;
    const fetch = async () => {
      calls += 1;
      return json({}, calls % 2 ? 401 : 200);
    };
    const api = createApiFetch({
      ...{ fetch, baseURL: BASE, headers: { 'x-own': '1' } },
      session: {
        ...{ storage: 'memory', attach, origins: [BASE], skip: [(context) => look(context)] },
        ...{ expired: { status: [], when: look }, replay: look },
        refresh: async () => ({ access_token: `${ACCESS}2` }),
      },
    });
    await api.session.set(REPLY);
    await api('/x');
    await api('/x', { method: 'POST', body: new FormData() });
    await api.fetch(new Request(`${BASE}/x`, { method: 'PUT', body: 'text' }));
  }
  assert.equal(seen.filter((text) => text.includes('"x-own":"1"')).length > 10, true);
  assert.equal(seen.filter((text) => text.startsWith('[200')).length, 6);
  assert.doesNotMatch(seen.join('\n'), /SECRET/);
});

test('tokens are not in a session that is printed, nor in its instance', async () => {
  const api = createApiFetch({ session: { storage: 'memory', refresh: false } });
  await api.session.set(REPLY);
  const child = api.create({});
  for (const thing of [api.session, api, child, { session: api.session, list: [api] }]) {
    for (const options of [{}, { showHidden: true }, { getters: true }])
      assert.doesNotMatch(inspect(thing, { depth: Infinity, ...options }), /SECRET/);
    assert.doesNotMatch(`${JSON.stringify(thing)} ${JSON.stringify({ ...thing })}`, /SECRET/);
  }
  assert.match(inspect(api.session), /status/);
  assert.equal(api.session.tokens?.accessToken, ACCESS);
});

/** @type {[what: string, session: Partial<SessionOptions>][]} */
const TOLD = [
  ['whose the tokens are', { identity: quotes }],
  ['that they are new', { onRefresh: quotes }],
  ['the same, and waits', { onRefresh: async (tokens) => quotes(await tokens) }],
];

/** @returns {any} */
function quotes(/** @type {any} */ { accessToken, refreshToken }) {
  throw new Error(`whose is ${accessToken}, ${refreshToken}?`);
}

for (const [what, session] of TOLD) {
  test(`a function of the app’s that is told ${what} and throws what it was told is reported without it`, async () => {
    const refresh = async () => REPLY;
    const api = createApiFetch({ session: { storage: 'memory', refresh, ...session } });
    await api.session.set({ ...REPLY, access_token: `${ACCESS}0` });
    const printed = await logged(async () => {
      api.session.on('change', ({ tokens }) => tokens && quotes(tokens));
      await api.session.refresh();
      await settled();
    });
    assert.match(printed, /whose is \[redacted\], \[redacted\]\?/);
    assert.doesNotMatch(printed, /SECRET/);
  });
}
