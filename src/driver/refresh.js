// One call of a refresh: to a token endpoint or to a function of the app. What is done here are its steps, and what is told of
// them are facts: what they mean is decided in Rust.

import {
  REFRESH_REASON_WORDS,
  REFRESH_STEP_WORDS,
  TOKEN_READING_COOKIES,
  TOKEN_READING_NONE,
  TOKEN_READING_TOKEN,
  TOKEN_READING_UNREADABLE,
} from '../boundary.js';
import { secretsOf } from '../error/redact.js';
import { refreshSignals } from '../options/skip.js';
import { joined } from '../platform/joined-urls.js';
import { shared } from '../platform/page.js';
import { park } from '../platform/promise.js';
import { LiveInstance } from './instance.js';
import { arrivalOf, parsed, takeAnswer, takeObject, weigh } from './refresh-reply.js';
import { requestOf } from './refresh-request.js';
import { markOf, readReply } from './tokens.js';

/** Of a URL, all that stands before its path. */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i;

/** Where it goes: an app's function may know better. */
function targetOf(url, tokens) {
  const target = typeof url === 'function' ? url(tokens) : url;
  if (typeof target?.then === 'function') throw new TypeError('session.refresh.url must give a URL at once');
  return String(target);
}

class RefreshCall {
  settings;
  /** What a trace tells of it: nobody knows whom an app's function asks. */
  id = 0;
  began = Date.now();
  method = '';
  /** What may be shown of where it goes: a function of the tokens may have put one into the URL. */
  url = '';
  #target = '';
  /** What its tokens are, once they are read. */
  fields;
  /** How long the server wants to be left alone, in ms. */
  wait = Number.NaN;
  /** Why there are none. */
  error;
  /** The answer, where there is one, and what was replied, whatever it is. */
  response;
  reply;
  /** The status and the `error` of a reply, or of what a function threw. */
  status = 0;
  code;
  /** How far the server's clock is ahead, in ms. */
  ahead;
  /** What its envelope says of a failure. */
  failure;
  /** What a function of the app, or the platform, has thrown. */
  thrown;
  #session;
  #tokens;
  #reason;
  /** What each step comes to, for whoever waits for it. */
  #steps = [];
  /** Whether new tokens are here, and the engine that asks whether they may be used is not told yet. */
  #isHome = false;
  /** The engine that waits for it. */
  #engine = shared.engine;
  /** What is sent to an endpoint, until that is done. */
  fetchInput;
  fetchInit;
  #asked;
  #sent;
  /** What a function of the app has thrown when it was to name the URL. */
  #fault;
  #controller = new AbortController();
  /** Ends it, where the engine that would do so has trapped. */
  #bound;

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
    this.#tell('refreshing');
  }

  /** The URL, where a function of the app's has made it, and it is still to be joined to the base. */
  get target() {
    return typeof this.settings.endpoint?.url === 'function' && !this.#fault ? this.#target : undefined;
  }

  join(cutBase, cutRequest, hasSlash) {
    this.#target = joined(this.settings.baseURL, this.#target, cutBase, cutRequest, hasSlash);
  }

  /** What must not be printed: of the tokens, of those that the reply brings, and of a URL that a function has made of them. */
  get secrets() {
    const { attach, endpoint } = this.settings;
    const made = typeof endpoint?.url === 'function' ? this.#target.replace(ORIGIN, '') : '';
    return [...secretsOf(this.#tokens, attach), ...secretsOf(this.reply), made];
  }

  /** Whether it is these tokens that are presented. */
  presents(tokens) {
    const { accessToken, refreshToken } = this.#tokens;
    const isSame = accessToken === tokens?.accessToken && refreshToken === tokens.refreshToken;
    return isSame && markOf(this.#tokens) === markOf(tokens);
  }

  /** Whether the engine has trapped that waits for it. */
  get isOrphan() {
    return Boolean(this.#engine.trap);
  }

  /** Has a step done, and wakes the task with what it comes to. Of engines that wait for the same step only the first has it done. */
  perform(step, slot, turn) {
    this.#engine = shared.engine;
    const begin = () => {
      this.#steps[step] ??= this[REFRESH_STEP_WORDS[step]]();
      return this.#steps[step];
    };
    park(slot, turn, this, begin, keepStep, failStep);
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
    if (this.#fault) throw this.#fault.error;
    const { url, init } = await requestOf(this.settings, this.#target, this.#tokens);
    this.#asked = this.fetchInput = url;
    this.fetchInit = { ...init, signal: this.#controller.signal };
  }

  /** What `fetch` has promised is here, or what it has thrown. */
  sent(promise, isThrown) {
    this.fetchInput = this.fetchInit = undefined;
    this.#sent = isThrown ? Promise.reject(promise) : promise;
  }

  async send() {
    this.response = await this.#sent;
    return arrivalOf(this.response, this.#asked, this.settings.endpoint.redirect);
  }

  async read() {
    return takeAnswer(this, this.response, parsed(await this.response.text()));
  }

  /** Whether the server has given another refresh token. Of tokens in cookies nobody knows better. */
  get isRotated() {
    const { mark, refresh } = this.fields;
    const { refreshToken } = this.#tokens;
    return mark !== undefined || (refresh ?? refreshToken) !== refreshToken;
  }

  /** Makes an error of a problem, and has the app asked whether that is a refusal. Gives the facts of a reply. */
  weigh(problem) {
    return weigh(this, problem);
  }

  /** Looks for tokens in the reply. */
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

  /** A step is done, and gives facts, or none. Where the engine that waited for it has trapped, a fresh one takes over. */
  keep(facts = 0) {
    this.#handOver();
    return facts;
  }

  /** A step has failed. */
  fail(thrown) {
    this.thrown = thrown;
    if (this.isOrphan) this.finish(false);
  }

  /** It is known what has come of it. */
  finish(hasTokens) {
    if (!shared.open.has(this)) return;
    // Until the fence has said that they may be used, nobody else knows what it has brought.
    this.#isHome = hasTokens && this.#session.tabs !== undefined && this.#session.refresh === this;
    if (!this.#isHome) this.#end();
    this.#tell(hasTokens ? 'refreshed' : 'refresh-failed');
  }

  /** The engine has been told whether what it has brought may be used. */
  settled() {
    if (!this.isOrphan) this.#end();
  }

  /** The engine has trapped. The next one takes over its patience only if it asks for this call. */
  abandon() {
    // Not in the midst of the trap.
    if (this.#isHome) queueMicrotask(() => this.#handOver());
    this.#isHome = false;
    clearTimeout(this.#bound);
    this.#bound = setTimeout(() => this.isOrphan && this.abort(), this.settings.refreshTimeout);
  }

  /** It is out no more. Without an engine that would do it, the lock is given back here. */
  #end() {
    shared.open.delete(this);
    clearTimeout(this.#bound);
    if (this.#session.refresh !== this) return;
    this.#session.refresh = undefined;
    if (this.isOrphan) this.#session.tabs?.unlock();
  }

  /**
   * The engine that has called has trapped, and none has asked for it since. Where the session still holds the tokens that were
   * presented, a fresh engine refreshes them, which is: it takes what this has brought.
   */
  async #handOver() {
    if (this.#session.refresh !== this || !this.isOrphan) return;
    const instance = new LiveInstance(this.#session.settings);
    try {
      // Whoever looks at the tokens has the storage read.
      instance.use((it) => it.tokens());
      await instance.use((it) => it.stored());
      if (this.presents(instance.use((it) => it.tokens()))) await instance.tokens(0, true);
      instance.dispose();
    } catch {
      // Whoever asks for the session next finds out by himself.
    }
    this.#end();
  }

  abort() {
    this.#controller.abort();
    this.finish(false);
  }

  #tell(step) {
    const { listeners } = this.#session;
    if (listeners.areTracing()) listeners.trace(this, step);
  }
}

const keepStep = (call, facts) => call.keep(facts);
const failStep = (call, thrown) => call.fail(thrown);

/** A call with these tokens: the one that is out with them since before a trap, or a new one. */
export function refreshCall(settings, session, tokens, reason) {
  const { refresh } = session;
  if (refresh?.isOrphan && refresh.presents(tokens)) return refresh;
  refresh?.abort();
  return new RefreshCall(settings, session, tokens, reason);
}
