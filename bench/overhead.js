/** What a call costs besides the wire: the platform's `fetch` is a stub that answers at once. */

import assert from 'node:assert/strict';
import { tenant } from '../tests/support/server.js';
import { inPage, openMeter } from './browser.js';
import { CONTESTANTS, interleave, median } from './rounds.js';

/**
 * @import { Measure } from './report.js'
 * @import { Contestant, Field } from './rounds.js'
 */

const CALLS = 4_000;
const WARM_UP_ROUNDS = 2;
const BASE = '/t/bench-overhead';

/**
 * Signs everybody in, and sees that each sends the same request and reads the answer: else it would not be the same work.
 *
 * @param {Field} field
 */
export async function checkContestants({ page, origin }) {
  const reply = await tenant(origin, 'bench-overhead').login();
  for (const name of CONTESTANTS) {
    await inPage(page, 'signIn', name, BASE, reply);
    for (const method of /** @type {const} */ (['GET', 'POST'])) {
      const { sent, data } = await inPage(page, 'callOnce', name, BASE, method);
      assert.equal(sent.url, `${origin}${BASE}/api/items/1`, name);
      assert.equal(sent.method, method, name);
      assert.equal(sent.authorization, `Bearer ${reply.access_token}`, name);
      assert.equal(sent.contentType, method === 'POST' ? 'application/json' : null, name);
      assert.equal(sent.body, method === 'POST' ? '{"name":"Ada","tags":["a","b"]}' : '', name);
      assert.deepEqual(data, { id: 1, name: 'Ada', tags: ['a', 'b'] }, name);
    }
  }
}

/**
 * @param {Field} field
 * @param {'GET' | 'POST'} method
 * @param {number} rounds
 * @returns {Promise<Measure>}
 */
export async function measureOverhead({ page, random }, method, rounds) {
  const usedSoFar = await openMeter(page);

  const turn = async (/** @type {Contestant} */ name) => {
    await inPage(page, 'collectGarbage');
    const before = await usedSoFar();
    const ms = await inPage(page, 'timeCalls', name, BASE, method, CALLS);
    return { used: ((await usedSoFar()) - before) / CALLS, passed: (ms * 1000) / CALLS };
  };

  await interleave(WARM_UP_ROUNDS, random, turn);
  const samples = await interleave(rounds, random, turn);
  const what = method === 'GET' ? 'GET without options' : 'POST of a small object';
  return {
    title: `overhead, ${what}`,
    unit: 'µs a call',
    digits: 2,
    rows: [...samples].map(([name, turns]) => ({
      name,
      values: turns.map(({ used }) => used),
      notes: { 'by the clock': median(turns.map(({ passed }) => passed)) },
    })),
  };
}
