// One call of the user: from the session's gate to its settled promise. The engine decides what becomes of it; here it
// is done.

import { pathOf, STEPS } from '../driver/listeners.js';
import { authError, fetchError } from '../error/errors.js';
import { Options, READERS } from '../options/options.js';
import { asMeant, baseOf, isForeign } from '../platform/origin.js';
import { isSaidSo, park } from '../platform/promise.js';
import { NONE } from './asked.js';
import { Attempt } from './attempt.js';
import { BOUND, headerOf, isJson, noteClock, parse, peek, putData, statusOf } from './response.js';
import { FETCH } from './sending.js';

// What the caller wants of the answer, and how a call ends. The engine knows the same numbers.
const DATA = 0;
const RAW = 1;
const ANSWER = 0;
const STATUS = 1;
const ABORTED = 3;
const THROWN = 4;
const DENIED = 5;
const OUTCOMES = ['answered', 'answered', 'failed', 'aborted', 'failed', 'failed'];
// What becomes of a call before it is sent.
const INVALID = 0;
const GIVEN_UP = 1;
const BARE = 2;
const UNDER_SESSION = 3;
// What an answer tells beside its status, which is below 1000.
const BY_STATUS = 0x400;
const BY_CONTENT = 0x800;

/** The bit of the call's facts for answers that are wanted as they are. */
const IGNORES_ERRORS = 0x8000;

/** The warning that a request's own credentials keep the session out of it. */
const OWN_CREDENTIALS = 2;

/** Content types that have been judged: asking the engine anew costs more than looking here. */
const readers = new Map();
const KNOWN = 64;

/** JSON is read as text, so that what is none is not lost. */
const JSON_READER = 0;
const TEXT_READER = 1;

export class Call extends Attempt {
  status = 0;
  reader = NONE;
  /** The body's text and what it parses to, where they had to be looked at before anybody read them. */
  seen;
  json;
  /** Why the body could not be read when it was looked at. */
  broken;
  marks = 0;
  data;
  /** What its envelope says, where that tells of a failure. */
  failure;
  /** Who traces what becomes of it, and since when. */
  listeners;
  began = 0;

  /** What the engine may read of it, by its place. */
  text(place) {
    if (place === 3) return headerOf(this.response, 'content-type')?.split(';')[0].trim().toLowerCase();
    if (place === 4) return headerOf(this.response, 'www-authenticate');
    if (place === 5) return `${this.method ?? 'GET'} ${pathOf(this.url)}`;
    return super.text(place);
  }

  /**
   * Makes it ready to be sent, and to be sent again, and listens to the caller's signal.
   *
   * @returns whether the session has a part in it; `INVALID` when it can not be sent at all, for a cycle in its body for instance,
   *   `GIVEN_UP` when it is not wanted any more
   */
  prepare(encoding, hasSession, slot, serial) {
    this.id = serial;
    let way = BARE;
    try {
      this.addQuery();
      // Nothing has had to wait by now, but for hooks.
      this.base ??= baseOf(this.url);
      if (hasSession && this.#belongs()) way = UNDER_SESSION;
      this.encode(encoding);
      if (way === UNDER_SESSION) {
        this.hold();
        this.#trace();
      }
    } catch (error) {
      this.error = error;
      return INVALID;
    }
    return this.watch(slot) ? way : GIVEN_UP;
  }

  /** Whether the session has a part in it: not where no token may go, or is to go, or where the caller has brought its own. */
  #belongs() {
    const { origins, settings, listeners } = this.defaults;
    const { url, base } = this;
    if (!origins.hold(url, base) || settings.skips(this)) return false;
    // Whoever says so in the call wants it so; an image of the page's own origin may be asked for in another way.
    if (settings.attach.isHeader && this.isWithoutCors && (this.rest?.mode || isForeign(asMeant(url, base))))
      return false;
    const isTaken = settings.attach.isTaken(this);
    if (isTaken) listeners.warnOnce(OWN_CREDENTIALS);
    return !isTaken;
  }

  /** Only what goes under the session is traced. */
  #trace() {
    const { listeners } = this.defaults;
    if (!listeners.areTracing()) return;
    this.listeners = listeners;
    this.began = Date.now();
  }

  /** Looks into an answer for what only its body, or the app, can say of the token. */
  inspect(sending) {
    const { expired } = this.defaults.settings;
    this.seen = this.broken = undefined;
    return expired.codes || expired.when ? this.#inspect(sending, expired, this.turn) : sending;
  }

  async #inspect(sending, { codes, when }, turn) {
    const response = await sending;
    this.marks = 0;
    if (this.turn !== turn) return response;
    const body = this.#mayBeJson(response) ? await this.#look(response) : undefined;
    if (this.turn !== turn) return response;
    if (codes && !codes.match(body)) return response;
    if (when) {
      putData(response, body, false);
      if (!isSaidSo(() => when({ ...this.context(), response, data: body }), this)) return response;
    }
    this.marks = BY_CONTENT;
    return response;
  }

  /** Whether there is a code to look for. What says nothing of itself is read as JSON where it is read at all. */
  #mayBeJson(response) {
    const { shape, responseType } = this;
    const isUntyped = responseType === undefined && headerOf(response, 'content-type') === undefined;
    const isAsked = shape !== FETCH && (responseType === READERS[JSON_READER] || isUntyped);
    return responseType !== 'stream' && (isJson(response) || isAsked);
  }

  /** What the body says, if that is not too long. It is read for good where the caller wants it as text or JSON. */
  async #look(response) {
    const readsText =
      this.shape !== FETCH &&
      [undefined, READERS[JSON_READER], READERS[TEXT_READER]].includes(this.responseType);
    if (!readsText) return parse((await peek(response)) ?? '');
    try {
      this.seen = await response.text();
    } catch (error) {
      this.broken = { error };
      return undefined;
    }
    this.json = parse(this.seen);
    return this.seen.length > BOUND ? undefined : this.json;
  }

  /** Whether the app wants a rejected request to be sent again. */
  mayReplay() {
    const { replay, response } = this;
    return isSaidSo(() => replay({ ...this.context(), response }), this);
  }

  /** Takes what was waited for: the answer, then its body. */
  keep(value) {
    this.out?.expect(false);
    if (this.response) {
      // A body that claims to be JSON and is not stays text.
      this.data = this.#parsed(value);
      if (value && READERS[this.reader] === 'stream') this.out?.handOut(value, this.signal);
      this.#unwrap();
      return 0;
    }
    this.status = statusOf(value);
    this.response = value;
    const isDead = this.defaults.settings?.expired.status.includes(this.status);
    return this.status | this.marks | (isDead ? BY_STATUS : 0);
  }

  #parsed(value) {
    const parseResponse = this.steps?.parseResponse;
    if (parseResponse) return value;
    if (this.reader !== JSON_READER) return value;
    return this.seen === undefined ? parse(value) : this.json;
  }

  /** Reads the body and wakes the task. False when the content type is to say how, and none like it has been read before. */
  read(wanted, slot, turn) {
    const { response } = this;
    const parseResponse = this.steps?.parseResponse;
    let reader = parseResponse ? JSON_READER : wanted;
    if (this.responseType === undefined && !parseResponse) {
      const type = headerOf(response, 'content-type');
      if (wanted === NONE) reader = readers.get(type);
      else if (readers.size < KNOWN) readers.set(type, wanted);
      if (reader === undefined) return false;
    }
    this.reader = reader;
    this.arm(slot);
    park(slot, turn, this, () => {
      if (this.broken) throw this.broken.error;
      if (parseResponse) return this.#parse(parseResponse, response);
      if (this.seen !== undefined) return this.seen;
      // The commonest first, and by its name: looking a method up costs more than the rest of this. No text is no JSON: only
      // elsewhere does it make a difference whether there is a body, and asking is dear too.
      const body = this.#opened(response);
      if (reader === JSON_READER) return body.text();
      if (READERS[reader] === 'stream') return body.body ?? undefined;
      return body.body ? body[READERS[reader]]() : undefined;
    });
    return true;
  }

  /** An answer whose body is to come now. */
  #opened(response) {
    this.out?.expect(true);
    return this.steps?.onDownloadProgress ? this.counted(response) : response;
  }

  async #parse(parseResponse, response) {
    const { out } = this;
    const text = this.seen ?? (await this.#opened(response).text());
    out?.expect(false);
    return this.parseBy(parseResponse, text);
  }

  /** Settles the promise, whatever the app has left where the error looks. */
  end(how) {
    try {
      this.#end(how);
    } catch (error) {
      this.reject(error);
    }
  }

  #end(how) {
    const { response, error, shape } = this;
    this.#leave(OUTCOMES[how]);
    if (how === ABORTED) this.tellOfAbort();
    if (how === ANSWER && shape === FETCH) return this.resolve(response);
    const failure = how === ANSWER || how === STATUS ? this.failure : undefined;
    if (response && (how === STATUS || failure || shape === RAW)) putData(response, this.data, true);
    if (failure) this.reject(fetchError(this, response, this.data, undefined, failure));
    else if (how === ANSWER) this.resolve(shape === DATA ? this.data : response);
    else if (how === THROWN || how === DENIED || shape === FETCH) this.reject(error);
    else this.reject(fetchError(this, response, this.data, error));
  }

  /** Takes the body out of its envelope, which may tell of a failure. */
  #unwrap() {
    const { envelope } = this.defaults;
    const failure = envelope?.failure(this.data);
    if (failure) {
      if (!(this.facts & IGNORES_ERRORS)) this.failure = failure;
      return;
    }
    if (envelope) this.data = envelope.unwrap(this.data);
    // It may be the reply to a login.
    if (!this.hasToken || this.defaults.settings.reply.holdsToken(this.data))
      noteClock(this.data, this.response);
  }

  /** The session has failed. */
  deny(code, cause) {
    try {
      this.error = authError(code, cause, this);
    } catch {
      // What the app has left where the error looks can not be looked at.
      this.error = authError(code, cause);
    }
    this.forgo();
  }

  #leave(step) {
    this.disarm();
    this.unwatch();
    this.tell(step);
  }

  /** The engine has trapped: nobody waits for what still comes. */
  abandon(error) {
    this.turn = undefined;
    super.abandon(error);
    this.#leave('failed');
    this.defaults.listeners?.calm();
  }

  /** A step that only the engine sees. It waits now, and its time stands still. */
  note(step) {
    this.disarm();
    this.tell(STEPS[step]);
  }

  tell(step) {
    this.listeners?.trace(this, step);
  }
}

/**
 * One call that is never made, and its options. While none is alive the garbage collector takes the layout of such objects
 * along, and the engine of JavaScript has to learn it anew: a fifth of what a call costs.
 */
export function keepLayout() {
  const blank = new Call(DATA);
  blank.resolve();
  return [blank, new Options()];
}
