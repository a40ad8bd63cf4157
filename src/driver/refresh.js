// One call of a refresh: to a token endpoint or to a function of the app, and what it has come to.

import { isSaidSo } from '../error/app-code.js';
import { refreshError } from '../error/errors.js';
import { redact, secretsOf } from '../error/redact.js';
import { harmless } from '../options/harmless.js';
import { refreshSignals } from '../options/skip.js';
import { joined } from '../platform/joined-urls.js';
import { originOf } from '../platform/origin.js';
import { shared } from '../platform/page.js';
import { letGo, park } from '../platform/promise.js';
import { clockOf, putData, serverAhead, statusOf, waitOf } from '../request/response.js';
import { LiveInstance } from './instance.js';
import { requestOf } from './refresh-request.js';
import { markOf, readReply } from './tokens.js';

/** What the engine is told; it knows the same numbers. */
const REPLY = 0;
const REFUSAL = 1;
const NO_ANSWER = 2;
// What the app's own word makes of a failure.
const SILENT = 0;
const REFUSED = 1;
const LISTED = 2;
const UNLISTED = 3;

const REASONS = ['expiry', 'rejected'];

/** The error codes of a token endpoint (RFC 6749 §5.2). Another string in `error` is somebody's own wording. */
const ERROR_CODES = [
  'invalid_grant',
  'invalid_request',
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'temporarily_unavailable',
  'server_error',
];

/** Of a URL, all that stands before its path. */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i;

/** JSON; what is none says nothing. */
function parsed(text) {
  try {
    return JSON.parse(text, harmless);
  } catch {
    return undefined;
  }
}

/** Where it goes: an app's function may know better. */
function targetOf(url, tokens) {
  const target = typeof url === 'function' ? url(tokens) : url;
  if (typeof target?.then === 'function') throw new TypeError('session.refresh.url must give a URL at once');
  return String(target);
}

const REDIRECTED =
  "it was answered by a redirect, which only session.refresh.redirect: 'follow' allows, and only within an origin";

/** Whether it is a redirect that was not followed (a page is shown no status of it), or what a `fetch` has followed one to. */
function isAstray({ status, redirected, url }, asked, redirect) {
  const [origin, wanted] = [originOf(url), originOf(asked)];
  // A double may have a URL that leads nowhere.
  const isElsewhere = origin && wanted && origin !== wanted;
  const isLed = (redirected ?? isElsewhere) && (isElsewhere || redirect !== 'follow');
  return isLed || [0, 3].includes(Math.floor(status / 100));
}

class RefreshCall {
  /** What a trace tells of it: nobody knows whom an app's function asks. */
  id = 0;
  began = Date.now();
  method = '';
  /** What may be shown of where it goes: a function of the tokens may have put one into the URL. */
  url = '';
  #target = '';
  /** What the reply says, once it is here. */
  fields;
  /** Of an answer that is no success, and of what a function threw: its status, and the `error` of its body. */
  status = 0;
  code;
  word = SILENT;
  /** How long the server wants to be left alone, in ms. */
  wait = Number.NaN;
  error;
  #settings;
  #session;
  #tokens;
  /** What is presented, for whoever waits for it. */
  #coming;
  /** Whether new tokens are here, and the engine that asks whether they may be used is not told yet. */
  #isHome = false;
  /** The engine that waits for it. */
  #engine = shared.engine;
  /** What was answered, whatever it is. */
  #reply;
  /** What a function of the app has thrown when it was to name the URL. */
  #fault;
  #controller = new AbortController();
  /** Ends it, where the engine that would do so has trapped. */
  #bound;

  constructor(settings, session, tokens) {
    this.#settings = settings;
    this.#session = session;
    this.#tokens = tokens;
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

  /** Status, error code, wait, and the app's word, by their place. */
  number(place) {
    return [this.status, ERROR_CODES.indexOf(this.code) + 1, this.wait, this.word][place];
  }

  /** The base and the URL, where that is still to be joined to it. */
  text(place) {
    return typeof this.#settings.endpoint?.url === 'function' && !this.#fault
      ? [this.#settings.baseURL, this.#target][place]
      : undefined;
  }

  join(cutBase, cutRequest, hasSlash) {
    this.#target = joined(this.#settings.baseURL, this.#target, cutBase, cutRequest, hasSlash);
  }

  /** What must not be printed: of the tokens, of those that the reply brings, and of a URL that a function has made of them. */
  get secrets() {
    const { attach, endpoint } = this.#settings;
    const made = typeof endpoint?.url === 'function' ? this.#target.replace(ORIGIN, '') : '';
    return [...secretsOf(this.#tokens, attach), ...secretsOf(this.#reply), made];
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

  /** Wakes the task with what comes. Only the first one that waits has it called. */
  present(tokens, reason, slot, turn) {
    this.#engine = shared.engine;
    const coming = () => {
      this.#coming ??= this.#ask(tokens, reason);
      return this.#coming;
    };
    park(slot, turn, this, coming, keepCall, failCall);
  }

  /** Calls the endpoint, or asks the app's function. */
  async #ask(tokens, reason) {
    const { refresh, endpoint, api } = this.#settings;
    if (endpoint) return this.#call(tokens);
    const context = { signal: this.#controller.signal, reason: REASONS[reason], api: api() };
    const reply = await refresh(tokens, context);
    if (typeof reply?.headers?.get === 'function') {
      const data = reply.bodyUsed ? reply._data : parsed(await reply.text());
      const came = this.#hear(reply, data);
      // As if the function had thrown it: its status says what it means.
      if (came === REFUSAL && this.word !== REFUSED) throw this.error;
      return came;
    }
    this.#reply = reply;
    return this.#judge({ reply, isRefusal: reply === null });
  }

  /** Whether the server has given another refresh token. Of tokens in cookies nobody knows better. */
  get isRotated() {
    const { mark, refresh } = this.fields;
    const { refreshToken } = this.#tokens;
    return mark !== undefined || (refresh ?? refreshToken) !== refreshToken;
  }

  async #call(tokens) {
    const { endpoint, fetch = globalThis.fetch } = this.#settings;
    let response;
    let text;
    // What the app's functions throw is nothing that calling again would mend.
    if (this.#fault) throw this.#fault.error;
    const { url, init } = await requestOf(this.#settings, this.#target, tokens);
    try {
      response = await fetch(url, { ...init, signal: this.#controller.signal });
      this.status = statusOf(response);
      if (isAstray(response, url, endpoint.redirect)) {
        letGo(response);
        // Whoever answers there has nothing to say of the session.
        this.status = 0;
        return this.#judge({
          response,
          error: refreshError(this, response, undefined, new TypeError(REDIRECTED)),
        });
      }
      text = await response.text();
    } catch (thrown) {
      const error = redact(thrown, this.secrets);
      this.error = refreshError(this, response, undefined, error);
      return this.#isRefused({ error }) ? REFUSAL : NO_ANSWER;
    }
    return this.#hear(response, parsed(text));
  }

  /** Takes an answer: of the endpoint, or as an app's function has returned it. */
  #hear(response, reply) {
    this.status = statusOf(response);
    this.#reply = reply;
    const ahead = serverAhead(response);
    this.wait = waitOf(response.headers.get('retry-after'));
    putData(response, reply, false);
    const isSuccess = this.status >= 200 && this.status < 300;
    const failure = this.#settings.envelope?.failure(reply);
    const error = isSuccess && !failure ? undefined : refreshError(this, response, reply, undefined, failure);
    const came = this.#judge({ reply, response, error, ahead });
    // Errors show the answer, and not what it holds.
    Reflect.deleteProperty(response, '_data');
    return came;
  }

  keep(number) {
    const hasTokens = number === REPLY && this.fields !== undefined && this.#session.refresh === this;
    if (hasTokens && this.isOrphan) {
      this.#handOver();
      return number;
    }
    // Until the fence has said that they may be used, and they are stored, nobody else knows what it has brought.
    this.#isHome = hasTokens && this.#session.tabs !== undefined;
    if (!this.#isHome) this.#end();
    this.#tell(this.fields ? 'refreshed' : 'refresh-failed');
    return number;
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
    this.#bound = setTimeout(() => this.isOrphan && this.abort(), this.#settings.refreshTimeout);
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

  /** Takes what an app's function has thrown. */
  fail(thrown) {
    const error = redact(thrown, this.secrets);
    this.error = error;
    this.#end();
    try {
      const status = error?.status ?? error?.statusCode ?? error?.response?.status;
      this.status = typeof status === 'symbol' ? 0 : Number(status) || 0;
      const reply = error?.data ?? error?.response?.data ?? error?.response?._data;
      this.code = reply?.error;
      this.#isRefused({ reply, response: error?.response, error });
    } catch {
      // An error whose fields can not be read says nothing of the session.
    }
    this.#tell('refresh-failed');
  }

  /**
   * Reads a reply, or finds out what a failure means.
   *
   * @param came `error`: why it is no success; `isRefusal`: a function's `null`
   */
  #judge({ reply, response, error, ahead = clockOf(reply), isRefusal = false }) {
    const settings = this.#settings;
    const isFailure = isRefusal || error !== undefined || settings.refused.codes?.match(reply);
    const fields = isFailure ? undefined : readReply(reply, settings, ahead);
    this.code = reply?.error;
    const noToken = new TypeError('the reply to the refresh holds no access token');
    this.error = error ?? (response ? refreshError(this, response, reply, noToken) : noToken);
    const isGood = fields !== undefined && fields.mark === undefined;
    const isRefused = !isGood && this.#isRefused({ reply, response, error: fields ? undefined : this.error });
    if (fields && !isRefused) {
      this.error = undefined;
      this.fields = fields;
      return REPLY;
    }
    return isFailure || isRefused ? REFUSAL : REPLY;
  }

  /** Whether the app says that it is a refusal. */
  #isRefused({ reply, response, error }) {
    const { status, codes, when } = this.#settings.refused;
    const listed = status?.includes(this.status) ? LISTED : UNLISTED;
    this.word = status ? listed : SILENT;
    const context = { request: this.url, response, data: reply, error };
    if (codes?.match(reply) || (when && isSaidSo(() => when(context), this))) this.word = REFUSED;
    return this.word === REFUSED;
  }

  abort() {
    this.#controller.abort();
    this.#end();
  }

  #tell(step) {
    const { listeners } = this.#session;
    if (listeners.areTracing()) listeners.trace(this, step);
  }
}

const keepCall = (call, number) => call.keep(number);
const failCall = (call, error) => call.fail(error);

/** A call with these tokens: the one that is out with them since before a trap, or a new one. */
export function refreshCall(settings, session, tokens) {
  const { refresh } = session;
  if (refresh?.isOrphan && refresh.presents(tokens)) return refresh;
  refresh?.abort();
  return new RefreshCall(settings, session, tokens);
}
