// Tasks and promises: how JavaScript wakes the engine, and how the engine answers callers. What may throw or call back
// is caught here, so that no exception ever unwinds through the engine. Values stay on this side; numbers cross.

import { authError } from '../error/errors.js';

/** What all copies of this package on one page share, once the engine has started. */
export let shared = {
  /** The engine's ear: `(index, turn, kind, number)`. */
  ear() {},
  /** Promises given to callers and not settled yet. After a trap in the engine nobody else could settle them. */
  open: new Set(),
  /** What has left the engine by an exception. It is noted without a call: a stack that has overflowed may have no room for one. */
  trap: undefined,
  /** What those who wait are told, once the engine has stopped. */
  stopped: undefined,
  /** Resolves when the last mark that was set in the fence is written. */
  marks: undefined,
};

/** Shares the bond of the copy that has started the engine. */
export function share(other) {
  shared = other;
}

function resume(index, turn, kind, number) {
  if (halted()) return;
  try {
    shared.ear(index, turn, kind, number);
  } catch (trap) {
    shared.trap ??= trap;
    collapse(trap);
  }
}

/** What `resume` is told. The engine knows the same numbers. */
const DONE = 0;
const FAILED = 1;
const ABORTED = 2;
const TICK = 3;
const HEARD = 4;

/** A caller's promise, with what settles it. */
export class Caller {
  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    // A promise takes what its maker throws. Where the stack ends there, nobody could settle it.
    if (!this.settle) throw new RangeError('Maximum call stack size exceeded');
    shared.open.add(this);
  }

  resolve(value) {
    shared.open.delete(this);
    this.settle.resolve(value);
  }

  reject(error) {
    shared.open.delete(this);
    this.settle.reject(error);
  }

  /** The session has failed. */
  deny(code, cause) {
    this.reject(authError(code, cause));
  }
}

/** Why the engine can serve nobody any more, if so. Whoever waits, and has not been told yet, is told. */
export function halted() {
  if (shared.trap) collapse(shared.trap);
  return shared.stopped;
}

/** Rejects a caller whom the engine can not serve any more; false while it runs. */
export function refuse(caller) {
  const error = halted();
  if (error) caller.reject?.(error);
  return Boolean(error);
}

/** A trap leaves the engine in pieces: everybody who waits is told, with the trap as the cause, and whoever comes later. */
export function collapse(trap) {
  shared.stopped ??= new Error('wasm-api-fetch: the engine has stopped; reload the page', { cause: trap });
  for (const caller of shared.open) caller.reject?.(shared.stopped);
}

/** Gives the engine's ear to those who wake it, and the bond to whoever is to share it. */
export function install(ear) {
  shared.ear = ear;
  return shared;
}

/**
 * Calls, and wakes the task when what is returned settles. `Promise.resolve` also tames doubles that return no promise, or
 * a thenable that calls back at once.
 *
 * @param owner its `keep` takes the value and gives the number that the engine is told, or throws; its `fail` takes the error
 */
export function park(slot, turn, owner, call) {
  // What comes for a sending that was taken back, be it in the midst of the call, must not replace what came after it.
  owner.turn = turn;
  let promise;
  try {
    promise = call();
  } catch (error) {
    promise = Promise.reject(error);
  }
  const lose = (error) => {
    if (owner.turn !== turn) return;
    owner.fail(error);
    resume(slot, turn, FAILED, 0);
  };
  const win = (value) => {
    if (owner.turn !== turn) {
      letGo(value);
      return;
    }
    let number;
    try {
      number = owner.keep(value);
    } catch (error) {
      lose(error);
      return;
    }
    resume(slot, turn, DONE, number);
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

/** Tells a task that its caller has given up, or that its time is over. */
export const giveUp = (slot, serial, isLate) => resume(slot, serial, ABORTED, isLate);

/** Tells a host what the tabs have to say of one refresh. */
export const hear = (host, ticket, what) => resume(host, ticket, HEARD, what);

/** Reports what the app's code has thrown where there is nobody to be told. */
export function report(error) {
  try {
    (globalThis.reportError ?? console.error)(error);
  } catch {
    // An app's own way to report may fail as well.
  }
}

/** A promise is no answer, though it looks like a yes. */
export function isYes(answer) {
  if (typeof answer?.then !== 'function') return Boolean(answer);
  Promise.resolve(answer).catch(report);
  throw new TypeError('expired.when, refused.when, replay and skip must answer at once, not by a promise');
}

/** Asks a function of the app for its judgement. One that throws has said no, and is reported: what has come is not lost for it. */
export function isSaidSo(judge, context) {
  try {
    return isYes(judge(context));
  } catch (error) {
    report(error);
    return false;
  }
}

/** Tells a listener of the app; what it throws is reported, never passed on. */
export function tell(listener, argument) {
  try {
    Promise.resolve(listener(argument)).catch(report);
  } catch (error) {
    report(error);
  }
}

/** The timers that are set, by their host's number. */
const timers = new Map();

/** Sets the one timer of a host; a delay that never ends clears it. One beyond 2^31 ms would fire at once: an early tick does no harm. */
export function setTimer(host, delay) {
  clearTimeout(timers.get(host));
  timers.delete(host);
  if (delay < Number.POSITIVE_INFINITY) {
    const tick = () => {
      timers.delete(host);
      resume(host, 0, TICK, 0);
    };
    timers.set(host, setTimeout(tick, Math.min(delay, 0x7fff_ffff)));
  }
}
