// The record of one session: in a storage area or another storage of the app's, or, where that fails, in this page's memory.

import { SESSION_NEWS_RECORD_READ, SESSION_NEWS_RECORD_WRITTEN } from '../boundary.js';
import { tellSession } from '../platform/page.js';
import { whenLeft } from '../platform/page-exit.js';
import { onServer } from '../platform/storage.js';
import { within } from '../platform/timeout.js';
import { after, isPlain, slotsOf } from './slots.js';
import { META, markOf, number, readReply, UNSTORED } from './tokens.js';

// What the engine is told of a reading and of a writing; it knows the same numbers.
const NOTHING = 0;
const TOKENS = 1;
const WRITTEN = 0;
const KEPT = 1;
const EMPTIED = 2;
const LATER = 3;
const UNREADABLE = 4;

/** A storage of the app's that does not answer in this time is taken to have failed. */
const PATIENCE = 10_000;

const VERSION = 1;

/** The record of a session in cookies that has ended. Without it nobody could tell that from one that has never been stored. */
const ENDED = JSON.stringify({ [META]: { v: VERSION, out: true } });

export class Records {
  /** What was last seen in the storage: it may be taken away while the app runs. */
  #seen;
  /** What this page keeps by itself, since it could not be written, and the older record that it outranks. */
  #kept;
  #outranked;
  /** What was last to be written; empty: nothing was to be left. */
  #wanted;
  /** Whether there has been a record: from then on none at all says that it was removed. */
  #hadRecord = false;
  #settings;
  #slots;
  #storage;
  #session;
  /** What an asynchronous storage still has to do, one after the other. */
  #queue = Promise.resolve();
  #queued = 0;

  /** @param session what an asynchronous storage has to say, it says to its host */
  constructor(settings, session) {
    this.#settings = settings;
    this.#slots = slotsOf(settings.key);
    this.#storage = typeof settings.storage === 'object' ? settings.storage : undefined;
    this.#session = session;
  }

  /** Whether many users could meet in it. */
  number() {
    return Number(this.#isOfAll());
  }

  /** On a server the requests of all users would meet in what a browser has for each. */
  #isOfAll() {
    return this.#settings.storage !== 'memory' && !this.#storage && onServer();
  }

  /** Resolves when all is read and written that there is to do. */
  idle() {
    return this.#queue;
  }

  /** @param area `undefined`: there is none. What is read is in `fields`, now, or when the engine is told so. */
  read(area) {
    const { host } = this.#session;
    return this.#act(
      () => this.#slots.read(this.#storage ?? area),
      (record) => this.#take(record),
      () => this.#take(this.#seen) | (this.#storage ? UNREADABLE : 0),
      (result) => tellSession(host, result, SESSION_NEWS_RECORD_READ),
    );
  }

  #take(read) {
    let record = read ?? undefined;
    this.#seen = record;
    if (this.#kept !== undefined && record === this.#outranked) record = this.#kept;
    if (record) this.#hadRecord = true;
    this.fields = this.#fieldsOf(record);
    return this.fields ? TOKENS : NOTHING;
  }

  /** What a record says: this package's, another app's, or a plain access token. Rubbish is no token. */
  #fieldsOf(record) {
    const settings = this.#settings;
    let stored;
    try {
      stored = JSON.parse(record);
    } catch {
      stored = typeof record === 'string' ? record.trim() : '';
    }
    const isRecord = typeof stored === 'object' && stored !== null;
    if (settings.isTokenless && !(isRecord && stored[META])) {
      // Cookies are taken to be good until something is known of them.
      const isKnown = (this.#hadRecord && !record) || this.#isOfAll();
      return isKnown ? undefined : readReply({ [META]: { mark: UNSTORED } }, settings);
    }
    if (isRecord && stored[META]?.out) return undefined;
    // A plain string has no fields, whatever it looks like: it is the access token.
    const text = typeof stored === 'string' ? stored : String(record ?? '').trim();
    const reply = isRecord ? stored : { accessToken: isPlain(text) ? text : undefined, [META]: {} };
    try {
      return readReply(reply, settings, undefined, true);
    } catch {
      // A function of the app's that can not read what stands there.
      return undefined;
    }
  }

  /**
   * Writes tokens, or, with `undefined`, forgets them. Whether that is done, or only this page's memory has them now, or has all of
   * them: a reply may hold what JSON can not.
   *
   * @param isRefresh whether they came by a refresh: not where the record was removed meanwhile
   */
  write(area, tokens, user, login, lifetime, isRefresh, ticket) {
    const { host } = this.#session;
    const storage = this.#storage ?? area;
    const { record, isWhole } = this.#recordOf(tokens, {
      v: VERSION,
      user,
      login,
      lifetime: number(lifetime),
    });
    this.#wanted = record ?? '';
    let hurried;
    const put = (before) => {
      if (isRefresh && this.#kept === undefined && this.#take(before) === NOTHING) return EMPTIED;
      this.#seen = before ?? undefined;
      // Rubbish is somebody else's, and stays until there is something to keep in its place.
      const isOthers = !tokens && before && !this.#fieldsOf(before);
      const done = isOthers ? undefined : (hurried ?? this.#bring(storage, record));
      return after(done, () => {
        this.#kept = undefined;
        this.#seen = record;
        this.#hadRecord = true;
        return isWhole ? WRITTEN : KEPT;
      });
    };
    const keep = () => {
      this.#kept = record ?? '';
      this.#outranked = this.#seen;
      this.#hadRecord = true;
      return KEPT;
    };
    return this.#act(
      () => after(this.#slots.read(storage), put),
      (result) => result,
      keep,
      (result) => tellSession(host, ticket, SESSION_NEWS_RECORD_WRITTEN + result),
      // There is no time to look first.
      () => {
        hurried = this.#bring(storage, record, true);
        return hurried;
      },
    );
  }

  #bring(storage, record, isHurried) {
    return record ? this.#slots.write(storage, record, isHurried) : this.#slots.remove(storage, isHurried);
  }

  #recordOf(tokens, meta) {
    if (!tokens) return { record: this.#settings.isTokenless ? ENDED : undefined, isWhole: true };
    const more = { [META]: { ...meta, mark: markOf(tokens) } };
    try {
      return { record: JSON.stringify({ ...tokens, ...more }), isWhole: true };
    } catch {
      const { accessToken, refreshToken, expiresAt, refreshExpiresAt } = tokens;
      const record = JSON.stringify({ accessToken, refreshToken, expiresAt, refreshExpiresAt, ...more });
      return { record, isWhole: false };
    }
  }

  /**
   * Does a thing with the storage, now where it can be, else after what stands before it.
   *
   * @param hurry is called if the page is left before that
   */
  #act(work, done, failed, tell, hurry) {
    let result;
    if (this.#queued === 0) {
      try {
        result = work();
        if (typeof result?.then !== 'function') return done(result);
      } catch {
        return failed();
      }
    }
    let isGivenUp = false;
    const begun = result ?? this.#queue.then(work);
    this.#queued += 1;
    const callOff = hurry && whenLeft(hurry);
    this.#queue = within(begun, PATIENCE)
      .then(done, () => {
        isGivenUp = true;
        return failed();
      })
      .then((value) => {
        this.#queued -= 1;
        callOff?.();
        tell(value);
      });
    // What ends after all, and too late, may have undone what came after it.
    const mend = () => isGivenUp && this.#mend();
    Promise.resolve(begun).then(mend, () => {});
    return LATER;
  }

  /** Brings the storage to what was last to be there. */
  #mend() {
    const record = this.#wanted;
    const storage = this.#storage;
    if (record === undefined) return;
    const nothing = () => {};
    this.#act(() => this.#bring(storage, record), nothing, nothing, nothing);
  }
}
