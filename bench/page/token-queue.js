/** Token refresh as it is copied from app to app: a flag that says that one is under way, and an array of those who wait. */

/**
 * @import { TokenReply } from './client.js'
 * @typedef {{ resolve: () => void, reject: (reason: unknown) => void }} Waiter
 */

/** @param {string} tokenURL */
export function createTokenQueue(tokenURL) {
  /** @type {TokenReply} */
  let tokens = { access_token: '', refresh_token: '' };
  let isRefreshing = false;
  /** @type {Waiter[]} */
  let failedQueue = [];

  async function refresh() {
    const response = await fetch(tokenURL, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: tokens.refresh_token,
        client_id: 'app',
      }),
    });
    if (!response.ok) throw new Error(`token refresh failed: ${response.status}`);
    tokens = await response.json();
  }

  /** Resolves when there is a new token. */
  async function renew() {
    if (isRefreshing) {
      return new Promise((/** @type {(value?: void) => void} */ resolve, reject) => {
        failedQueue.push({ resolve, reject });
      });
    }
    isRefreshing = true;
    try {
      await refresh();
      for (const { resolve } of failedQueue) resolve();
    } catch (error) {
      for (const { reject } of failedQueue) reject(error);
      throw error;
    } finally {
      failedQueue = [];
      isRefreshing = false;
    }
  }

  return {
    get access() {
      return tokens.access_token;
    },
    set(/** @type {TokenReply} */ reply) {
      tokens = reply;
    },
    renew,
  };
}
