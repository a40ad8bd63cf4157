/** What the tests of the server itself ask of it, by plain fetch. */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { tenant } from '../../support/server.js';

/**
 * @param {Response | undefined} response
 * @returns {Promise<any>}
 */
export const json = async (response) => response?.json();

const DEADLINE_MS = 10_000;

/**
 * @param {string} origin
 * @returns a client of a tenant that nobody else uses
 */
export function newClient(origin) {
  const own = tenant(origin, `server-${randomUUID()}`);

  return {
    ...own,

    /**
     * @param {string} path
     * @param {string} [accessToken]
     * @param {RequestInit & { duplex?: 'half' }} [init]
     */
    send(path, accessToken, init) {
      const headers = new Headers(init?.headers);
      if (accessToken !== undefined) headers.set('authorization', `Bearer ${accessToken}`);
      return fetch(own.url + path, { ...init, headers });
    },

    /**
     * Presents a refresh token at the token endpoint.
     *
     * @param {string} refreshToken
     * @param {RequestInit} [init]
     */
    present(refreshToken, init) {
      const form = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: 'app' };
      return fetch(`${own.url}/oidc/token`, { ...init, method: 'POST', body: new URLSearchParams(form) });
    },

    /**
     * Resolves once the books read so: what a client does not wait for reaches them a moment later.
     *
     * @param {(report: import('../../support/server.js').BooksReport) => boolean} condition
     */
    async booksWhere(condition) {
      const deadline = Date.now() + DEADLINE_MS;
      for (;;) {
        const report = await own.books();
        if (condition(report)) return report;
        if (Date.now() > deadline) throw new Error(`the books never read so: ${JSON.stringify(report)}`);
        await sleep(10);
      }
    },
  };
}
