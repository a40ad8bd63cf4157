// What a caller asks for: read once, each getter once, and made ready to be sent more than once.

import { Options, READERS, shown, takeHeaders } from '../options/options.js';
import { copyOfSteps, hasHooks, stepsOver } from '../options/pipeline.js';
import { withQuery } from '../options/query.js';
import { joined, joinedBefore, keepJoined } from '../platform/joined-urls.js';
import { asMeant, currentBase } from '../platform/origin.js';
import { Caller } from '../platform/promise.js';
import { BYTES, bytesOf, copyOf, copyOfPlain, FORM, kindOf, NOTHING, OTHER, PLAIN, textOf } from './body.js';
import { headerOf } from './response.js';

// The engine knows these by their place.
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'DELETE'];
const REPLAYS = [undefined, 'all', 'safe'];
const BY_FUNCTION = 3;
// What is to be done to a body.
const AS_IS = 0;
const TO_JSON = 2;
const TO_FORM = 3;
const AS_STREAM = 4;
// Where the facts tell what the body is.
const KIND = 2;
const KINDS = 7;
/** Place 15: none of those that are listed. */
export const NONE = 15;

/** As the platform reads a method: it takes anything. */
const nameOf = (method) => (method === undefined ? undefined : `${method}`);

/** What a `Request` holds besides its URL, body and signal. */
export const OF_REQUEST = [
  'method',
  'mode',
  'credentials',
  'cache',
  'redirect',
  'referrer',
  'referrerPolicy',
  'integrity',
  'keepalive',
  'headers',
];
const OF_INIT = [...OF_REQUEST, 'body', 'signal', 'duplex', 'priority'];

/** What the platform goes by, whatever a property of the same name says. Simulated pages may have no `Request`. */
const ownUrl = Object.getOwnPropertyDescriptor(globalThis.Request?.prototype ?? {}, 'url')?.get;

/** The URL of a `Request`, of this realm or another, or a double of one; nothing where it is something else. */
const urlOf = (input) => {
  if (typeof input?.clone !== 'function') return undefined;
  try {
    return ownUrl.call(input);
  } catch {
    const { url } = input;
    return typeof url === 'string' ? url : undefined;
  }
};

/** All that `fetch` would read of an init. What is inherited, a spread does not find; a `Request` has nothing else. */
function membersOf(init) {
  if (init === undefined || init === null) return {};
  if (Object(init) !== init) throw new TypeError('fetch: the init must be an object');
  const kin = Object.getPrototypeOf(init);
  if (kin === null || kin === Object.prototype) return init;
  const members = urlOf(init) ? {} : { ...init };
  for (const name of OF_INIT) {
    const value = name in members ? undefined : init[name];
    if (value !== undefined) members[name] = value;
  }
  return members;
}

/** The caller's headers over the defaults', in every form that `HeadersInit` knows. */
function mergeHeaders(defaults, own) {
  // A copy: more headers are added, and tokens.
  if (!defaults) return own && takeHeaders(own);
  const headers = new Headers(defaults);
  for (const [name, value] of own ? takeHeaders(own) : []) headers.set(name, value);
  return headers;
}

/** Methods that change something, after which there is another attempt only where the caller says so. */
const CHANGING = new Set(['PATCH', 'POST', 'PUT', 'DELETE']);

/** What is asked for, as it is now: a `URL`, the page's `location` or the like may lead elsewhere before it is sent. */
function inputOf(input) {
  if (typeof input !== 'object' || input === null || urlOf(input)) return input;
  try {
    return new URL(input, currentBase());
  } catch {
    return input;
  }
}

/** What a `Request` says of its page, which `fetch` forgets as soon as it is given anything beside the `Request`. */
const referrerOf = ({ referrer, referrerPolicy }) => ({ referrer, referrerPolicy });

/** One request, as it was asked for. */
export class Asked extends Caller {
  /** What is asked for, and with which options; a hook may change both for one attempt. */
  input;
  own;
  defaults;
  /** What the caller gave: with it each attempt begins anew. `fetch` knows of one alone. */
  firstInput;
  firstOwn;
  /** The body as it was then, where the caller could change it before it is sent for the last time. */
  firstBody;
  /** The headers of its `Request` then, and its URL with the query. */
  firstHeaders;
  firstUrl;
  /** What the page resolved the URL against then, where that matters. */
  base;
  /** Sent by copies, so that the body can be sent again and the caller's own stays unused. */
  request;
  /** Nothing was given beside the `Request`. */
  isWhole = false;
  extras;
  url = '';
  /** Only what the caller caused is passed on: a `Request` brings its own. */
  ownMethod;
  method;
  baseURL;
  headers;
  body;
  /** The body, once it has been fixed in a `Request`. */
  form;
  signal;
  responseType;
  /** Which rejected requests are sent again, where not as usual. */
  replay;
  rest;
  /** What is done around it, if anything. */
  steps;
  facts = 0;

  constructor(shape) {
    super();
    this.shape = shape;
  }

  /** Reads the input and the options; what is wrong with them is thrown. */
  take(input, given, defaults) {
    const own = given === undefined ? defaults : new Options(given);
    this.defaults = defaults;
    this.firstOwn = own;
    this.firstInput = inputOf(input);
    if (own !== defaults) {
      if (!['undefined', 'boolean'].includes(typeof own.session))
        throw new TypeError('session can only be true or false for a single request');
      if (own.envelope !== undefined)
        throw new TypeError('envelope belongs to the defaults of an instance, not to a single request');
      if (own.headers) own.headers = takeHeaders(own.headers);
    }
    this.lay(this.firstInput, own);
    const isHooked = hasHooks(this.steps);
    // A hook may ask for any URL.
    if (isHooked) this.base = currentBase();
    if ((this.body ?? this.request) && (isHooked || this.#mayBeRetried())) this.#keepBody(isHooked);
  }

  /** Whether there may be another attempt. The engine has the last word; what cannot be retried for sure need not be copied. */
  #mayBeRetried() {
    const retry = this.steps?.retry ?? !CHANGING.has(this.method?.toUpperCase());
    return retry > 0;
  }

  /** Whatever the caller does with the body from now on, each attempt sends what it is now. A stream can be sent but once. */
  #keepBody(isHooked) {
    const { request, body } = this;
    if (request) this.firstHeaders = new Headers(this.#givenHeaders());
    if (request?.body && !request.bodyUsed && !request.body.locked) {
      this.request = request.clone();
      this.firstInput = this.input = this.request;
    }
    // Without hooks a plain value is text before the call returns.
    if (!isHooked && kindOf(body) === PLAIN) return;
    this.firstBody = copyOf(body);
    // Hooks may change what they are shown, for one attempt.
    this.body = isHooked ? copyOf(this.firstBody) : this.firstBody;
  }

  /** Takes all from the options of a call, or of a hook, and from the defaults beneath them. */
  lay(input, own, defaults = this.defaults) {
    const isBare = own === defaults;
    this.#takeInput(input, own, nameOf(own.method ?? defaults.method)?.toUpperCase());
    this.baseURL = own.baseURL ?? defaults.baseURL;
    this.headers = mergeHeaders(defaults.headers, this.#givenHeaders());
    this.signal = own.signal ?? defaults.signal ?? this.request?.signal;
    this.responseType = own.responseType ?? defaults.responseType;
    this.rest = isBare || !own.rest ? defaults.rest : { ...defaults.rest, ...own.rest };
    if (this.request) this.rest = { ...referrerOf(input), ...this.rest };
    this.steps = isBare ? defaults.steps : stepsOver(defaults.steps, own.steps);
    const kept = own === this.firstOwn ? this.firstBody : undefined;
    this.body = (hasHooks(this.steps) ? copyOf(kept) : kept) ?? own.body ?? defaults.body;
    this.replay = own.replay ?? defaults.replay;
    this.#gatherFacts(
      !isBare && own.session === false,
      own.ignoreResponseError ?? defaults.ignoreResponseError,
    );
  }

  /** The caller's own, or a hook's. */
  #givenHeaders() {
    const { own, defaults, request } = this;
    const held = own === this.firstOwn ? this.firstHeaders : undefined;
    return (own === defaults ? undefined : own.headers) ?? held ?? request?.headers;
  }

  /**
   * Reads what `fetch` is given: nothing of the defaults applies, and nothing of the `init` is ours.
   *
   * @param base what the page resolved URLs against when the call was made, where that was before
   */
  takeFetch(input, init, defaults, base) {
    const { method, headers, body, signal, ...rest } = membersOf(init);
    this.defaults = defaults;
    this.#takeInput(input, init, nameOf(method));
    const given = headers === undefined ? this.request?.headers : headers;
    this.headers = given === undefined ? undefined : new Headers(given);
    this.body = body;
    // `null` takes a request away from its own signal.
    this.signal = (signal === undefined ? this.request?.signal : signal) ?? undefined;
    this.rest = signal === null ? { ...rest, signal } : rest;
    // What `fetch` does not know leaves the `Request` as it is, and is passed on.
    const known = [method, headers, body, signal, ...OF_INIT.map((name) => rest[name])];
    this.isWhole = this.request !== undefined && known.every((value) => value === undefined);
    if (this.isWhole) {
      this.extras = rest;
      this.rest = { ...referrerOf(input), ...rest };
    }
    this.#gatherFacts(false, false);
    this.base = base;
  }

  #takeInput(input, own, method) {
    const url = urlOf(input);
    this.input = input;
    this.own = own;
    this.request = url === undefined ? undefined : input;
    // As it is now: a `URL` object may change before the request is sent.
    this.url = url ?? `${input}`;
    this.ownMethod = method;
    // Read here and never again: the engine asks for it, and a getter that throws would stop it.
    this.method = method ?? nameOf(this.request?.method);
  }

  /** All small facts at once, as bits. They are asked before the engine has the call: a getter or a proxy may throw. */
  #gatherFacts(withoutSession, ignoresErrors) {
    const method = METHODS.indexOf(this.method?.toUpperCase() ?? 'GET');
    const reader = READERS.indexOf(this.responseType);
    this.replay ??= this.defaults.settings?.replay;
    const replay = typeof this.replay === 'function' ? BY_FUNCTION : REPLAYS.indexOf(this.replay);
    const base = typeof this.input === 'string' ? this.baseURL : undefined;
    const isHooked = hasHooks(this.steps);
    // Hooks are told what was asked for, and may ask for something else.
    const known = base === undefined || isHooked ? undefined : joinedBefore(base, this.url);
    this.url = known ?? this.url;
    this.facts =
      this.shape |
      (kindOf(this.body) << KIND) |
      ((method & NONE) << 5) |
      ((reader & NONE) << 9) |
      (Number(base !== undefined && known === undefined) << 13) |
      (Number(withoutSession) << 14) |
      (Number(Boolean(ignoresErrors)) << 15) |
      (replay << 16) |
      (Number(isHooked) << 18);
  }

  /** What the engine may read of it, by its place. */
  text(place) {
    if (place === 0) return this.baseURL;
    if (place === 1) return this.url;
    // Without parameters.
    return headerOf(this, 'content-type')?.split(';')[0].trim().toLowerCase();
  }

  /** Joins the URL to its base. */
  join(cutBase, cutRequest, hasSlash) {
    const { baseURL, url } = this;
    this.url = keepJoined(baseURL, url, joined(baseURL, url, cutBase, cutRequest, hasSlash));
  }

  /** Adds the query, once the URL is joined. As in ofetch, only a string can take one. */
  addQuery() {
    const query = this.steps?.query;
    if (!query || typeof this.input !== 'string') return;
    const url = this.firstUrl ?? withQuery(this.url, query);
    // What the hooks of one attempt have left is nothing to the next.
    if (this.own === this.firstOwn) this.firstUrl = url;
    this.url = url;
  }

  /** What was asked for, joined. */
  get asked() {
    return typeof this.input === 'string' ? this.url : this.input;
  }

  /** The options in force, as ofetch's users know them: a copy, in which no token ever is. */
  inForce() {
    const { own, defaults, steps, ownMethod } = this;
    const isBare = own === defaults;
    const headers = mergeHeaders(defaults.headers, this.#givenHeaders()) ?? new Headers();
    const query = copyOfPlain(steps?.query);
    const options = {
      ...shown(defaults),
      ...(!isBare && shown(own)),
      ...copyOfSteps(steps),
      headers,
      query,
      params: query,
    };
    return ownMethod === undefined ? options : { ...options, method: ownMethod };
  }

  /** What functions of the app are told of it, in the manner of ofetch's hooks. */
  context() {
    const { method = 'GET', body = this.form, rest, baseURL, responseType, defaults } = this;
    const headers = new Headers(this.headers);
    // A sending has put the token there.
    if (this.isSent && defaults.settings.attach.isHeader) headers.delete(defaults.settings.attach.name);
    const options = { ...rest, method, headers, body, baseURL, responseType };
    return { request: urlOf(this.input) ? this.request.clone() : this.url, options };
  }

  encode(encoding) {
    const kind = (this.facts >> KIND) & KINDS;
    if (encoding === AS_STREAM) {
      // A stream needs it (Fetch, `RequestInit`).
      this.rest = { duplex: 'half', ...this.rest };
    } else if (encoding !== AS_IS) {
      if (encoding === TO_JSON) this.body = JSON.stringify(this.body);
      if (encoding === TO_FORM) this.body = new URLSearchParams(this.body).toString();
      // What the hooks of one attempt have left is nothing to the next.
      if (this.own === this.firstOwn) this.firstBody = this.body;
      this.#markJson();
    } else if (kind === PLAIN || kind === OTHER) {
      this.body = textOf(this.body);
      // No text that the caller gave: as an object, it is marked as none at the next attempt either.
      if (this.own === this.firstOwn) this.firstBody = Object(this.body);
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

  /** Fixes what the caller may change while the request waits. */
  hold() {
    const kind = kindOf(this.body);
    if (kind === BYTES) this.body = bytesOf(this.body);
    else if (kind === FORM) this.#fixForm();
    else this.request = this.ownRequest();
  }

  /** A `Request` to use up: a copy, but where that can not be had, nor is needed, as another body is sent. */
  ownRequest() {
    const { request } = this;
    const isUsed = request?.bodyUsed || request?.body?.locked;
    return isUsed && kindOf(this.body) !== NOTHING ? request : request?.clone();
  }

  /** To the byte: a `Request` of its own draws the form's boundary once. */
  #fixForm() {
    const { signal, ...init } = this.init(this.headers);
    this.request = new Request(this.request ?? asMeant(this.url, this.base), init);
    this.headers = new Headers(this.request.headers);
    this.form = this.body;
    this.body = undefined;
    this.ownMethod = undefined;
  }

  /** Whether it is asked for as images and scripts are: no token's header goes with it. */
  get isWithoutCors() {
    return (this.rest?.mode ?? this.request?.mode) === 'no-cors';
  }

  /** Only what the caller caused. */
  init(headers) {
    const init = { ...this.rest };
    if (this.ownMethod !== undefined) init.method = this.ownMethod;
    if (headers !== undefined) init.headers = headers;
    if (this.body !== undefined) init.body = this.body;
    if (this.signal !== undefined) init.signal = this.signal;
    return init;
  }
}
