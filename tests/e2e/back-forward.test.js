/** Pages that are put into the back/forward cache and come back. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useApps } from '../support/app.js';

const openApp = useApps({ inWindows: true });

test('a page that comes back from the back/forward cache looks at the storage anew', async (t) => {
  const app = await openApp(t);
  const other = await app.openTab();
  await app.run(({ api }) => api('/api/echo/1'));
  await app.run(({ api }) => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { api, persisted }));
  });
  await app.page.goto(`${app.origin}/`);
  const { access_token } = await other.signIn('grace');
  // It is not loaded again, so that no load event comes.
  await app.page.goBack({ waitUntil: 'commit' });
  const { persisted, token } = await app.page.evaluate(() => {
    const page = /** @type {any} */ (globalThis);
    return { persisted: page.persisted, token: page.api.session.tokens.accessToken };
  });
  assert.deepEqual({ persisted, token }, { persisted: true, token: access_token });
});

test('a page that is put aside while it refreshes keeps no other tab waiting, and goes on when it comes back', async (t) => {
  const app = await openApp(t);
  const other = await app.openTab();
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  await app.run(({ api, watch }) => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { persisted }));
    Object.assign(globalThis, { first: watch(api('/api/echo/first')) });
  });
  await app.tenant.held('refresh', 1);
  await app.page.goto(`${app.origin}/`);
  await app.untilBooks(({ held }) => held.refresh === 0);
  await app.tenant.control({ hold: { refresh: false } });
  assert.equal((await other.run(({ api }) => api('/api/echo/second'))).path, '/api/echo/second');

  await app.page.goBack({ waitUntil: 'commit' });
  const { persisted, outcome } = await app.page.evaluate(async () => {
    const page = /** @type {any} */ (globalThis);
    return { persisted: page.persisted, outcome: await page.first.outcome };
  });
  assert.equal(persisted, true);
  assert.equal(outcome.value?.path, '/api/echo/first', JSON.stringify(outcome.error));
  const { refreshes, reused } = await app.refreshes();
  assert.deepEqual({ refreshes, reused }, { refreshes: 1, reused: 0 });
});
