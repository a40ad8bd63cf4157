// The record of one session: in a storage area, or, where that fails, in this page's memory.

import { META, number, readReply } from './tokens.js';

/** Reads what stands in the store: this package's record, another app's, or a plain access token. Rubbish is no token. */
function readRecord(record) {
  let stored;
  try {
    stored = JSON.parse(record);
  } catch {
    stored = typeof record === 'string' ? record.trim() : '';
  }
  if (typeof stored === 'object' && stored) return readReply(stored);
  const plain = typeof stored === 'string' ? stored : '';
  return /^(null|undefined|[[{].*)?$/s.test(plain) ? undefined : readReply({ accessToken: plain });
}

export class Records {
  /** What was last seen in the storage area: it may be taken away while the app runs. */
  #seen = undefined;
  /** What this page keeps by itself, since it could not be written, and the older record that it outranks. */
  #kept = undefined;
  #outranked = undefined;

  constructor({ key }) {
    this.key = key;
  }

  /** @param area `undefined`: there is none */
  read(area) {
    let record = this.#seen;
    try {
      record = this.#seen = area.getItem(this.key);
    } catch {
      // Then what was seen last.
    }
    if (this.#kept !== undefined && record === this.#outranked) record = this.#kept;
    return record ? readRecord(record) : undefined;
  }

  /** Rubbish is somebody else's, and stays until there is something to keep in its place. */
  #isRubbish(area) {
    try {
      const record = area.getItem(this.key);
      return record !== null && !readRecord(record);
    } catch {
      return false;
    }
  }

  /**
   * Writes tokens, or, with `undefined`, forgets them. False when only this page's memory has them now, or has all of them: a
   * reply may hold what JSON can not.
   */
  write(area, tokens, user, login, lifetime) {
    const meta = { [META]: { v: 1, user, login, lifetime: number(lifetime) } };
    let isWhole = true;
    let record = '';
    try {
      if (tokens) record = JSON.stringify({ ...tokens, ...meta });
    } catch {
      isWhole = false;
      const { accessToken, refreshToken, expiresAt, refreshExpiresAt } = tokens;
      record = JSON.stringify({ accessToken, refreshToken, expiresAt, refreshExpiresAt, ...meta });
    }
    try {
      if (tokens) area.setItem(this.key, record);
      else if (!this.#isRubbish(area)) area.removeItem(this.key);
      this.#kept = undefined;
      this.#seen = record;
    } catch {
      this.read(area);
      this.#kept = record;
      this.#outranked = this.#seen;
    }
    return isWhole && this.#kept === undefined;
  }
}
