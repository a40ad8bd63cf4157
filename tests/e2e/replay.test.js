/** What becomes of single requests around a refresh, one step at a time. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

const openApp = useApps();

test('a 401 that arrives after the refresh is replayed without another one', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { api: true } });
  const late = await app.begin(({ api }) => api('/api/echo/late'));
  await app.tenant.held('api', 1);
  await app.tenant.control({ hold: { api: false } });

  await app.run(({ api }) => api('/api/echo/first'));
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  await late.isPending();
  await app.tenant.release('api');
  assert.equal((await late.outcome()).value.path, '/api/echo/late');
  assert.deepEqual(await app.hits('/api/echo/late'), { 200: 1, 401: 1 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a 401 from two tokens ago is replayed with the token of now', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { api: true } });
  const late = await app.begin(({ api }) => api('/api/echo/late', { method: 'POST', body: { a: 1 } }));
  await app.tenant.held('api', 1);
  await app.tenant.control({ hold: { api: false } });
  await app.run(({ api }) => api('/api/echo/first'));
  await app.tenant.expire();
  await app.run(({ api }) => api('/api/echo/second'));

  await app.tenant.release('api');
  assert.equal((await late.outcome()).value.text, '{"a":1}');
  assert.deepEqual(await app.hits('/api/echo/late', 'POST'), { 200: 1, 401: 1 });
  assert.deepEqual(await app.refreshes(), { refreshes: 2, presentations: 2, reused: 0 });
});

test('a request that starts while a refresh runs waits for it, and is sent with the new token only', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const first = await app.begin(({ api }) => api('/api/echo/first'));
  await app.tenant.held('refresh', 1);
  const get = await app.begin(({ api }) => api('/api/echo/get'));
  const post = await app.begin(({ api }) => api('/api/echo/post', { method: 'POST', body: 'x' }));
  const plain = await app.begin(({ api, base }) => api.fetch(`${base}/api/echo/fetch`));

  await get.isPending();
  await post.isPending();
  await first.isPending();
  assert.equal(await app.run(({ api }) => api.session?.status), 'refreshing');
  assert.deepEqual(await app.hits('/api/echo/get'), {});
  assert.deepEqual(await app.hits('/api/echo/post', 'POST'), {});

  await app.tenant.release('refresh');
  assert.equal((await get.outcome()).value.path, '/api/echo/get');
  assert.equal((await post.outcome()).value.path, '/api/echo/post');
  assert.equal((await first.outcome()).value.path, '/api/echo/first');
  assert.equal((await plain.outcome()).error, undefined);
  assert.deepEqual(await app.hits('/api/echo/fetch'), { 200: 1 });
  assert.deepEqual(await app.hits('/api/echo/get'), { 200: 1 });
  assert.deepEqual(await app.hits('/api/echo/post', 'POST'), { 200: 1 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('requests that waited are sent in the order in which they came', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const order = await app.begin(async ({ api }) => {
    /** @type {string[]} */
    const sent = [];
    api.session?.on('trace', ({ step, path }) => {
      if (step === 'sent' || step === 'replayed') sent.push(`${step} ${path.split('/').pop()}`);
    });
    const requests = [api('/api/echo/1')];
    while (api.session?.status !== 'refreshing') await new Promise((resolve) => setTimeout(resolve));
    for (let number = 2; number <= 6; number += 1) requests.push(api(`/api/echo/${number}`));
    await Promise.all(requests);
    return sent;
  });
  await app.tenant.held('refresh', 1);
  await app.until(({ api }) => api.session?.waiting === 6);
  await app.tenant.release('refresh');
  const expected = ['sent 1', 'replayed 1', 'sent 2', 'sent 3', 'sent 4', 'sent 5', 'sent 6'];
  assert.deepEqual((await order.outcome()).value, expected);
});

test('a replay that is rejected again is handed to the caller: no loop', async (t) => {
  const app = await openApp(t);
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/status/401')));
  assert.deepEqual([error?.name, error?.status, error?.code], ['FetchError', 401, undefined]);
  assert.deepEqual(await app.hits('/api/status/401'), { 401: 2 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), []);
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
});

test('a storm at a path that rejects every token: one refresh, one replay each', async (t) => {
  const app = await openApp(t);
  const fates = await app.run(({ api, tally }) =>
    tally(Array.from({ length: 50 }, () => api('/api/status/401', { method: 'POST' }))),
  );
  assert.deepEqual(fates, { 'FetchError 401': 50 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.ok(Number((await app.hits('/api/status/401', 'POST'))['401']) <= 100);
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
});

test('insufficient_scope is no expiry: no refresh, the caller gets the answer', async (t) => {
  const app = await openApp(t);
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/forbidden')));
  assert.deepEqual([error?.name, error?.status], ['FetchError', 403]);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

test('signed out, a request goes out without a token and its 401 starts no refresh', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/1')));
  assert.deepEqual([error?.name, error?.status], ['FetchError', 401]);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
  assert.equal((await app.run(({ api }) => api('/open/echo/1'))).headers.authorization, undefined);
});

test('refresh: false never refreshes: an expired token ends the session', async (t) => {
  const app = await openApp(t, { session: { refresh: false } });
  await app.tenant.expire();
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/1')));
  assert.deepEqual([error?.name, error?.code], ['AuthError', 'REFRESH_REJECTED']);
  const { status } = await app.run(({ api }) => ({ ...api.session, tokens: api.session?.tokens }));
  assert.equal(status, 'signed-out');
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), ['no-refresh-token']);
});

test('tokens without a refresh token: a rejection ends the session, once', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const { access_token } = await app.tenant.login();
  await app.run(({ api }, token) => api.session?.set({ access_token: token }), access_token);
  await app.tenant.expire();
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(50))), {
    'AuthError REFRESH_REJECTED': 50,
  });
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
  assert.deepEqual(await app.run(({ seen }) => seen.signOuts), ['no-refresh-token']);
});

test('a refresh reply without a new refresh token keeps the old one', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const tokens = await app.run(async ({ create }) => {
    const session = { key: 'other', refresh: () => ({ access_token: 'second', expires_in: 60 }) };
    const api = create(session);
    await api.session?.set({ access_token: 'first', refresh_token: 'kept', scope: 'api', expires_in: 600 });
    return api.session?.refresh();
  });
  assert.equal(tokens?.accessToken, 'second');
  assert.equal(tokens?.refreshToken, 'kept');
  assert.equal(tokens?.scope, 'api');
  const { expiresAt } = tokens ?? {};
  assert.ok(expiresAt && expiresAt <= Date.now() + 60_000);
});
