/**
 * What a tenant's server has seen, counted where HTTP requests arrive and answers leave. Tests and the page take their numbers
 * from here and not from the client's own word.
 *
 * - `logins`: sign-ins that got their tokens
 * - `presentations`: refresh grants that arrived, whatever became of them
 * - `refreshes`: refresh grants that the provider carried out, also where the answer was then lost
 * - `reused`: presentations of a refresh token that was already spent. The provider itself knows this of the first one only: it
 *   forgets the token together with the grant, and a further one reads "not found"
 * - `hits`: answers by method, path and status; `statuses`: their sum by status. Only answers that were sent, so that hits and
 *   `aborted` add up to what arrived. Preflights are no hits
 * - `aborted`: api requests whose client went away before the answer
 */

import { createHash } from 'node:crypto';

/**
 * @typedef {Record<string, number>} Counts by status
 */

/** @param {string} refreshToken */
export const fingerprint = (refreshToken) => createHash('sha256').update(refreshToken).digest('base64url');

export class Books {
  logins = 0;
  refreshes = 0;
  presentations = 0;
  reused = 0;
  aborted = 0;
  /** @type {Map<string, Counts>} */
  #hits = new Map();
  /** @type {Counts} */
  #statuses = {};
  /** @type {Set<string>} fingerprints of refresh tokens that the provider has exchanged */
  #spent = new Set();

  /**
   * @param {string} method
   * @param {string} path
   * @param {number} status
   */
  hit(method, path, status) {
    const key = `${method} ${path}`;
    const counts = this.#hits.get(key) ?? {};
    counts[status] = (counts[status] ?? 0) + 1;
    this.#hits.set(key, counts);
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
  }

  /** @param {string} token fingerprint of a refresh token whose presentation is about to be answered */
  presented(token) {
    if (this.#spent.has(token)) this.reused += 1;
  }

  /** @param {string} token fingerprint of a refresh token that the provider has just exchanged */
  refreshed(token) {
    this.#spent.add(token);
    this.refreshes += 1;
  }

  toJSON() {
    const { logins, refreshes, presentations, reused, aborted } = this;
    const hits = Object.fromEntries(this.#hits);
    return { logins, refreshes, presentations, reused, hits, statuses: this.#statuses, aborted };
  }
}
