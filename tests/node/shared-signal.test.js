/** One signal for many calls, as a page has that gives up all of its requests when it is left. */

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { json, settled } from '../support/double.js';

const ORIGIN = 'https://api.example.com';
const paths = Array.from({ length: 30 }, (_, index) => `/${index}`);
const listeners = (/** @type {AbortSignal} */ signal) => getEventListeners(signal, 'abort').length;

/**
 * @param {(url: string) => Promise<Response>} answer as `fetch` would; it does not listen to the signal itself
 */
const over = (answer) =>
  createApiFetch({ fetch: (url) => answer(String(url)), baseURL: ORIGIN, timeout: 60_000 });

test('30 calls share a signal: one listener, which goes with the last of them', async () => {
  /** @type {(() => void)[]} */
  const held = [];
  const api = over(() => new Promise((resolve) => held.push(() => resolve(json({})))));
  const { signal } = new AbortController();
  const calls = [...paths.map((path) => api(path, { signal })), api.fetch(`${ORIGIN}/last`, { signal })];
  await settled();
  assert.equal(listeners(signal), 1);
  for (const release of held.splice(1)) release();
  await Promise.all(calls.slice(1));
  assert.equal(listeners(signal), 1);
  held[0]?.();
  await calls[0];
  assert.equal(listeners(signal), 0);
  const later = api('/later', { signal });
  await settled();
  assert.equal(listeners(signal), 1);
  held.at(-1)?.();
  await later;
});

test('a shared signal gives all of its calls up, and no other', async () => {
  const api = over(async (url) => (url.endsWith('/other') ? json({ fine: true }) : new Promise(() => {})));
  const controller = new AbortController();
  const { signal } = controller;
  const calls = paths.map((path) => api.fetch(ORIGIN + path, { signal }));
  const other = api('/other', { signal: new AbortController().signal });
  await settled();
  const reason = new Error('the page is left');
  controller.abort(reason);
  for (const one of await Promise.allSettled(calls)) assert.deepEqual(one, { status: 'rejected', reason });
  assert.deepEqual(await other, { fine: true });
  assert.equal(listeners(signal), 0);
});
