/**
 * `npm test [-- stage …]`: brings what is missing, builds once, and runs the stages one after the other. With `--long` (`npm run
 * test:long`) the tests that are told of it by `WASM_API_FETCH_LONG` go on for longer.
 *
 * Its last line is `N passed, N failed`: the sum of the runners' own closing figures. A stage that cannot start, dies, or
 * runs no test counts as one that failed.
 */

import { parseArgs } from 'node:util';
import { bootstrap } from './lib/bootstrap.js';
import { sum } from './lib/counts.js';
import { explain, Problem, say, step } from './lib/log.js';
import { buildPackage } from './lib/package.js';
import { buildSite } from './lib/site.js';
import { STAGES } from './lib/stages.js';

/**
 * @import { Counts } from './lib/counts.js'
 * @import { Env } from './lib/run.js'
 */

/**
 * @param {() => Promise<Counts>} work
 * @returns {Promise<Counts>}
 */
const failureCounts = (work) =>
  work().catch((error) => {
    explain(error);
    return { passed: 0, failed: 1 };
  });

/** @type {Map<string, Promise<boolean>>} */
const builds = new Map();

/**
 * Builds once; whoever comes after a failure is told in one line.
 *
 * @param {Env} env
 * @param {'package' | 'site'} what
 */
async function build(env, what) {
  const make = async () => {
    const builtPackage = await buildPackage(env);
    if (what === 'site') await buildSite(env, builtPackage);
    return true;
  };
  const done =
    builds.get(what) ??
    make().catch((error) => {
      explain(error);
      return false;
    });
  builds.set(what, done);
  if (!(await done)) throw new Problem(`the ${what} could not be built`);
}

/**
 * @param {string} name
 * @param {Env} env
 * @returns {Promise<Counts>}
 */
async function runStage(name, env) {
  const stage = STAGES[name];
  if (!stage) throw new Problem(`there is no stage "${name}", only ${Object.keys(STAGES).join(', ')}`);
  if (stage.needs) await build(env, stage.needs);
  const ready = stage.bring ? await stage.bring(env) : env;
  const { code, output, counts } = await step(`${name}: ${stage.title}`, () => stage.run(ready));

  if (code !== 0 || counts.failed > 0) say(output);
  if (counts.passed + counts.failed === 0) throw new Problem(`${name}: no test ran (exit code ${code})`);
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  say(`  ${counts.passed} passed, ${counts.failed} failed`);
  return counts;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { long: { type: 'boolean', default: false } },
});
const names = positionals.length > 0 ? positionals : Object.keys(STAGES);
const total = await failureCounts(async () => {
  const env = await bootstrap({ browser: true });
  if (values.long) env.WASM_API_FETCH_LONG = '1';
  const all = [];
  for (const name of names) all.push(await failureCounts(() => runStage(name, env)));
  return sum(all);
});
say(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
