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
import { shared } from '../platform/page.js';
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
  /** The visits that are not over. Those that write are here before the storage is called, as the engine may trap within that call. */
  #line = new Set();
  /** Whether, since a visit was over, a trap has had another engine started to write what was not written. */
  #isResumed = false;
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
    /** How many writings have been asked for. */
    this.writings = 0;
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

  /**
   * A visit that writes tokens. What JSON can not hold is left out.
   *
   * @param hasToBe whether it writes only if there still is a record to replace
   */
  writing(tokens, user, login, lifetime, hasToBe) {
    const meta = { v: VERSION, user, login, lifetime: number(lifetime), mark: markOf(tokens) };
    let record;
    let isWhole = true;
    try {
      record = JSON.stringify({ ...tokens, [META]: meta });
    } catch {
      const { accessToken, refreshToken, expiresAt, refreshExpiresAt } = tokens;
      record = JSON.stringify({ accessToken, refreshToken, expiresAt, refreshExpiresAt, [META]: meta });
      isWhole = false;
    }
    return Object.assign(this.#want(record), { isWhole, hasToBe });
  }

  /** A visit that removes the tokens. */
  clearing() {
    return this.#want(this.#settings.isTokenless ? ENDED : null);
  }

  #want(record) {
    this.#wanted = record;
    this.writings += 1;
    return this.mending();
  }

  /** A visit that repeats the last writing, if there was one. */
  mending() {
    if (this.#wanted === undefined) return undefined;
    const visit = new StorageVisit(this.#slots, this.#wanted);
    this.#line.add(visit);
    shared.open.add(this);
    return visit;
  }

  /** A visit that does what an engine had not written yet when it trapped, if there is anything. */
  unfinished() {
    const left = [...this.#line];
    this.#line.clear();
    const writing = left.filter(({ record }) => record !== undefined);
    const visit = writing.length > 0 ? this.mending() : undefined;
    if (!visit) {
      for (const reading of left) reading.end();
      return undefined;
    }
    const hasToBe = writing.every((one) => one.hasToBe);
    return Object.assign(visit, { replaced: left, hasToBe, isWhole: writing.at(-1).isWhole });
  }

  /** The engine has trapped. What it has not written is written by the next one, once, without waiting for somebody who calls that. */
  abandon() {
    shared.open.delete(this);
    if (this.#isResumed) return;
    this.#isResumed = true;
    queueMicrotask(() => this.#settings.resources.resume());
  }

  /** The visit has to wait. The storage has `patience` ms for it and all before it. */
  lineUp(visit, patience) {
    visit.lineUp(patience);
    this.#line.add(visit);
  }

  /** The visit is over. */
  leaveLine(visit) {
    visit.end();
    this.#line.delete(visit);
    this.#isResumed = false;
    if (this.#line.size === 0) shared.open.delete(this);
  }

  /** Resolves when all visits are over that are waiting now, or once the event is dealt with within which this is asked. */
  async idle() {
    await undefined;
    await Promise.all([...this.#line].map(({ over }) => over));
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
