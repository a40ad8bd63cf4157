// Where a record lies in a storage: under one name, or, for apps that keep them so, as plain strings under a name each. These are the
// texts alone; which of them count, and in which order they are read and written, is the engine's.

import {
  PLAIN_FACTS_HAS_BEFORE,
  PLAIN_FACTS_HAS_TOKEN,
  PLAIN_FACTS_IS_BY_REFRESH,
  PLAIN_FACTS_IS_OF_TOKEN,
  PLAIN_FACTS_WAS_TOKEN,
} from '../boundary.js';
import { META } from './tokens.js';

/** Under one name, as JSON. */
class OneSlot {
  /** What was read last. */
  record;

  constructor(key) {
    this.names = [key];
  }

  /** No values have to belong together here. */
  examine() {
    return 0;
  }

  join([record]) {
    this.record = record ?? undefined;
  }

  split(record) {
    return [record];
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
  /** What was last read as a whole. */
  record;
  /** The values' places, as their names stand in `names`: in the order in which they are written. */
  #places;
  #hasRead = false;
  /** The access token that was last seen. */
  #token;

  constructor({ access, refresh, expiresAt }) {
    const all = Object.entries({ rest: `${access}:apifetch`, expiresAt, refresh, access });
    const named = all.filter(([, name]) => name !== undefined);
    this.#places = named.map(([place]) => place);
    this.names = named.map(([, name]) => name);
  }

  /** What `PlainFacts` wants to know of the values, which are in the order of their names. */
  examine(values) {
    const { token, refreshToken, rest } = this.#read(values);
    this.#token = token;
    const ending = endingOf(token);
    return (
      (isPlain(token) << PLAIN_FACTS_HAS_TOKEN) |
      (this.#hasRead << PLAIN_FACTS_HAS_BEFORE) |
      ((ending === rest.of) << PLAIN_FACTS_IS_OF_TOKEN) |
      ((endingOf(refreshToken) === rest.by) << PLAIN_FACTS_IS_BY_REFRESH) |
      ((ending === rest.was) << PLAIN_FACTS_WAS_TOKEN)
    );
  }

  /** Makes a record of the values, with the rest or without it. */
  join(values, withRest) {
    const { token, refreshToken, end, rest } = this.#read(values);
    const { of, by, was, ...others } = rest;
    const named = {
      ...(this.#places.includes('refresh') && { refreshToken }),
      ...(this.#places.includes('expiresAt') && { expiresAt: end }),
    };
    // No names of the app's apply to what stands under names of its own.
    const record = { [META]: {}, ...(withRest && others), accessToken: token, ...named };
    this.record = isPlain(token) ? JSON.stringify(record) : undefined;
    this.#hasRead = true;
  }

  #read(values) {
    const { access, refresh, expiresAt, rest } = this.#named(values);
    return {
      token: access,
      refreshToken: isPlain(refresh) ? refresh : undefined,
      end: expiresAt,
      rest: restOf(rest),
    };
  }

  /** The values by their places. What is no text is none. */
  #named(values) {
    const textOf = (value) => (typeof value === 'string' ? value : undefined);
    return Object.fromEntries(this.#places.map((place, index) => [place, textOf(values[index])]));
  }

  /** The values of a record; `undefined`: there is none of that name. */
  split(record) {
    const { accessToken, refreshToken, expiresAt, ...others } = JSON.parse(record);
    const all = { refresh: refreshToken, expiresAt, access: accessToken };
    const isNamed = (place) => this.#places.includes(place);
    const rest = {
      ...others,
      ...(isNamed('refresh') ? { by: endingOf(refreshToken) } : { refreshToken }),
      ...(!isNamed('expiresAt') && { expiresAt }),
      of: endingOf(accessToken),
      was: endingOf(this.#token),
    };
    const values = { ...all, rest: JSON.stringify(rest) };
    return this.#places.map((place) => (values[place] === undefined ? undefined : String(values[place])));
  }
}

function restOf(record) {
  try {
    return JSON.parse(record) ?? {};
  } catch {
    return {};
  }
}

export const slotsOf = (key) => (typeof key === 'string' ? new OneSlot(key) : new PlainSlots(key));
