// `session.expired` and `session.refused`: which answers mean that tokens have expired or that a refresh is refused.

import { check } from './check.js';
import { codeAt } from './path.js';

/** Codes in a body, compared as strings. */
export class Codes {
  #path;
  #values;

  constructor(path, values) {
    this.#path = path;
    this.#values = new Set(values.map(String));
  }

  match(body) {
    return this.#values.has(codeAt(body, this.#path));
  }
}

/**
 * @param place the option's name
 * @param given `{ status, codes: { path, values }, when }`
 * @param byDefault the statuses, if none are given
 * @throws TypeError that names the option that is wrong
 */
export function verdictOf(place, given, byDefault) {
  const {
    status = byDefault,
    codes,
    when,
  } = check(given, place, 'status:statuses codes:object when:function');
  if (!codes) return { status, when, codes: undefined };
  const { path, values } = check(codes, `${place}.codes`, 'path:text values:codes');
  if (path === undefined || values === undefined)
    throw new TypeError(`${place}.codes must have a path and values`);
  return { status, when, codes: new Codes(path, values) };
}
