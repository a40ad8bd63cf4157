// The record of one session: its texts, what they say, and what of them outlives an engine that has trapped. Which record counts, and
// the calls of the storage, are the engine's (`store.rs`).

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

/** The record of a session in cookies that has ended. Without it nobody could tell that from one that has never been stored. */
const ENDED = JSON.stringify({ [META]: { v: VERSION, out: true } });

export class Records {
  /** What was last seen in the storage: it may be taken away while the app runs. */
  #seen;
  /** What this page keeps by itself, since it could not be written, and the older record that it outranks; `null`: nothing is left. */
  #kept;
  #outranked;
  /** What was last to be written; `null`: nothing was to be left. */
  #wanted;
  /** Resolves when what stands last in line is over. */
  #last;
  /** What stands in line. */
  #line = new Set();
  /** Whether there has been a record. */
  #hadRecord = false;
  #settings;
  #slots;
  /** The record that was looked into last, and what is in it. */
  #text;
  #content;

  constructor(settings) {
    this.#settings = settings;
    this.#slots = slotsOf(settings.key);
    /** The app's own, if there is one. */
    this.storage = typeof settings.storage === 'object' ? settings.storage : undefined;
    /** Under how many names it lies. */
    this.count = this.#slots.names.length;
  }

  /** What `RecordFacts` wants to know. */
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

  /** For tokens that are to be written. */
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

  /** For tokens that are to be forgotten. */
  clearing() {
    return this.#want(this.#settings.isTokenless ? ENDED : null);
  }

  #want(record) {
    this.#wanted = record;
    return new StorageVisit(this.#slots, record);
  }

  /** For what was last to be written, if anything was. */
  mending() {
    return this.#wanted === undefined ? undefined : new StorageVisit(this.#slots, this.#wanted);
  }

  /** For what an engine has left to be written that has trapped, if there is any. */
  unfinished() {
    const left = [...this.#line];
    this.#line.clear();
    for (const visit of left) visit.end();
    return left.some(({ record }) => record !== undefined) ? this.mending() : undefined;
  }

  /** The storage takes its time: so much, in ms, for this and all that is asked of it before. */
  lineUp(visit, patience) {
    this.#last = visit.lineUp(patience);
    this.#line.add(visit);
  }

  /** That is over. */
  leaveLine(visit) {
    visit.end();
    this.#line.delete(visit);
  }

  /** Resolves when all is over by now that stands in line. */
  idle() {
    return this.#last;
  }

  /** What `PlainFacts` wants to know of what was read. */
  examine({ answers }) {
    return this.#slots.examine(answers);
  }

  /** Makes a record of what was read. */
  join({ answers }, withRest) {
    this.#slots.join(answers, withRest);
  }

  /** Takes the record that was made last for what stands in the storage. */
  see() {
    this.#seen = this.#slots.record;
  }

  /** Looks into the record that stands in the storage, or into the one that this page keeps, and tells which of `RecordKind` it is. */
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

  /** What the record says: this package's, another app's, or a plain access token. Rubbish is no token. */
  fields() {
    const content = this.#content;
    try {
      // A plain string has no fields, whatever it looks like: it is the access token.
      const text = typeof content === 'string' ? content : String(this.#text ?? '').trim();
      const plain = { accessToken: isPlain(text) ? text : undefined, [META]: {} };
      return readReply(this.#isObject() ? content : plain, this.#settings, undefined, true);
    } catch {
      // A function of the app's that can not read what stands there.
      return undefined;
    }
  }

  /** What is said of cookies of which nothing has been stored yet. */
  unknownCookies() {
    return readReply({ [META]: { mark: UNSTORED } }, this.#settings);
  }

  /** A record is written. */
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
