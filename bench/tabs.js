/** Three tabs with one expired token: what it costs a request to wait for another tab's refresh. */

import { tenant } from '../tests/support/server.js';
import { inPage } from './browser.js';

/**
 * @import { Page } from 'playwright-core'
 * @import { Measure } from './report.js'
 * @import { Field } from './rounds.js'
 */

const NAME = 'wasm-api-fetch';
const ALONE = 'a tab alone';
const REFRESHES = 'among 3, the one that refreshes';
const WAITS = 'among 3, the last of those that wait';

/** For all tabs to be told of the moment at which they begin. */
const HEADSTART_MS = 20;

/**
 * @param {Field} field
 * @param {number} latency ms, of every answer of API and token endpoint
 * @param {number} rounds
 * @returns {Promise<Measure>}
 */
export async function measureTabs({ page, openPage, origin }, latency, rounds) {
  const corner = tenant(origin, `bench-tabs-${latency}`);
  const base = new URL(corner.url).pathname;
  const pages = [page, await openPage(), await openPage()];
  await corner.control({ latency });
  await inPage(page, 'signIn', NAME, base, await corner.login());

  const play = async (/** @type {Page[]} */ tabs) => {
    const before = await corner.books();
    await corner.expire();
    const at = Date.now() + HEADSTART_MS;
    // Each its own path: the browser's cache lets one request for a URL through at a time.
    const results = await Promise.all(
      tabs.map((tab, number) => inPage(tab, 'timeOneAt', NAME, base, `/api/echo/${number}`, at)),
    );
    const after = await corner.books();
    const count = (/** @type {'refreshes' | 'reused'} */ what) => after[what] - before[what];
    return { results, refreshes: count('refreshes'), reused: count('reused') };
  };

  /** @type {Map<string, { ms: number, refreshes: number, reused: number }[]>} */
  const samples = new Map([ALONE, REFRESHES, WAITS].map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const alone = await play([page]);
    const together = await play(pages);
    const times = (/** @type {boolean} */ refreshed) =>
      together.results.filter((result) => result.refreshed === refreshed).map(({ ms }) => ms);
    samples.get(ALONE)?.push({ ...alone, ms: Math.max(...alone.results.map(({ ms }) => ms)) });
    samples.get(REFRESHES)?.push({ ...together, ms: Math.max(...times(true)) });
    samples.get(WAITS)?.push({ ...together, ms: Math.max(...times(false)) });
  }

  return {
    title: `one request with an expired token in each of 3 tabs, latency ${latency} ms`,
    unit: 'ms',
    digits: 1,
    yardsticks: [ALONE],
    rows: [...samples].map(([name, turns]) => ({
      name,
      values: turns.map(({ ms }) => ms),
      notes: {
        refreshes: Math.max(...turns.map(({ refreshes }) => refreshes)),
        'reused tokens': Math.max(...turns.map(({ reused }) => reused)),
      },
    })),
  };
}
