// What a request rejects with: one family. The engine decides which; the words are here.

import { AUTH_CODE_WORDS } from '../boundary.js';
import { redact } from './redact.js';

/** A request that failed: an answer of 400–599, no answer, or a body that could not be read. */
export class FetchError extends Error {
  constructor(message, parts) {
    super(message, parts?.cause === undefined ? undefined : { cause: parts.cause });
    // As the platform's own fields of an error: there to be read, not to be listed or put into JSON.
    for (const name of ['request', 'options', 'response', 'data', 'code']) {
      Object.defineProperty(this, name, { value: parts?.[name], configurable: true, writable: true });
    }
    // But for its name, by which logs tell it from others.
    const { name } = this;
    Object.defineProperty(this, 'name', {
      value: name,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  get status() {
    return this.response?.status;
  }
  get statusCode() {
    return this.response?.status;
  }
  get statusText() {
    return this.response?.statusText;
  }
  get statusMessage() {
    return this.response?.statusText;
  }
}

/** A request that failed because of the session. `code` says how. */
export class AuthError extends FetchError {}

// Minifiers rename classes, and both `error.name` and the console's heading are read by people.
for (const [name, value] of Object.entries({ FetchError, AuthError })) {
  for (const place of [value, value.prototype])
    Object.defineProperty(place, 'name', { value: name, configurable: true });
}

/** What an `AuthError` says of itself, by its code. */
const MEANINGS = {
  REFRESH_REJECTED: 'the refresh was refused and the session has ended',
  REFRESH_FAILED: 'the refresh failed; a later request tries again',
  REFRESH_TIMEOUT:
    'the refresh took longer than refreshTimeout; a refresh function that sends requests not by its api waits for itself',
  SIGNED_OUT: 'the session has ended',
  SESSION_CHANGED: 'another user has signed in meanwhile',
  QUEUE_FULL: 'too many requests wait for the refresh',
  QUEUE_TIMEOUT: 'the wait for the refresh was longer than queue.timeout',
};

/** Anything can be thrown, also what can not be made a text. */
function textOf(cause) {
  try {
    return String(cause?.message || cause);
  } catch {
    return 'not an error';
  }
}

/** `[GET] "/path": 404 Not Found`, and what lies behind it. */
function describe({ method, url }, response, cause) {
  let status = '<no response>';
  try {
    if (response) status = `${response.status} ${response.statusText}`;
  } catch {
    // A test double's answer.
  }
  const behind = cause === undefined ? '' : ` ${textOf(cause)}`;
  return `[${method || 'GET'}] ${JSON.stringify(url)}: ${status}${behind}`;
}

/**
 * @param told what must not hold a secret of the call's
 * @param parts what is given as it came
 */
function failed(Kind, call, told, parts) {
  const { message, ...said } = redact(told, call.secrets);
  return new Kind(message, { ...said, ...parts });
}

/** @param failure what the body's envelope says: its code, and its own words */
export function fetchError(call, response, data, cause, failure) {
  const { asked: request, shownOptions: options } = call;
  const message = failure?.message ?? describe(call, response, cause);
  const told = { message, request, options, code: failure?.code };
  return failed(FetchError, call, told, { response, data, cause });
}

/** @param call the request; a wish for tokens has none */
export function authError(number, cause, call) {
  const code = AUTH_CODE_WORDS[number];
  const meaning = MEANINGS[code];
  if (!call) return new AuthError(meaning, { code, cause });
  const { asked: request, shownOptions: options, response } = call;
  const told = { message: `${describe(call, response)} (${meaning})`, request, options };
  return failed(AuthError, call, told, { response, code, cause });
}

/** Of the answer to a refresh only what the standard names goes into the error: nobody knows what else a server puts there. */
export function refreshError(call, response, reply, cause, failure) {
  const data = reply && { error: reply.error, error_description: reply.error_description };
  const message = describe(call, response, failure?.message ?? cause);
  return failed(
    FetchError,
    call,
    { message, data, cause, code: failure?.code },
    { request: call.url, response },
  );
}
