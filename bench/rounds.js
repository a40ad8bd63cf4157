/** Turns in random order, and what their samples come to. */

/**
 * @import { Page } from 'playwright-core'
 * @typedef {object} Field where everything is measured
 * @property {Page} page
 * @property {() => Promise<Page>} openPage another tab
 * @property {string} origin
 * @property {() => number} random
 */

/** Who takes part, in the order of the tables; the names are those of `bench/page/contestants.js`. */
export const CONTESTANTS = /** @type {const} */ ([
  'plain fetch',
  'copied recipe',
  'ofetch with queue',
  'wasm-api-fetch',
]);

/** @typedef {(typeof CONTESTANTS)[number]} Contestant */

/**
 * Mulberry32: as even as an order needs, and the same for the same seed.
 *
 * @param {number} seed
 * @returns {() => number} numbers from 0 to below 1
 */
export function seededRandom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * One turn each in every round.
 *
 * @template T
 * @param {number} rounds
 * @param {() => number} random
 * @param {(name: Contestant) => Promise<T>} turn
 * @returns {Promise<Map<Contestant, T[]>>}
 */
export async function interleave(rounds, random, turn) {
  /** @type {Map<Contestant, T[]>} */
  const samples = new Map(CONTESTANTS.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of shuffled(CONTESTANTS, random)) samples.get(name)?.push(await turn(name));
  }
  return samples;
}

/**
 * @template T
 * @param {readonly T[]} list
 * @param {() => number} random
 */
function shuffled(list, random) {
  return list
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(at)] ?? NaN) + (sorted[Math.ceil(at)] ?? NaN)) / 2;
}

/**
 * The median of the ratios within each round: both had the same disturbances.
 *
 * @param {readonly number[]} values
 * @param {readonly number[]} others
 */
export const ratio = (values, others) => median(values.map((value, round) => value / (others[round] ?? NaN)));
