/** What comes from outside never becomes a prototype, nor what would be one where somebody merged it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import axios from '../../dist/axios.js';
import { createApiFetch } from '../../dist/index.js';
import { json, server } from '../support/double.js';

/** @import { SessionOptions } from '../../src/npm/types.js' */

const BASE = 'https://api.example.com';

const HARMFUL = '{"x":1,"__proto__":{"admin":true},"nested":{"list":[{"__proto__":{"admin":true},"y":2}]}}';

/** @param {any} tokens */
function mustBeHarmless(tokens) {
  assert.doesNotMatch(JSON.stringify(tokens), /__proto__|admin/);
  assert.equal(Object.getPrototypeOf(tokens), Object.prototype);
  assert.equal(tokens.admin, undefined);
  const merged = Object.assign({}, tokens, tokens.nested?.list?.[0]);
  assert.equal(Object.getPrototypeOf(merged), Object.prototype);
  assert.equal(/** @type {any} */ ({}).admin, undefined);
}

const reply = (/** @type {string} */ token) => ({ ...JSON.parse(HARMFUL), access_token: token });
const NESTED = { x: 1, nested: { list: [{ y: 2 }] } };

test('no reply, be it a login’s, a server’s or a function’s, puts a prototype into the tokens', async () => {
  const { fetch } = server(({ url }) => json(url.endsWith('/token') ? reply('second') : {}));
  const api = createApiFetch({ fetch, baseURL: BASE, session: { storage: 'memory', refresh: '/token' } });
  await api.session.set({ ...reply('first'), refresh_token: 'r' });
  mustBeHarmless(api.session.tokens);
  assert.deepEqual(api.session.tokens, { accessToken: 'first', refreshToken: 'r', ...NESTED });
  await api.session.refresh();
  mustBeHarmless(api.session.tokens);
  assert.deepEqual(api.session.tokens, { accessToken: 'second', refreshToken: 'r', ...NESTED });
  const byFunction = createApiFetch({ session: { storage: 'memory', refresh: async () => reply('second') } });
  await byFunction.session.set({ access_token: 'first' });
  await byFunction.session.refresh();
  mustBeHarmless(byFunction.session.tokens);
});

test('no name, path or function of fields, and no envelope, puts one there', async () => {
  const fields = {
    accessToken: 'data.token',
    user: () => JSON.parse(HARMFUL),
    ...JSON.parse('{"__proto__":"data.harm"}'),
  };
  const api = createApiFetch({
    envelope: { code: 'code', data: 'data' },
    session: { storage: 'memory', refresh: false, fields },
  });
  const harm = { accessToken: 'theirs', admin: true };
  await api.session.set({ code: 0, data: { token: 't', harm, ...JSON.parse(HARMFUL) } });
  const { user, harm: _, ...tokens } = /** @type {any} */ (api.session.tokens);
  mustBeHarmless(tokens);
  mustBeHarmless(user);
  assert.deepEqual(tokens, { accessToken: 't', ...NESTED });
});

test('no record puts one there', () => {
  const meta = { v: 1, user: 1, login: 1 };
  for (const [key, names] of /** @type {[SessionOptions['key'], Record<string, string>][]} */ ([
    ['k', { k: JSON.stringify({ accessToken: 't', ...JSON.parse(HARMFUL), apifetch: meta }) }],
    ['k', { k: HARMFUL.replace('"x"', '"access_token":"t","x"') }],
    [
      { access: 'a', refresh: 'r' },
      { a: 't', 'a:apifetch': HARMFUL.replace('"x"', '"of":"t","apifetch":{},"x"') },
    ],
  ])) {
    const storage = {
      getItem: (/** @type {string} */ name) => names[name] ?? null,
      setItem() {},
      removeItem() {},
    };
    const api = createApiFetch({ session: { storage, key, refresh: false, crossTab: false } });
    mustBeHarmless(api.session.tokens);
    assert.deepEqual(api.session.tokens, { accessToken: 't', ...NESTED });
  }
});

test('a class, a cycle and a date in a reply stay what they are', async () => {
  const api = createApiFetch({ session: { storage: 'memory', refresh: false } });
  /** @type {any} */
  const own = { at: new Date(5), by: new URL(BASE), made: new (class Own {})() };
  own.self = own;
  await api.session.set(/** @type {any} */ ({ access_token: 't', own }));
  assert.equal(/** @type {any} */ (api.session.tokens).own, own);
});

test('options and queries named like a prototype are none', async () => {
  const { fetch, sent } = server(() => json({}));
  const api = createApiFetch({ fetch, baseURL: BASE, session: { storage: 'memory', refresh: false } });
  await api.session.set({ access_token: 't' });
  const options = JSON.parse('{"__proto__":{"mode":"no-cors","keepalive":true}}');
  await api('/x?__proto__=1&a=2', { ...options, query: JSON.parse('{"__proto__":3,"b":4}') });
  await api('/x?__proto__=1&a=2', { query: { b: 4 } });
  assert.deepEqual(
    sent.map(({ url, headers }) => [url, headers.authorization]),
    [
      [`${BASE}/x?__proto__=3&a=2&b=4`, 'Bearer t'],
      [`${BASE}/x?__proto__=1&a=2&b=4`, 'Bearer t'],
    ],
  );
});

test('an option named like a prototype is none of fetch, nor of what hooks and errors are shown', async () => {
  /** @type {any[]} */
  const given = [];
  const fetch = async (/** @type {any} */ _, /** @type {any} */ init) => {
    given.push(init);
    return json({}, 400);
  };
  const options = JSON.parse('{"__proto__":{"mode":"no-cors"},"cache":"no-store"}');
  const session = { storage: /** @type {const} */ ('memory'), refresh: /** @type {const} */ (false) };
  const api = createApiFetch({ ...options, fetch, baseURL: BASE, session });
  await api.session.set({ access_token: 't' });
  for (const own of [undefined, options, { ...options, onRequest: () => {} }]) {
    const error = await api('/x', own).catch((/** @type {any} */ error) => error);
    assert.equal(error.status, 400);
    const { headers, ...init } = given.pop();
    assert.equal(headers.get('authorization'), 'Bearer t');
    assert.deepEqual(Object.keys(init), ['cache']);
    for (const shown of [init, error.options]) {
      assert.equal(shown.mode, undefined);
      assert.equal(Object.hasOwn(shown, '__proto__'), false);
    }
  }
});

test('axios: what is told of a config in JSON has no other prototype', () => {
  const config = { params: { list: [JSON.parse(HARMFUL)] } };
  const error = new axios.AxiosError('m', 'c', /** @type {any} */ (axios.mergeConfig(config, {})));
  const [told] = /** @type {any} */ (error.toJSON()).config.params.list;
  assert.equal(Object.getPrototypeOf(told), Object.prototype);
  assert.equal(told.admin, undefined);
});
