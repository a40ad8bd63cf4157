/** Rounds: in each, all tokens die, and all tabs send requests at the same moment. */

import { withDeadline } from './app.js';

/**
 * @import { App } from './app.js'
 * @typedef {{ rounds: number, tally: Record<string, number>, refreshes: number, reused: number, uneven: number[] }} Result
 */

/** How long before the common moment the tabs are told of it. */
const HEADSTART_MS = 15;

/** How many each tab sends in a round. */
export const REQUESTS = 3;

/**
 * @param {App[]} tabs
 * @param {number} rounds
 * @returns {Promise<Result>} what became of the requests, and in which rounds there was not exactly one refresh
 */
export async function playRounds(tabs, rounds) {
  const [first] = tabs;
  if (!first) throw new Error('no tab');
  /** @type {Result} */
  const result = { rounds, tally: {}, refreshes: 0, reused: 0, uneven: [] };
  for (let round = 1; round <= rounds; round += 1) {
    await first.tenant.expire();
    const at = Date.now() + HEADSTART_MS;
    const fates = await Promise.all(
      tabs.map((tab) => withDeadline(tab.run(sendTogether, { at, requests: REQUESTS }), `round ${round}`)),
    );
    for (const fate of fates) {
      for (const [kind, count] of Object.entries(fate)) {
        result.tally[kind] = (result.tally[kind] ?? 0) + count;
      }
    }
    const { refreshes, reused } = await first.tenant.books();
    if (refreshes - result.refreshes !== 1) result.uneven.push(round);
    Object.assign(result, { refreshes, reused });
  }
  return result;
}

/**
 * What a faultless series gives.
 *
 * @param {number} tabs
 * @param {number} rounds
 * @returns {Result}
 */
export const faultless = (tabs, rounds) => ({
  rounds,
  tally: { 'own reply': tabs * rounds * REQUESTS },
  refreshes: rounds,
  reused: 0,
  uneven: [],
});

/**
 * Runs in the page.
 *
 * @param {import('./in-page.js').Kit} kit
 * @param {{ at: number, requests: number }} order
 */
async function sendTogether({ storm, tally }, { at, requests }) {
  while (at - Date.now() > 2) await new Promise((resolve) => setTimeout(resolve, 1));
  while (Date.now() < at);
  return tally(storm(requests));
}
