// Tasks and promises: how JavaScript wakes the engine, and how the engine answers callers. What may throw or call back
// is caught here, so that no exception ever unwinds through the engine. Values stay on this side; numbers cross.

import { authError } from '../error/errors.js';
import { redact, secretsOf } from '../error/redact.js';
import { WeakList } from './weak-list.js';

/** What all copies of this package on one page share, once the engine has started. */
export let shared = {
  /**
   * The engine: its class, its ear `resume(index, turn, kind, number)`, whether it `hasAll` sessions, and `trap`, which holds what has
   * left it by an exception. That is noted without a call: a stack that has overflowed may have no room for one.
   */
  engine: undefined,
  /** Starts another one. */
  start() {},
  /** Who is to hear of a trap, by `abandon`: promises that only the engine could settle, and calls of a refresh. */
  open: new Set(),
  /** What listens to other tabs, and may hold a lock. */
  tabs: new Set(),
  /** What of each session outlives an engine. */
  sessions: new WeakList(),
  /** The last number that was given to an instance, a host or a storage: none has another's, whichever engine or copy it is of. */
  lastNumber: 0,
  /** The numbers of the app's own storages. */
  storages: new WeakMap(),
  /** Resolves when the last mark that was set in the fence is written. */
  marks: undefined,
};

/** Shares the bond of the copy that has started the engine. */
export function share(other) {
  shared = other;
}

export function nextNumber() {
  shared.lastNumber += 1;
  return shared.lastNumber;
}

/** What comes for an engine that has trapped is nobody's. */
function resume(engine, index, turn, kind, number) {
  if (engine.trap) return collapse();
  try {
    engine.resume(index, turn, kind, number);
  } catch (trap) {
    engine.trap ??= { cause: trap };
    collapse();
  }
}

/** What `resume` is told. The engine knows the same numbers. */
const DONE = 0;
const FAILED = 1;
const ABORTED = 2;
const TICK = 3;
const HEARD = 4;
const ONLINE = 5;

/** A caller's promise, with what settles it. */
export class Caller {
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

  /** The session has failed. */
  deny(code, cause) {
    this.reject(authError(code, cause));
  }

  /** The engine has trapped. */
  abandon(error) {
    this.reject(error);
  }
}

/** The engine that runs; a fresh one, where the last has trapped and everybody whom that has cost is told. */
export function running() {
  if (shared.engine.trap) {
    collapse();
    shared.engine = shared.start();
  }
  return shared.engine;
}

/** All sessions enter an engine, once: nobody is to found one anew that is there. */
export function gather(engine) {
  if (engine.hasAll) return;
  engine.hasAll = true;
  shared.sessions.forEach((session) => {
    session.enter(engine);
  });
}

/**
 * A trap leaves the engine in pieces: what it has set going ends, and everybody who waits is told, with the trap as the cause. What
 * the stack has no room for is done when this is called again.
 */
export function collapse() {
  const { engine, open, tabs } = shared;
  if (!engine.trap) return;
  engine.discard();
  for (const one of tabs) one.abandon();
  const error = new Error(
    'wasm-api-fetch: the engine has stopped; the next call starts it afresh',
    engine.trap,
  );
  // Listeners of the app's hear of it meanwhile, and may start a fresh engine: whoever waits for that one goes on.
  for (const caller of [...open]) if (open.has(caller)) caller.abandon(error);
}

const comeOnline = () => resume(shared.engine, 0, 0, ONLINE, 0);

/** Starts the engine, and gives the bond to whoever is to share it. */
export function install(start) {
  shared.start = start;
  shared.engine = start();
  globalThis.addEventListener?.('online', comeOnline);
  return shared;
}

/**
 * Calls, and wakes the task when what is returned settles. `Promise.resolve` also tames doubles that return no promise, or
 * a thenable that calls back at once.
 *
 * @param owner its `keep` takes the value and gives the number that the engine is told, or throws; its `fail` takes the error
 */
export function park(slot, turn, owner, call) {
  const { engine } = shared;
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
    resume(engine, slot, turn, FAILED, 0);
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
    resume(engine, slot, turn, DONE, number);
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

/** Tells a call's task that its caller has given up, or that its time is over. One that a trap has ended has none. */
export function giveUp(call, slot, isLate) {
  if (shared.open.has(call)) resume(shared.engine, slot, call.id, ABORTED, isLate);
}

/** Tells a host what the tabs have to say of one refresh. */
export const hear = (host, ticket, what) => resume(shared.engine, host, ticket, HEARD, what);

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

/**
 * Has a function of the app asked for its judgement. One that throws has said no, and is reported: what has come is not lost for it.
 *
 * @param whose `secrets` are not to be printed
 */
export function isSaidSo(ask, whose) {
  try {
    return isYes(ask());
  } catch (error) {
    report(redact(error, whose.secrets));
    return false;
  }
}

/** Tells a listener of the app; what it throws is reported, never passed on, and without the tokens that it may have been given. */
export async function tell(listener, argument) {
  try {
    await listener(argument);
  } catch (error) {
    report(redact(error, secretsOf(argument)));
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
      resume(shared.engine, host, 0, TICK, 0);
    };
    timers.set(host, setTimeout(tick, Math.min(delay, 0x7fff_ffff)));
  }
}
