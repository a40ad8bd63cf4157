/** Runs a probe by both packages: in Node, and, bundled, in a page. */

import * as ofetch from 'ofetch';
import * as own from '../../dist/index.js';
import { faults } from './faults.js';
import { record } from './kit.js';
import { probes } from './probes/index.js';

/** @import { Probes } from './kit.js' */

/** @type {Probes} */
const all = Object.assign({}, probes, ...faults.map((fault) => fault.probes));
const LIBS = { theirs: ofetch, ours: own };
let serial = 0;

/**
 * @param {string} name of a probe
 * @param {string} origin of the server
 * @returns {Promise<Record<keyof typeof LIBS, string>>} a record of each
 */
export async function runBoth(name, origin) {
  const probe = all[name];
  if (!probe) throw new Error(`there is no probe "${name}"`);
  const run = (/** @type {any} */ lib) => {
    serial += 1;
    return record(lib, origin, String(serial).padStart(6, '0'), probe);
  };
  return { theirs: await run(LIBS.theirs), ours: await run(LIBS.ours) };
}
