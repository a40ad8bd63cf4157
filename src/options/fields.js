// `session.fields`: where a token reply, or another app's record, keeps each value.

import { at, isObject, without } from './path.js';

/** The names of RFC 6749 §5.1, and those that are common beside them. */
const NAMES = {
  accessToken: 'access_token',
  refreshToken: 'refresh_token',
  expiresIn: 'expires_in',
  expiresAt: 'expires_at',
  refreshExpiresIn: 'refresh_expires_in',
  refreshExpiresAt: 'refresh_expires_at',
};

/** Reads replies by the names that the app has given. */
export class ReplyFields {
  #places;
  #token;
  #prefix;
  #data;

  /**
   * @param given for each value a dotted path, or a function of the reply
   * @param data where an envelope keeps what it holds
   * @throws TypeError that names the entry that is wrong
   */
  constructor(given = {}, data = undefined) {
    if (!isObject(given)) throw new TypeError('session.fields must be an object');
    for (const [name, place] of Object.entries(given)) {
      if (place !== undefined && typeof place !== 'function' && !(typeof place === 'string' && place))
        throw new TypeError(`session.fields.${name} must be a dotted path or a function of the reply`);
    }
    const own = Object.entries(given).filter(([, place]) => place !== undefined);
    this.#places = Object.entries({ ...NAMES, ...Object.fromEntries(own) });
    this.#token = given.accessToken ?? NAMES.accessToken;
    this.#data = data;
    this.#prefix = `${data ?? 'data'}.`;
  }

  /** Whether a body is likely to be a reply with tokens. Asked of every body: where only a function could tell, it is not. */
  holdsToken(body) {
    const place = this.#token;
    if (typeof place !== 'string' || !isObject(body)) return false;
    // The commonest by far, and quickly.
    if (!place.includes('.')) return body[place] !== undefined;
    return (at(body, place) ?? at(body, this.#short(place)) ?? undefined) !== undefined;
  }

  /** Gives each value by its name, and the fields that no name stands for. */
  read(reply) {
    const inside = this.#data === undefined ? undefined : at(reply, this.#data);
    const body = isObject(inside) ? inside : reply;
    // A name of the app's may be any.
    const values = Object.create(null);
    // A copy: getters are asked here, once.
    let others = { ...body };
    for (const [name, place] of this.#places) {
      if (typeof place === 'function') {
        values[name] = place(reply) ?? undefined;
        continue;
      }
      const short = this.#short(place);
      values[name] = at(reply, place) ?? at(body, short) ?? undefined;
      others = without(without(others, place), short);
    }
    return { values, others };
  }

  /** Without the envelope's `data` in front. */
  #short(place) {
    return place.startsWith(this.#prefix) ? place.slice(this.#prefix.length) : place;
  }
}
