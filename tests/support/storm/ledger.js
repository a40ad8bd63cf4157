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
  /** What has been noted and not settled, by its promise. @type {Map<Promise<unknown>, string>} */
  #open = new Map();
  #changed = (/** @type {string} */ _ = '') => {};
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
    void this.#note(followed, `#${id} or its body`);
  }

  /** A promise of the session's, which has to settle, either way. */
  watch(/** @type {Promise<unknown>} */ promise, /** @type {string} */ what) {
    const known = promise.then(
      () => {},
      (error) => this.#know(error),
    );
    void this.#note(known, what);
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

  /**
   * Waits until at most so many of what was noted are open. A machine that is slow has all the time it takes.
   *
   * @param {number} [most]
   */
  async settle(most = 0) {
    let left = this.#patience;
    while (left > 0 && this.#open.size > most) if ((await this.#change()) === 'nothing') left -= 1;
    // Who has waited once for what never comes need not do so again.
    if (left === 0) this.#patience = 1;
    if (this.#open.size === 0 || most > 0) return;
    this.faults.push(`promises that never settle: ${[...this.#open.values()].join(', ')}`);
  }

  /** What comes first: something settles, or a moment is over in which nothing has. */
  async #change() {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const came = await new Promise((resolve) => {
      this.#changed = resolve;
      timer = setTimeout(resolve, MOMENT, 'nothing');
    });
    clearTimeout(timer);
    return came;
  }

  async #note(/** @type {Promise<unknown>} */ promise, /** @type {string} */ what) {
    this.#open.set(promise, what);
    await promise;
    this.#open.delete(promise);
    this.#changed();
  }

  count(/** @type {string} */ how) {
    return this.calls.filter(({ ended }) => ended === how).length;
  }
}
