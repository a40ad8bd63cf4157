// A request, from the call to the settled promise: one record, on which the modules beside it work. Rust calls them (`pipeline.rs`).

import { READER_BY_CONTENT_TYPE, SHAPE_DATA } from '../boundary.js';
import { secretsOf } from '../error/redact.js';
import { Options } from '../options/options.js';
import { Deferred } from '../platform/promise.js';
import { urlOf } from './fetch-input.js';
import { stopTracking } from './interruption.js';

const nothing = () => {};

export class RequestRecord extends Deferred {
  // The input and the options. A hook may change both for one attempt.
  input;
  own;
  defaults;
  // What the caller has given, with which each attempt begins. Not set for `api.fetch`, which has one attempt only.
  firstInput;
  firstOwn;
  /** A copy of the body, if there may be several attempts. */
  firstBody;
  /** The headers of the `Request` when the call was made, and the URL with the query. */
  firstHeaders;
  firstUrl;
  /** The base that the page resolved the URL against when the call was made; empty if that does not matter. */
  base;
  /** The `Request` that was given. Copies of it are sent, so that its body can be sent again. */
  request;
  /** Whether a `Request` was given without an init that changes it, and the init that is passed on then. */
  isWhole = false;
  foreignInit;
  url = '';
  /** The method, if the options name it: a `Request` has its own. */
  ownMethod;
  method;
  baseURL;
  headers;
  body;
  /** The form, once it is in a `Request`. */
  form;
  signal;
  responseType;
  /** The app's function that decides whether a rejected request is sent again. */
  replay;
  rest;
  /** Options that few calls have: query, hooks, retries, time limit and the like. */
  extras;
  /** The bits of `Facts`. */
  facts = 0;

  // The sendings.
  /** The task's serial number. */
  id = 0;
  /** The turn of the wait that a result is for; `undefined`: results are ignored. */
  turn;
  /** The request in flight, if it may have to be aborted; and whether there was a sending, which has added headers. */
  inFlight;
  isSent = false;
  /** Whether the current sending carries a token. */
  hasToken = false;
  /** All tokens that were attached, in the order of the sendings. */
  attached = [];
  /** The URL and headers of this sending, if the app's `attach` function has changed them; and the body of a `Request` for them. */
  target;
  blob;
  /** The init that `fetch` is to be called with. */
  fetchInit;
  /** The signal that is listened to, and the function that ends that. */
  watched;
  unwatch = nothing;
  /** The timer of the time limit. */
  timer;

  // The result.
  response;
  error;
  status = 0;
  reader = READER_BY_CONTENT_TYPE;
  /** The body's text and the parsed text, if they were read to find out about the token. */
  seen;
  json;
  /** Why the body could not be read then. */
  broken;
  /** Whether the body, or the app's function, says that the token has expired. */
  isExpiredByContent = false;
  data;
  /** The failure that the envelope reports. */
  failure;

  // Hooks and further attempts.
  /** The context of this attempt's hooks, which they may change. */
  hooked;
  /** Whether the app's own function could not parse the body: another attempt would not help. */
  isUnparsable = false;
  pauseTimer;
  /** How many attempts there were before this one. */
  retried = 0;
  /** How many there may be after it, as the hooks see it in `retry`. */
  left = 0;

  /** The session's listeners, if any listens to `trace`, and when the trace began. */
  listeners;
  began = 0;

  constructor(shape) {
    super();
    this.shape = shape;
  }

  /** The app's own `fetch`, if it has given one. */
  get ownFetch() {
    return this.defaults.fetch;
  }

  /** What errors must not show. */
  get secrets() {
    const { settings, listeners } = this.defaults;
    // The app itself may have put the tokens in use into the request.
    return [...this.attached, listeners?.tokens].flatMap((tokens) => secretsOf(tokens, settings?.attach));
  }

  /** Sets a header of the sending. Copying the headers is slow, and not needed at the first sending, as nobody else uses them. */
  setHeader(name, value) {
    if (this.isSent || !this.headers) this.headers = new Headers(this.headers);
    this.headers.set(name, value);
  }

  /** The context for functions of the app, like that of ofetch's hooks. */
  context() {
    const { method = 'GET', body = this.form, rest, baseURL, responseType, defaults } = this;
    const headers = new Headers(this.headers);
    // The token of an earlier sending.
    if (this.isSent && defaults.settings.attach.isHeader) headers.delete(defaults.settings.attach.name);
    const options = { ...rest, method, headers, body, baseURL, responseType };
    return { request: urlOf(this.input) ? this.request.clone() : this.url, options };
  }

  /** The engine has trapped: results are ignored from now on. */
  abandon(error) {
    this.turn = undefined;
    super.abandon(error);
    stopTracking(this, 'failed');
    this.defaults.listeners?.calm();
  }
}

/**
 * Makes a record and options to be kept alive. While no record is alive, V8 drops the hidden class of such objects and has to build it
 * again for the next call, which makes a call a fifth slower.
 */
export function keepLayout() {
  const blank = new RequestRecord(SHAPE_DATA);
  blank.resolve();
  return [blank, new Options()];
}
