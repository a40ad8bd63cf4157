/** The request pipeline in a browser, against the server: what its own tests step by hand, under a storm. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';
import { withClock } from '../support/lacking.js';

const openApp = useApps();

test('a storm of 200 with hooks: own replies, one refresh, each hook once a request', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const { counts, runs } = await app.run(async ({ api, tally }) => {
    /** @type {number[]} */
    const requests = [];
    /** @type {number[]} */
    const responses = [];
    const numberOf = (/** @type {any} */ options) => options.query.n;
    const hooked = api.create({
      timeout: 30_000,
      async onRequest({ options }) {
        await null;
        requests.push(numberOf(options));
        options.headers.set('x-number', String(numberOf(options)));
      },
      onResponse: ({ options }) => void responses.push(numberOf(options)),
    });
    const calls = Array.from({ length: 200 }, (_, index) =>
      hooked(`/api/echo/${index + 1}`, { query: { n: index + 1 } }),
    );
    const counts = await tally(calls);
    return { counts, runs: [requests, responses].map((all) => [all.length, new Set(all).size]) };
  });
  assert.deepEqual(counts, { 'own reply': 200 });
  assert.deepEqual(runs, [
    [200, 200],
    [200, 200],
  ]);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a time limit does not count the wait for a refresh that is held', async (t) => {
  const app = await openApp(t, { prepare: withClock });
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const call = await app.begin(({ api }) => api('/api/echo/1', { timeout: 300, retry: 0 }));
  await app.untilBooks(({ presentations }) => presentations === 1);
  // Ten times the limit.
  await app.page.clock.fastForward(3000);
  await call.isPending();
  await app.tenant.release('refresh');
  assert.equal((await call.outcome()).value?.path, '/api/echo/1');
});

test('a download tells how far it has come', async (t) => {
  const app = await openApp(t);
  const { seen, size } = await app.run(async ({ api, base }) => {
    const { byteLength } = await (await fetch(`${base}/open/echo/1?long=${'x'.repeat(5000)}`)).arrayBuffer();
    /** @type {any[]} */
    const seen = [];
    await api(`/open/echo/1?long=${'x'.repeat(5000)}`, {
      onDownloadProgress: (progress) => seen.push(progress),
    });
    return { seen, size: byteLength };
  });
  const { loaded, total, progress } = seen.at(-1);
  assert.ok(loaded > 5000 && Math.abs(loaded - size) < 1000);
  assert.ok(total === undefined || (total === loaded && progress === 1));
});

test('a query and a hash, a Request, a stream of events', async (t) => {
  const app = await openApp(t);
  const values = await app.run(async ({ api, base }) => {
    const hashed = await api('/open/echo/1?a=1#part', { query: { b: [1, 2] } });
    const asked = await api(new Request(`${base}/open/echo/2`, { method: 'PUT', body: 'text' }), {
      timeout: 5000,
    });
    return [hashed.query, asked.method, asked.text];
  });
  assert.deepEqual(values.slice(1), ['PUT', 'text']);
  assert.equal(values[0].a, '1');
});
