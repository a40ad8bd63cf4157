// The record of one session: its text, its fields, and the copies that outlive an engine that has trapped. Rust calls the storage and
// decides which record counts (`store.rs`).

import {
  RECORD_FACTS_HAD_RECORD,
  RECORD_FACTS_HAS_KEPT,
  RECORD_FACTS_IN_COOKIES,
  RECORD_FACTS_IS_OUTRANKED,
  RECORD_KIND_ENDED,
  RECORD_KIND_FOREIGN,
  RECORD_KIND_NOTHING,
  RECORD_KIND_OWN,
} from '../boundary.js';
import { isPlain, slotsOf } from './slots.js';
import { StorageVisit } from './storage-visit.js';
import { META, markOf, number, readReply, UNSTORED } from './tokens.js';

const VERSION = 1;

/** The record of a session in cookies that has ended. If there were none, the session would look like one that was never stored. */
const ENDED = JSON.stringify({ [META]: { v: VERSION, out: true } });

export class Records {
  /** The record that was last seen in the storage, which may be taken away while the app runs. */
  #seen;
  /** A record that could not be written, so that this page keeps it (`null`: the record could not be removed). */
  #kept;
  /** The older record in the storage, which the kept one replaces. */
  #outranked;
  /** The record that was to be written last (`null`: the record was to be removed). */
  #wanted;
  /** Resolves when the last visit is over. */
  #last;
  /** The visits that are not over. */
  #line = new Set();
  /** Whether there has been a record. */
  #hadRecord = false;
  #settings;
  #slots;
  /** The record that was parsed last, and its content. */
  #text;
  #content;

  constructor(settings) {
    this.#settings = settings;
    this.#slots = slotsOf(settings.key);
    /** The app's own storage, if there is one. */
    this.storage = typeof settings.storage === 'object' ? settings.storage : undefined;
    /** Under how many names the record is stored. */
    this.count = this.#slots.names.length;
  }

  /** The bits of `RecordFacts`. */
  facts() {
    return (
      ((this.#kept !== undefined) << RECORD_FACTS_HAS_KEPT) |
      ((this.#seen === this.#outranked) << RECORD_FACTS_IS_OUTRANKED) |
      (this.#settings.isTokenless << RECORD_FACTS_IN_COOKIES) |
      (this.#hadRecord << RECORD_FACTS_HAD_RECORD)
    );
  }

  reading() {
    return new StorageVisit(this.#slots);
  }

  /** A visit that writes tokens. What JSON can not hold is left out. */
  writing(tokens, user, login, lifetime) {
    const meta = { v: VERSION, user, login, lifetime: number(lifetime), mark: markOf(tokens) };
    try {
      return this.#want(JSON.stringify({ ...tokens, [META]: meta }));
    } catch {
      const { accessToken, refreshToken, expiresAt, refreshExpiresAt } = tokens;
      const part = { accessToken, refreshToken, expiresAt, refreshExpiresAt, [META]: meta };
      return Object.assign(this.#want(JSON.stringify(part)), { isWhole: false });
    }
  }

  /** A visit that removes the tokens. */
  clearing() {
    return this.#want(this.#settings.isTokenless ? ENDED : null);
  }

  #want(record) {
    this.#wanted = record;
    return new StorageVisit(this.#slots, record);
  }

  /** A visit that repeats the last writing, if there was one. */
  mending() {
    return this.#wanted === undefined ? undefined : new StorageVisit(this.#slots, this.#wanted);
  }

  /** A visit that does what an engine had not written yet when it trapped, if there is anything. */
  unfinished() {
    const left = [...this.#line];
    this.#line.clear();
    for (const visit of left) visit.end();
    return left.some(({ record }) => record !== undefined) ? this.mending() : undefined;
  }

  /** The storage is asynchronous. It has `patience` ms for this visit and all before it. */
  lineUp(visit, patience) {
    this.#last = visit.lineUp(patience);
    this.#line.add(visit);
  }

  /** The visit is over. */
  leaveLine(visit) {
    visit.end();
    this.#line.delete(visit);
  }

  /** A promise that resolves when all visits that are waiting now are over. */
  idle() {
    return this.#last;
  }

  /** The bits of `PlainFacts` of what was read. */
  examine({ answers }) {
    return this.#slots.examine(answers);
  }

  /** Makes a record of what was read. */
  join({ answers }, withRest) {
    this.#slots.join(answers, withRest);
  }

  /** Takes the record that was made last for the one in the storage. */
  see() {
    this.#seen = this.#slots.record;
  }

  /** Parses the record in the storage, or the one that this page keeps, and returns its `RecordKind`. */
  look(isKept) {
    const record = isKept ? this.#kept : this.#seen;
    this.#text = record;
    try {
      this.#content = JSON.parse(record);
    } catch {
      this.#content = typeof record === 'string' ? record.trim() : '';
    }
    if (!record) return RECORD_KIND_NOTHING;
    this.#hadRecord = true;
    const meta = this.#isObject() && this.#content[META];
    if (meta?.out) return RECORD_KIND_ENDED;
    return meta ? RECORD_KIND_OWN : RECORD_KIND_FOREIGN;
  }

  #isObject() {
    return typeof this.#content === 'object' && this.#content !== null;
  }

  /** The fields of the parsed record: this package's, another app's, or a plain access token. `undefined` if it is none of these. */
  fields() {
    const content = this.#content;
    try {
      // A string is the access token itself, even if it looks like a JSON string or number.
      const text = typeof content === 'string' ? content : String(this.#text ?? '').trim();
      const plain = { accessToken: isPlain(text) ? text : undefined, [META]: {} };
      return readReply(this.#isObject() ? content : plain, this.#settings, undefined, true);
    } catch {
      // A function of the app's, e.g. one that maps the reply, has failed with this content.
      return undefined;
    }
  }

  /** Fields for tokens in cookies of which nothing has been stored yet. */
  unknownCookies() {
    return readReply({ [META]: { mark: UNSTORED } }, this.#settings);
  }

  /** A record was written. */
  noteStored({ record }) {
    this.#kept = undefined;
    this.#seen = record ?? undefined;
    this.#hadRecord = true;
  }

  /** A record could not be written: this page keeps it. */
  noteKept({ record }) {
    this.#kept = record;
    this.#outranked = this.#seen;
    this.#hadRecord = true;
  }
}
