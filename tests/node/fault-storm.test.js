/**
 * A storm of calls over a server that fails in every way, while users come and go: at its end the books balance. The seed is printed;
 * `STORM_SEED` and `STORM_CALLS` name another one, and how many calls there are to be, and `STORM_LIFE` plays one life of it alone.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LONG } from '../support/long.js';
import { SABOTAGES } from '../support/storm/sabotage.js';
import { openFaultServer } from '../support/storm/server.js';
import { storm } from '../support/storm/storm.js';

const { STORM_SEED, STORM_CALLS = LONG ? 200_000 : 5000, STORM_LIFE } = process.env;

/** @type {Awaited<ReturnType<typeof openFaultServer>>} */
let server;
before(async () => {
  server = await openFaultServer();
});
after(() => server.close());

test('a storm of faults: every call is settled once, with its own answer, under its own user', async (t) => {
  const seed = Number(STORM_SEED ?? Date.now() % 0x7fff_ffff);
  t.diagnostic(`STORM_SEED=${seed} STORM_CALLS=${STORM_CALLS}`);
  const { faults, ...books } = await storm({
    ...{ origin: server.origin, seed, calls: Number(STORM_CALLS) },
    ...(STORM_LIFE !== undefined && { life: Number(STORM_LIFE) }),
  });
  t.diagnostic(JSON.stringify(books));
  assert.deepEqual(faults, []);
  assert.equal(books.asked, books.answered + books.rejected);
  // Else it was no storm.
  if (STORM_LIFE !== undefined) return;
  assert.ok(books.answered > books.asked / 5 && books.rejected > books.asked / 5, 'of both kinds');
  assert.ok(books.presentations > books.lives / 2, 'refreshes');
});

describe('the judge sees', () => {
  for (const [name, { says, ...more }] of Object.entries(SABOTAGES)) {
    test(name, async () => {
      const { faults } = await storm({ origin: server.origin, seed: 1, calls: 400, ...more });
      assert.match(faults.join('\n'), says);
    });
  }
});
