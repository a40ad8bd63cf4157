/** Runs a probe by ofetch and by this package: in Node, and, bundled, in a page. */

import * as ofetch from 'ofetch';
import * as own from '../../../dist/index.js';
import { contest } from '../kit.js';
import { plainError } from './error.js';
import { faults } from './faults.js';
import { equip } from './kit.js';
import { probes } from './probes/index.js';

/** @import { Probes } from './kit.js' */

/** @type {Probes} */
const all = Object.assign({}, probes, ...faults.map((fault) => fault.probes));

export const runBoth = contest({
  contestants: { theirs: ofetch, ours: own },
  probes: all,
  subject: (lib) => lib.ofetch,
  equip,
  plainError,
});
