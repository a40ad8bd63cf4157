/** What becomes of the calls of a life, noted by the one who has made them. */

import { Chance } from './chance.js';
import { kindOf, textOf } from './endings.js';

/** @import { Entry } from './judge.js' */

/** The shortest time in which a page, or a process, can be seen to live, in ms. */
const MOMENT = 100;

export class ClientLedger {
  /** @type {Entry[]} */
  calls = [];
  /** @type {string[]} */
  faults = [];
  /** How the calls have ended, by kind. @type {Record<string, number>} */
  fates = {};
  /** @type {Promise<void>[]} */
  #open = [];
  #patience;
  #seeds;

  /**
   * @param {number} patience after how many moments what has not ended never will
   * @param {number[]} seeds
   */
  constructor(patience, ...seeds) {
    this.#patience = patience;
    this.#seeds = seeds;
  }

  /**
   * A call.
   *
   * @param {number} id
   * @param {Promise<any>} promise
   * @param {boolean} [isUnsent] whether it was given up before it began
   */
  follow(id, promise, isUnsent = false) {
    /** @type {Entry} */
    const entry = { id, ended: '', isUnsent, times: 0 };
    this.calls.push(entry);
    const followed = promise.then(
      (value) => this.#settled(entry, 'answered', value),
      (error) => {
        this.#know(error);
        return this.#settled(entry, 'rejected', error);
      },
    );
    this.#open.push(followed);
    return followed;
  }

  /** A promise of the session's, which has to settle, either way. */
  watch(/** @type {Promise<unknown>} */ promise) {
    this.#open.push(
      promise.then(
        () => {},
        (error) => this.#know(error),
      ),
    );
  }

  async #settled(/** @type {Entry} */ entry, /** @type {string} */ ended, /** @type {any} */ said) {
    entry.ended = ended;
    entry.times += 1;
    const kind = ended === 'rejected' ? kindOf(said) : ended;
    this.fates[kind] = (this.fates[kind] ?? 0) + 1;
    const text = await textOf(said, new Chance(...this.#seeds, entry.id));
    const marks = new Set(text.match(/#\d+#/g));
    marks.delete(`#${entry.id}#`);
    if (marks.size > 0) this.faults.push(`#${entry.id} was given the answer of ${[...marks].join()}`);
    if (text === 'unmarked') this.faults.push(`#${entry.id} was given an answer without a mark`);
  }

  /** No error may be of a kind that nobody has caused. */
  #know(/** @type {unknown} */ error) {
    if (kindOf(error) === 'unknown') this.faults.push(`an error that nobody has caused: ${error}`);
  }

  /** Waits until all that has been noted has settled; a machine that is slow has all the time it takes. */
  async settle() {
    let isOver = false;
    const over = Promise.all(this.#open).then(() => {
      isOver = true;
    });
    for (let left = this.#patience; left > 0 && !isOver; left -= 1) {
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      let timer;
      const moment = new Promise((resolve) => {
        timer = setTimeout(resolve, MOMENT);
      });
      await Promise.race([over, moment]);
      clearTimeout(timer);
    }
    if (isOver) return;
    const open = this.calls.filter(({ times }) => times === 0).map(({ id }) => `#${id}`);
    this.faults.push(`promises that never settle: ${open.join(' ') || 'those of the session, or a body'}`);
  }

  count(/** @type {string} */ how) {
    return this.calls.filter(({ ended }) => ended === how).length;
  }
}
