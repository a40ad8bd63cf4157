/** The package inside a dedicated worker: no localStorage, no document, and the same session. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';
import { bundled, startWorker } from '../support/workers.js';

const open = useApps();

/**
 * A page and a worker in it, which is signed in.
 *
 * @param {import('node:test').TestContext} t
 * @param {Parameters<typeof startWorker>[1]} [options]
 */
async function inWorker(t, options) {
  const app = await open(t, { signedIn: false });
  const worker = await startWorker(app, options);
  await worker.run(({ api }, reply) => api.session?.set(reply), await app.tenant.login());
  return { app, worker };
}

for (const type of /** @type {const} */ (['module', 'classic'])) {
  test(`200 requests of a ${type} worker with an expired token: one refresh, own replies all`, async (t) => {
    const script = type === 'classic' ? await bundled('library') : undefined;
    const { app, worker } = await inWorker(t, {
      type,
      session: { storage: 'memory' },
      ...(script && { script }),
    });
    await app.tenant.expire();
    const counts = await worker.run(({ tally, storm }) => tally(storm(200)));
    assert.deepEqual(counts, { 'own reply': 200 });
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    assert.deepEqual(await worker.run(({ api }) => [api.session?.pending, api.session?.waiting]), [0, 0]);
  });
}

test('there is no localStorage: tokens stay in memory, with one warning, and are gone with the worker', async (t) => {
  const app = await open(t, { signedIn: false });
  const reply = await app.tenant.login();
  const first = await startWorker(app);
  const warnings = await first.run(async ({ api }, reply) => {
    /** @type {string[]} */
    const warnings = [];
    api.session?.on('warning', ({ code }) => warnings.push(code));
    await api.session?.set(reply);
    await api('/api/echo/1');
    await api.session?.refresh();
    await api('/api/echo/2');
    return warnings;
  }, reply);
  assert.deepEqual(warnings, ['storage']);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  await first.stop();
  const second = await startWorker(app);
  assert.equal(await second.run(({ api }) => api.session?.status), 'signed-out');
});

test('a sign-out in a worker ends its session: what waits is rejected, and it is told', async (t) => {
  const { app, worker } = await inWorker(t, { session: { storage: 'memory' } });
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  await worker.run(({ api, watch }) => {
    Object.assign(globalThis, { call: watch(api('/api/echo/1')) });
  });
  await app.tenant.held('refresh', 1);
  const { error, signOuts } = await worker.run(async ({ api, seen }) => {
    await api.session?.signOut();
    const { error } = await /** @type {any} */ (globalThis).call.outcome;
    return { error, signOuts: seen.signOuts };
  });
  assert.deepEqual([error.name, error.code, signOuts], ['AuthError', 'SIGNED_OUT', ['user']]);
});

test('tokens in IndexedDB, by a storage of the app’s own, are there in the next worker', async (t) => {
  const app = await open(t, { signedIn: false });
  /** Makes an instance that keeps its tokens in IndexedDB. */
  const make = (/** @type {import('../support/in-page.js').Kit} */ { create }) => {
    const done = (/** @type {IDBRequest} */ request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const opened = indexedDB.open('tokens');
    opened.onupgradeneeded = () => opened.result.createObjectStore('tokens');
    const database = done(opened);
    const store = async (/** @type {IDBTransactionMode} */ mode) =>
      (await database).transaction('tokens', mode).objectStore('tokens');
    const storage = {
      getItem: async (/** @type {string} */ key) => done((await store('readonly')).get(key)),
      setItem: async (/** @type {string} */ key, /** @type {string} */ value) =>
        void (await done((await store('readwrite')).put(value, key))),
      removeItem: async (/** @type {string} */ key) =>
        void (await done((await store('readwrite')).delete(key))),
    };
    Object.assign(globalThis, { own: create({ storage }) });
  };
  const first = await startWorker(app);
  await first.run(make);
  await first.run(
    (_, reply) => /** @type {any} */ (globalThis).own.session.set(reply),
    await app.tenant.login(),
  );
  await first.stop();
  await app.tenant.expire();

  const second = await startWorker(app);
  await second.run(make);
  const { before, reply } = await second.run(async () => {
    const { own } = /** @type {any} */ (globalThis);
    const before = own.session.status;
    return { before, reply: await own('/api/echo/1') };
  });
  assert.deepEqual([before, reply.user], ['loading', 'ada']);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a token goes to the worker’s own origin alone, also where the worker is a Blob', async (t) => {
  const app = await open(t, { signedIn: false });
  const script = await app.page.evaluate(() =>
    URL.createObjectURL(new Blob([''], { type: 'text/javascript' })),
  );
  const worker = await startWorker(app, { script, session: { storage: 'memory' } });
  await worker.run(({ api }, reply) => api.session?.set(reply), await app.tenant.login());
  const sent = await worker.run(
    async ({ api }, { own, foreign }) => {
      const send = async (/** @type {string} */ url) => (await (await api.fetch(url)).json()).headers;
      return [await send(own), await send(foreign)].map(({ authorization }) => authorization !== undefined);
    },
    {
      own: `${app.tenant.url}/open/echo/1`,
      foreign: `${app.tenant.url.replace('localhost', '127.0.0.1')}/open/echo/2`,
    },
  );
  assert.deepEqual(sent, [true, false]);
});

test('a worker and its page, each with tokens of its own, do not know of each other', async (t) => {
  const { app, worker } = await inWorker(t, { session: { storage: 'memory' } });
  await app.signIn('bob');
  const ask = (/** @type {import('../support/in-page.js').Kit} */ { api }) => api('/api/echo/1');
  assert.deepEqual([(await worker.run(ask)).user, (await app.run(ask)).user], ['ada', 'bob']);
  await worker.run(({ api }) => api.session?.signOut());
  assert.equal((await app.run(ask)).user, 'bob');
});
