// One refresh call, to a token endpoint or to a function of the app. Here its steps are done; Rust (`refresh.rs`) gets their results as
// bits, and decides what follows.

import {
  REFRESH_REASON_WORDS,
  REFRESH_REPLY_HAS_REFUSED_CODE,
  REFRESH_REPLY_IS_FAILURE,
  REFRESH_REPLY_IS_NULL,
  REFRESH_STEP_PREPARE,
  REFRESH_STEP_READ,
  REFRESH_STEP_SEND,
  REFRESH_STEP_WORDS,
  TOKEN_READING_COOKIES,
  TOKEN_READING_NONE,
  TOKEN_READING_TOKEN,
  TOKEN_READING_UNREADABLE,
} from '../boundary.js';
import { secretsOf } from '../error/redact.js';
import { refreshSignals } from '../options/skip.js';
import { joined } from '../platform/joined-urls.js';
import { nextNumber, shared } from '../platform/page.js';
import { cancelBody, park } from '../platform/promise.js';
import { LiveInstance } from './instance.js';
import { arrivalOf, parsed, takeAnswer, takeObject, weigh } from './refresh-reply.js';
import { requestOf } from './refresh-request.js';
import { markOf, readReply } from './tokens.js';

/** The scheme and the authority of a URL. */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i;

/** The bits of a `RefreshReply` that holds no tokens, whatever its fields are. */
const NO_TOKENS =
  (1 << REFRESH_REPLY_IS_FAILURE) | (1 << REFRESH_REPLY_IS_NULL) | (1 << REFRESH_REPLY_HAS_REFUSED_CODE);

/** The calls whose `fetch` is being called, by number. An engine that traps meanwhile has lost all that it held, but not the number. */
const sending = new Map();

/** The URL of the endpoint, which a function of the app's may give. */
function targetOf(url, tokens) {
  const target = typeof url === 'function' ? url(tokens) : url;
  if (typeof target?.then === 'function') throw new TypeError('session.refresh.url must give a URL at once');
  return String(target);
}

class RefreshCall {
  settings;
  /** For a trace. Method and URL stay empty if a function of the app's refreshes, as they are not known. */
  id = 0;
  began = Date.now();
  method = '';
  /** The URL as it may be shown. One that a function has made may contain a token, and is not shown. */
  url = '';
  #target = '';
  /** The new tokens, once they are read. */
  fields;
  /** The answer's `Retry-After`, in ms. */
  wait = Number.NaN;
  /** Why there are no new tokens. */
  error;
  /** The `Response`, if there is one, and the parsed body or what the app's function has returned. */
  response;
  reply;
  /** The status and the `error` of a reply, or of what a function threw. */
  status = 0;
  code;
  /** How far the server's clock is ahead, in ms. */
  ahead;
  /** What `envelope` says of a failure. */
  failure;
  /** What a function of the app, or the platform, has thrown. */
  thrown;
  #session;
  #tokens;
  #reason;
  /** The promises of the steps that were begun, by number. */
  #steps = [];
  /** What is to be done with the result of the last step if the engine traps now. */
  #onTrap;
  /** Whether a new engine was made to take over the call, and has not done so yet. */
  #isHandedOver = false;
  /** Whether new tokens have come, and the fence has not answered yet whether they may be used. */
  #isUnsettled = false;
  /** Whether a trace was told how the call ended. */
  #isTold = false;
  /** The engine that waits for this call. */
  #engine = shared.engine;
  /** What `fetch` is to be called with, until that is done. */
  fetchInput;
  fetchInit;
  #asked;
  #sent;
  /** Whether the body of the answer was read. */
  isRead = false;
  /** What the app's `url` function has thrown. */
  #fault;
  #controller = new AbortController();
  /** The timer that ends the call if the engine has trapped. */
  #timeout;

  constructor(settings, session, tokens, reason) {
    this.settings = settings;
    this.#session = session;
    this.#tokens = tokens;
    this.#reason = reason;
    session.refresh = this;
    shared.open.add(this);
    const { endpoint } = settings;
    if (endpoint) {
      this.method = endpoint.method;
      try {
        this.#target = targetOf(endpoint.url, tokens);
      } catch (error) {
        this.#fault = { error };
      }
      this.url = typeof endpoint.url === 'function' ? 'a function of the tokens' : this.#target;
    }
    refreshSignals.add(this.#controller.signal);
    this.#emit('refreshing');
  }

  /** The URL that a function of the app's has made, which Rust joins to the base URL. Any other was joined when it was checked. */
  get target() {
    return typeof this.settings.endpoint?.url === 'function' && !this.#fault ? this.#target : undefined;
  }

  join(cutBase, cutRequest, hasSlash) {
    this.#target = joined(this.settings.baseURL, this.#target, cutBase, cutRequest, hasSlash);
  }

  /** What must not be shown: the tokens, those in the reply, and the path of a URL that a function has made of the tokens. */
  get secrets() {
    const { attach, endpoint } = this.settings;
    const made = typeof endpoint?.url === 'function' ? this.#target.replace(ORIGIN, '') : '';
    return [...secretsOf(this.#tokens, attach), ...secretsOf(this.reply), made];
  }

  /** Whether the call presents these tokens. */
  presents(tokens) {
    const { accessToken, refreshToken } = this.#tokens;
    const isSame = accessToken === tokens?.accessToken && refreshToken === tokens.refreshToken;
    return isSame && markOf(this.#tokens) === markOf(tokens);
  }

  /** Whether the engine that waits for this call has trapped. */
  get isOrphan() {
    return Boolean(this.#engine.trap);
  }

  /** Does a step, and wakes the task with its result. */
  perform(step, slot, turn) {
    this.#engine = shared.engine;
    this.#onTrap = undefined;
    this.#isHandedOver = false;
    const keep = (call, facts) => call.keep(step, facts);
    park(slot, turn, this, () => this.#begin(step), keep, failStep);
  }

  /** Begins a step. One that an engine began before it trapped is not done twice. */
  #begin(step) {
    this.#steps[step] ??= this[REFRESH_STEP_WORDS[step]]();
    return this.#steps[step];
  }

  /** Does a step that no engine waits for. */
  #goOn(step) {
    this.#begin(step).then(
      (facts) => this.keep(step, facts),
      (thrown) => this.fail(thrown),
    );
  }

  async ask() {
    const { refresh, api } = this.settings;
    const context = {
      signal: this.#controller.signal,
      reason: REFRESH_REASON_WORDS[this.#reason],
      api: api(),
    };
    const reply = await refresh(this.#tokens, context);
    if (typeof reply?.headers?.get === 'function')
      return takeAnswer(this, reply, reply.bodyUsed ? reply._data : parsed(await reply.text()));
    return takeObject(this, reply);
  }

  async prepare() {
    // Where looking it up throws, calling again would not help.
    if (!this.settings.fetch) Reflect.get(globalThis, 'fetch');
    if (this.#fault) throw this.#fault.error;
    const { url, init } = await requestOf(this.settings, this.#target, this.#tokens);
    this.#asked = this.fetchInput = url;
    this.fetchInit = { ...init, signal: this.#controller.signal };
  }

  /**
   * `fetch` is about to be called, once: whoever takes the call over waits for what it returns.
   *
   * @returns the number for `endSending`
   */
  beginSending() {
    const number = nextNumber();
    this.fetchInput = this.fetchInit = this.#onTrap = undefined;
    sending.set(number, this);
    // Where the engine traps and `fetch` throws, that does not get here.
    queueMicrotask(() => endSending(number, new TypeError('fetch has thrown'), true));
    return number;
  }

  /** Takes the promise that `fetch` has returned, or what it has thrown. */
  sent(promise, isThrown) {
    this.#sent = isThrown ? Promise.reject(promise) : promise;
    if (this.isOrphan) this.#goOn(REFRESH_STEP_SEND);
    // Whoever waits for it may come later, or not at all.
    else this.#begin(REFRESH_STEP_SEND).catch(() => {});
  }

  async send() {
    const response = await this.#sent;
    if (!shared.open.has(this)) {
      cancelBody(response);
      return 0;
    }
    this.response = response;
    return arrivalOf(response, this.#asked, this.settings.endpoint.redirect);
  }

  async read() {
    const { response } = this;
    const text = await response.text();
    this.isRead = true;
    return takeAnswer(this, response, parsed(text));
  }

  /** Whether the server has given another refresh token. In cookies it can not be seen, and counts as another one. */
  get isRotated() {
    const { mark, refresh } = this.fields;
    const { refreshToken } = this.#tokens;
    return mark !== undefined || (refresh ?? refreshToken) !== refreshToken;
  }

  /** Makes an error of a problem, and asks the app whether it means a refusal. Returns the bits of `RefreshReply`. */
  weigh(problem) {
    return weigh(this, problem);
  }

  /** Reads the tokens of the reply, and returns a `TokenReading`. */
  readTokens() {
    try {
      this.fields = readReply(this.reply, this.settings, this.ahead);
    } catch (thrown) {
      this.thrown = thrown;
      return TOKEN_READING_UNREADABLE;
    }
    if (!this.fields) return TOKEN_READING_NONE;
    return this.fields.mark === undefined ? TOKEN_READING_TOKEN : TOKEN_READING_COOKIES;
  }

  /** A step is done. */
  keep(step, facts = 0) {
    this.#onTrap = () => this.#outlive(step, facts);
    this.#afterStep();
    return facts;
  }

  /** A step has failed. */
  fail(thrown) {
    this.thrown = thrown;
    this.#onTrap = () => this.finish(false);
    this.#afterStep();
  }

  #afterStep() {
    // It was aborted, and this is what it has come to.
    if (!shared.open.has(this)) this.finish(false);
    else if (this.isOrphan) this.#onTrap?.();
  }

  /** The engine that began a step has trapped. The answer is read in any case, as nobody else has the tokens in it. */
  #outlive(step, facts) {
    if (step === REFRESH_STEP_SEND) this.#goOn(REFRESH_STEP_READ);
    else if (step === REFRESH_STEP_PREPARE || this.#seemsToHoldTokens(facts)) this.#handOver();
    else this.finish(false);
  }

  /** Whether it is worth a new engine, which is to judge the reply. */
  #seemsToHoldTokens(facts) {
    if (facts & NO_TOKENS || this.response?.ok === false) return false;
    return this.readTokens() !== TOKEN_READING_NONE && this.fields !== undefined;
  }

  /** The result is known. */
  finish(hasTokens) {
    if (shared.open.has(this)) {
      // The call is kept until the fence has answered: nobody else has the new tokens, if the engine traps meanwhile.
      this.#isUnsettled = hasTokens && this.#session.tabs !== undefined && this.#session.refresh === this;
      if (!this.#isUnsettled) this.#end();
    }
    if (this.#isTold) return;
    this.#isTold = true;
    this.#emit(hasTokens ? 'refreshed' : 'refresh-failed');
  }

  /** The engine knows whether the new tokens may be used. */
  settled() {
    if (!this.isOrphan) this.#end();
  }

  /** The engine has trapped. If no new one takes over the call, it is aborted after `refreshTimeout`. */
  abandon() {
    // Later, as the trap is still being handled.
    queueMicrotask(() => this.isOrphan && this.#onTrap?.());
    clearTimeout(this.#timeout);
    this.#timeout = setTimeout(() => this.isOrphan && this.abort(), this.settings.refreshTimeout);
  }

  /** The call has ended. Gives back the lock if there is no engine to do it. */
  #end() {
    shared.open.delete(this);
    clearTimeout(this.#timeout);
    // The last call is not to keep what it was answered.
    if (!this.isRead) cancelBody(this.response);
    this.response = this.reply = this.thrown = this.failure = this.#onTrap = this.#sent = undefined;
    if (this.#session.refresh !== this) return;
    this.#session.refresh = undefined;
    if (this.isOrphan) this.#session.tabs?.unlock();
  }

  /**
   * The engine that made this call has trapped, and no other one waits for it. If the session still has the tokens that were
   * presented, a new engine is made to refresh them: it finds this call and takes its result.
   */
  async #handOver() {
    if (this.#session.refresh !== this || this.#isHandedOver) return;
    this.#isHandedOver = true;
    const instance = new LiveInstance(this.#session.settings);
    try {
      // Asking for the tokens makes the engine read the storage.
      instance.use((it) => it.tokens());
      await instance.use((it) => it.stored());
      if (this.presents(instance.use((it) => it.tokens()))) await instance.tokens(0, true);
      instance.dispose();
    } catch {
      // The next call of the app finds out what is wrong.
    }
    this.#end();
  }

  abort() {
    this.#controller.abort();
    this.#end();
  }

  #emit(step) {
    const { listeners } = this.#session;
    if (listeners.areTracing()) listeners.trace(this, step);
  }
}

const failStep = (call, thrown) => call.fail(thrown);

/** The call with these tokens that an engine made before it trapped and that is still running, or a new call. */
export function refreshCall(settings, session, tokens, reason) {
  const { refresh } = session;
  if (refresh?.isOrphan && refresh.presents(tokens)) return refresh;
  refresh?.abort();
  return new RefreshCall(settings, session, tokens, reason);
}

/** Gives a call what `fetch` has returned or thrown. By its number, as the engine may have trapped meanwhile. */
export function endSending(number, promise, isThrown) {
  const call = sending.get(number);
  sending.delete(number);
  call?.sent(promise, isThrown);
}
