/** Mutants: what is broken, how what a test runs is built of it, and whether each of them fits the code as it is. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Problem, step } from './log.js';
import { isRust } from './named-tests.js';
import { SCRATCH } from './scratch.js';

/**
 * @import { NamedTest } from './named-tests.js'
 * @import { Env } from './run.js'
 * @typedef {object} Mutant
 * @property {number | string} guarantee which one is broken, by its number; a rule of the axios facade has a name
 * @property {string} says how, in one line
 * @property {string} file what is changed, from the project's root
 * @property {string} find stands there exactly once
 * @property {string} replace what stands there instead
 * @property {NamedTest} test has to fail then
 * @typedef {(mutant: Mutant) => Promise<void>} Build
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
 * What is wrong with the list itself, by what it is wrong with.
 *
 * @param {Mutant[]} mutants
 * @param {Mutant['guarantee'][]} guarantees
 */
export async function misfits(mutants, guarantees) {
  /** @type {Map<Mutant | Mutant['guarantee'], string>} */
  const faults = new Map();
  for (const mutant of mutants) {
    const { guarantee, file, find, test } = mutant;
    const times = (await readFile(join(SCRATCH, file), 'utf8').catch(() => '')).split(find).length - 1;
    const fault = (/** @type {string} */ what) => faults.set(mutant, `${titleOf(mutant)}: ${what}`);
    if (!guarantees.includes(guarantee)) fault('there is no such guarantee');
    else if (times !== 1) fault(`${times} times in ${file}: ${find}`);
    else if (isRust(test.file) && !isRust(file)) fault(`cargo does not test ${file}`);
  }
  for (const one of guarantees) {
    if (!mutants.some(({ guarantee }) => guarantee === one))
      faults.set(one, `${nameOf(one)}: nothing breaks it`);
  }
  return faults;
}

/** What has to be made anew, the cheapest first: a test of cargo's, the bundles, or the WebAssembly in them as well. */
const HOST = 0;
const BUNDLE = 1;
const ENGINE = 2;

/** @param {Mutant} mutant */
function needsOf({ file, test }) {
  if (isRust(test.file)) return HOST;
  return isRust(file) ? ENGINE : BUNDLE;
}

/**
 * Builds the package unbroken, if that is needed, and puts the mutants into an order in which no bundle is ever made of a broken
 * engine that another mutant has left.
 *
 * @param {Mutant[]} chosen
 * @param {Env} env
 * @returns {Promise<{ mutants: Mutant[], build: Build }>}
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
