/**
 * Tasks with the same key run one after another, in the order they came.
 *
 * oidc-provider reads a refresh token, looks up its grant and its account, and only then marks the token as consumed. Two
 * presentations of one token that arrive together therefore both pass, unless the database below makes them queue. This
 * server has no database, so the presentations of one token take turns in front of the provider. The second one then finds
 * a spent token, and revokes the grant, as strict rotation demands.
 */
export class Turns {
  /** @type {Map<string, Promise<unknown>>} the last task of each key */
  #last = new Map();

  /**
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} task
   * @returns {Promise<T>}
   */
  async take(key, task) {
    const mine = (this.#last.get(key) ?? Promise.resolve()).then(task, task);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
