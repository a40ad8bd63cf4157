/** Callers of an instance that hand over what no caller should, and what becomes of everybody else. */

import assert from 'node:assert/strict';
import { createApiFetch } from '../../dist/index.js';
import { json, server } from './double.js';

/** @typedef {'data' | 'raw' | 'fetch'} Shape */

export const ORIGIN = 'https://api.example.com';
/** @type {Shape[]} */
export const SHAPES = ['data', 'raw', 'fetch'];

/** An instance whose access token is good, or will be refreshed at once. */
export function signedIn(/** @type {Parameters<typeof server>[0]} */ answer = () => json({ fine: true })) {
  const double = server(answer);
  const api = createApiFetch({
    fetch: /** @type {typeof fetch} */ (double.fetch),
    baseURL: ORIGIN,
    retry: 0,
    session: { storage: 'memory', refresh: async () => ({ access_token: 'second' }) },
  });
  api.session.set({ access_token: 'first', refresh_token: 'r' });
  return { api, sent: double.sent };
}

/** @returns {Promise<any>} the error, or `Response` or what the body was */
export const outcome = (/** @type {Promise<any>} */ call) => call.catch((error) => error);

export const ask = (/** @type {any} */ api, /** @type {Shape} */ shape) =>
  shape === 'data' ? api : api[shape];

/** Beside a call that has failed the instance is as it was. */
export async function assertUnharmed(/** @type {any} */ api, /** @type {Promise<any>} */ neighbour) {
  assert.deepEqual(await neighbour, { fine: true }, 'the neighbour');
  assert.deepEqual(await api('/plain'), { fine: true }, 'the next call');
  assert.deepEqual([api.session.pending, api.session.waiting], [0, 0]);
  assert.equal(api.session.tokens?.accessToken, 'first');
}
