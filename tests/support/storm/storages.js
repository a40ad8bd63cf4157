/** Storages that an app may bring. */

/** @import { Chance } from './chance.js' */

/** @param {Map<string, string>} items */
const over = (items) => ({
  getItem: (/** @type {string} */ key) => items.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => void items.set(key, value),
  removeItem: (/** @type {string} */ key) => void items.delete(key),
});

/** One after the other, each in its time, as a database would. @param {Chance} chance */
function inTurn(chance) {
  const inner = over(new Map());
  let last = Promise.resolve();
  const later = (/** @type {() => any} */ work) => {
    const done = last.then(() => new Promise((resolve) => setTimeout(resolve, chance.below(4)))).then(work);
    last = done.then(
      () => {},
      () => {},
    );
    return done;
  };
  return {
    getItem: (/** @type {string} */ key) => later(() => inner.getItem(key)),
    setItem: (/** @type {string} */ key, /** @type {string} */ value) =>
      later(() => inner.setItem(key, value)),
    removeItem: (/** @type {string} */ key) => later(() => inner.removeItem(key)),
  };
}

/** One that cannot write, now and then. @param {Chance} chance */
function failing(chance) {
  const inner = over(new Map());
  return {
    ...inner,
    setItem(/** @type {string} */ key, /** @type {string} */ value) {
      if (chance.oneIn(3)) throw new Error('storage');
      inner.setItem(key, value);
    },
  };
}

/** By name; what is not here is the package's own. @type {Record<string, (chance: Chance) => object>} */
export const STORAGES = { 'of the app': () => over(new Map()), 'in turn': inTurn, failing };
