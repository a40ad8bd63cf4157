/** What stands in the place of an error that holds a token: a copy of the same kind, and no more than that. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { createApiFetch } from '../../dist/index.js';
import { textsOf } from '../support/texts.js';

/** @import { ApiFetch } from '../../src/npm/types.js' */

const BASE = 'https://api.example.com';
// With signs that are written another way in a URL, in a form, in JSON and in HTML.
const ACCESS = 'SECRET-access/1+2 3="<&\\\\x\\"';
const REFRESH = "SECRET-refresh~(4)*!'";
const REPLY = { access_token: ACCESS, refresh_token: REFRESH };

const IN_QUERY = { query: { token: 'accessToken' } };

/** What a call rejects with where its `fetch` throws this. */
async function rejectionOf(/** @type {unknown} */ thrown) {
  const session = { storage: /** @type {const} */ ('memory'), refresh: /** @type {const} */ (false) };
  const api = createApiFetch({
    fetch: async () => Promise.reject(thrown),
    session: { ...session, origins: [BASE] },
  });
  await api.session.set(REPLY);
  return api.fetch(`${BASE}/x`).catch((reason) => reason);
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

const FORMS = {
  'as it is': ACCESS,
  'as JSON': JSON.stringify(ACCESS),
  'as JSON in JSON in JSON': JSON.stringify(JSON.stringify(JSON.stringify(ACCESS))),
  'as JSON that a script element can hold': JSON.stringify(ACCESS).replace(
    /[<>&=+/]/g,
    (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`,
  ),
  'in a URL': encodeURIComponent(ACCESS),
  'in a URL in a URL': encodeURIComponent(encodeURIComponent(ACCESS)),
  'in a form': `${new URLSearchParams({ '': ACCESS })}`,
  'in HTML': ACCESS.replace(/[&<"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;' })[sign] ?? '&quot;'),
  'in HTML by numbers': ACCESS.replace(/\W/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`),
};

for (const [form, written] of Object.entries(FORMS)) {
  test(`a token is found ${form}`, async () => {
    const error = await rejectionOf(new Error(`no ${written}.`));
    assert.match(error.message, /^no ["\\=]*\[redacted\]["\\]*\.$/);
  });
}

test('a token is found wherever a printed error shows it', async () => {
  const thrown = Object.assign(new Error('deep'), {
    url: new URL(`${BASE}/?t=${encodeURIComponent(ACCESS)}`),
    map: new Map([[ACCESS, { list: [ACCESS] }]]),
    set: new Set([[ACCESS]]),
    [ACCESS]: 'as a name',
    [Symbol('hidden')]: ACCESS,
  });
  const error = await rejectionOf(thrown);
  assert.doesNotMatch(`${textsOf(error)}${inspect(error, { depth: Infinity, showHidden: true })}`, /SECRET/);
  assert.equal(error.url.origin, BASE);
  assert.deepEqual([...error.map.values()], [{ list: ['[redacted]'] }]);
  assert.equal(error['[redacted]'], 'as a name');
});

test('lists that lead back to themselves are copied as they are', async () => {
  /** @type {any[]} */
  const list = [ACCESS];
  list.push(list);
  const error = await rejectionOf(Object.assign(new Error(REFRESH), { list }));
  assert.equal(error.list[1], error.list);
  assert.equal(error.list[0], '[redacted]');
});

test('a copy can be printed though its class has private parts, which it has not', async () => {
  class Guarded extends Error {
    #detail = 'secret detail';
    toJSON() {
      return { detail: this.#detail };
    }
    [Symbol.for('nodejs.util.inspect.custom')]() {
      return this.#detail;
    }
  }
  const error = await rejectionOf(new Guarded(`no ${ACCESS}`));
  assert.ok(error instanceof Guarded);
  assert.match(inspect(error), /no \[redacted\]/);
  assert.doesNotThrow(() => JSON.stringify(error));
  const whole = await rejectionOf(new Guarded('nothing'));
  assert.equal(JSON.stringify(whole), '{"detail":"secret detail"}');
});
