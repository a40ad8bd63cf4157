// `session.fields`: under which names a token reply, or another app's record, has its values.

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
   * @param data the path of the data in the envelope
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

  /** Whether a body is probably a reply with tokens. As this is asked for every body, the app's functions are not called for it. */
  holdsToken(body) {
    const place = this.#token;
    if (typeof place !== 'string' || !isObject(body)) return false;
    // The usual case, which has to be fast.
    if (!place.includes('.')) return body[place] !== undefined;
    return (at(body, place) ?? at(body, this.#short(place)) ?? undefined) !== undefined;
  }

  /** Returns the values by their names, and all other fields. */
  read(reply) {
    const inside = this.#data === undefined ? undefined : at(reply, this.#data);
    const body = isObject(inside) ? inside : reply;
    // Without a prototype, as the app may choose any names.
    const values = Object.create(null);
    // A copy, so that each getter is called once.
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

  /** A path without the envelope's `data` at its beginning. */
  #short(place) {
    return place.startsWith(this.#prefix) ? place.slice(this.#prefix.length) : place;
  }
}
