// The calls of a storage for one reading or writing of a record, and their answers.

import { park } from '../platform/promise.js';

function keepAnswers(visit, answers) {
  visit.answers = answers;
  return 0;
}

export class StorageVisit {
  /** The storage's answers, which may be promises. */
  answers;
  /** Whether the record holds all of the tokens' fields: JSON can not hold everything. */
  isWhole = true;
  #slots;
  #values;
  #all;
  /** Rejects when the storage has not answered in time. */
  #late;
  /** Called when the visit is over. */
  end = () => {};

  /** @param record the record to write; `null`: it is removed; `undefined`: it is read */
  constructor(slots, record) {
    this.#slots = slots;
    this.record = record;
  }

  get hasRecord() {
    return Boolean(this.record);
  }

  /** A copy for a writing that can not wait for the visits before it. */
  again() {
    const visit = new StorageVisit(this.#slots, this.record);
    visit.#late = this.#late;
    return visit;
  }

  /**
   * Forgets earlier answers. A record is split into its values here and not earlier, as they also name the access token that they
   * replace, which was read just before.
   */
  begin() {
    this.answers = [];
    this.#values = this.record ? this.#slots.split(this.record) : [];
  }

  name(at) {
    return this.#slots.names[at];
  }

  /** The value to write; `undefined`: the value is to be removed. */
  value(at) {
    return this.#values[at];
  }

  take(at, answer) {
    this.answers[at] = answer;
  }

  /** Whether an answer is a promise. Begins to wait for all of them then. An answer whose `then` throws counts as a rejected one. */
  isPending() {
    try {
      this.#all =
        this.answers.some((answer) => typeof answer?.then === 'function') && Promise.all(this.answers);
    } catch (error) {
      this.#all = Promise.reject(error);
    }
    // Nobody may ever wait for it: a rejection must not be reported as unhandled.
    if (this.#all) this.#all.catch(() => {});
    return Boolean(this.#all);
  }

  /** Starts the time limit of `patience` ms. Returns a promise that resolves when the visit is over. */
  lineUp(patience) {
    return new Promise((resolve) => {
      this.#late = new Promise((_, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`no answer within ${patience} ms`));
          // If the engine has trapped, nobody calls `end`.
          setTimeout(resolve);
        }, patience);
        this.end = () => resolve(clearTimeout(timer));
      });
      // Nobody may ever wait for it: a rejection must not be reported as unhandled.
      this.#late.catch(() => {});
    });
  }

  /** Wakes a task when all answers are there, or, unless `forEver`, when the time for them is over. */
  wait(slot, turn, forEver) {
    const answers = () => (forEver ? this.#all : Promise.race([this.#all, this.#late]));
    park(slot, turn, this, answers, keepAnswers, () => {});
  }
}
