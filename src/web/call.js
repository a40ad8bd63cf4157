// One call of the user: its promise, what it asks for, and what it has come to. The engine decides what becomes of it;
// here it is done.

import { authError, fetchError } from '../error/errors.js';
import { Options, READERS, takeHeaders } from '../options/options.js';
import { STEPS } from '../session/listeners.js';
import { joined } from './join.js';
import { Caller, giveUp, letGo, park } from './task.js';

// The engine knows these by their place.
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'DELETE'];
// Of a body: what it is, and what is to be done to it.
const NOTHING = 0;
const TEXT = 1;
const PLAIN = 2;
const FORM = 3;
const BYTES = 4;
const STREAM = 5;
const OTHER = 6;
const AS_IS = 0;
const TO_JSON = 2;
const TO_FORM = 3;
const AS_STREAM = 4;
// Of a call: what the caller wants of the answer, and how it ends.
const DATA = 0;
const RAW = 1;
const FETCH = 2;
const ANSWER = 0;
const STATUS = 1;
const ABORTED = 3;
const INVALID = 4;
const OUTCOMES = ['answered', 'answered', 'failed', 'aborted', 'failed'];
/** Place 15: none of those that are listed. */
const NONE = 15;

/** Controllers that nobody uses: making one costs more than the engine does. */
const idle = [];
const IDLE = 64;

/** Content types that have been judged: asking the engine anew costs more than looking here. */
const readers = new Map();
const KNOWN = 64;

/** JSON is read as text, so that what is none is not lost. */
const JSON_READER = 0;

/** As the platform reads a method: it takes anything. */
const nameOf = (method) => (method === undefined ? undefined : String(method));

const isRequest = (input) => typeof input?.clone === 'function' && typeof input.url === 'string';

/** The caller's headers over the defaults', in every form that `HeadersInit` knows. */
function mergeHeaders(defaults, own) {
  if (!defaults) return own && takeHeaders(own);
  const headers = new Headers(defaults);
  for (const [name, value] of own ? takeHeaders(own) : []) headers.set(name, value);
  return headers;
}

function kindOf(body) {
  if (body === undefined || body === null) return NOTHING;
  if (typeof body === 'string') return body ? TEXT : OTHER;
  if (typeof body === 'number' || typeof body === 'boolean' || Array.isArray(body)) return PLAIN;
  if (body instanceof URLSearchParams || body instanceof FormData) return FORM;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return BYTES;
  if (typeof body.pipeTo === 'function' || typeof body.pipe === 'function' || body[Symbol.asyncIterator])
    return STREAM;
  const isPlain = typeof body === 'object' && (!body.constructor || body.constructor.name === 'Object');
  return isPlain || typeof body.toJSON === 'function' ? PLAIN : OTHER;
}

const parse = (text) => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const nothing = () => {};

/** `Bearer …` (RFC 6750 §2.1): one text for all calls, which the platform has to read only once. */
const bearer = { tokens: undefined, text: '' };

function bearerOf(tokens) {
  if (bearer.tokens !== tokens) {
    bearer.tokens = tokens;
    bearer.text = `Bearer ${tokens.accessToken}`;
  }
  return bearer.text;
}

/** What `fetch` resolves to has to be readable as an answer: a test double may give anything. */
export function statusOf(answer) {
  if (typeof answer?.status === 'number' && typeof answer.headers?.get === 'function') return answer.status;
  throw new TypeError('fetch did not resolve to a Response');
}

/** A header, where there is one: a test double may give anything, or nothing. */
function headerOf(message, name) {
  try {
    // Asked and not tried: an exception costs as much as a call.
    const value = message?.headers?.get(name);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

export class Call extends Caller {
  input = undefined;
  /** The caller's, as given: an error shows them. */
  options = undefined;
  defaults = undefined;
  /** Sent by copies, so that the body can be sent again and the caller's own stays unused. */
  request = undefined;
  url = '';
  /** Only what the caller caused is passed on: a `Request` brings its own. */
  ownMethod = undefined;
  baseURL = undefined;
  headers = undefined;
  body = undefined;
  signal = undefined;
  responseType = undefined;
  rest = undefined;
  facts = 0;
  /** Which wait what comes is for. */
  turn = undefined;
  /** Ours to abort; and whether it has been sent, so that its headers are used up. */
  controller = undefined;
  isSent = false;
  response = undefined;
  status = 0;
  reader = NONE;
  data = undefined;
  error = undefined;
  id = 0;
  /** Who traces what becomes of it, and since when. */
  listeners = undefined;
  began = 0;
  unwatch = nothing;

  constructor(shape) {
    super();
    this.shape = shape;
  }

  /** Reads the input and the options; what is wrong with them is thrown. */
  take(input, given, defaults) {
    const own = given === undefined ? defaults : new Options(given);
    const { session } = own;
    if (own !== defaults && session !== undefined && typeof session !== 'boolean') {
      throw new TypeError('session can only be true or false for a single request');
    }
    this.#takeInput(input, given, defaults, own.method ?? defaults.method);
    this.ownMethod = this.ownMethod?.toUpperCase();
    this.baseURL = own.baseURL ?? defaults.baseURL;
    this.headers = mergeHeaders(
      defaults.headers,
      (own === defaults ? undefined : own.headers) ?? this.request?.headers,
    );
    this.body = own.body ?? defaults.body;
    this.signal = own.signal ?? defaults.signal ?? this.request?.signal;
    this.responseType = own.responseType ?? defaults.responseType;
    this.rest = own === defaults ? defaults.rest : { ...defaults.rest, ...own.rest };
    this.#gatherFacts(
      own !== defaults && session === false,
      own.ignoreResponseError ?? defaults.ignoreResponseError,
    );
  }

  /** Reads what `fetch` is given: nothing of the defaults applies, and nothing of the `init` is ours. */
  takeFetch(input, init, defaults) {
    const { method, headers, body, signal } = init ?? {};
    this.#takeInput(input, init, defaults, method);
    const given = headers ?? this.request?.headers;
    this.headers = given && new Headers(given);
    this.body = body;
    // `null` takes a request away from its own signal.
    this.signal = (signal === undefined ? this.request?.signal : signal) ?? undefined;
    this.rest = { ...init };
    this.#gatherFacts(false, false);
  }

  #takeInput(input, options, defaults, method) {
    this.input = input;
    this.options = options;
    this.defaults = defaults;
    this.request = isRequest(input) ? input : undefined;
    // As it is now: a `URL` object may change before the request is sent.
    this.url = this.request ? input.url : String(input);
    this.ownMethod = nameOf(method);
  }

  get method() {
    return this.ownMethod ?? this.request?.method;
  }

  /** All small facts at once, as bits. They are asked before the engine has the call: a getter or a proxy may throw. */
  #gatherFacts(withoutSession, ignoresErrors) {
    const method = METHODS.indexOf(this.method?.toUpperCase() ?? 'GET');
    const reader = READERS.indexOf(this.responseType);
    this.facts =
      this.shape |
      (kindOf(this.body) << 2) |
      ((method & NONE) << 5) |
      ((reader & NONE) << 9) |
      (Number(typeof this.input === 'string' && this.baseURL !== undefined) << 13) |
      (Number(withoutSession || (this.headers?.has('authorization') ?? false)) << 14) |
      (Number(Boolean(ignoresErrors)) << 15);
  }

  /** The base URL, the URL as asked, the content types of request and answer, and the answer's challenge, by their place. */
  text(place) {
    if (place === 0) return this.baseURL;
    if (place === 1) return this.url;
    if (place === 4) return headerOf(this.response, 'www-authenticate');
    // Without parameters.
    return headerOf(place === 2 ? this : this.response, 'content-type')
      ?.split(';')[0]
      .trim()
      .toLowerCase();
  }

  /** Joins the URL to its base. */
  join(cutBase, cutRequest, hasSlash) {
    this.url = joined(this.baseURL, this.url, cutBase, cutRequest, hasSlash);
  }

  /** Whether it goes where tokens may go. */
  isTrusted() {
    return this.defaults.origins.hold(this.url);
  }

  /**
   * Makes it ready to be sent, and to be sent again, and listens to the caller's signal. False when it can not be sent at all,
   * for a cycle in its body for instance, or is not wanted any more: then it has been answered.
   */
  prepare(encoding, mayWait, slot, serial) {
    this.id = serial;
    try {
      this.#encode(encoding);
      if (mayWait) {
        this.#hold();
        this.#trace();
      }
    } catch (error) {
      this.error = error;
      this.end(INVALID);
      return false;
    }
    if (!this.signal || this.#watch(slot, serial)) return true;
    this.end(ABORTED);
    return false;
  }

  #encode(encoding) {
    if (encoding === AS_STREAM) {
      // A stream needs it (Fetch, `RequestInit`).
      this.rest = { duplex: 'half', ...this.rest };
    } else if (encoding !== AS_IS) {
      if (encoding === TO_JSON) this.body = JSON.stringify(this.body);
      if (encoding === TO_FORM) this.body = new URLSearchParams(this.body).toString();
      this.#markJson();
    }
  }

  /** JSON's content type, and the wish for JSON in return, unless the caller has said otherwise. */
  #markJson() {
    const given = this.headers;
    this.headers ??= new Headers();
    for (const name of ['content-type', 'accept']) {
      if (!given?.has(name)) this.headers.set(name, 'application/json');
    }
  }

  /** Only what goes under the session is traced. */
  #trace() {
    const { listeners } = this.defaults;
    if (!listeners.areTracing()) return;
    this.listeners = listeners;
    this.began = Date.now();
  }

  /** Fixes what the caller may change while the request waits. */
  #hold() {
    const kind = kindOf(this.body);
    if (kind === BYTES) this.#copyBytes();
    else if (kind === FORM) this.#fixForm();
    else if (this.request) this.request = this.request.clone();
  }

  #copyBytes() {
    const { body } = this;
    const bytes = body instanceof ArrayBuffer ? [body] : [body.buffer, body.byteOffset, body.byteLength];
    this.body = new Uint8Array(...bytes).slice();
  }

  /** To the byte: a `Request` of its own draws the form's boundary once. */
  #fixForm() {
    const { signal, ...init } = this.#init(this.headers);
    this.request = new Request(this.request ?? this.url, init);
    this.headers = new Headers(this.request.headers);
    this.body = undefined;
    this.ownMethod = undefined;
  }

  /** Only what the caller caused. */
  #init(headers) {
    const init = { ...this.rest };
    if (this.ownMethod !== undefined) init.method = this.ownMethod;
    if (headers !== undefined) init.headers = headers;
    if (this.body !== undefined) init.body = this.body;
    if (this.signal !== undefined) init.signal = this.signal;
    return init;
  }

  /** Sends it, with a fresh copy of everything that a sending uses up or adds to, and wakes the task with the status. */
  send(tokens, isRevocable, slot, turn) {
    this.turn = turn;
    // Where it holds an answer, that one was rejected.
    this.#tell(this.response ? 'replayed' : 'sent');
    this.#discard();
    // A listener may have taken it back.
    if (this.turn === turn) park(slot, turn, this, () => this.#fetch(tokens, isRevocable));
  }

  /** Takes what was waited for: the answer, then its body. */
  keep(value) {
    if (this.response) {
      // A body that claims to be JSON and is not stays text.
      this.data = this.reader === JSON_READER ? parse(value) : value;
      if (READERS[this.reader] !== 'stream') this.#release();
      return 0;
    }
    this.status = statusOf(value);
    this.response = value;
    return this.status;
  }

  fail(error) {
    this.error = error;
  }

  /** Lets go of an answer that was rejected. */
  #discard() {
    letGo(this.response);
    this.response = undefined;
  }

  /** The exchange is over, to its last byte: what could have taken it back is free for another. */
  #release() {
    const { controller } = this;
    this.controller = undefined;
    // Not one that has been aborted: `cancel` has let go of those.
    if (controller && idle.length < IDLE) idle.push(controller);
  }

  #fetch(tokens, isRevocable) {
    if (tokens) {
      // Copying headers is dear, and needless at the first sending: they are the call's own.
      if (this.isSent || !this.headers) this.headers = new Headers(this.headers);
      this.headers.set('authorization', bearerOf(tokens));
    }
    this.isSent = true;
    this.cancel();
    const init = this.#init(this.headers);
    if (isRevocable) {
      this.controller = idle.pop() ?? new AbortController();
      const { signal } = this.controller;
      init.signal = init.signal ? AbortSignal.any([init.signal, signal]) : signal;
    }
    const target = this.request ? this.request.clone() : this.url;
    const { fetch } = this.defaults;
    // Looked up anew each time, so that a test double that is set later is seen.
    return fetch ? fetch(target, init) : globalThis.fetch(target, init);
  }

  /** Takes it back from the wire; what still comes of it is nobody's. */
  withdraw() {
    this.turn = undefined;
    this.cancel();
  }

  /** Ends a sending that is out. */
  cancel() {
    this.controller?.abort(this.#reason());
    this.controller = undefined;
  }

  /** Listens to the caller's signal. False when it is aborted already, or is no signal. */
  #watch(slot, serial) {
    const { signal } = this;
    const heard = () => {
      if (this.unwatch === nothing) return;
      this.#abort();
      giveUp(slot, serial);
    };
    this.unwatch = () => {
      try {
        signal.removeEventListener('abort', heard);
      } catch {
        // A signal that can not be left: what it says later is not heard.
      }
    };
    try {
      if (signal.aborted) this.#abort();
      else signal.addEventListener('abort', heard);
      return !signal.aborted;
    } catch (error) {
      this.error = error;
      return false;
    }
  }

  /** The caller has given up: an answer that was rejected before is nothing to show. */
  #abort() {
    this.error = this.#reason();
    this.withdraw();
    this.#discard();
  }

  #reason() {
    try {
      return this.signal?.reason;
    } catch (error) {
      return error;
    }
  }

  /** Reads the body and wakes the task. False when the content type is to say how, and none like it has been read before. */
  read(wanted, slot, turn) {
    const { response } = this;
    let reader = wanted;
    if (this.responseType === undefined) {
      const type = headerOf(response, 'content-type');
      if (wanted === NONE) reader = readers.get(type);
      else if (readers.size < KNOWN) readers.set(type, wanted);
      if (reader === undefined) return false;
    }
    this.reader = reader;
    park(slot, turn, this, () => {
      // The commonest first, and by its name: looking a method up costs more than the rest of this. No text is no JSON: only
      // elsewhere does it make a difference whether there is a body, and asking is dear too.
      if (reader === JSON_READER) return response.text();
      if (READERS[reader] === 'stream') return response.body ?? undefined;
      return response.body ? response[READERS[reader]]() : undefined;
    });
    return true;
  }

  /** Settles the promise. */
  end(how) {
    const { response, data, error } = this;
    this.#leave(OUTCOMES[how]);
    if (response && (how === STATUS || this.shape === RAW)) {
      try {
        Object.defineProperty(response, '_data', {
          value: data,
          configurable: true,
          enumerable: true,
          writable: true,
        });
      } catch {
        // A test double's answer may be frozen.
      }
    }
    if (how === ANSWER) this.resolve(this.shape === DATA ? data : response);
    else if (how === INVALID || this.shape === FETCH) this.reject(error);
    else this.reject(fetchError(this, response, data, error));
  }

  /** Settles the promise: the session has failed. */
  deny(code, cause) {
    this.#leave('failed');
    this.reject(authError(code, cause, this));
  }

  #leave(step) {
    this.unwatch();
    this.unwatch = nothing;
    this.#tell(step);
  }

  /** A step that only the engine sees. */
  note(step) {
    this.#tell(STEPS[step]);
  }

  #tell(step) {
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
