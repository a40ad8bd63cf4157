/** The tests of a comparison: what a user can see is the same, but for what is known. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

/**
 * @import { Place, Places } from './places.js'
 *
 * @typedef {object} Difference
 * @property {string} what in a few words
 * @property {string} reason
 * @property {(string | RegExp)[]} probes names, or what they begin with
 * @property {string} [where] the one place that knows it; default: all
 */

/** @type {(entry: string | RegExp, name: string) => boolean} */
const means = (entry, name) => (typeof entry === 'string' ? entry === name : entry.test(name));

/**
 * @param {object} comparison
 * @param {string} comparison.as who does it
 * @param {Record<string, Record<string, unknown>>} comparison.tables the probes, by what they ask
 * @param {Difference[]} comparison.known
 * @param {Places} comparison.places
 * @param {number} comparison.most how many differences may be known
 */
export function comparison({ as, tables, known, places, most }) {
  const names = Object.values(tables).flatMap((table) => Object.keys(table));

  test('no two probes have the same name', () => assert.equal(names.length, new Set(names).size));

  test(`at most ${most} differences are known`, () => assert.ok(known.length <= most));

  for (const [where, open] of Object.entries(places)) {
    describe(`in ${where}`, () => {
      /** @type {Place} */
      let place;
      /** @type {Set<string>} */
      const differing = new Set();
      const here = known.filter((one) => (one.where ?? where) === where);
      const isKnown = (/** @type {string} */ name) =>
        here.some(({ probes }) => probes.some((entry) => means(entry, name)));
      before(async () => {
        place = await open();
      });
      after(() => place.close());

      for (const [what, table] of Object.entries(tables)) {
        test(`${what}: as ${as} does, but for what is known`, async () => {
          const found = [];
          for (const name of Object.keys(table)) {
            const { theirs, ours } = await place.run(name);
            if (theirs === ours) continue;
            differing.add(name);
            if (!isKnown(name)) found.push({ name, theirs, ours });
          }
          assert.deepEqual(found, []);
        });
      }

      test('each known difference is one still', () => {
        for (const { what, probes } of here) {
          for (const entry of probes) {
            const meant = names.filter((name) => means(entry, name));
            assert.notDeepEqual(meant, [], `${what}: ${entry} means no probe`);
            const alike = meant.filter((name) => !differing.has(name));
            assert.deepEqual(alike, [], `${what}: ${entry} means probes that do not differ`);
          }
        }
      });
    });
  }
}
