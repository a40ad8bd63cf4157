/** Two hundred requests at once with an expired token, against the real server. */

import { tenant } from '../tests/support/server.js';
import { inPage } from './browser.js';
import { CONTESTANTS, interleave } from './rounds.js';

/**
 * @import { Measure } from './report.js'
 * @import { Contestant, Field } from './rounds.js'
 */

const REQUESTS = 200;

/**
 * @param {Field} field
 * @param {number} latency ms, of every answer of API and token endpoint
 * @param {number} rounds
 * @returns {Promise<Measure>}
 */
export async function measureStorm({ page, origin, random }, latency, rounds) {
  const corners = new Map(
    CONTESTANTS.map((name, number) => [name, tenant(origin, `bench-storm-${latency}-${number}`)]),
  );

  const turn = async (/** @type {Contestant} */ name) => {
    const corner = /** @type {ReturnType<typeof tenant>} */ (corners.get(name));
    const base = new URL(corner.url).pathname;
    await corner.control({ latency });
    await inPage(page, 'signIn', name, base, await corner.login());
    if (name !== 'plain fetch') await corner.expire();
    await inPage(page, 'collectGarbage');
    const before = await corner.books();
    const { ms, lost } = await inPage(page, 'timeStorm', name, base, REQUESTS);
    const after = await corner.books();
    const count = (/** @type {'refreshes' | 'reused'} */ what) => after[what] - before[what];
    return { ms, lost, refreshes: count('refreshes'), reused: count('reused') };
  };

  const samples = await interleave(rounds, random, turn);
  return {
    title: `storm, ${REQUESTS} requests with an expired token, latency ${latency} ms`,
    unit: 'ms in all',
    digits: 0,
    rows: [...samples].map(([name, turns]) => {
      const most = (/** @type {'refreshes' | 'reused' | 'lost'} */ what) =>
        Math.max(...turns.map((turn) => turn[what]));
      const notes = {
        refreshes: most('refreshes'),
        'reused tokens': most('reused'),
        'replies lost': most('lost'),
      };
      return { name, values: turns.map(({ ms }) => ms), notes };
    }),
  };
}
