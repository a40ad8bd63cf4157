// The errors that requests reject with, and their messages. The engine decides which one.

import { AUTH_CODE_WORDS } from '../boundary.js';
import { redact } from './redact.js';

/** A request that failed: an answer of 400–599, no answer, or a body that could not be read. */
export class FetchError extends Error {
  constructor(message, parts) {
    super(message, parts?.cause === undefined ? undefined : { cause: parts.cause });
    // Not enumerable, like the fields of the platform's own errors, so that JSON and logs leave them out.
    for (const name of ['request', 'options', 'response', 'data', 'code']) {
      Object.defineProperty(this, name, { value: parts?.[name], configurable: true, writable: true });
    }
    // Except the name, by which errors are shown apart in logs.
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

// Minifiers rename classes, but people read `error.name` and the heading in the console.
for (const [name, value] of Object.entries({ FetchError, AuthError })) {
  for (const place of [value, value.prototype])
    Object.defineProperty(place, 'name', { value: name, configurable: true });
}

/** The messages of `AuthError`, by code. */
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

/** The text of a thrown value, which may be anything, even something that can not be converted to a text. */
function textOf(cause) {
  try {
    return String(cause?.message || cause);
  } catch {
    return 'not an error';
  }
}

/** `[GET] "/path": 404 Not Found`, and the cause. */
function describe({ method, url }, response, cause) {
  let status = '<no response>';
  try {
    if (response) status = `${response.status} ${response.statusText}`;
  } catch {
    // The answer of a test double, whose getters throw.
  }
  const reason = cause === undefined ? '' : ` ${textOf(cause)}`;
  return `[${method || 'GET'}] ${JSON.stringify(url)}: ${status}${reason}`;
}

/**
 * @param shown fields of the error from which the call's secrets are removed
 * @param parts fields that stay as they are
 */
function failed(Kind, call, shown, parts) {
  const { message, ...clean } = redact(shown, call.secrets);
  return new Kind(message, { ...clean, ...parts });
}

/** @param failure what the body's envelope reports: its code and its message */
export function fetchError(call, response, data, cause, failure) {
  const { asked: request, shownOptions: options } = call;
  const message = failure?.message ?? describe(call, response, cause);
  const shown = { message, request, options, code: failure?.code };
  return failed(FetchError, call, shown, { response, data, cause });
}

/** @param call the request; `undefined` for a call that only asks for tokens */
export function authError(number, cause, call) {
  const code = AUTH_CODE_WORDS[number];
  const meaning = MEANINGS[code];
  if (!call) return new AuthError(meaning, { code, cause });
  const { asked: request, shownOptions: options, response } = call;
  const shown = { message: `${describe(call, response)} (${meaning})`, request, options };
  return failed(AuthError, call, shown, { response, code, cause });
}

/** An error of a refresh. Of the body it shows only the fields of RFC 6749, as others may contain secrets. */
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
