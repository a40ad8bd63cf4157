// The record of one session: in a storage area, or, where that fails, in this page's memory.

import { META, number, readReply } from './tokens.js';

/** Reads what stands in the store: this package's record, another app's, or a plain access token. Rubbish is no token. */
function readRecord(record) {
  let stored;
  try {
    stored = JSON.parse(record);
  } catch {
    stored = record.trim();
  }
  if (typeof stored === 'object' && stored) return readReply(stored);
  const plain = typeof stored === 'string' ? stored : '';
  return /^(null|undefined|[[{].*)?$/s.test(plain) ? undefined : readReply({ accessToken: plain });
}

export class Records {
  /** What was last seen in the storage area: it may be taken away while the app runs. */
  #seen = undefined;
  /** What this page keeps by itself, since it could not be written: it outranks what still stands in the storage area. */
  #kept = undefined;

  constructor({ key }) {
    this.key = key;
  }

  /** @param area `undefined`: there is none */
  read(area) {
    let record = this.#kept;
    try {
      record ??= this.#seen = area.getItem(this.key);
    } catch {
      record = this.#seen;
    }
    return record ? readRecord(record) : undefined;
  }

  /**
   * Writes tokens, or, with `undefined`, forgets them. False when only this page's memory has them now, or, since a reply held
   * what JSON can not, not even that.
   */
  write(area, tokens, user, login, lifetime) {
    let record = '';
    try {
      if (tokens)
        record = JSON.stringify({ ...tokens, [META]: { v: 1, user, login, lifetime: number(lifetime) } });
    } catch {
      record = undefined;
    }
    if (record === undefined) return false;
    try {
      if (tokens) area.setItem(this.key, record);
      else area.removeItem(this.key);
      this.#kept = undefined;
      this.#seen = record;
    } catch {
      this.#kept = record;
    }
    return this.#kept === undefined;
  }
}
