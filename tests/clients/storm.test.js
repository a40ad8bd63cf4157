/**
 * The storm of 200 under each client, in each engine, by the server's books; and without the session, to see that it is one. In the
 * engines that only this stage opens, rounds among tabs as well.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ONE_REFRESH } from '../support/app.js';
import { LONG } from '../support/long.js';
import { faultless, REQUESTS } from '../support/rounds.js';
import { startServer, tenant } from '../support/server.js';
import { FACADE, isPost, PLAIN } from './page.js';
import { inNode, places } from './places.js';
import { senders } from './senders.js';

/**
 * @import { SwitchPatch } from '../support/server.js'
 * @import { Order } from './page.js'
 * @import { Place } from './places.js'
 * @typedef {Awaited<ReturnType<typeof play>>} Result
 */

const COUNT = 200;
const TABS = 3;
const ROUNDS = LONG ? 60 : 6;
const numbers = Array.from({ length: COUNT }, (_, index) => index + 1);

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());
let tenants = 0;

function newTenant() {
  tenants += 1;
  return tenant(server.origin, `storm-${tenants}`);
}

/**
 * A storm with tokens of which the access token is no longer good.
 *
 * @param {Place} place
 * @param {string} client
 * @param {Order['fetch']} fetch
 * @param {SwitchPatch} [control]
 */
async function play(place, client, fetch, control = {}) {
  const own = newTenant();
  const tokens = await own.login();
  await own.expire();
  await own.control(control);
  const outcome = await place.storm({ client, fetch, base: own.url, tokens, count: COUNT });
  const { refreshes, presentations, reused, hits } = await own.books();
  await own.drop();
  return { client, ...outcome, refreshes: { refreshes, presentations, reused }, hits };
}

/**
 * One refresh, everybody answered with what is theirs, once, and a session that goes on.
 *
 * @param {Result} result
 */
function assertSurvived({ client, fates, session, signOuts, strays, refreshes, hits }) {
  assert.deepEqual(fates, { 'own reply': COUNT });
  assert.deepEqual(refreshes, ONE_REFRESH);
  if (client === 'Apollo Client') assert.equal(hits['POST /api/graphql']?.['200'], COUNT);
  else {
    const key = (/** @type {number} */ number) => `${isPost(number) ? 'POST' : 'GET'} /api/echo/${number}`;
    const odd = numbers.filter((number) => hits[key(number)]?.['200'] !== 1);
    assert.deepEqual(odd, [], 'answered with 200 exactly once');
  }
  assert.deepEqual(session, { status: 'active', pending: 0, waiting: 0 });
  assert.deepEqual({ signOuts, strays }, { signOuts: [], strays: [] });
}

for (const [where, open] of Object.entries(places)) {
  describe(`in ${where}`, () => {
    /** @type {Place} */
    let place;
    before(async () => {
      place = await open(server.origin);
    });
    after(() => place?.close());

    for (const client of [PLAIN, FACADE, ...Object.keys(senders)]) {
      test(`${client}: ${COUNT} requests with an expired token are one refresh, own replies all`, async (t) => {
        if (client === PLAIN) t.diagnostic(place.version);
        assertSurvived(await play(place, client, 'session'));
      });

      test(`${client}: a refused refresh is presented once, and leaves nobody pending`, async () => {
        const { fates, session, signOuts, strays, refreshes } = await play(place, client, 'session', {
          refresh: { mode: 'invalid_grant' },
        });
        const rejected = Object.entries(fates).filter(([kind]) => /\b(?:401|REFRESH_REJECTED)$/.test(kind));
        assert.deepEqual(fates, Object.fromEntries(rejected));
        assert.deepEqual(refreshes, { refreshes: 0, presentations: 1, reused: 0 });
        assert.deepEqual(session, { status: 'signed-out', pending: 0, waiting: 0 });
        assert.deepEqual({ signOuts, strays }, { signOuts: ['refused'], strays: [] });
      });
    }

    test('with a refresh written by hand many refresh and some are lost, and the judge says so', async () => {
      const result = await play(place, 'wretch', 'by hand');
      assert.ok(result.refreshes.presentations > 1, JSON.stringify(result.refreshes));
      assert.ok(Number(result.fates['own reply'] ?? 0) < COUNT, JSON.stringify(result.fates));
      assert.throws(() => assertSurvived(result), { code: 'ERR_ASSERTION' });
    });

    if (where === 'Firefox' || where === 'WebKit') {
      test(`${TABS} tabs × ${ROUNDS} rounds in ${where}: one refresh a round`, async (t) => {
        const own = newTenant();
        const tokens = await own.login();
        await own.control({ latency: 20 });
        const score = { base: own.url, tabs: TABS, requests: REQUESTS, rounds: ROUNDS };
        const result = await place.rounds?.({ ...score, tokens });
        t.diagnostic(JSON.stringify(result));
        assert.deepEqual(result, { ...faultless(TABS, ROUNDS), signOuts: [] });
        const { refreshes, presentations, reused } = await own.books();
        assert.deepEqual(
          { refreshes, presentations, reused },
          { refreshes: ROUNDS, presentations: ROUNDS, reused: 0 },
        );
      });
    }
  });
}

// The judge is the same everywhere: here it is seen to judge what each client says.
for (const client of Object.keys(senders)) {
  test(`${client}: with the token alone nobody is answered, and the judge says so`, async () => {
    const result = await play(inNode, client, 'bearer');
    const [[kind = '', lost] = [], ...others] = Object.entries(result.fates);
    assert.deepEqual([lost, others], [COUNT, []]);
    assert.match(kind, /\b401$/);
    assert.throws(() => assertSurvived(result), { code: 'ERR_ASSERTION' });
  });
}
