/** Waiting has its bounds: aborts, a full queue, a wait that is too long, an instance that leaves. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

/** @import { App } from '../support/app.js' */

const openApp = useApps();

/**
 * @param {App} app
 * @returns a request that was rejected and waits for a held refresh
 */
async function holdRefresh(app) {
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const first = await app.begin(({ api }) => api('/api/echo/first'));
  await app.tenant.held('refresh', 1);
  return first;
}

test('an aborted wait rejects at once: api with a FetchError, api.fetch with the reason itself', async (t) => {
  const app = await openApp(t);
  const first = await holdRefresh(app);
  const ends = await app.run(async ({ api, base, lib }) => {
    const reason = { why: 'navigated away' };
    const controller = new AbortController();
    const { signal } = controller;
    const calls = [
      api('/api/echo/api', { signal }),
      api.raw('/api/echo/raw', { signal, method: 'POST', body: 'x' }),
      api.fetch(`${base}/api/echo/fetch`, { signal }),
      api.fetch(new Request(`${base}/api/echo/request`, { signal })),
    ];
    const settled = Promise.allSettled(calls);
    const waiting = [api.session?.waiting];
    controller.abort(reason);
    waiting.push(api.session?.waiting);
    const results = (await settled).map((result) =>
      result.status === 'rejected' ? result.reason : 'answered',
    );
    const [one, two, three, four] = results;
    return {
      waiting,
      classes: [one, two].map((error) => lib.isFetchError(error) && !lib.isAuthError(error)),
      causes: [one, two].map((error) => error.cause === reason),
      reasons: [three === reason, four === reason],
    };
  });
  assert.deepEqual(ends, {
    waiting: [5, 1],
    classes: [true, true],
    causes: [true, true],
    reasons: [true, true],
  });
  await first.isPending();
  await app.tenant.release('refresh');
  assert.equal((await first.outcome()).value.path, '/api/echo/first');
  const { hits } = await app.tenant.books();
  assert.deepEqual(Object.keys(hits), ['GET /api/echo/first']);
});

test('the rejected request itself can be aborted while it waits', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const call = await app.begin(async ({ api, seen }) => {
    const controller = new AbortController();
    Object.assign(globalThis, { abort: () => controller.abort() });
    await api('/api/echo/first', { signal: controller.signal }).catch((error) => {
      Object.assign(seen, { pending: api.session?.pending });
      throw error;
    });
  });
  await app.tenant.held('refresh', 1);
  await app.page.evaluate('abort()');
  assert.equal((await call.outcome()).error?.cause?.name, 'AbortError');
  await app.tenant.release('refresh');
  await app.run(({ api }) => api('/api/echo/next'));
  assert.deepEqual(await app.hits('/api/echo/first'), { 401: 1 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a signal that is aborted already: nothing is sent', async (t) => {
  const app = await openApp(t);
  const reasons = await app.run(async ({ api, base, outcome }) => {
    const signal = AbortSignal.abort('too late');
    return [
      (await outcome(api('/api/echo/1', { signal }))).error?.cause?.name,
      (await outcome(api.fetch(`${base}/api/echo/1`, { signal }))).error?.name,
      (await outcome(api('/api/echo/1', { signal, session: false }))).error?.cause?.name,
    ];
  });
  assert.deepEqual(reasons, ['too late', 'too late', 'too late']);
  assert.deepEqual((await app.tenant.books()).hits, {});
});

test('a request in flight that is aborted rejects, and the server sees its client leave', async (t) => {
  const app = await openApp(t);
  await app.tenant.control({ hold: { api: true } });
  const call = await app.begin(({ api }) => {
    const controller = new AbortController();
    Object.assign(globalThis, { abort: () => controller.abort() });
    return api('/api/echo/1', { signal: controller.signal, method: 'POST', body: 'x' });
  });
  await app.tenant.held('api', 1);
  await call.isPending();
  await app.page.evaluate('abort()');
  assert.equal((await call.outcome()).error?.cause?.name, 'AbortError');
  await app.untilBooks(({ aborted }) => aborted === 1);
  assert.equal(await app.run(({ api }) => api.session?.pending), 0);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

test('AbortSignal.timeout() ends a wait for a refresh too', async (t) => {
  const app = await openApp(t);
  const first = await holdRefresh(app);
  const { error } = await app.run(({ api, outcome }) =>
    outcome(api('/api/echo/1', { signal: AbortSignal.timeout(50) })),
  );
  assert.deepEqual([error?.name, error?.cause?.name], ['FetchError', 'TimeoutError']);
  await first.isPending();
  await app.tenant.release('refresh');
  await first.outcome();
  assert.deepEqual(await app.hits('/api/echo/1'), {});
});

test('a full queue rejects the newcomer at once, and takes newcomers again when there is room', async (t) => {
  const app = await openApp(t, { session: { queue: { limit: 3 } } });
  const first = await holdRefresh(app);
  const second = await app.begin(({ api }) => api('/api/echo/second'));
  const third = await app.begin(({ api }) => {
    const controller = new AbortController();
    Object.assign(globalThis, { abort: () => controller.abort() });
    return api('/api/echo/third', { signal: controller.signal });
  });
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/fourth')));
  assert.deepEqual([error?.name, error?.code, error?.status], ['AuthError', 'QUEUE_FULL', undefined]);

  await app.page.evaluate('abort()');
  await third.outcome();
  const fifth = await app.begin(({ api }) => api('/api/echo/fifth'));
  await fifth.isPending();
  await app.tenant.release('refresh');
  for (const call of [first, second, fifth]) assert.equal((await call.outcome()).error, undefined);
  assert.deepEqual(await app.hits('/api/echo/fourth'), {});
});

test('a wait that is too long rejects the waiter, and the refresh goes on', async (t) => {
  const app = await openApp(t, { session: { queue: { timeout: 100 } } });
  const first = await holdRefresh(app);
  const second = await app.begin(({ api }) => api('/api/echo/second'));
  const errors = [(await first.outcome()).error, (await second.outcome()).error];
  assert.deepEqual(
    errors.map((error) => [error?.name, error?.code, error?.status]),
    [
      // Its own answer goes with the error where there was one.
      ['AuthError', 'QUEUE_TIMEOUT', 401],
      ['AuthError', 'QUEUE_TIMEOUT', undefined],
    ],
  );
  await app.tenant.release('refresh');
  await app.until(({ seen }) => seen.refreshes === 1);
  assert.equal((await app.run(({ api }) => api('/api/echo/third'))).path, '/api/echo/third');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.deepEqual(await app.hits('/api/echo/second'), {});
});

test('dispose() rejects whoever waits or flies, and sends nothing more with the session', async (t) => {
  const app = await openApp(t);
  const first = await holdRefresh(app);
  const second = await app.begin(({ api }) => api('/api/echo/second'));
  const refresh = await app.begin(({ api }) => /** @type {Promise<unknown>} */ (api.session?.refresh()));
  await refresh.isPending();
  await app.run(({ api }) => api.session?.dispose());
  for (const call of [first, second, refresh]) assert.equal((await call.outcome()).error?.name, 'AuthError');

  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/third')));
  assert.equal(error?.name, 'AuthError');
  const { pending, waiting } = await app.run(({ api }) => ({ ...api.session, tokens: api.session?.tokens }));
  assert.deepEqual({ pending, waiting }, { pending: 0, waiting: 0 });
  await app.tenant.release('refresh');
  assert.deepEqual(await app.hits('/api/echo/second'), {});
  assert.deepEqual(await app.run(({ seen }) => seen), { signOuts: [], refreshes: 0, reported: [] });
  // The tokens are not signed out: another instance finds them.
  assert.ok(await app.run(({ create }) => create().session?.tokens?.accessToken));
});

test('dispose() of one of two instances leaves the other its session', async (t) => {
  const app = await openApp(t);
  const first = await holdRefresh(app);
  await app.run(({ create }) => {
    const other = create();
    other.session?.dispose();
    other.session?.dispose();
  });
  await first.isPending();
  await app.tenant.release('refresh');
  assert.equal((await first.outcome()).value.path, '/api/echo/first');
});
