/** A timer of the refresh that is late: what has been read of the answer by then is used, and no refresh token is presented twice. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { json, settled } from '../support/double.js';

/** How many microtasks there may be between the answer's text and the engine, and a few more. */
const STEPS = 12;

/** @param {Map<string, string>} items */
const storageOf = (items) => ({
  getItem: (/** @type {string} */ key) => items.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => void items.set(key, value),
  removeItem: (/** @type {string} */ key) => void items.delete(key),
});

/** @type {Record<string, (api: any) => Promise<unknown>>} */
const NEWCOMERS = {
  'a request': (api) => api('/next'),
  'who wants tokens': (api) => api.session.valid(),
  'who wants a refresh': (api) => api.session.refresh(),
};

/**
 * The refresh's answer has been read; so many microtasks later its time is over, and somebody comes before the timer does.
 *
 * @param {number} steps
 * @param {(api: any) => Promise<unknown>} come
 * @param {any} storage
 */
async function round(steps, come, storage) {
  const { now } = Date;
  /** @type {(string | null)[]} */
  const presented = [];
  /** @type {any} */
  let api;
  /** @type {Promise<unknown> | undefined} */
  let newcomer;
  const comeLate = async () => {
    for (let step = 0; step < steps; step += 1) await undefined;
    Date.now = () => now() + 500;
    newcomer = come(api);
  };
  const fetch = async (/** @type {any} */ url, /** @type {any} */ init) => {
    if (!String(url).endsWith('/token'))
      return json({}, init.headers.get('authorization') === 'Bearer first' ? 401 : 200);
    presented.push(new URLSearchParams(init.body).get('refresh_token'));
    const answer = json({ access_token: 'second', refresh_token: 'r2' });
    const text = answer.text.bind(answer);
    answer.text = async () => {
      const whole = await text();
      newcomer ?? void comeLate();
      return whole;
    };
    return answer;
  };
  try {
    const session = { storage, refreshTimeout: 300, refresh: '/token' };
    api = createApiFetch({ baseURL: 'https://api.example.com', fetch, session });
    await api.session.set({ access_token: 'first', refresh_token: 'r1' });
    await api('/first');
    await settled();
    await newcomer;
  } finally {
    Date.now = now;
  }
  assert.equal(presented.filter((token) => token === 'r1').length, 1, `after ${steps} steps`);
}

for (const [who, come] of Object.entries(NEWCOMERS)) {
  for (const place of ['memory', 'a storage']) {
    test(`${who}, between the reading of the answer and a late timer, ${place}: one presentation, and its tokens are used`, async () => {
      for (let steps = 0; steps <= STEPS; steps += 1)
        await round(steps, come, place === 'memory' ? 'memory' : storageOf(new Map()));
    });
  }
}
