import { Caller, collapse } from '../web/platform.js';

/** A promise that the engine settles. A trap in the engine leaves nobody waiting. */
export function answer<T>(ask: (caller: Caller) => void): Promise<T> {
  const caller = new Caller();
  try {
    ask(caller);
  } catch (trap) {
    collapse(trap);
  }
  return caller.promise as Promise<T>;
}
