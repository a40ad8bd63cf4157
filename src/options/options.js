// The options as they were given. Each getter is called once. All objects have the same hidden class, which makes reading them fast.

import { READER_WORDS } from '../boundary.js';
import { checkOne } from './check.js';
import { Envelope } from './envelope.js';
import { isExtra, takeExtra } from './extras.js';

/** Fields of `Options` that are no options. */
const INNER = new Set(['rest', 'extras', 'origins', 'settings', 'listeners', 'instanceFetch']);

function must(ok, what) {
  if (!ok) throw new TypeError(what);
}

/** The options of this package; all others are in `rest`, for `fetch`. */
export class Options {
  method;
  headers;
  body;
  baseURL;
  responseType;
  ignoreResponseError;
  signal;
  session;
  replay;
  envelope;
  fetch;
  rest;
  /** Options that most calls do not have: see `extras.js`. */
  extras;
  /** Set for an instance with a session: where tokens may go, the session's options, and its listeners. */
  origins;
  settings;
  listeners;
  /** The instance's own `api.fetch`. */
  instanceFetch;

  constructor(given) {
    for (const name of Object.keys(given ?? {})) {
      const value = given[name];
      // `undefined` and `null` mean that an option is not set, so that callers can pass options on. Only `window` may be `null` (Fetch).
      if (value !== undefined && (value !== null || name === 'window')) this.#take(name, value);
    }
    const { responseType, baseURL } = this;
    must(
      responseType === undefined || READER_WORDS.includes(responseType),
      `responseType must be one of ${READER_WORDS.join(', ')}`,
    );
    if (this.replay !== undefined) checkOne('replay', 'replay', this.replay);
    must(baseURL === undefined || typeof baseURL === 'string', 'baseURL must be a string');
  }

  #take(name, value) {
    if (Object.hasOwn(this, name) && !INNER.has(name)) {
      this[name] = value;
    } else if (isExtra(name)) {
      this.extras = takeExtra(this.extras, name, value);
    } else if (name !== '__proto__') {
      this.rest ??= {};
      this.rest[name] = value;
    }
  }
}

/** Fields that hooks and errors do not show. */
const OF_INSTANCE = new Set([...INNER, 'envelope', 'fetch']);

/** The options for requests, as ofetch's hooks show them. */
export function shown(options) {
  const isShown = ([name, value]) =>
    value !== undefined && !OF_INSTANCE.has(name) && !(name === 'session' && value);
  return {
    ...Object.fromEntries(Object.entries(options).filter(isShown)),
    ...options.extras,
    ...options.rest,
  };
}

/** Headers in any form of `HeadersInit`. The error for anything else names the option. */
export function takeHeaders(given, place = 'headers') {
  try {
    return new Headers(given);
  } catch (cause) {
    throw new TypeError(`${place}: ${cause.message}`, { cause });
  }
}

/** Reads the defaults of an instance, and checks them now rather than at the first call. */
export function takeDefaults(given) {
  const defaults = new Options(given);
  must(defaults.fetch === undefined || typeof defaults.fetch === 'function', 'fetch must be a function');
  if (defaults.envelope) defaults.envelope = new Envelope(defaults.envelope);
  if (defaults.headers) defaults.headers = takeHeaders(defaults.headers);
  return defaults;
}
