/** A wrong option is a TypeError that names it, thrown where it was given. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';

/** @typedef {[name: string, options: any]} Wrong */

const throws = (/** @type {() => unknown} */ work, /** @type {string} */ name) =>
  assert.throws(work, (/** @type {any} */ error) => {
    assert.equal(error?.name, 'TypeError', `${name}: ${error}`);
    assert.ok(error.message.includes(name), `"${error.message}" names ${name}`);
    return true;
  });

/** @type {(options: object) => any} */
const session = (options) => ({ session: { storage: 'memory', refresh: false, ...options } });

/** @type {Wrong[]} */
const WRONG_SESSION_OPTIONS = [
  ['storage', session({ storage: 'cookie' })],
  ['storage', session({ storage: 1 })],
  ['key', session({ key: 1 })],
  ['key', session({ key: '' })],
  ['attach', session({ attach: 'beerer' })],
  ['origins', session({ origins: 'https://api.example.com' })],
  ['origins', session({ origins: ['api.example.com'] })],
  ['origins', session({ origins: ['/path'] })],
  ['origins', session({ origins: [1] })],
  ['refreshBefore', session({ refreshBefore: -1 })],
  ['refreshBefore', session({ refreshBefore: '30' })],
  ['refreshBefore', session({ refreshBefore: Number.NaN })],
  ['refresh', { session: {} }],
  ['refresh', { session: { refresh: true } }],
  ['refresh', { session: { refresh: 1 } }],
  ['refresh', { session: { refresh: '' } }],
  ['refresh', { session: { refresh: null } }],
  ['refresh.url', { session: { refresh: {} } }],
  ['refresh.url', { session: { refresh: { url: 1 } } }],
  ['refresh.method', { session: { refresh: { url: '/x', method: 1 } } }],
  ['refresh.headers', { session: { refresh: { url: '/x', headers: 'no headers' } } }],
  ['refresh.clientID', { session: { refresh: { url: '/x', clientID: 'misspelt' } } }],
  ['refreshTimeout', session({ refreshTimeout: -1 })],
  ['refreshTimeout', session({ refreshTimeout: '10s' })],
  ['refreshRetry', session({ refreshRetry: -1 })],
  ['refreshRetry', session({ refreshRetry: true })],
  ['withdraw', session({ withdraw: 'no' })],
  ['queue', session({ queue: 100 })],
  ['queue.limit', session({ queue: { limit: -1 } })],
  ['queue.limit', session({ queue: { limit: '100' } })],
  ['queue.timeout', session({ queue: { timeout: -1 } })],
  ['queue.size', session({ queue: { size: 1 } })],
  ['crossTab', session({ crossTab: 'yes' })],
  ['onRefresh', session({ onRefresh: 'function' })],
  ['onSignOut', session({ onSignOut: {} })],
  ['onSignout', session({ onSignout: () => {} })],
  ['storage', session({ storage: { getItem() {}, setItem() {} } })],
  ['key', session({ key: {} })],
  ['key.access', session({ key: { access: '', refresh: 'r' } })],
  ['key.token', session({ key: { access: 'a', token: 't' } })],
  ['key', session({ key: { access: 'a' }, attach: 'none' })],
  ['attach', session({ attach: {} })],
  ['attach', session({ attach: { header: 'X-Token', query: { token: 'accessToken' } } })],
  ['attach.header', session({ attach: { header: 'not a name' } })],
  ['attach.scheme', session({ attach: { header: 'X-Token', scheme: 1 } })],
  ['attach.query', session({ attach: { query: { token: 1 } } })],
  ['attach.prefix', session({ attach: { header: 'X-Token', prefix: 'Bearer' } })],
  ['fields', session({ fields: 'access_token' })],
  ['fields.accessToken', session({ fields: { accessToken: 1 } })],
  ['fields.appKey', session({ fields: { appKey: '' } })],
  ['skip', session({ skip: '/login' })],
  ['skip', session({ skip: ['/login', 1] })],
  ['expired', session({ expired: 401 })],
  ['expired.status', session({ expired: { status: 401 } })],
  ['expired.status', session({ expired: { status: ['401'] } })],
  ['expired.when', session({ expired: { when: true } })],
  ['expired.codes', session({ expired: { codes: [40001] } })],
  ['expired.codes', session({ expired: { codes: { path: 'errcode' } } })],
  ['expired.codes.values', session({ expired: { codes: { path: 'errcode', values: 40001 } } })],
  ['expired.code', session({ expired: { code: 40001 } })],
  ['refused', session({ refused: 'invalid_grant' })],
  ['refused.status', session({ refused: { status: [99] } })],
  ['replay', session({ replay: 'none' })],
  ['identity', session({ identity: 'sub' })],
  ['refresh.body', { session: { refresh: { url: '/x', body: 'form' } } }],
  ['refresh.body', { session: { refresh: { url: '/x', method: 'GET' } } }],
  ['refresh.attach', { session: { refresh: { url: '/x', attach: 'bearer' } } }],
  ['refresh.url', { session: { refresh: { url: 'http://[x' } } }],
  ['refresh.method', { session: { refresh: { url: '/x', method: 'BAD METHOD' } } }],
  ['refresh.credentials', { session: { refresh: { url: '/x', credentials: 'yes' } } }],
  ['attach.query', session({ attach: { query: {} } })],
  ['key', session({ key: { access: 'a', refresh: 'a' } })],
  ['session', { session: true }],
  ['session', { session: 'local' }],
  ['session', { session: () => {} }],
];

/** @type {Wrong[]} */
const WRONG_DEFAULTS = [
  ['fetch', { fetch: 'fetch' }],
  ['baseURL', { baseURL: 1 }],
  ['baseURL', { baseURL: new URL('https://api.example.com') }],
  ['headers', { headers: 'no headers' }],
  ['responseType', { responseType: 'jason' }],
  ['responseType', { responseType: 1 }],
  ['replay', { replay: 'never' }],
  ['envelope', { envelope: 'errcode' }],
  ['envelope.code', { envelope: {} }],
  ['envelope.ok', { envelope: { code: 'errcode', ok: 0 } }],
  ['envelope.message', { envelope: { code: 'errcode', message: 1 } }],
];

/** @type {Wrong[]} */
const WRONG_REQUEST_OPTIONS = [
  ['responseType', { responseType: 'jason' }],
  ['replay', { replay: 'never' }],
  ['envelope', { envelope: { code: 'errcode' } }],
  ['session', { session: 'no' }],
  ['session', { session: { refresh: false } }],
];

/** @type {Wrong[]} */
const WRONG_STEPS = [
  ['query', { query: 'a=1' }],
  ['params', { params: 1 }],
  ['parseResponse', { parseResponse: 'json' }],
  ['retry', { retry: -1 }],
  ['retry', { retry: true }],
  ['retry', { retry: 1.5 }],
  ['retryDelay', { retryDelay: -1 }],
  ['retryDelay', { retryDelay: '100' }],
  ['retryStatusCodes', { retryStatusCodes: 500 }],
  ['retryStatusCodes', { retryStatusCodes: ['500'] }],
  ['timeout', { timeout: -1 }],
  ['timeout', { timeout: '1s' }],
  ['timeout', { timeout: Number.NaN }],
  ['onRequest', { onRequest: {} }],
  ['onRequestError', { onRequestError: [1] }],
  ['onResponse', { onResponse: 'log' }],
  ['onResponseError', { onResponseError: [() => {}, undefined] }],
  ['mergeHooks', { mergeHooks: 'yes' }],
  ['onDownloadProgress', { onDownloadProgress: true }],
];

const show = (/** @type {any} */ options) =>
  JSON.stringify(options, (_, value) => (typeof value === 'function' ? '() => …' : value));

for (const [name, options] of WRONG_SESSION_OPTIONS) {
  test(`a session's ${name}: ${show(options.session)} is refused by its name`, () => {
    throws(() => createApiFetch(options), name);
    throws(() => createApiFetch().create(options), name);
  });
}

for (const [name, options] of [...WRONG_DEFAULTS, ...WRONG_STEPS]) {
  test(`defaults with ${name}: ${show(options)} are refused by its name`, () => {
    throws(() => createApiFetch(options), name);
    throws(() => createApiFetch().create(options), name);
  });
}

for (const [name, options] of [...WRONG_REQUEST_OPTIONS, ...WRONG_STEPS]) {
  test(`a request with ${name}: ${show(options)} is refused by its name, and nothing is sent`, async () => {
    let sent = 0;
    const fetch = async () => {
      sent += 1;
      return new Response('');
    };
    const api = createApiFetch({ fetch, ...session({}) });
    for (const call of [api, api.raw]) {
      const error = await call('https://api.example.com/', options).then(
        () => undefined,
        (reason) => reason,
      );
      throws(() => {
        throw error;
      }, name);
    }
    assert.equal(sent, 0);
  });
}

test('options that are undefined count as not given', async () => {
  const nothing = Object.fromEntries([...WRONG_STEPS, ...WRONG_DEFAULTS].map(([name]) => [name, undefined]));
  const api = createApiFetch({
    ...nothing,
    fetch: async () => Response.json('fine'),
    ...session({ key: undefined }),
  });
  assert.equal(await api('https://api.example.com/', nothing), 'fine');
  assert.equal(await api('https://api.example.com/', /** @type {any} */ ({ retry: false })), 'fine');
});

test('wrong arguments of a session’s members are TypeErrors that say which', async () => {
  const { session: own } = createApiFetch(session({}));
  assert.ok(own);
  throws(() => own.on(/** @type {any} */ ('refreshed'), () => {}), 'session.on');
  throws(() => own.on('busy', /** @type {any} */ (undefined)), 'session.on');
  await assert.rejects(own.valid(-1), { name: 'TypeError', message: /seconds/ });
  await assert.rejects(own.valid(Number.NaN), { name: 'TypeError', message: /seconds/ });
  await assert.rejects(own.set({ access_token: 'a' }, /** @type {any} */ ({ sameUser: 'yes' })), {
    name: 'TypeError',
    message: /sameUser/,
  });
});
