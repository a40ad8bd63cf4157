/** Rounds among tabs that drive themselves: by WebDriver only one tab at a time can be told something. */

import { openSession } from './fetchers.js';

/**
 * @import { SignOutReason } from '../../src/npm/types.js'
 * @import { TokenReply } from '../support/server.js'
 * @import { Result } from '../support/rounds.js'
 * @typedef {{ base: string, tokens?: TokenReply }} Entry
 * @typedef {{ base: string, tabs: number, requests: number, rounds: number }} Score
 * @typedef {{ fates: string[], signOuts: SignOutReason[] }} Report what a tab has to say of a round
 */

/**
 * Makes this tab one of those that send their requests when they are told to.
 *
 * @param {Entry} entry with tokens: signs in for all of them
 */
export async function follow({ base, tokens }) {
  /** @type {SignOutReason[]} */
  const signOuts = [];
  const api = openSession(base, signOuts);
  if (tokens) await api.session?.set(tokens);
  const fateOf = async (/** @type {number} */ number) => {
    try {
      const { path } = await api(`/api/echo/${number}`);
      return path === `/api/echo/${number}` ? 'own reply' : 'reply of another';
    } catch (/** @type {any} */ error) {
      return `${error.name} ${error.code ?? error.status}`;
    }
  };
  const orders = new BroadcastChannel(`${base} orders`);
  const reports = new BroadcastChannel(`${base} reports`);
  orders.onmessage = async ({ data: requests }) => {
    const numbers = Array.from({ length: requests }, (_, index) => index + 1);
    reports.postMessage({ fates: await Promise.all(numbers.map(fateOf)), signOuts });
  };
}

/**
 * In each round all tokens die, and all tabs are told to send at the same moment.
 *
 * @param {Score} score
 * @returns {Promise<Result & { signOuts: SignOutReason[] }>}
 */
export async function conduct({ base, tabs, requests, rounds }) {
  const orders = new BroadcastChannel(`${base} orders`);
  const reports = new BroadcastChannel(`${base} reports`);
  /** @type {Result & { signOuts: SignOutReason[] }} */
  const result = { rounds, tally: {}, refreshes: 0, reused: 0, uneven: [], signOuts: [] };
  for (let round = 1; round <= rounds; round += 1) {
    await fetch(`${base}/expire`, { method: 'POST' });
    /** @type {Promise<Report[]>} */
    const all = new Promise((resolve) => {
      /** @type {Report[]} */
      const come = [];
      reports.onmessage = ({ data }) => {
        come.push(data);
        if (come.length === tabs) resolve(come);
      };
    });
    orders.postMessage(requests);
    const told = await all;
    for (const fate of told.flatMap(({ fates }) => fates)) result.tally[fate] = (result.tally[fate] ?? 0) + 1;
    result.signOuts = told.flatMap(({ signOuts }) => signOuts);
    const { refreshes, reused } = await (await fetch(`${base}/books`)).json();
    if (refreshes - result.refreshes !== 1) result.uneven.push(round);
    Object.assign(result, { refreshes, reused });
  }
  return result;
}
