/** Web Locks where Node has none yet, and what is held of them. */

/** @import { TestContext } from 'node:test' */

/** @param {TestContext} t they are gone after it */
export function locksOf(t) {
  /** @type {{ name: string, run: () => void }[]} */
  const queue = [];
  /** @type {string[]} */
  const held = [];
  const next = () => {
    for (const one of queue.filter(({ name }) => !held.includes(name))) {
      if (held.includes(one.name)) continue;
      held.push(one.name);
      queue.splice(queue.indexOf(one), 1);
      one.run();
    }
  };
  const request = (
    /** @type {string} */ name,
    /** @type {{ signal: AbortSignal }} */ { signal },
    /** @type {() => unknown} */ hold,
  ) =>
    new Promise((resolve, reject) => {
      const run = async () => {
        try {
          resolve(await hold());
        } finally {
          held.splice(held.indexOf(name), 1);
          next();
        }
      };
      const entry = { name, run };
      queue.push(entry);
      signal.addEventListener('abort', () => {
        if (queue.includes(entry)) queue.splice(queue.indexOf(entry), 1);
        reject(signal.reason);
      });
      next();
    });
  const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { locks: { request } }, configurable: true });
  t.after(() => {
    if (own) Object.defineProperty(globalThis, 'navigator', own);
    else Reflect.deleteProperty(globalThis, 'navigator');
  });
  return { held };
}
