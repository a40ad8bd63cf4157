/** A storage within whose calls something happens. */

import { storageOf } from './rotating.js';

/**
 * A storage that calls `inside` once, within the call of `method` that comes after so many others.
 *
 * @param {Map<string, string>} items
 */
export function interruptedStorage(items, isAsync = false) {
  const inner = storageOf(items, isAsync);
  const plan = { method: '', after: 0, inside: () => {} };
  /** @type {string[]} */
  const calls = [];
  const step = (/** @type {'getItem' | 'setItem' | 'removeItem'} */ method) => {
    return (/** @type {[string, string]} */ ...args) => {
      calls.push(`${method} ${args[0]}`);
      if (method === plan.method && plan.after-- === 0) plan.inside();
      return inner[method](...args);
    };
  };
  const storage = { getItem: step('getItem'), setItem: step('setItem'), removeItem: step('removeItem') };
  return { plan, calls, storage: /** @type {any} */ (storage) };
}
