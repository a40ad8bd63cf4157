/** The two sides of the migrations that AXIOS.md shows, before one server: what stays, and what was wrong before. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authRefresh, byHand } from '../../www/recipes/axios/index.js';
import { fresh, late, open, passing, refused, watch } from '../support/axios-migration.js';
import { settled } from '../support/double.js';

const STORM = 200;

for (const side of /** @type {const} */ (['before', 'after'])) {
  test(`${STORM} calls with an expired token are one refresh, and each gets its own data: ${side}`, async (t) => {
    const { service, letGo, count } = await open(t, byHand, side);
    const calls = Array.from({ length: STORM }, (_, at) => service.get(`/items/${at}`));
    await settled();
    await letGo('/refresh', fresh());
    assert.deepEqual(
      await Promise.all(calls),
      calls.map((_, at) => ({ path: `/items/${at}` })),
    );
    assert.deepEqual(count(), { refreshes: 1, logins: 0 });
  });
}

test('a late 401 spends a second refresh token by hand, and none with the session', async (t) => {
  assert.equal(await late(await open(t, byHand, 'before')), 2);
  assert.equal(await late(await open(t, byHand, 'after')), 1);
});

test('a refused refresh leaves the queue by hand waiting for ever; with the session everybody is told', async (t) => {
  assert.deepEqual(await refused(await open(t, byHand, 'before')), {
    ends: ['rejected', 'pending'],
    logins: 1,
  });
  assert.deepEqual(await refused(await open(t, byHand, 'after')), {
    ends: ['rejected', 'rejected'],
    logins: 1,
  });
});

test('a server that has a bad moment signs the user out by hand, and not with the session', async (t) => {
  assert.equal((await passing(await open(t, byHand, 'before'))).logins, 1);
  assert.equal((await passing(await open(t, byHand, 'after'))).logins, 0);
});

/** @type {[side: 'before' | 'after', count: number, answered: number][]} */
const PARALLEL = [
  ['before', 5, 1],
  ['after', 5, 5],
  ['before', STORM, 1],
  ['after', STORM, STORM],
];

for (const [side, count, answered] of PARALLEL) {
  test(`of ${count} parallel calls with an expired token ${answered} are answered, axios-auth-refresh: ${side}`, async (t) => {
    const app = await open(t, authRefresh, side);
    const states = Array.from({ length: count }, (_, at) => watch(app.service.get(`/items/${at}`)));
    await settled();
    await app.letGo('/refresh', fresh());
    await settled();
    await settled();
    const ends = states.map(({ is }) => is);
    assert.equal(ends.filter((is) => is === 'answered').length, answered);
    assert.equal(ends.filter((is) => is === 'rejected').length, count - answered);
    assert.equal(app.count().refreshes, 1);
  });
}

test('a late 401 spends a second refresh token with axios-auth-refresh, and none with the session', async (t) => {
  assert.equal(await late(await open(t, authRefresh, 'before')), 2);
  assert.equal(await late(await open(t, authRefresh, 'after')), 1);
});

test('a server that has a bad moment signs the user out with axios-auth-refresh, and not with the session', async (t) => {
  assert.equal((await passing(await open(t, authRefresh, 'before'))).logins, 1);
  assert.equal((await passing(await open(t, authRefresh, 'after'))).logins, 0);
});
