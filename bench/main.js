/**
 * `npm run bench [-- --only overhead,storm,tabs,recipes --rounds 25 --seed 1 --markdown]`: what a request through this package
 * costs, beside what people use instead. One headless page; the package is the packed tarball, installed and bundled as an app would, its
 * session on; the others have the versions in package.json. Within a round each contestant has one turn, in random order, so
 * that what else the machine does hits all alike; the order can be had again by its seed.
 *
 * How to read it:
 * - overhead: µs of the page's main thread for one call, `fetch` replaced by a stub that answers at once with a fresh `Response`.
 *   The token is attached and the JSON read; the calls are awaited one after the other. It is CPU time, which hardly depends
 *   on what else the machine does; the same by the clock stands beside it.
 * - storm: ms until the last of 200 requests at once is settled, all sent with an expired token, against the real server.
 *   Refreshes and reused refresh tokens are those that the server counts, as the most of any round; a reply is lost when a
 *   request did not get its own. Plain fetch knows no refresh: its token is still good, which shows what the wire alone takes.
 * - tabs: ms until a request is answered whose token has expired: 401, refresh and replay. In one tab alone, and in three that
 *   begin at the same moment, of which one refreshes.
 * - recipes: the recipes of the README beside those that apps carry today, and what each of them loses; ms until the last of 200
 *   requests is settled that is settled at all.
 * - median and best of all rounds. A ratio is the median of the ratios within each round: below 1 is faster.
 *
 * Every sample is in bench/results.json.
 */

import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { bootstrap } from '../scripts/lib/bootstrap.js';
import { Problem, runScript, say, step } from '../scripts/lib/log.js';
import { buildPackage } from '../scripts/lib/package.js';
import { startServer } from '../tests/support/server.js';
import { openPage } from './browser.js';
import { checkContestants, measureOverhead } from './overhead.js';
import { bundlePage, installTarball } from './packed.js';
import { measureRecipes } from './recipes.js';
import { describe, saveResults, toMarkdown, toText } from './report.js';
import { seededRandom } from './rounds.js';
import { measureStorm } from './storm.js';
import { measureTabs } from './tabs.js';

/**
 * @import { Measure } from './report.js'
 * @import { Field } from './rounds.js'
 */

const OVERHEAD_ROUNDS = 21;
const STORM_ROUNDS = 5;
const TABS_ROUNDS = 15;
const RECIPE_ROUNDS = 5;

/** @type {Record<string, (field: Field, rounds?: number) => Promise<Measure[]>>} */
const MEASURES = {
  async overhead(field, rounds = OVERHEAD_ROUNDS) {
    await checkContestants(field);
    return [await measureOverhead(field, 'GET', rounds), await measureOverhead(field, 'POST', rounds)];
  },
  async storm(field, rounds = STORM_ROUNDS) {
    return [await measureStorm(field, 20, rounds), await measureStorm(field, 0, rounds)];
  },
  async tabs(field, rounds = TABS_ROUNDS) {
    return [await measureTabs(field, 20, rounds), await measureTabs(field, 100, rounds)];
  },
  async recipes(field, rounds = RECIPE_ROUNDS) {
    return [await measureRecipes(field, false, rounds), await measureRecipes(field, true, rounds)];
  },
};

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: Object.keys(MEASURES).join() },
      rounds: { type: 'string' },
      seed: { type: 'string', default: String(randomInt(2 ** 31)) },
      markdown: { type: 'boolean', default: false },
    },
  });
  const only = values.only.split(',');
  const unknown = only.find((name) => !(name in MEASURES));
  if (unknown !== undefined) {
    throw new Problem(`there is no measure "${unknown}", only ${Object.keys(MEASURES).join(', ')}`);
  }
  const rounds = values.rounds === undefined ? undefined : wholeNumber('--rounds', values.rounds, 1);
  return { only, rounds, seed: wholeNumber('--seed', values.seed, 0), markdown: values.markdown };
}

/**
 * @param {string} option
 * @param {string} given
 * @param {number} least
 */
function wholeNumber(option, given, least) {
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < least)
    throw new Problem(`${option} takes a whole number from ${least}`);
  return number;
}

runScript(async () => {
  const { only, rounds, seed, markdown } = readOptions();
  const env = await bootstrap({ browser: true });
  await buildPackage(env);
  const tarball = await step('bench: pack and install', () => installTarball(env));
  const code = await bundlePage(tarball.folder).finally(tarball.remove);

  const server = await startServer();
  const { page, browser, openPage: another } = await openPage(env.CHROMIUM, `${server.origin}/blank`, code);
  try {
    /** @type {Field} */
    const field = { page, openPage: another, origin: server.origin, random: seededRandom(seed) };
    /** @type {Measure[]} */
    const measures = [];
    for (const name of only) {
      const measure = MEASURES[name];
      if (measure) measures.push(...(await step(`bench: ${name}`, () => measure(field, rounds))));
    }
    const setting = describe({ seed, tarball, browser: browser.version() });
    await saveResults(setting, measures);
    say(markdown ? toMarkdown(setting, measures) : toText(setting, measures));
  } finally {
    await browser.close();
    await server.stop();
  }
});
