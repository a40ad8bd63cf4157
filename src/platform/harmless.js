// Names in foreign data that would change a prototype if the data were merged into another object. They are removed from everything
// that is kept.

const isHarmful = (name, value) =>
  name === '__proto__' || (name === 'constructor' && Object.hasOwn(Object(value), 'prototype'));

/** A reviver for `JSON.parse` that removes such names. */
export const harmless = (name, value) => (isHarmful(name, value) ? undefined : value);

/** Whether it is a list or a plain object, also of another realm. */
const isOpen = (value) =>
  Array.isArray(value) ||
  (typeof value === 'object' &&
    value !== null &&
    !Object.getPrototypeOf(Object.getPrototypeOf(value) ?? Object.prototype));

/** A value without such names at any depth. If there are none, as nearly always, it is the value itself, else a copy made by JSON. */
export function withoutHarm(value) {
  const found = new Set([value]);
  for (const one of found) {
    for (const [name, inner] of isOpen(one) ? Object.entries(one) : []) {
      if (isHarmful(name, inner)) return JSON.parse(JSON.stringify(value), harmless);
      found.add(inner);
    }
  }
  return value;
}
