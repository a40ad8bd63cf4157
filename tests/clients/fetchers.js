/** What a client may be given as its `fetch`: an instance's, or what shows that the storm is one. */

import axios from '../../dist/axios.js';
import { createApiFetch } from '../../dist/index.js';

/**
 * @import { ApiFetch, SessionOptions, SignOutReason } from '../../src/npm/types.js'
 * @import { TokenReply } from '../support/server.js'
 */

/**
 * @param {string} base the tenant's URL
 * @param {SignOutReason[]} signOuts is told of them
 * @returns {ApiFetch}
 */
export const openSession = (base, signOuts) =>
  createApiFetch({ baseURL: base, session: sessionOf(base, signOuts) });

/**
 * @param {string} base
 * @param {TokenReply} tokens
 * @param {SignOutReason[]} signOuts
 * @returns {Promise<ApiFetch>} signed in
 */
export async function withSession(base, tokens, signOuts) {
  const api = openSession(base, signOuts);
  await api.session?.set(tokens);
  return api;
}

/**
 * The axios facade, with a session of its own.
 *
 * @param {string} base
 * @param {TokenReply} tokens
 * @param {SignOutReason[]} signOuts
 */
export async function facade(base, tokens, signOuts) {
  const instance = axios.create({ baseURL: base, session: sessionOf(base, signOuts) });
  await instance.session?.set(tokens);
  return instance;
}

/**
 * @param {string} base
 * @param {SignOutReason[]} signOuts
 * @returns {SessionOptions}
 */
const sessionOf = (base, signOuts) => ({
  storage: typeof document === 'undefined' ? 'memory' : 'local',
  key: base,
  refresh: { url: '/oidc/token', clientId: 'app' },
  onSignOut: ({ reason }) => signOuts.push(reason),
});

/**
 * The token, and nothing else: an instance without a session.
 *
 * @param {TokenReply} tokens
 */
export const withBearer = (tokens) =>
  createApiFetch({ fetch: (input, init) => fetchWith(tokens, input, init) });

/**
 * @param {TokenReply} tokens
 * @param {RequestInfo | URL} input
 * @param {RequestInit} [init]
 */
function fetchWith(tokens, input, init) {
  const request = new Request(input, init);
  request.headers.set('authorization', `Bearer ${tokens.access_token}`);
  return globalThis.fetch(request);
}

/**
 * A refresh as it is written in five minutes: who gets a 401 asks for new tokens, and sends again.
 *
 * @param {string} base
 * @param {TokenReply} tokens
 */
export function byHand(base, tokens) {
  let current = tokens;
  const refresh = async () => {
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: current.refresh_token,
      client_id: 'app',
    });
    const answer = await globalThis.fetch(`${base}/oidc/token`, { method: 'POST', body });
    if (!answer.ok) throw new Error('signed out');
    current = await answer.json();
  };
  return {
    async fetch(/** @type {RequestInfo | URL} */ input, /** @type {RequestInit} */ init = {}) {
      const request = new Request(input, init);
      const again = request.clone();
      const answer = await fetchWith(current, request);
      if (answer.status !== 401) return answer;
      await refresh();
      return fetchWith(current, again);
    },
  };
}
