// Names that would change a prototype, were what holds them merged into another object. They are let go of wherever something
// foreign is kept.

import { isObject } from './path.js';

const isHarmful = (name, value) =>
  name === '__proto__' || (name === 'constructor' && Object.hasOwn(Object(value), 'prototype'));

/** For `JSON.parse`. */
export const harmless = (name, value) => (isHarmful(name, value) ? undefined : value);

/** A list, or an object of no class. */
const isOpen = (value) =>
  Array.isArray(value) ||
  (isObject(value) && !Object.getPrototypeOf(Object.getPrototypeOf(value) ?? Object.prototype));

/** A value without such names, however deep. Nearly always it has none, and is itself; else it is what JSON would make of it. */
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
