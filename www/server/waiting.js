/** Waiting on behalf of a client that may go away meanwhile. Every promise here resolves, and says whether the client stayed. */

/**
 * @import { ServerResponse } from 'node:http'
 */

/**
 * @param {ServerResponse} outgoing
 * @param {(done: () => void) => () => void} begin starts the wait and gives the function that gives it up
 * @returns {Promise<boolean>} `false` when the client went away first
 */
function unlessGone(outgoing, begin) {
  return new Promise((resolve) => {
    if (outgoing.destroyed) {
      resolve(false);
      return;
    }
    const leave = () => {
      giveUp();
      resolve(false);
    };
    outgoing.once('close', leave);
    const giveUp = begin(() => {
      outgoing.off('close', leave);
      resolve(true);
    });
  });
}

/**
 * @param {ServerResponse} outgoing
 * @param {number} ms
 */
export function pause(outgoing, ms) {
  if (ms === 0) return Promise.resolve(!outgoing.destroyed);
  return unlessGone(outgoing, (done) => {
    const timer = setTimeout(done, ms);
    return () => clearTimeout(timer);
  });
}

/** Holds answers until they are released, oldest first. */
export class WaitingRoom {
  // A Set keeps the order of arrival, and lets go of anyone at the same small cost.
  /** @type {Set<() => void>} */
  #waiting = new Set();

  get size() {
    return this.#waiting.size;
  }

  /** @param {ServerResponse} outgoing */
  wait(outgoing) {
    return unlessGone(outgoing, (done) => {
      this.#waiting.add(done);
      return () => this.#waiting.delete(done);
    });
  }

  /**
   * @param {number} count
   * @returns {number} how many were let go
   */
  release(count = Number.POSITIVE_INFINITY) {
    let released = 0;
    for (const done of this.#waiting) {
      if (released >= count) break;
      this.#waiting.delete(done);
      released += 1;
      done();
    }
    return released;
  }
}
