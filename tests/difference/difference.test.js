/** The same probes by ofetch and by this package: what a user can see is the same, but for what is known. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isOf, known } from './known.js';
import { places } from './places.js';
import { probes, tables } from './probes/index.js';

/** @import { Place } from './places.js' */

const MOST_DIFFERENCES = 20;

test('no two probes have the same name', () => {
  const names = Object.values(tables).flatMap((table) => Object.keys(table));
  assert.equal(names.length, Object.keys(probes).length);
});

test(`at most ${MOST_DIFFERENCES} differences are known`, () => assert.ok(known.length <= MOST_DIFFERENCES));

for (const [where, open] of Object.entries(places)) {
  describe(`in ${where}`, () => {
    /** @type {Place} */
    let place;
    /** @type {Set<string>} */
    const differing = new Set();
    before(async () => {
      place = await open();
    });
    after(() => place.close());

    for (const [what, table] of Object.entries(tables)) {
      test(`${what}: as ofetch does, but for what is known`, async () => {
        const found = [];
        for (const name of Object.keys(table)) {
          const { theirs, ours } = await place.run(name);
          if (theirs === ours) continue;
          differing.add(name);
          if (!known.some((one) => isOf(one, name))) found.push({ name, theirs, ours });
        }
        assert.deepEqual(found, []);
      });
    }

    test('each known difference is one still', () => {
      for (const { what, probes: entries } of known) {
        for (const entry of entries) {
          const meant = Object.keys(probes).filter((name) =>
            isOf({ what, reason: '', probes: [entry] }, name),
          );
          assert.notDeepEqual(meant, [], `${what}: ${entry} means no probe`);
          const alike = meant.filter((name) => !differing.has(name));
          assert.deepEqual(alike, [], `${what}: ${entry} means probes that do not differ`);
        }
      }
    });
  });
}
