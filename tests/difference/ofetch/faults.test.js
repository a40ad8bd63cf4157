/** Each known fault of ofetch is one of ofetch’s, and none of this package’s. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { placesOf } from '../places.js';
import { faults } from './faults.js';

/** @import { Place } from '../places.js' */

for (const [where, open] of Object.entries(placesOf(import.meta.resolve('./page.js')))) {
  describe(`in ${where}`, () => {
    /** @type {Place} */
    let place;
    before(async () => {
      place = await open();
    });
    after(() => place.close());

    for (const { probes, isMended = false } of faults) {
      for (const name of Object.keys(probes)) {
        test(`${name}: here, ${isMended ? 'and' : 'but not'} in this version of ofetch`, async () => {
          const { theirs, ours } = await place.run(name);
          assert.equal(JSON.parse(ours).value, true, ours);
          assert.equal(JSON.parse(theirs).value, isMended, theirs);
        });
      }
    }
  });
}
