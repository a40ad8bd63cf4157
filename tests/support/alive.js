/** Whether the engine, which all instances share, goes on. */

import assert from 'node:assert/strict';
import { createApiFetch } from '../../dist/index.js';

/** An ordinary call of another instance, which a stopped engine would not answer. */
export async function assertEngineLives() {
  const api = createApiFetch({
    fetch: async () => Response.json({ lives: true }),
    baseURL: 'https://api.example.com',
    session: { storage: 'memory', refresh: async () => ({ access_token: 'second' }) },
  });
  api.session.set({ access_token: 'first', refresh_token: 'r' });
  assert.deepEqual(await api('/lives'), { lives: true });
}
