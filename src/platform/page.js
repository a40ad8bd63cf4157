// What all copies of this package on one page share: the engine, and everything that is to be notified if it traps.

import { SIGNAL_ONLINE, SIGNAL_PAGE_LEFT, SIGNAL_SESSION_NEWS } from '../boundary.js';
import { WeakList } from './weak-list.js';

/** The state that all copies of this package on one page share, once the engine has started. */
export let shared = {
  /**
   * The engine: its exports, `hasAllSessions` once all sessions have joined it, and `trap` with the exception that it has thrown. That
   * is set without calling a function, as after an overflow the stack may have no room for a call.
   */
  engine: undefined,
  /** Starts another engine. */
  start() {},
  /** Promises that the engine has to settle, and refresh calls. Their `abandon` is called if it traps. */
  open: new Set(),
  /** Sessions' locks and channels. Their `abandon` is called too. */
  tabs: new Set(),
  /** The parts of each session that outlive an engine. */
  sessions: new WeakList(),
  /** The last number of an instance, a driver or a storage. They are unique on the page, for all engines and copies of the package. */
  lastNumber: 0,
  /** The numbers of the app's own storages. */
  storages: new WeakMap(),
  /** Resolves when the last mark that was set in the fence is written. */
  marks: undefined,
};

/** Uses the state of the copy that has started the engine. */
export function share(other) {
  shared = other;
}

export function nextNumber() {
  shared.lastNumber += 1;
  return shared.lastNumber;
}

/**
 * Reports an event to an engine. If it has trapped, the event is ignored.
 *
 * @param kind a `SIGNAL_…`; what the other numbers mean depends on it
 */
export function resume(engine, index, turn, kind, number) {
  if (engine.trap) return handleTrap();
  try {
    engine.resume(index, turn, kind, number);
  } catch (trap) {
    engine.trap ??= { cause: trap };
    handleTrap();
  }
}

/**
 * Calls the current engine, or a new one if that has trapped.
 *
 * @param question is given the engine
 * @throws what the engine throws: then it has trapped
 */
export function callEngine(question) {
  let { engine } = shared;
  try {
    engine = currentEngine();
    return question(engine);
  } catch (trap) {
    // Marks the engine that was called, and not the current one: an inner call may have met the trap first, and started a new engine.
    engine.trap ??= { cause: trap };
    handleTrap();
    throw trap;
  }
}

/** Reports a `SESSION_NEWS_…` about a refresh to a session's driver. */
export const notifySession = (session, refresh, what) =>
  resume(shared.engine, session, refresh, SIGNAL_SESSION_NEWS, what);

/** The current engine. If it has trapped, everybody who waits for it is notified, and a new one is started. */
export function currentEngine() {
  if (shared.engine.trap) {
    handleTrap();
    shared.engine = shared.start();
  }
  return shared.engine;
}

/** All sessions join a new engine before it is used, so that no session is created twice. */
export function rejoinSessions(engine) {
  if (engine.hasAllSessions) return;
  engine.hasAllSessions = true;
  shared.sessions.forEach((session) => {
    session.enter(engine);
  });
}

/**
 * The engine has trapped and can not be used any more: everything that it has begun ends, and waiting promises are rejected, with the
 * trap as the cause. If the stack overflows in here, the rest is done when this is called again.
 */
export function handleTrap() {
  const { engine, open, tabs } = shared;
  if (!engine.trap) return;
  engine.discard();
  for (const one of tabs) one.abandon();
  const error = new Error(
    'wasm-api-fetch: the engine has stopped; the next call starts it afresh',
    engine.trap,
  );
  // The app's listeners run meanwhile, and may start a new engine. Promises that wait for that one are not in the copied list.
  for (const caller of [...open]) if (open.has(caller)) caller.abandon(error);
}

/** Reports to the engine that the page is being left, so that no later task may run. */
export const notifyPageLeft = () => resume(shared.engine, 0, 0, SIGNAL_PAGE_LEFT, 0);

const notifyOnline = () => resume(shared.engine, 0, 0, SIGNAL_ONLINE, 0);

/** Starts the engine, and returns the state for other copies to share. */
export function install(start) {
  shared.start = start;
  shared.engine = start();
  globalThis.addEventListener?.('online', notifyOnline);
  return shared;
}
