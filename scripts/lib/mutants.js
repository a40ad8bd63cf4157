/** Mutants: what is broken, how what a test runs is built of it, and whether each of them fits the code as it is. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Problem, step } from './log.js';
import { isRust } from './named-tests.js';
import { findSpot, readSources } from './places.js';
import { SCRATCH } from './scratch.js';
import { hasTest } from './test-names.js';

/**
 * @import { NamedTest } from './named-tests.js'
 * @import { Spot } from './places.js'
 * @import { Env } from './run.js'
 * @typedef {object} Mutant
 * @property {number | string} guarantee which one is broken, by its number; a rule of the axios facade has a name
 * @property {string} says how, in one line
 * @property {string} in the name of what is changed: `places.js` says how
 * @property {string} find stands there exactly once
 * @property {string} replace what stands there instead
 * @property {NamedTest} test has to fail then
 * @typedef {Mutant & Spot} Located
 * @typedef {(mutant: Located) => Promise<void>} Build
 * @typedef {{ located: Located[], faults: string[] }} Findings
 */

const nameOf = (/** @type {Mutant['guarantee']} */ guarantee) =>
  `${typeof guarantee === 'number' ? 'guarantee' : 'axios'} ${guarantee}`;

/** @param {Mutant} mutant */
export const titleOf = ({ guarantee, says }) => `${nameOf(guarantee)}: ${says}`;

/**
 * @param {Mutant} mutant
 * @param {string} name a guarantee's number or name, or `axios`, for all that have a name
 */
export const isOneOf = ({ guarantee }, name) =>
  name === String(guarantee) || (name === 'axios' && typeof guarantee === 'string');

/**
 * Where the mutants' texts are, and what is wrong with the list: it takes a second, and runs nothing.
 *
 * @param {Mutant[]} mutants
 * @param {Mutant['guarantee'][]} guarantees
 * @returns {Promise<Findings>}
 */
export async function locate(mutants, guarantees) {
  const sources = await readSources();
  /** @type {Findings} */
  const { located, faults } = { located: [], faults: [] };
  for (const mutant of mutants) {
    const { guarantee, test } = mutant;
    const found = findSpot(mutant.in, mutant.find, sources);
    const fault = (/** @type {string} */ what) => faults.push(`${titleOf(mutant)}: ${what}`);
    if (!guarantees.includes(guarantee)) fault('there is no such guarantee');
    else if ('fault' in found) fault(found.fault);
    else if (isRust(test.file) && !isRust(found.spot.file)) fault(`cargo does not test ${mutant.in}`);
    else if (!(await hasTest(test))) fault(`${test.file} has no test of this name: ${test.name}`);
    else located.push({ ...mutant, ...found.spot });
  }
  for (const one of guarantees) {
    if (!mutants.some(({ guarantee }) => guarantee === one)) faults.push(`${nameOf(one)}: nothing breaks it`);
  }
  return { located, faults };
}

/** What has to be made anew, the cheapest first: a test of cargo's, the bundles, or the WebAssembly in them as well. */
const HOST = 0;
const BUNDLE = 1;
const ENGINE = 2;

/** @param {Located} mutant */
function needsOf({ file, test }) {
  if (isRust(test.file)) return HOST;
  return isRust(file) ? ENGINE : BUNDLE;
}

/**
 * Builds the package unbroken, if that is needed, and puts the mutants into an order in which no bundle is ever made of a broken
 * engine that another mutant has left.
 *
 * @param {Located[]} chosen
 * @param {Env} env
 * @returns {Promise<{ mutants: Located[], build: Build }>}
 */
export async function builderOf(chosen, env) {
  const mutants = chosen.toSorted((a, b) => needsOf(a) - needsOf(b));
  // The copy's own: it builds in the folder in which it lies.
  const file = pathToFileURL(join(SCRATCH, 'scripts', 'lib', 'package.js')).href;
  /** @type {typeof import('./package.js')} */
  const { buildEngine, bundleFacade, bundleModule } = await import(file);
  const bundle = () => Promise.all([bundleModule(), bundleFacade()]);
  if (mutants.some((mutant) => needsOf(mutant) !== HOST)) {
    await buildEngine(env);
    await step('package: bundle', bundle);
  }
  return {
    mutants,
    async build(mutant) {
      const needs = needsOf(mutant);
      if (needs === HOST) return;
      try {
        if (needs === ENGINE) await buildEngine(env);
        await bundle();
      } catch (error) {
        throw new Problem(
          `${mutant.file} can not be built`,
          String(/** @type {any} */ (error).detail ?? error),
        );
      }
    },
  };
}

/**
 * What a failed test says, to see whether it fails for the right reason.
 *
 * @param {string} output
 */
export function reasonOf(output) {
  const rust = /panicked at .*\n(.*(?:\n {2}(?:left|right).*)*)/.exec(output)?.[1];
  const node = /^ +(\S*Error\b.*(?:\n(?! +at ).*){0,8})/m.exec(output)?.[1];
  return (rust ?? node ?? output.slice(-300)).replace(/\s+/g, ' ').slice(0, 300);
}
