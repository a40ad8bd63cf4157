/** Everything that a thing says when it is printed. */

import { inspect } from 'node:util';

/** An answer as it came, also as the axios facade gives it, and what the platform shows of a request: its URL is the one that was sent. */
const isPlatform = (/** @type {any} */ thing) =>
  thing instanceof Response || thing instanceof Request || (thing?.statusText && !(thing instanceof Error));

/** @type {(name: string, value: unknown) => unknown} */
const withoutPlatform = (_, value) => (isPlatform(value) || typeof value === 'function' ? undefined : value);

/**
 * By itself, as JSON, as Node shows it to the last hidden field, and all that lies behind it.
 *
 * @param {any} thing
 * @param {Set<unknown>} [seen]
 * @returns {string}
 */
export function textsOf(thing, seen = new Set()) {
  if (Object(thing) !== thing) return String(thing);
  if (seen.has(thing) || typeof thing === 'function' || isPlatform(thing)) return '';
  seen.add(thing);
  const texts = [JSON.stringify(thing, withoutPlatform)];
  if (thing instanceof Error) texts.push(thing.name, thing.message, String(thing.stack), String(thing));
  if (thing instanceof Headers || thing instanceof URLSearchParams) texts.push(JSON.stringify([...thing]));
  for (const name of Object.getOwnPropertyNames(thing)) texts.push(name, textsOf(thing[name], seen));
  texts.push(textsOf(thing.cause, seen));
  if (!holdsPlatform(thing)) texts.push(inspect(thing, { depth: Infinity, showHidden: true, getters: true }));
  return texts.join('\n');
}

/**
 * Whether the platform's own would be shown along with it.
 *
 * @param {any} thing
 * @param {Set<unknown>} [seen]
 * @returns {boolean}
 */
function holdsPlatform(thing, seen = new Set()) {
  if (Object(thing) !== thing || typeof thing === 'function' || seen.has(thing)) return false;
  seen.add(thing);
  const fields = [thing.cause, ...Object.getOwnPropertyNames(thing).map((name) => thing[name])];
  return isPlatform(thing) || fields.some((field) => holdsPlatform(field, seen));
}
