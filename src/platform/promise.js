// Promises: those that callers are given, and those that tasks of the engine wait for. What may throw or call back is caught here, so
// that no exception ever unwinds through the engine. Values stay on this side; numbers cross.

import { SIGNAL_FULFILLED, SIGNAL_INTERRUPTED, SIGNAL_REJECTED } from '../boundary.js';
import { resume, shared } from './page.js';

/** A caller's promise, with what settles it. */
export class Deferred {
  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    // A promise takes what its maker throws. Where the stack ends there, nobody could settle it.
    if (!this.settle) throw new RangeError('Maximum call stack size exceeded');
  }

  resolve(value) {
    this.settle.resolve(value);
    shared.open.delete(this);
  }

  /** First to be told, then to be forgotten: where the stack ends in between, it is told again. */
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
 * Has a task wait for what a call returns.
 *
 * @param owner its `turn` says which wait what comes is for
 * @param keep takes the owner and the value, and gives the number that the task is told, or throws
 * @param fail takes the owner and the error
 */
export function park(slot, turn, owner, call, keep, fail) {
  // What comes for a sending that was taken back, be it in the midst of the call, must not replace what came after it.
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
 * Has a task wait for a promise, under a turn that its owner has by now, or had. `Promise.resolve` also tames doubles that are no
 * promise, or a thenable that calls back at once.
 */
export function attend(slot, turn, owner, promise, keep, fail) {
  const { engine } = shared;
  const lose = (error) => {
    if (owner.turn !== turn) return;
    fail(owner, error);
    resume(engine, slot, turn, SIGNAL_REJECTED, 0);
  };
  const win = (value) => {
    if (owner.turn !== turn) {
      letGo(value);
      return;
    }
    let number;
    try {
      number = keep(owner, value);
    } catch (error) {
      lose(error);
      return;
    }
    resume(engine, slot, turn, SIGNAL_FULFILLED, number);
  };
  try {
    Promise.resolve(promise).then(win, lose);
  } catch (error) {
    // A promise with a `then` of its own.
    lose(error);
  }
}

/** Lets go of an answer that nobody will read, so that its connection is free for others. */
export function letGo(answer, reason) {
  try {
    answer?.body?.cancel?.(reason)?.catch?.(() => {});
  } catch {
    // A test double's body, or one that is being read.
  }
}

/**
 * Tells a request's task what has ended it. One that a trap has ended has none.
 *
 * @param interruption an `INTERRUPTION_…`
 */
export function interrupt(record, slot, interruption) {
  if (shared.open.has(record)) resume(shared.engine, slot, record.id, SIGNAL_INTERRUPTED, interruption);
}
