// The calls of a storage for one reading or writing of a record, and their answers.

import { park } from '../platform/promise.js';

function keepAnswers(visit, answers) {
  visit.answers = answers;
  return 0;
}

/** Nobody may ever wait for this promise: a rejection must not be reported as unhandled. */
function quiet(promise) {
  promise.catch(() => {});
  return promise;
}

/** An answer, as a promise of the platform's if it is any promise. If its `then` throws, that is a rejected one. */
function answerOf(value) {
  try {
    return typeof value?.then === 'function' ? quiet(Promise.resolve(value)) : value;
  } catch (error) {
    return quiet(Promise.reject(error));
  }
}

/**
 * Stores an answer of the storage.
 *
 * @param visit `undefined`: the engine has trapped while the storage was called
 */
export function take(visit, at, answer) {
  const value = answerOf(answer);
  if (!visit) throw new Error('the engine has trapped within a call of the storage');
  visit.answers[at] = value;
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
  /** Whether it writes only if there still is a record to replace. */
  hasToBe = false;
  /** Resolves when the visit is over, if it has to wait. */
  over;
  /** The visits of an engine that has trapped, in whose place this one is. They are over with it. */
  replaced = [];
  #close = () => {};

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

  /** Whether an answer is a promise. Begins to wait for all of them then. */
  isPending() {
    const isPending = this.answers.some((answer) => answer instanceof Promise);
    this.#all = isPending && quiet(Promise.all(this.answers));
    return isPending;
  }

  /** The visit is over. */
  end() {
    this.#close();
    for (const visit of this.replaced) visit.end();
  }

  /** Starts the time limit of `patience` ms. */
  lineUp(patience) {
    this.over = new Promise((resolve) => {
      this.#late = new Promise((_, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`no answer within ${patience} ms`));
          // If the engine has trapped and no other has started, nobody calls `end`.
          setTimeout(resolve);
        }, patience);
        this.#close = () => resolve(clearTimeout(timer));
      });
      quiet(this.#late);
    });
  }

  /** Wakes a task when all answers are there, or, unless `forEver`, when the time for them is over. */
  wait(slot, turn, forEver) {
    const answers = () => (forEver ? this.#all : Promise.race([this.#all, this.#late]));
    park(slot, turn, this, answers, keepAnswers, () => {});
  }
}
