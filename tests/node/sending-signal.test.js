/** Each sending has its own signal, where it may have to be taken back. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { json, server } from '../support/double.js';

const BASE = 'https://api.example.com';

test('each sending has a signal of its own: what a fetch leaves on one is called for that one alone', async () => {
  let isDead = false;
  /** @type {(AbortSignal | undefined)[]} */
  const given = [];
  /** @type {string[]} */
  const called = [];
  /** @type {(response: Response) => void} */
  let answerFirst = () => {};
  const answer = server(({ headers }) =>
    json({}, isDead && headers.authorization === 'Bearer first' ? 401 : 200),
  );
  const fetch = (/** @type {any} */ input, /** @type {any} */ init) => {
    const { signal } = init;
    given.push(signal);
    signal?.addEventListener('abort', () => called.push(String(input)));
    if (given.length === 1)
      return new Promise((resolve) => {
        answerFirst = resolve;
      });
    if (String(input).endsWith('/held') && init.headers.get('authorization') === 'Bearer first')
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    return answer.fetch(input, init);
  };
  const api = createApiFetch({
    ...{ baseURL: BASE, fetch },
    session: { storage: 'memory', refresh: async () => ({ access_token: 'second' }) },
  });
  await api.session.set({ access_token: 'first', refresh_token: 'r' });
  // What is sent while this one has no answer may have to be taken back for its sake.
  const first = api('/first');
  for (let count = 0; count < 100; count++) await api(`/answered/${count}`);
  assert.equal(given[0], undefined, 'nobody will want it back');
  assert.equal(new Set(given.slice(1)).size, 100);
  isDead = true;
  const held = api('/held');
  answerFirst(json({}, 401));
  await Promise.all([first, held]);
  assert.deepEqual(called, [`${BASE}/held`], 'nobody hears of requests that were answered before');
});
