// What all copies of this package on one page share: the engine that runs, and what is to be told when it has trapped.

import { SIGNAL_ONLINE, SIGNAL_PAGE_LEFT, SIGNAL_SESSION_NEWS } from '../boundary.js';
import { WeakList } from './weak-list.js';

/** What all copies of this package on one page share, once the engine has started. */
export let shared = {
  /**
   * The engine: its class, its ear `resume(index, turn, kind, number)`, the rules that it answers by, whether it `hasAll` sessions, and `trap`, which holds what has
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

/**
 * Wakes an engine. What comes for one that has trapped is nobody's.
 *
 * @param kind a `SIGNAL_…`; what the other numbers mean depends on it
 */
export function resume(engine, index, turn, kind, number) {
  if (engine.trap) return collapse();
  try {
    engine.resume(index, turn, kind, number);
  } catch (trap) {
    engine.trap ??= { cause: trap };
    collapse();
  }
}

/**
 * Has the engine that runs judge something, wherever that is asked. It is no engine's in particular: one that has trapped is not
 * asked, but a fresh one.
 *
 * @param question is given the engine
 * @throws what leaves it: then it has trapped
 */
export function consult(question) {
  let { engine } = shared;
  try {
    engine = running();
    return question(engine);
  } catch (trap) {
    // Not of the one that runs by now: what this one has called may have met the trap first, and gone on with a fresh engine.
    engine.trap ??= { cause: trap };
    collapse();
    throw trap;
  }
}

/** Tells a session what the tabs have to say of one refresh. */
export const notifySession = (session, refresh, what) =>
  resume(shared.engine, session, refresh, SIGNAL_SESSION_NEWS, what);

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

/** Tells the engine that the page is left: no task will run any more. */
export const leavePage = () => resume(shared.engine, 0, 0, SIGNAL_PAGE_LEFT, 0);

const comeOnline = () => resume(shared.engine, 0, 0, SIGNAL_ONLINE, 0);

/** Starts the engine, and gives the bond to whoever is to share it. */
export function install(start) {
  shared.start = start;
  shared.engine = start();
  globalThis.addEventListener?.('online', comeOnline);
  return shared;
}
