import { type Caller, collapse, refuse } from '../web/task.js';

/**
 * Asks the engine for something, on behalf of a caller whose promise it settles. What is wrong with the request rejects that
 * promise; a trap in the engine, every open one.
 */
export function ask<T>(caller: Caller, question: () => void): Promise<T> {
  try {
    if (!refuse(caller)) question();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) collapse(error);
    else caller.reject(error);
  }
  return caller.promise as Promise<T>;
}
