/** The error codes of a token endpoint: each of them outranks a status by which the refresh would be refused (RFC 6749 §5.2, §4.1.2.1). */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { json } from '../support/double.js';

/**
 * What becomes of a request whose token is dead, where the token endpoint answers like this.
 *
 * @param {number} status
 * @param {string} error
 */
async function fateOf(status, error) {
  const answer = async (/** @type {RequestInfo | URL} */ input) =>
    String(input).endsWith('/token') ? json({ error }, status) : json({}, 401);
  const api = createApiFetch({
    baseURL: 'https://api.example.com',
    fetch: answer,
    session: { storage: 'memory', refresh: '/token', refreshRetry: 0 },
  });
  await api.session.set({ access_token: 'a', refresh_token: 'r' });
  const { code } = await api('/x').catch((reason) => reason);
  return { code, status: api.session.status };
}

for (const status of [401, 403]) {
  for (const code of [
    'invalid_request',
    'invalid_client',
    'unauthorized_client',
    'unsupported_grant_type',
    'invalid_scope',
    'temporarily_unavailable',
    'server_error',
  ]) {
    test(`a refresh that is answered by ${status} ${code} passes, and the session stays`, async () => {
      assert.deepEqual(await fateOf(status, code), { code: 'REFRESH_FAILED', status: 'active' });
    });
  }

  for (const code of ['invalid_grant', 'token_expired', '']) {
    test(`a refresh that is answered by ${status} “${code}” is refused, and the session ends`, async () => {
      assert.deepEqual(await fateOf(status, code), { code: 'REFRESH_REJECTED', status: 'signed-out' });
    });
  }
}
