// Options as they were given: each getter read once, and always laid out alike, which makes reading them cheap.

import { READER_WORDS } from '../boundary.js';
import { checkOne } from './check.js';
import { Envelope } from './envelope.js';
import { isExtra, takeExtra } from './extras.js';

/** What is no option. */
const INNER = new Set(['rest', 'extras', 'origins', 'settings', 'listeners', 'ownFetch']);

function must(ok, what) {
  if (!ok) throw new TypeError(what);
}

/** Options of ours; every other one is `rest`, for `fetch`. */
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
  /** What is done around the request, of which most calls have nothing. */
  extras;
  /** Of an instance with a session: where tokens may go, what else is set for it, and its listeners. */
  origins;
  settings;
  listeners;
  /** The `fetch` that this instance gives away. */
  ownFetch;

  constructor(given) {
    for (const name of Object.keys(given ?? {})) {
      const value = given[name];
      // Whoever hands an option on need not know whether it is set. Of `window` the platform takes `null` alone.
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

/** What no hook and no error shows: it is the instance's business. */
const OF_INSTANCE = new Set([...INNER, 'envelope', 'fetch']);

/** What was given for requests, as ofetch's users know it. */
export function shown(options) {
  const isShown = ([name, value]) =>
    value !== undefined && !OF_INSTANCE.has(name) && !(name === 'session' && value);
  return {
    ...Object.fromEntries(Object.entries(options).filter(isShown)),
    ...options.extras,
    ...options.rest,
  };
}

/** Headers in every form that `HeadersInit` knows; of what else is given it is said who has. */
export function takeHeaders(given, place = 'headers') {
  try {
    return new Headers(given);
  } catch (cause) {
    throw new TypeError(`${place}: ${cause.message}`, { cause });
  }
}

/** Options that are checked when they are given, not when they are first used. */
export function takeDefaults(given) {
  const defaults = new Options(given);
  must(defaults.fetch === undefined || typeof defaults.fetch === 'function', 'fetch must be a function');
  if (defaults.envelope) defaults.envelope = new Envelope(defaults.envelope);
  if (defaults.headers) defaults.headers = takeHeaders(defaults.headers);
  return defaults;
}
