/** Many requests at once meet a dead token: one refresh, everybody answered, by the server's books. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';

/** @import { App } from '../support/app.js' */

const openApp = useApps();

/**
 * Each request was answered once, and the session goes on.
 *
 * @param {App} app
 * @param {number} count
 * @param {(number: number) => string} [method]
 */
async function assertAllAnswered(app, count, method = () => 'GET') {
  const { hits, refreshes, presentations, reused } = await app.tenant.books();
  assert.deepEqual({ refreshes, presentations, reused }, ONE_REFRESH);
  const unanswered = Array.from({ length: count }, (_, index) => index + 1).filter(
    (number) => hits[`${method(number)} /api/echo/${number}`]?.['200'] !== 1,
  );
  assert.deepEqual(unanswered, [], 'answered with 200 exactly once');
  const { status, waiting, pending } = await app.run(({ api }) => ({
    ...api.session,
    tokens: api.session?.tokens,
  }));
  assert.deepEqual({ status, waiting, pending }, { status: 'active', waiting: 0, pending: 0 });
  assert.deepEqual(await app.run(({ seen }) => seen), { signOuts: [], refreshes: 1, reported: [] });
}

for (const count of [200, 1000]) {
  test(`${count} requests at once with an expired token: own replies all, one refresh`, async (t) => {
    const app = await openApp(t);
    await app.tenant.expire();
    const fates = await app.run(({ storm, tally }, many) => tally(storm(many)), count);
    assert.deepEqual(fates, { 'own reply': count });
    await assertAllAnswered(app, count);
  });
}

test('1,000 requests at 100 ms latency: the refresh does not starve behind them', async (t) => {
  // Six connections carry ten answers of 100 ms a second each. A refresh behind 250 of them would come after 4 s.
  const app = await openApp(t, { session: { refreshTimeout: 2000 } });
  await app.tenant.control({ latency: 100 });
  await app.tenant.expire();
  const fates = await app.run(({ storm, tally }) => tally(storm(1000)));
  assert.deepEqual(fates, { 'own reply': 1000 });
  await assertAllAnswered(app, 1000);
});

test('1,000 POSTs at 30 ms latency, which are not withdrawn: the refresh comes through in time', async (t) => {
  // Behind all of them it would come after 5 s.
  const app = await openApp(t, { session: { refreshTimeout: 3500 } });
  await app.tenant.control({ latency: 30 });
  await app.tenant.expire();
  const fates = await app.run(({ storm, tally }) =>
    tally(storm(1000, (number) => ({ method: 'POST', body: { number } }))),
  );
  assert.deepEqual(fates, { 'own reply': 1000 });
  await assertAllAnswered(app, 1000, () => 'POST');
});

test('a storm of mixed methods: own replies all, one refresh', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
  const fates = await app.run(
    ({ storm, tally }, names) =>
      tally(storm(300, (number) => ({ method: /** @type {string} */ (names[number % names.length]) }))),
    methods,
  );
  assert.deepEqual(fates, { 'own reply': 300 });
  await assertAllAnswered(app, 300, (number) => String(methods[number % methods.length]));
});

test('without withdrawing, each request collects its own answer: still one refresh', async (t) => {
  const app = await openApp(t, { session: { withdraw: false } });
  await app.tenant.expire();
  const fates = await app.run(({ storm, tally }) => tally(storm(200)));
  assert.deepEqual(fates, { 'own reply': 200 });
  await assertAllAnswered(app, 200);
  const { statuses, aborted } = await app.tenant.books();
  assert.deepEqual([statuses['401'], aborted], [200, 0]);
});

test('requests that share a connection limit with the refresh are taken back for it', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  // Else the server may have answered all of them before the page has read the first answer.
  await app.tenant.control({ latency: 20 });
  await app.run(({ storm, tally }) => tally(storm(200)));
  const { statuses } = await app.tenant.books();
  assert.ok(Number(statuses['401']) < 200, `${statuses['401']} of 200 were rejected one by one`);
});

test('10,000 requests that wait on one held refresh are all answered', async (t) => {
  const app = await openApp(t, { session: { queue: { timeout: 120_000 }, refreshTimeout: 60_000 } });
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const fates = await app.begin(({ storm, tally }) => tally(storm(10_000), 120_000));
  await app.tenant.held('refresh', 1);
  await app.until(({ api }) => api.session?.waiting === 10_000);
  await fates.isPending();
  await app.tenant.release('refresh');
  assert.deepEqual(await fates.outcome(120_000), { value: { 'own reply': 10_000 } });
  await assertAllAnswered(app, 10_000);
});

test('storm after storm, the token expiring each time: one refresh each, each with the newest refresh token', async (t) => {
  const app = await openApp(t);
  for (let round = 1; round <= 3; round += 1) {
    await app.tenant.expire();
    assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(100))), { 'own reply': 100 });
    const refreshes = await app.refreshes();
    assert.deepEqual(refreshes, { refreshes: round, presentations: round, reused: 0 });
  }
});
