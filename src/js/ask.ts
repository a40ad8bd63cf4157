import { type Caller, collapse, halted, refuse, shared } from '../web/task.js';

/**
 * Asks the engine for something, on behalf of a caller whose promise it settles.
 *
 * @param prepare reads what the caller gave; what it throws is the caller's, before the engine has heard of it
 * @param question whatever leaves the engine by an exception has left it in pieces
 */
export function ask<T>(caller: Caller, prepare: () => void, question: () => void): Promise<T> {
  if (!refuse(caller)) {
    try {
      prepare();
    } catch (error) {
      caller.reject(error);
      return caller.promise as Promise<T>;
    }
    try {
      question();
    } catch (trap) {
      shared.trap ??= trap;
      collapse(trap);
    }
  }
  return caller.promise as Promise<T>;
}

/** Whatever leaves the engine by an exception has left it in pieces: everybody who waits is told, and so is this caller. */
export function guard<T>(question: () => T): T {
  const error = halted();
  if (error) throw error;
  try {
    return question();
  } catch (trap) {
    shared.trap ??= trap;
    collapse(trap);
    throw trap;
  }
}
