// How a record is stored: under one name, or, for apps that keep their tokens so, as plain strings under several names. Here the text is
// put together and taken apart; Rust decides which values count, and in which order they are read and written (`store.rs`).

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
  /** The record that was read last. */
  record;

  constructor(key) {
    this.names = [key];
  }

  /** The bits of `PlainFacts`: none, as there is only one value. */
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

/** Whether a stored text may be a token: not empty, not `null` or `undefined` as text, and no JSON object or list. */
export const isPlain = (stored) => !/^(?:null|undefined|[[{].*)?$/s.test(stored ?? '');

/** Tokens are compared by their last 16 characters. */
const ENDING = -16;
const endingOf = (token) => token?.slice(ENDING);

/**
 * Each value as a plain string under a name of its own, and the other fields as JSON under one more name. That JSON also holds the
 * endings of the tokens that it belongs to, as other code may replace them: `of` the access token and `by` the refresh token, and `was`
 * the access token that is being replaced. By the last one a tab that reads while another is writing sees that the access token is
 * still the old one, and does not combine it with the new refresh token.
 */
class PlainSlots {
  /** The record that was last read. */
  record;
  /** The fields of the values, in the order of `names`, which is the order of writing. */
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

  /** The bits of `PlainFacts` of the values, which are in the order of `names`. */
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

  /** Makes a record of the values, with the other fields or without them. */
  join(values, withRest) {
    const { token, refreshToken, end, rest } = this.#read(values);
    const { of, by, was, ...others } = rest;
    const named = {
      ...(this.#places.includes('refresh') && { refreshToken }),
      ...(this.#places.includes('expiresAt') && { expiresAt: end }),
    };
    // With `META`, the record is read by this package's field names, and not by the app's.
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

  /** The values by their fields. A value that is no string is left out. */
  #named(values) {
    return Object.fromEntries(this.#places.map((place, index) => [place, textOf(values[index])]));
  }

  /** The values of a record, in the order of `names`; `undefined` where the record has none. */
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

/** A string, which may be in a `String` object. */
function textOf(value) {
  try {
    return String.prototype.valueOf.call(value);
  } catch {
    return undefined;
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
