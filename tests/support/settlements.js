/** How often a call was settled: a promise by itself keeps silent about a second time. */

import assert from 'node:assert/strict';

/** @import { TestContext } from 'node:test' */

/**
 * From now on until the test ends, whatever settles a promise that is made is counted.
 *
 * @param {TestContext} t
 * @returns {(promise: Promise<unknown>) => void} fails where that one was not settled exactly once
 */
export function watchSettlements(t) {
  const Plain = globalThis.Promise;
  /** @type {WeakMap<Promise<unknown>, number>} */
  const times = new WeakMap();
  globalThis.Promise = new Proxy(Plain, {
    construct(_, [executor]) {
      /** @type {Promise<unknown>} */
      const promise = new Plain((resolve, reject) => {
        const counted =
          (/** @type {(value: unknown) => void} */ settle) => (/** @type {unknown} */ value) => {
            times.set(promise, (times.get(promise) ?? 0) + 1);
            settle(value);
          };
        executor(counted(resolve), counted(reject));
      });
      return promise;
    },
    get(_, name) {
      const value = Reflect.get(Plain, name);
      return typeof value === 'function' ? value.bind(Plain) : value;
    },
  });
  t.after(() => {
    globalThis.Promise = Plain;
  });
  return (promise) => assert.equal(times.get(promise), 1, 'a call is settled exactly once');
}
