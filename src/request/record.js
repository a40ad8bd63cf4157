// A request, from its call to its settled promise: one record, on which the modules beside it work. Rust says which of them does what
// and when.

import { READER_BY_CONTENT_TYPE, SHAPE_DATA } from '../boundary.js';
import { secretsOf } from '../error/redact.js';
import { Options } from '../options/options.js';
import { Deferred } from '../platform/promise.js';
import { urlOf } from './fetch-input.js';
import { stopTracking } from './interruption.js';

const nothing = () => {};

export class RequestRecord extends Deferred {
  // What is asked for, with which options; a hook may change both for one attempt.
  input;
  own;
  defaults;
  // What the caller gave: with it each attempt begins anew. `fetch` knows of one alone.
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
  foreignInit;
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
  /** What is done around it, if anything: a query, hooks, further attempts. */
  extras;
  /** All small facts at once, as bits (`Facts` of the boundary). */
  facts = 0;

  // Its sendings.
  /** The task's serial number. */
  id = 0;
  /** Which wait what comes is for; `undefined`: for none. */
  turn;
  /** What is out, where that may have to be taken back; and whether it has been sent, so that its headers are used up. */
  inFlight;
  isSent = false;
  /** Whether a token was attached to what is out. */
  hasToken = false;
  /** All tokens that were attached to it, in the order of its sendings. */
  attached = [];
  /** Where this sending goes, where a token is part of that; and the body of a `Request` that goes there. */
  target;
  blob;
  /** What `fetch` is called with, beside its input. */
  fetchInit;
  /** The signal that is listened to, and what ends that. */
  watched;
  unwatch = nothing;
  /** Runs while an attempt may take only so long. */
  timer;

  // What has come.
  response;
  error;
  status = 0;
  reader = READER_BY_CONTENT_TYPE;
  /** The body's text and what it parses to, where they had to be looked at before anybody read them. */
  seen;
  json;
  /** Why the body could not be read when it was looked at. */
  broken;
  /** Whether its body, or the app, says that the token is no longer good. */
  isExpiredByContent = false;
  data;
  /** What its envelope says, where that tells of a failure. */
  failure;

  // Hooks and further attempts.
  /** What the hooks of this attempt are told, and may change. */
  hooked;
  /** Whether the app's own function could not read the body: trying again would not mend that. */
  isUnparsable = false;
  pauseTimer;
  /** How many attempts there were before this one. */
  retried = 0;
  /** How many there may be after it, as the hooks were told. */
  left = 0;

  /** Who traces what becomes of it, and since when. */
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

  /** What must not come to light when it fails. */
  get secrets() {
    const { settings, listeners } = this.defaults;
    // Those in use the app itself may have put into it.
    return [...this.attached, listeners?.tokens].flatMap((tokens) => secretsOf(tokens, settings?.attach));
  }

  /** Sets a header of the sending. Copying headers is dear, and needless at the first sending: they are the call's own. */
  setHeader(name, value) {
    if (this.isSent || !this.headers) this.headers = new Headers(this.headers);
    this.headers.set(name, value);
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

  /** The engine has trapped: nobody waits for what still comes. */
  abandon(error) {
    this.turn = undefined;
    super.abandon(error);
    stopTracking(this, 'failed');
    this.defaults.listeners?.calm();
  }
}

/**
 * One record that is never used, and its options. While none is alive the garbage collector takes the layout of such objects
 * along, and the engine of JavaScript has to learn it anew: a fifth of what a call costs.
 */
export function keepLayout() {
  const blank = new RequestRecord(SHAPE_DATA);
  blank.resolve();
  return [blank, new Options()];
}
