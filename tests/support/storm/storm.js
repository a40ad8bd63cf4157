/** A storm: lives beside each other, until so many calls have been made. It runs in Node and, bundled, in a page. */

import * as facade from '../../../dist/axios.js';
import { createApiFetch } from '../../../dist/index.js';
import { Life } from './life.js';
import { watchFetch } from './watch.js';

/**
 * @import { Lib, Tab } from './life.js'
 * @import { Sabotage } from './watch.js'
 * @typedef {object} Order
 * @property {string} origin the server's
 * @property {number} seed
 * @property {number} calls how many in all
 * @property {number} [life] this one alone
 * @property {readonly string[]} [storages]
 * @property {Tab} [tab]
 * @property {number} [abreast] how many lives at a time: a page has but six connections
 * @property {number} [patience] after how many moments what has not ended never will: no limit of a life is near it
 * @property {Sabotage} [sabotage]
 */

const CALLS_A_LIFE = 100;
/** So many faults say what there is to say. */
const ENOUGH = 20;
const STORAGES_OF_APPS = ['memory', 'of the app', 'in turn', 'failing'];

/** @type {Lib} */
const lib = {
  createApiFetch,
  axios: facade.default,
  createSessionAdapter: facade.createSessionAdapter,
};

/** @param {Order} order */
export async function storm(order) {
  const { origin, seed, calls, life, sabotage, patience = 300, storages = STORAGES_OF_APPS } = order;
  const { tab = { index: 0, of: 1 }, abreast = 16 } = order;
  const watch = watchFetch(sabotage);
  const sum = { asked: 0, answered: 0, rejected: 0, arrivals: 0, presentations: 0, reused: 0 };
  /** @type {Record<string, number>} */
  const fates = {};
  /** @type {string[]} */
  const faults = [];
  const strays = listenToStrays();
  const numbers =
    life === undefined
      ? Array.from({ length: Math.ceil(calls / CALLS_A_LIFE) }, (_, index) => index)
      : [life];
  const waiting = numbers.values();
  const work = async () => {
    for (const number of waiting) {
      if (faults.length >= ENOUGH) return;
      const common = { lib, origin, seed, storages, patience, tab, presented: watch.presented };
      const result = await new Life({ ...common, number, count: CALLS_A_LIFE }).play();
      for (const name of /** @type {(keyof typeof sum)[]} */ (Object.keys(sum))) sum[name] += result[name];
      for (const [kind, count] of Object.entries(result.fates)) fates[kind] = (fates[kind] ?? 0) + count;
      faults.push(...result.faults.map((fault) => `life ${number}: ${fault}`));
    }
  };
  try {
    await Promise.all(Array.from({ length: abreast }, work));
  } finally {
    watch.stop();
    strays.stop();
  }
  faults.push(...strays.found);
  return { seed, lives: numbers.length, ...sum, fates, faults };
}

/** Errors that reached nobody. */
function listenToStrays() {
  /** @type {string[]} */
  const found = [];
  const note = (/** @type {any} */ event) => found.push(`an unhandled rejection: ${event?.reason ?? event}`);
  const { process } = /** @type {any} */ (globalThis);
  if (process?.on) process.on('unhandledRejection', note);
  else globalThis.addEventListener('unhandledrejection', note);
  return {
    found,
    stop() {
      if (process?.off) process.off('unhandledRejection', note);
      else globalThis.removeEventListener('unhandledrejection', note);
    },
  };
}
