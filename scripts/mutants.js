/**
 * `npm run mutants [-- --only 3,14,axios]`: shows that each guarantee, and each rule of the axios facade, has a test that fails when
 * it is broken. In a copy of the project, the code is broken in one place after the other, and each time the test that is named for
 * it has to fail.
 *
 * `--check` only says whether all of them have their places and their tests. `--mend` gives those a new name for their place whose
 * text has moved, or is in something that is called by another name now.
 *
 * `--rust [--file src/policy/oauth.rs] [--shard 0/8]` lets cargo-mutants break the engine and the policies instead.
 *
 * Its last line is `N passed, N failed`. A test that does not pass before anything is broken, a breakage that does not compile, and
 * a text that is not there to be broken, are failures.
 */

import { parseArgs } from 'node:util';
import { GUARANTEES, MUTANTS } from '../tests/mutants/index.js';
import { bootstrap } from './lib/bootstrap.js';
import { runCargoMutants } from './lib/cargo-mutants.js';
import { explain, Problem, runScript, say, step } from './lib/log.js';
import { mendNames } from './lib/mend.js';
import { builderOf, isOneOf, locate, reasonOf, titleOf } from './lib/mutants.js';
import { runTests } from './lib/named-tests.js';
import { bringPackages } from './lib/npm.js';
import { inScratch, syncScratch, withChange } from './lib/scratch.js';

/**
 * @import { Env } from './lib/run.js'
 * @import { Build, Located } from './lib/mutants.js'
 */

/**
 * A test that fails anyway sees nothing.
 *
 * @param {Located[]} mutants
 * @param {Env} env
 * @returns {Promise<string[]>} the tests that do not pass, as `file: name`
 */
async function runUnbroken(mutants, env) {
  const bad = [];
  for (const file of new Set(mutants.map(({ test }) => test.file))) {
    const named = mutants.filter(({ test }) => test.file === file).map(({ test }) => test.name);
    const names = [...new Set(named)];
    const { passed, output } = await step(`unbroken: ${file}`, () => runTests(file, names, env));
    const missing = names.filter((name) => !passed.has(name));
    if (missing.length === 0) continue;
    say(output);
    bad.push(...missing.map((name) => `${file}: ${name}`));
  }
  return bad;
}

/**
 * @param {Located} mutant
 * @param {Build} build
 * @param {Env} env
 * @returns {Promise<string>} how the test has failed
 */
function tryOut(mutant, build, env) {
  return withChange(mutant, async () => {
    await build(mutant);
    const { file, name } = mutant.test;
    const { passed, failed, output } = await runTests(file, [name], env);
    if (passed.has(name)) throw new Problem('the test passes all the same');
    if (!failed.has(name)) throw new Problem('the test has come to no end', output);
    return reasonOf(output);
  });
}

/**
 * @param {number} passed
 * @param {number} failed
 */
function end(passed, failed) {
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    reasons: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    mend: { type: 'boolean', default: false },
    rust: { type: 'boolean', default: false },
    file: { type: 'string', short: 'f', multiple: true },
    shard: { type: 'string' },
  },
});
const only = values.only?.split(',');

async function mend() {
  await bringPackages(process.env);
  say(`${await mendNames()} have got another name`);
}

async function breakRust() {
  const env = inScratch(await bootstrap());
  await syncScratch();
  const { passed, failed } = await runCargoMutants({ files: values.file, shard: values.shard }, env);
  end(passed, failed);
}

async function breakGuarantees() {
  const isChosen = (/** @type {Located} */ mutant) => only?.some((name) => isOneOf(mutant, name)) ?? true;
  const env = inScratch(await bootstrap({ browser: !values.check }));
  const { located, faults } = await locate(MUTANTS, GUARANTEES);
  for (const fault of faults) say(`✗ ${fault}`);
  if (values.check) return end(located.length, faults.length);
  const chosen = located.filter(isChosen);
  if (chosen.length === 0)
    throw new Problem(`no guarantee has one of these numbers or names: ${values.only}`);

  await syncScratch();
  const { mutants, build } = await builderOf(chosen, env);
  const bad = await runUnbroken(mutants, env);
  let passed = 0;
  for (const mutant of mutants) {
    const { file, name } = mutant.test;
    try {
      if (bad.includes(`${file}: ${name}`)) throw new Problem('the test does not pass unbroken');
      const reason = await tryOut(mutant, build, env);
      passed += 1;
      say(`✓ ${titleOf(mutant)} — seen by ${file}: ${name}`);
      if (values.reasons) say(`    ${reason}`);
    } catch (error) {
      say(`✗ ${titleOf(mutant)} — not seen by ${file}: ${name}`);
      explain(error);
    }
  }
  end(passed, mutants.length - passed + faults.length);
}

if (values.mend) runScript(mend);
else runScript(values.rust ? breakRust : breakGuarantees);
