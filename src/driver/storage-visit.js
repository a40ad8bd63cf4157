// What is asked of a storage in one go, and what it answers: for a reading of a record, or for a writing.

import { park } from '../platform/promise.js';

function keepAnswers(visit, answers) {
  visit.answers = answers;
  return 0;
}

export class StorageVisit {
  /** What the storage has given. */
  answers;
  /** Whether all of the tokens are in the record: JSON can not hold everything. */
  isWhole = true;
  #slots;
  #values;
  #all;
  /** Rejects when the time is over that the storage has for it. */
  #late;
  /** It is over. */
  end = () => {};

  /** @param record what is to be written; `null`: nothing is to be left, `undefined`: it is a reading */
  constructor(slots, record) {
    this.#slots = slots;
    this.record = record;
  }

  get hasRecord() {
    return Boolean(this.record);
  }

  /** The same for a writing that can not wait for what is asked before it. */
  again() {
    const visit = new StorageVisit(this.#slots, this.record);
    visit.#late = this.#late;
    return visit;
  }

  /**
   * What is asked and answered from now on counts. A record is taken apart only when it is to be written: what was read just before
   * tells what it replaces.
   */
  begin() {
    this.answers = [];
    this.#values = this.record ? this.#slots.split(this.record) : [];
  }

  name(at) {
    return this.#slots.names[at];
  }

  /** `undefined`: there is to be none. */
  value(at) {
    return this.#values[at];
  }

  take(at, answer) {
    this.answers[at] = answer;
  }

  /** Whether answers are still to come. One that throws when it is looked at is a failure that comes. */
  isPending() {
    try {
      this.#all =
        this.answers.some((answer) => typeof answer?.then === 'function') && Promise.all(this.answers);
    } catch (error) {
      this.#all = Promise.reject(error);
    }
    // Somebody may wait for it, or nobody.
    if (this.#all) this.#all.catch(() => {});
    return Boolean(this.#all);
  }

  /** From now on the storage has so much time for it, in ms. Gives a promise that it is over. */
  lineUp(patience) {
    return new Promise((resolve) => {
      this.#late = new Promise((_, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`no answer within ${patience} ms`));
          // In case that the engine has trapped, which would say so.
          setTimeout(resolve);
        }, patience);
        this.end = () => resolve(clearTimeout(timer));
      });
      // It may stand in line, or be over.
      this.#late.catch(() => {});
    });
  }

  /** Wakes a task when all answers are there; not for ever: or when the time for them is over. */
  wait(slot, turn, forEver) {
    const answers = () => (forEver ? this.#all : Promise.race([this.#all, this.#late]));
    park(slot, turn, this, answers, keepAnswers, () => {});
  }
}
