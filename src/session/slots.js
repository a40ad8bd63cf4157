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

/** How much of an access token tells whether the record beside it is still about it: another hand may have replaced it. */
const ENDING = -16;

/** Each value as a plain string under a name of its own; the rest, as JSON, beside the access token. */
class PlainSlots {
  #keys;

  constructor({ access, refresh, expiresAt }) {
    this.#keys = { refresh, expiresAt, rest: `${access}:apifetch`, access };
    this.names = Object.values(this.#keys).filter((name) => name !== undefined);
  }

  read(area) {
    const { access, refresh, expiresAt, rest } = this.#keys;
    const get = (name) => (name === undefined ? null : area.getItem(name));
    return afterAll([access, refresh, expiresAt, rest].map(get), ([token, refreshToken, end, more]) => {
      if (!token) return null;
      const others = restOf(more, token);
      return JSON.stringify({ ...others, accessToken: token, refreshToken, expiresAt: end });
    });
  }

  /** The access token last: whoever reads in between has old tokens with a new refresh token, which does no harm. */
  write(area, record) {
    const { accessToken, refreshToken, expiresAt, ...others } = JSON.parse(record);
    const rest = JSON.stringify({ ...others, of: accessToken.slice(ENDING) });
    const values = { refresh: refreshToken, expiresAt, rest, access: accessToken };
    const put = ([place, name]) => {
      if (name === undefined) return undefined;
      const value = values[place];
      return value === undefined ? area.removeItem(name) : area.setItem(name, String(value));
    };
    return oneByOne(Object.entries(this.#keys), put);
  }

  remove(area) {
    return oneByOne(this.names, (name) => area.removeItem(name));
  }
}

const oneByOne = (entries, work) =>
  entries.reduce((before, entry) => after(before, () => work(entry)), undefined);

function restOf(record, token) {
  try {
    const { of, ...others } = JSON.parse(record);
    return of === token.slice(ENDING) ? others : { [META]: undefined };
  } catch {
    return {};
  }
}

export const slotsOf = (key) => (typeof key === 'string' ? new OneSlot(key) : new PlainSlots(key));
