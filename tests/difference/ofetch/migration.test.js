/** MIGRATION.md lists each known difference and each fault of ofetch. */

import { list, listed } from '../listed.js';
import { faults } from './faults.js';
import { known } from './known.js';

listed('MIGRATION.md', {
  differences: list(known),
  faults: list(faults.map(({ what, ofetch }) => ({ what, reason: `ofetch ${ofetch}.` }))),
});
