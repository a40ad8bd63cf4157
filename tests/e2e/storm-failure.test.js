/** Many requests at once meet a dead token, and the refresh fails: all reject alike, nobody hangs, one sign-out or none. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useApps } from '../support/app.js';

/**
 * @import { RefreshMode } from '../../www/server/switches.js'
 * @import { SessionPatch } from '../support/in-page.js'
 * @typedef {{ mode: RefreshMode, code: string, presentations?: number, session?: SessionPatch }} Case
 */

const openApp = useApps();

/** @type {Case[]} */
const PASSING = [
  { mode: '500', code: 'REFRESH_FAILED', presentations: 1, session: { refreshRetry: 0 } },
  { mode: '500', code: 'REFRESH_FAILED', presentations: 3 },
  { mode: '429', code: 'REFRESH_FAILED', presentations: 2, session: { refreshRetry: 1 } },
  { mode: 'invalid_client', code: 'REFRESH_FAILED', presentations: 1 },
  { mode: 'empty', code: 'REFRESH_FAILED', presentations: 1 },
  // How often the browser itself tries a broken connection anew is its own business.
  { mode: 'drop', code: 'REFRESH_FAILED' },
  { mode: 'hang', code: 'REFRESH_TIMEOUT', presentations: 1, session: { refreshTimeout: 500 } },
];

for (const { mode, code, presentations, session = {} } of PASSING) {
  const tries = session.refreshRetry === undefined ? '' : `, ${session.refreshRetry} retries`;
  test(`a refresh that fails in passing (${mode}${tries}): all reject alike, the session stays`, async (t) => {
    const app = await openApp(t, { session });
    await app.tenant.expire();
    await app.tenant.control({ refresh: { mode } });
    const before = await app.run(({ api }) => api.session?.tokens);

    const fates = await app.run(({ storm, tally }) => tally(storm(200)));
    assert.deepEqual(fates, { [`AuthError ${code}`]: 200 });
    const books = await app.tenant.books();
    assert.equal(books.refreshes, 0);
    if (presentations) assert.equal(books.presentations, presentations);
    const { status, tokens, pending } = await app.run(({ api }) => ({
      ...api.session,
      tokens: api.session?.tokens,
    }));
    assert.deepEqual({ status, tokens, pending }, { status: 'active', tokens: before, pending: 0 });
    assert.deepEqual(await app.run(({ seen }) => seen), { signOuts: [], refreshes: 0, reported: [] });

    await app.tenant.control({ refresh: { mode: 'ok' } });
    assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'own reply': 20 });
    assert.equal((await app.tenant.books()).refreshes, 1);
  });
}

test('a refused refresh: all reject alike, one sign-out, no tokens left', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: 'invalid_grant' } });

  const fates = await app.run(({ storm, tally }) => tally(storm(1000)));
  assert.deepEqual(fates, { 'AuthError REFRESH_REJECTED': 1000 });
  assert.equal((await app.tenant.books()).presentations, 1);
  const { status, tokens, pending } = await app.run(({ api }) => ({
    ...api.session,
    tokens: api.session?.tokens,
  }));
  assert.deepEqual({ status, tokens, pending }, { status: 'signed-out', tokens: null, pending: 0 });
  assert.deepEqual(await app.run(({ seen }) => seen), { signOuts: ['refused'], refreshes: 0, reported: [] });
  assert.equal(await app.run(() => localStorage.getItem('apifetch.tokens')), null);

  await app.tenant.control({ refresh: { mode: 'ok' } });
  await app.signIn();
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(20))), { 'own reply': 20 });
});

for (const mode of /** @type {RefreshMode[]} */ (['invalid_grant', '500', 'empty'])) {
  test(`a storm of POSTs whose refresh fails (${mode}): all reject alike`, async (t) => {
    const app = await openApp(t, { session: { refreshRetry: 0 } });
    await app.tenant.expire();
    await app.tenant.control({ refresh: { mode } });
    const fates = await app.run(({ storm, tally }) =>
      tally(storm(400, (number) => ({ method: 'POST', body: { number } }))),
    );
    const refused = mode === 'invalid_grant';
    assert.deepEqual(fates, { [`AuthError ${refused ? 'REFRESH_REJECTED' : 'REFRESH_FAILED'}`]: 400 });
    assert.deepEqual(await app.run(({ seen }) => seen.signOuts), refused ? ['refused'] : []);
    assert.equal(await app.run(({ api }) => api.session?.pending), 0);
  });
}

test('a refresh that fails twice and then goes well: all are answered', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: '500', times: 2 } });
  const fates = await app.run(({ storm, tally }) => tally(storm(200)));
  assert.deepEqual(fates, { 'own reply': 200 });
  assert.deepEqual(await app.refreshes(), { refreshes: 1, presentations: 3, reused: 0 });
});

test('every tenth aborted while it waits: it rejects at once and is never sent again, the others are answered', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const aborted = await app.begin(async ({ storm, tally, api }) => {
    const controller = new AbortController();
    const promises = storm(200, (number) => (number % 10 === 0 ? { signal: controller.signal } : {}));
    const tenths = promises.filter((_, index) => (index + 1) % 10 === 0);
    while (api.session?.waiting !== 200) await new Promise((resolve) => setTimeout(resolve));
    controller.abort(new DOMException('not needed any more', 'AbortError'));
    return tally(tenths);
  });
  await app.tenant.held('refresh', 1);
  assert.deepEqual(await aborted.outcome(), { value: { 'FetchError AbortError': 20 } });
  assert.equal(await app.run(({ api }) => api.session?.waiting), 180);
  const before = await app.tenant.books();

  await app.tenant.release('refresh');
  await app.until(({ api }) => api.session?.pending === 0);
  const after = await app.tenant.books();
  for (let number = 1; number <= 200; number += 1) {
    const path = `GET /api/echo/${number}`;
    if (number % 10 === 0) assert.deepEqual(after.hits[path], before.hits[path], `${path} is not sent again`);
    else assert.equal(after.hits[path]?.['200'], 1, path);
  }
  assert.deepEqual([after.refreshes, after.presentations, after.reused], [1, 1, 0]);
});

test('everybody aborted while the refresh runs: it ends well, and nobody was sent', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const fates = await app.begin(async ({ storm, tally, api }) => {
    const controller = new AbortController();
    const promises = storm(50, () => ({ signal: controller.signal }));
    while (api.session?.waiting !== 50) await new Promise((resolve) => setTimeout(resolve));
    controller.abort();
    return tally(promises);
  });
  await app.tenant.held('refresh', 1);
  assert.deepEqual(await fates.outcome(), { value: { 'FetchError AbortError': 50 } });
  assert.equal(await app.run(({ api }) => api.session?.pending), 0);
  await app.tenant.release('refresh');
  await app.until(({ seen }) => seen.refreshes === 1);
  assert.equal((await app.tenant.books()).statuses['200'], undefined);
  assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(5))), { 'own reply': 5 });
  assert.equal((await app.tenant.books()).presentations, 1);
});
