/**
 * `npm run mutants [-- --only 3,14,axios]`: shows that each guarantee, and each rule of the axios facade, has a test that fails when it
 * is broken. In a copy of the project, the code is broken in one place after the other, and each time the test that is named for it
 * has to fail.
 *
 * Its last line is `N passed, N failed`. A test that does not pass before anything is broken, a breakage that does not compile, and
 * a text that is not there to be broken, are failures.
 */

import { parseArgs } from 'node:util';
import { GUARANTEES, MUTANTS } from '../tests/mutants/index.js';
import { bootstrap } from './lib/bootstrap.js';
import { explain, Problem, runScript, say, step } from './lib/log.js';
import { builderOf, isOneOf, misfits, reasonOf, titleOf } from './lib/mutants.js';
import { runTests } from './lib/named-tests.js';
import { inScratch, syncScratch, withChange } from './lib/scratch.js';

/**
 * @import { Env } from './lib/run.js'
 * @import { Build, Mutant } from './lib/mutants.js'
 */

/**
 * A test that fails anyway sees nothing.
 *
 * @param {Mutant[]} mutants
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
 * @param {Mutant} mutant
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

const { values } = parseArgs({
  options: { only: { type: 'string' }, reasons: { type: 'boolean', default: false } },
});
const only = values.only?.split(',');

runScript(async () => {
  const chosen = MUTANTS.filter((mutant) => only?.some((name) => isOneOf(mutant, name)) ?? true);
  if (chosen.length === 0)
    throw new Problem(`no guarantee has one of these numbers or names: ${values.only}`);
  const env = inScratch(await bootstrap({ browser: true }));
  await syncScratch();
  const faults = await misfits(MUTANTS, GUARANTEES);
  for (const fault of faults.values()) say(`✗ ${fault}`);

  const { mutants, build } = await builderOf(
    chosen.filter((mutant) => !faults.has(mutant)),
    env,
  );
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
  const failed = mutants.length - passed + faults.size;
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});
