// Promises that callers get, and promises that tasks of the engine wait for. Everything that may throw or call back is caught here, so
// that no exception unwinds through the engine. Values stay in JavaScript; only numbers cross.

import { SIGNAL_FULFILLED, SIGNAL_INTERRUPTED, SIGNAL_REJECTED } from '../boundary.js';
import { resume, shared } from './page.js';

/** A caller's promise, with the functions that settle it. */
export class Deferred {
  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    // A promise catches what its executor throws. If the stack overflows in there, nobody could settle it.
    if (!this.settle) throw new RangeError('Maximum call stack size exceeded');
  }

  resolve(value) {
    this.settle.resolve(value);
    shared.open.delete(this);
  }

  /** Rejects before removing it from `open`: if the stack overflows in between, it is rejected again later, without effect. */
  reject(error) {
    this.settle.reject(error);
    shared.open.delete(this);
  }

  /** The engine has trapped. */
  abandon(error) {
    this.reject(error);
  }
}

/**
 * Makes a task wait for the promise that a call returns.
 *
 * @param owner a result counts only while its `turn` is still this one
 * @param keep is given the owner and the value, and returns the number for the task, or throws
 * @param fail is given the owner and the error
 */
export function park(slot, turn, owner, call, keep, fail) {
  // Before the call: if that withdraws this very sending, the turn changes, and the late result is ignored.
  owner.turn = turn;
  let promise;
  try {
    promise = call();
  } catch (error) {
    promise = Promise.reject(error);
  }
  attend(slot, turn, owner, promise, keep, fail);
}

/**
 * Makes a task wait for a promise, with a turn that was set before. `Promise.resolve` also handles test doubles that return no promise,
 * or a thenable that calls back synchronously.
 */
export function attend(slot, turn, owner, promise, keep, fail) {
  const { engine } = shared;
  const reject = (error) => {
    if (owner.turn !== turn) return;
    fail(owner, error);
    resume(engine, slot, turn, SIGNAL_REJECTED, 0);
  };
  const fulfil = (value) => {
    if (owner.turn !== turn) {
      cancelBody(value);
      return;
    }
    let number;
    try {
      number = keep(owner, value);
    } catch (error) {
      reject(error);
      return;
    }
    resume(engine, slot, turn, SIGNAL_FULFILLED, number);
  };
  try {
    Promise.resolve(promise).then(fulfil, reject);
  } catch (error) {
    // A promise whose own `then` throws.
    reject(error);
  }
}

/** Cancels the body of an answer that nobody will read, so that its connection is free again. */
export function cancelBody(answer, reason) {
  try {
    answer?.body?.cancel?.(reason)?.catch?.(() => {});
  } catch {
    // The body of a test double, or one that is being read.
  }
}

/**
 * Interrupts a request's task. After a trap there is none.
 *
 * @param interruption an `INTERRUPTION_…`
 */
export function interrupt(record, slot, interruption) {
  if (shared.open.has(record)) resume(shared.engine, slot, record.id, SIGNAL_INTERRUPTED, interruption);
}
