// Where a record lies in a storage: under one name, or, for apps that keep them so, as plain strings under a name each.

import { META } from './tokens.js';

const isThenable = (value) => typeof value?.then === 'function';

/** Goes on with a value, at once where it is here. */
export const after = (value, next) => (isThenable(value) ? Promise.resolve(value).then(next) : next(value));

/** The same for several values. */
const afterAll = (values, next) => (values.some(isThenable) ? Promise.all(values).then(next) : next(values));

/** Under one name, as JSON. */
class OneSlot {
  constructor(key) {
    this.names = [key];
  }

  read(area) {
    return area.getItem(this.names[0]);
  }

  write(area, record) {
    return area.setItem(this.names[0], record);
  }

  remove(area) {
    return area.removeItem(this.names[0]);
  }
}

/** Whether a stored text may be a token: not what is left of none, nor JSON. */
export const isPlain = (stored) => !/^(?:null|undefined|[[{].*)?$/s.test(stored ?? '');

/** How much of a token tells it from another one. */
const ENDING = -16;
const endingOf = (token) => token?.slice(ENDING);

/**
 * Each value as a plain string under a name of its own; the rest, as JSON, beside the access token. There it also says which tokens
 * it is about, as another hand may replace them, and which access token is being replaced: whoever reads in between, in another
 * tab, is not to take the new refresh token together with the old access token.
 */
class PlainSlots {
  #keys;
  /** The access token that was last seen, and the last record that was not about to be replaced. */
  #token;
  #whole;

  constructor({ access, refresh, expiresAt }) {
    // In the order in which they are written.
    this.#keys = { rest: `${access}:apifetch`, expiresAt, refresh, access };
    this.names = Object.values(this.#keys).filter((name) => name !== undefined);
  }

  /** The access token first, the rest last: by a new access token everything is new. */
  read(area) {
    const { access, refresh, expiresAt, rest: beside } = this.#keys;
    const get = (name) => (name === undefined ? null : area.getItem(name));
    return afterAll([access, refresh, expiresAt, beside].map(get), ([token, given, end, rest]) => {
      const refreshToken = isPlain(given) ? given : undefined;
      const { of, by, was, ...others } = restOf(rest);
      this.#token = token ?? undefined;
      const ending = endingOf(this.#token);
      const isDone = ending !== was || (ending === of && endingOf(refreshToken) === by);
      if (isPlain(token) && !isDone && this.#whole !== undefined) return this.#whole;
      const named = { ...(refresh && { refreshToken }), ...(expiresAt && { expiresAt: end }) };
      // No names of the app's apply to what stands under names of its own.
      const record = { [META]: {}, ...(ending === of && others), accessToken: token, ...named };
      this.#whole = isPlain(token) ? JSON.stringify(record) : null;
      return this.#whole;
    });
  }

  write(area, record, isHurried) {
    const { refresh, expiresAt: end } = this.#keys;
    const { accessToken, refreshToken, expiresAt, ...others } = JSON.parse(record);
    const rest = JSON.stringify({
      ...others,
      ...(refresh ? { by: endingOf(refreshToken) } : { refreshToken }),
      ...(!end && { expiresAt }),
      of: endingOf(accessToken),
      was: endingOf(this.#token),
    });
    const values = { refresh: refreshToken, expiresAt, rest, access: accessToken };
    const put = ([place, name]) => {
      if (name === undefined) return undefined;
      const value = values[place];
      return value === undefined ? area.removeItem(name) : area.setItem(name, String(value));
    };
    return each(Object.entries(this.#keys), put, isHurried);
  }

  /** The access token first: without it there is no record. */
  remove(area, isHurried) {
    return each([...this.names].reverse(), (name) => area.removeItem(name), isHurried);
  }
}

/** One after the other; where there is no time for that, all are begun in that order. */
const each = (entries, work, isHurried) =>
  isHurried
    ? Promise.all(entries.map(work))
    : entries.reduce((before, entry) => after(before, () => work(entry)), undefined);

function restOf(record) {
  try {
    return JSON.parse(record) ?? {};
  } catch {
    return {};
  }
}

export const slotsOf = (key) => (typeof key === 'string' ? new OneSlot(key) : new PlainSlots(key));
