/** Who takes part, each written as an app would. */

import { ofetch } from 'ofetch';
import { createApiFetch } from 'wasm-api-fetch';
import { createTokenQueue } from './token-queue.js';

/**
 * @import { Client } from './client.js'
 * @import { Contestant } from '../rounds.js'
 */

/** @type {Record<Contestant, (base: string) => Client>} */
export const contestants = {
  'plain fetch': plainFetch,
  'copied recipe': copiedRecipe,
  'ofetch with queue': ofetchWithQueue,
  'wasm-api-fetch': wasmApiFetch,
};

/** @returns {Client} */
function plainFetch() {
  let token = '';
  return {
    signIn(reply) {
      token = reply.access_token;
    },
    async get(url) {
      const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
      return response.json();
    },
    async post(url, body) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
      return response.json();
    },
  };
}

/**
 * @param {string} base
 * @returns {Client}
 */
function copiedRecipe(base) {
  const tokens = createTokenQueue(`${base}/oidc/token`);

  const send = (/** @type {string} */ url, /** @type {RequestInit} */ init) =>
    fetch(url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${tokens.access}` } });

  async function request(/** @type {string} */ url, /** @type {RequestInit} */ init = {}) {
    let response = await send(url, init);
    if (response.status === 401) {
      await tokens.renew();
      response = await send(url, init);
    }
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return response.json();
  }

  return {
    signIn: tokens.set,
    get: (url) => request(url),
    post: (url, body) =>
      request(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

/**
 * @param {string} base
 * @returns {Client}
 */
function ofetchWithQueue(base) {
  const tokens = createTokenQueue(`${base}/oidc/token`);
  const api = ofetch.create({
    onRequest({ options }) {
      options.headers.set('Authorization', `Bearer ${tokens.access}`);
    },
  });

  async function request(/** @type {string} */ url, /** @type {Parameters<typeof api>[1]} */ options = {}) {
    try {
      return await api(url, options);
    } catch (error) {
      if (/** @type {import('ofetch').FetchError} */ (error).status !== 401) throw error;
      await tokens.renew();
      return api(url, options);
    }
  }

  return {
    signIn: tokens.set,
    get: (url) => request(url),
    post: (url, body) => request(url, { method: 'POST', body }),
  };
}

/**
 * @param {string} base
 * @returns {Client}
 */
function wasmApiFetch(base) {
  const api = createApiFetch({
    session: { key: base, refresh: { url: `${base}/oidc/token`, clientId: 'app' } },
  });
  return {
    signIn: (reply) => api.session?.set(reply),
    get: (url) => api(url),
    post: (url, body) => api(url, { method: 'POST', body }),
  };
}
