/** Nothing that can be printed holds a token: every kind of failure is made, and everything that it says is searched. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import axios, { createSessionAdapter } from '../../dist/axios.js';
import { createApiFetch } from '../../dist/index.js';
import { json, settled } from '../support/double.js';
import { textsOf } from '../support/texts.js';

/** @import { CreateOptions, SessionOptions } from '../../src/npm/types.js' */

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
    'a reply of a refresh function, quoted by who reads it',
    toRefresh(() => json({})),
    {
      refresh: async () => ({ access_token: NEW, refresh_token: NEW }),
      fields: {
        accessToken: (/** @type {any} */ { access_token }) => {
          if (access_token === NEW) throw new Error(`no field in ${access_token}`);
          return access_token;
        },
      },
    },
  ],
  [
    'a reply of a refresh function that can not be looked at whole',
    toRefresh(() => json({})),
    {
      refresh: async () => ({
        refresh_token: NEW,
        get access_token() {
          throw new Error(`no access with ${REFRESH}`);
        },
      }),
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

test('after a replay that fails, the token of the first sending is as hidden as that of the last', async () => {
  let calls = 0;
  const fetch = async () => {
    calls += 1;
    if (calls === 1) return json({}, 401);
    return new Response(null, { status: 500, statusText: `${ACCESS} was replaced by ${NEW}` });
  };
  const refresh = async () => ({ access_token: NEW });
  const api = createApiFetch({ fetch, baseURL: BASE, retry: 0, session: { storage: 'memory', refresh } });
  await api.session.set(REPLY);
  const error = await api('/x').catch((/** @type {unknown} */ reason) => reason);
  assert.match(String(error), /500 \[redacted\] was replaced by \[redacted\]/);
});

test('a token that the app itself has put into a request without the session is hidden where that fails', async () => {
  const fetch = async () => json({}, 500);
  const session = { storage: /** @type {const} */ ('memory'), refresh: '/token', skip: ['/skipped'] };
  const api = createApiFetch({ fetch, baseURL: BASE, retry: 0, session });
  await api.session.set(REPLY);
  const token = api.session.tokens?.refreshToken;
  for (const [path, options] of /** @type {const} */ ([
    ['/revoke', { session: false }],
    ['/skipped', {}],
  ])) {
    const error = await api(`${path}?t=${encodeURIComponent(`${token}`)}`, {
      ...{ ...options, method: 'POST', body: { token } },
    }).catch((/** @type {unknown} */ reason) => reason);
    assert.match(textsOf(error), /redacted/);
    assert.doesNotMatch(textsOf(error), /SECRET/);
  }
});

/** @type {[what: string, session: Partial<SessionOptions>][]} */
const JUDGES = [
  ['expired.when', { expired: { when: quotesHeader } }],
  ['replay', { replay: quotesHeader }],
  ['refused.when', { refused: { when: ({ data }) => quotes({ accessToken: data, refreshToken: NEW }) } }],
];

/** What a request shows of the tokens, an app can find elsewhere. */
function quotesHeader() {
  return quotes({ accessToken: ACCESS, refreshToken: REFRESH });
}

for (const [what, session] of JUDGES) {
  test(`what ${what} throws is reported without the tokens that it quotes`, async () => {
    const fetch = async (/** @type {any} */ url) =>
      `${url}`.endsWith('/token') ? json({ access_token: NEW }, 400) : json({}, 401);
    const api = createApiFetch({
      ...{ fetch, baseURL: BASE, retry: 0 },
      session: { storage: 'memory', refresh: '/token', refreshRetry: 0, ...session },
    });
    await api.session.set(REPLY);
    const printed = await logged(() => api('/x').catch(() => {}));
    assert.match(printed, /whose is/);
    assert.doesNotMatch(printed, /SECRET/);
  });
}
