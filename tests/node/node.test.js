/** The package in plain Node: usable at once, against the real server, and careful on a machine that serves many users. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect, promisify } from 'node:util';
import { apiFetch, createApiFetch, isAuthError, isFetchError } from '../../dist/index.js';
import { startServer, tenant } from '../support/server.js';

/** @import { SessionOptions } from '../../src/npm/types.js' */

const ENTRY = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

/**
 * @param {string} name
 * @param {Partial<SessionOptions>} [session]
 */
async function signedIn(name, session = {}) {
  const own = tenant(server.origin, name);
  const api = createApiFetch({
    baseURL: own.url,
    session: { storage: 'memory', refresh: { url: '/oidc/token', clientId: 'app' }, ...session },
  });
  await api.session?.set(await own.login());
  return { api, own };
}

test('200 requests at once with an expired token: own replies all, one refresh', async () => {
  const { api, own } = await signedIn('storm');
  await own.expire();
  const numbers = Array.from({ length: 200 }, (_, index) => index + 1);
  const replies = await Promise.all(numbers.map((number) => api(`/api/echo/${number}`)));
  assert.deepEqual(
    replies.map((reply) => /** @type {any} */ (reply).path),
    numbers.map((number) => `/api/echo/${number}`),
  );
  const { refreshes, presentations, reused } = await own.books();
  assert.deepEqual([refreshes, presentations, reused], [1, 1, 0]);
});

test('sessions in memory are apart, also with the same key: one instance a request of a server', async () => {
  const ada = await signedIn('apart');
  const grace = createApiFetch({ baseURL: ada.own.url, session: { storage: 'memory', refresh: false } });
  assert.equal(grace.session?.tokens, null);
  await grace.session?.set(await ada.own.login('grace'));
  const users = await Promise.all([ada.api('/api/echo/1'), grace('/api/echo/2')]);
  assert.deepEqual(
    users.map((reply) => /** @type {any} */ (reply).user),
    ['ada', 'grace'],
  );
});

for (const storage of /** @type {const} */ (['local', 'session'])) {
  test(`set() with storage '${storage}' is an error that names storage: 'memory'`, async () => {
    const { session } = createApiFetch({ session: { storage, refresh: false } });
    await assert.rejects(Promise.resolve(session?.set({ access_token: 'a' })), /storage: 'memory'/);
    assert.equal(session?.tokens, null);
  });
}

test('a storage of the server’s own works, also an asynchronous one', async () => {
  const own = tenant(server.origin, 'custom-storage');
  for (const isAsync of [false, true]) {
    /** @type {Map<string, string>} */
    const items = new Map();
    const later = (/** @type {any} */ value) => (isAsync ? Promise.resolve(value) : value);
    const storage = {
      getItem: (/** @type {string} */ name) => later(items.get(name) ?? null),
      setItem: (/** @type {string} */ name, /** @type {string} */ value) => later(items.set(name, value)),
      removeItem: (/** @type {string} */ name) => later(items.delete(name)),
    };
    const refresh = { url: '/oidc/token', clientId: 'app' };
    const create = () => createApiFetch({ baseURL: own.url, session: { storage, refresh } });
    const first = create();
    await first.session.set(await own.login());
    assert.equal(items.size, 1);
    first.session.dispose();

    const { refreshes } = await own.books();
    await own.expire();
    const second = create();
    await Promise.all([1, 2, 3].map((number) => second(`/api/echo/${number}`)));
    assert.equal((await own.books()).refreshes, refreshes + 1);
    await second.session.signOut();
    assert.equal(items.size, 0);
  }
});

test('the ready instance works, but takes no defaults where users would share them', async () => {
  const own = tenant(server.origin, 'ready');
  const reply = /** @type {any} */ (await apiFetch(`${own.url}/open/echo/1`));
  assert.equal(reply.path, '/open/echo/1');
  assert.equal(apiFetch.session, null);
  assert.throws(() => apiFetch.configure({}), /server/);
});

test('a streamed body cannot be sent again: the refresh happens, and the caller gets the original 401', async () => {
  const { api, own } = await signedIn('stream');
  await own.expire();
  const stream = () => new Blob(['streamed']).stream();
  const error = /** @type {any} */ (
    await api('/api/echo/1', { method: 'POST', body: stream() }).catch((reason) => reason)
  );
  assert.deepEqual([error.name, error.status, isAuthError(error)], ['FetchError', 401, false]);
  await api.session?.valid();
  const reply = /** @type {any} */ (await api('/api/echo/2', { method: 'POST', body: stream() }));
  assert.equal(reply.text, 'streamed');
  const { hits, refreshes } = await own.books();
  assert.deepEqual([hits['POST /api/echo/1'], refreshes], [{ 401: 1 }, 1]);
});

test('a Request whose body is a stream is still sent whole, or its own 401 is the answer', async () => {
  const { api, own } = await signedIn('request-stream');
  await own.expire();
  const init = { method: 'POST', body: new Blob(['streamed']).stream(), duplex: 'half' };
  const request = new Request(`${own.url}/api/echo/1`, /** @type {RequestInit} */ (init));
  const end = await api(request).catch((reason) => reason);
  if (isFetchError(end)) assert.equal(end.status, 401);
  else assert.equal(/** @type {any} */ (end).text, 'streamed');
  assert.equal((await own.books()).refreshes, 1);
});

for (const mode of /** @type {const} */ (['invalid_grant', '500', 'empty', 'drop'])) {
  test(`no token in what Node shows of an error (${mode})`, async () => {
    const { api, own } = await signedIn(`inspect-${mode}`, { refreshRetry: 0 });
    const { accessToken, refreshToken } = api.session?.tokens ?? {};
    await own.expire();
    await own.control({ refresh: { mode } });
    const error = await api('/api/echo/1', { method: 'POST', body: { a: 1 } }).catch((reason) => reason);
    assert.ok(isAuthError(error));
    const shown = [
      inspect(error, { depth: 20, getters: true }),
      inspect(error, { depth: 20, showHidden: true }),
    ];
    shown.push(JSON.stringify(error), String(error), error.stack ?? '');
    for (const secret of [accessToken, refreshToken]) {
      for (const text of shown) assert.ok(!text.includes(String(secret)));
    }
  });
}

test('importing it starts nothing that keeps a process alive, and writes nothing', async () => {
  const program = `
    const before = Object.getOwnPropertyNames(globalThis).length;
    const { createApiFetch } = await import(${JSON.stringify(ENTRY)});
    const left = [Object.getOwnPropertyNames(globalThis).length - before];
    const api = createApiFetch({ session: { storage: 'memory', refresh: false } });
    await api.session.set({ access_token: 'a', expires_in: 3600 });
    console.log(JSON.stringify([...left, api.session.status]));
  `;
  const args = ['--input-type=module', '--eval', program];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { timeout: 10_000 });
  assert.deepEqual([JSON.parse(stdout), stderr], [[0, 'active'], '']);
});

test('require() finds the same module', async () => {
  const program = `
    const required = require(${JSON.stringify(ENTRY)});
    import(${JSON.stringify(ENTRY)}).then((imported) => console.log(required.createApiFetch === imported.createApiFetch));
  `;
  const args = ['--no-warnings', '--input-type=commonjs', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 10_000 });
  assert.equal(stdout, 'true\n');
});

test('two copies of the package take two storages of the app’s for two, the first that each has met too', async () => {
  const [mine, its] = await Promise.all(
    ['one', 'other'].map(async (name) => {
      const { createApiFetch } = await import(`../../dist/index.js?copy=${name}`);
      const items = new Map();
      const storage = {
        getItem: (/** @type {string} */ key) => items.get(key) ?? null,
        setItem: (/** @type {string} */ key, /** @type {string} */ value) => void items.set(key, value),
        removeItem: (/** @type {string} */ key) => void items.delete(key),
      };
      return createApiFetch({ session: { storage, refresh: '/token' } });
    }),
  );
  await mine.session.set({ access_token: 'mine' });
  assert.equal(its.session.tokens, null);
});
