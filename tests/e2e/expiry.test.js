/** Refreshing ahead of a token's end, by the page's clock, which the tests set. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

/** @import { Page } from 'playwright-core' */

const openApp = useApps();

const prepare = (/** @type {Page} */ page) => page.clock.install();
const TEN_MINUTES = 600;

test('a request shortly before the end first refreshes: nothing is rejected', async (t) => {
  const app = await openApp(t, { prepare, accessTtl: TEN_MINUTES });
  await app.page.clock.fastForward((TEN_MINUTES - 31) * 1000);
  await app.run(({ api }) => api('/api/echo/before'));
  assert.deepEqual(await app.refreshes(), NO_REFRESH);

  await app.page.clock.fastForward(2000);
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(50))), { 'own reply': 50 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.equal((await app.tenant.books()).statuses['401'], undefined);
});

test('refreshBefore says how long before', async (t) => {
  const app = await openApp(t, { prepare, accessTtl: TEN_MINUTES, session: { refreshBefore: 200 } });
  await app.page.clock.fastForward((TEN_MINUTES - 201) * 1000);
  await app.run(({ api }) => api('/api/echo/1'));
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
  await app.page.clock.fastForward(2000);
  await app.run(({ api }) => api('/api/echo/2'));
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a refreshBefore that is not shorter than the lifetime counts as half of it: no endless refreshing', async (t) => {
  const app = await openApp(t, { prepare, accessTtl: TEN_MINUTES, session: { refreshBefore: 7200 } });
  await app.run(({ api }) => api('/api/echo/1'));
  await app.page.clock.fastForward((TEN_MINUTES / 2 - 2) * 1000);
  await app.run(({ api }) => api('/api/echo/2'));
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
  await app.page.clock.fastForward(4000);
  await app.run(({ api }) => api('/api/echo/3'));
  await app.run(({ api }) => api('/api/echo/4'));
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

for (const mode of /** @type {const} */ (['500', 'hang', 'empty', 'invalid_client'])) {
  test(`a refresh ahead of the end that fails (${mode}) does not fail the request; the next try is 30 s later`, async (t) => {
    const session = { refreshBefore: 200, refreshRetry: 0, refreshTimeout: 500 };
    const app = await openApp(t, { prepare, accessTtl: TEN_MINUTES, session });
    await app.tenant.control({ refresh: { mode } });
    await app.page.clock.fastForward((TEN_MINUTES - 150) * 1000);

    assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'own reply': 20 });
    assert.equal((await app.refreshes()).presentations, 1);
    await app.page.clock.fastForward(25_000);
    await app.run(({ api }) => api('/api/echo/early'));
    assert.equal((await app.refreshes()).presentations, 1);

    await app.tenant.control({ refresh: { mode: 'ok' } });
    await app.page.clock.fastForward(6000);
    await app.run(({ api }) => api('/api/echo/late'));
    assert.deepEqual(await app.refreshes(), { refreshes: 1, presentations: 2, reused: 0 });
    assert.equal((await app.tenant.books()).statuses['401'], undefined);
  });
}

test('a refresh ahead of the end that is refused ends the session', async (t) => {
  const app = await openApp(t, { prepare, accessTtl: TEN_MINUTES });
  await app.tenant.control({ refresh: { mode: 'invalid_grant' } });
  await app.page.clock.fastForward((TEN_MINUTES - 20) * 1000);
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), {
    'AuthError REFRESH_REJECTED': 20,
  });
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), ['refused']);
});

test('past the end by this clock, nothing is sent with the old token; the refresh’s failure is the request’s', async (t) => {
  const app = await openApp(t, { prepare, accessTtl: TEN_MINUTES, session: { refreshRetry: 0 } });
  await app.tenant.control({ refresh: { mode: '500' } });
  await app.page.clock.fastForward((TEN_MINUTES + 60) * 1000);
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'AuthError REFRESH_FAILED': 20 });
  assert.deepEqual((await app.tenant.books()).hits, {});

  await app.tenant.control({ refresh: { mode: 'ok' } });
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'own reply': 20 });
  assert.equal((await app.tenant.books()).statuses['401'], undefined);
});

test('a server’s Retry-After is kept to: until it is over requests fail at once, without a presentation', async (t) => {
  const app = await openApp(t, { prepare });
  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: '429', retryAfter: 60, times: 1 } });
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'AuthError REFRESH_FAILED': 20 });
  assert.equal((await app.refreshes()).presentations, 1);

  await app.page.clock.fastForward(50_000);
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/1')));
  assert.equal(error?.code, 'REFRESH_FAILED');
  assert.equal((await app.refreshes()).presentations, 1);
  assert.equal(await app.run(({ api }) => api.session?.status), 'active');

  await app.page.clock.fastForward(11_000);
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'own reply': 20 });
  assert.deepEqual(await app.refreshes(), { refreshes: 1, presentations: 2, reused: 0 });
});

test('a Retry-After that is a date is kept to as well', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const [codes, presented] = await app.run(async ({ create, outcome }) => {
    let presented = 0;
    const api = create(
      { key: 'own' },
      {
        async fetch(input) {
          if (!String(input).includes('/oidc/')) return new Response(null, { status: 401 });
          presented += 1;
          const inAMinute = new Date(Date.now() + 60_000).toUTCString();
          return new Response(null, { status: 503, headers: { 'retry-after': inAMinute } });
        },
      },
    );
    await api.session?.set({ access_token: 'a', refresh_token: 'r' });
    const ends = [await outcome(api('/api/echo/1')), await outcome(api('/api/echo/2'))];
    return [ends.map(({ error }) => error?.code), presented];
  });
  assert.deepEqual(codes, ['REFRESH_FAILED', 'REFRESH_FAILED']);
  assert.equal(presented, 1, 'neither within the refresh nor by the next request');
});

test('a short Retry-After is waited for within the refresh', async (t) => {
  const app = await openApp(t, { prepare });
  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: '429', retryAfter: 5, times: 1 } });
  await app.run(({ api }) => api.session?.on('trace', ({ step }) => (document.title = step)));
  const call = await app.begin(({ api }) => api('/api/echo/1'));
  await app.until(() => document.title === 'refresh-failed');
  await call.isPending();
  await app.page.clock.fastForward(5500);
  assert.equal((await call.outcome()).value.path, '/api/echo/1');
  assert.deepEqual(await app.refreshes(), { refreshes: 1, presentations: 2, reused: 0 });
});

test('valid(seconds) gives tokens that last as long, refreshed where need be', async (t) => {
  const app = await openApp(t, { prepare, accessTtl: TEN_MINUTES });
  await app.page.clock.fastForward((TEN_MINUTES - 100) * 1000);
  const before = await app.run(({ api }) => api.session?.valid(90));
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
  const after = await app.run(({ api }) => api.session?.valid(300));
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.notEqual(after?.accessToken, before?.accessToken);
});
