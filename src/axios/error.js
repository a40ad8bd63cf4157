// What a request of the facade rejects with.

import { AXIOS_ERROR_CODE_WORDS } from '../boundary.js';
import { AxiosHeaders } from './headers.js';
import { rules } from './rules.js';
import { given, isObject, isPlain, isString, own } from './type-checks.js';

export const codeOfStatus = (status) => AXIOS_ERROR_CODE_WORDS[rules().codeOfStatus(status)];
export const codeOfTimeout = (isClarified) => AXIOS_ERROR_CODE_WORDS[rules().codeOfTimeout(isClarified)];

export const REDACTED = '[REDACTED ****]';

/** There to be read, not to be listed or put into JSON. */
export const hide = (thing, name, value) =>
  Object.defineProperty(thing, name, { value, writable: true, configurable: true });

/** A copy for JSON: of what turns up within itself nothing is left, and what is not to be told is covered. */
function copyForJson(value, covered, within = []) {
  if (!isObject(value) || value.constructor?.isBuffer?.(value)) return value;
  if (within.includes(value)) return undefined;
  const thing = covered.length && value instanceof AxiosHeaders ? value.toJSON() : value;
  const speaksForItself = covered.length ? !isPlain(thing) && given(thing, 'toJSON') : 'toJSON' in thing;
  if (speaksForItself) return thing;
  const deeper = (inner) => copyForJson(inner, covered, [...within, value]);
  if (thing instanceof Set) return [...thing].map(deeper).filter((inner) => inner !== undefined);
  if (Array.isArray(thing)) return thing.map(deeper);
  const copy = {};
  for (const [key, inner] of Object.entries(thing)) {
    if (key === '__proto__') continue;
    const told = covered.includes(key.toLowerCase()) ? REDACTED : deeper(inner);
    if (told !== undefined) copy[key] = told;
  }
  return copy;
}

export class AxiosError extends Error {
  static name = 'AxiosError';

  /** Wraps an error, which becomes its cause. */
  static from(error, code, config, request, response, more) {
    const message =
      error.message ||
      (Array.isArray(error.errors) &&
        error.errors
          .map((one) => String(one?.message || one))
          .filter(Boolean)
          .join('; ')) ||
      error.message;
    const wrapped = new AxiosError(message, code || error.code, config, request, response);
    hide(wrapped, 'cause', error);
    wrapped.name = error.name;
    try {
      if (isString(error.stack) && error.stack) wrapped.stack += `\nCaused by: ${error.stack}`;
    } catch {
      // A stack that can not be read or written: the cause says it too.
    }
    if (error.status != null) wrapped.status ??= error.status;
    return Object.assign(wrapped, more);
  }

  constructor(message, code, config, request, response) {
    super(message);
    Object.defineProperty(this, 'message', {
      value: message,
      enumerable: true,
      writable: true,
      configurable: true,
    });
    this.name = 'AxiosError';
    this.isAxiosError = true;
    if (code) this.code = code;
    if (config) this.config = config;
    if (request) this.request = request;
    if (response) {
      this.response = response;
      this.status = response.status;
    }
  }

  toJSON() {
    const { message, name, description, number, fileName, lineNumber, columnNumber, stack, code, status } =
      this;
    const covered = [own(this.config, 'redact') ?? []].flat().map((key) => String(key).toLowerCase());
    const config = copyForJson(this.config, covered);
    return {
      message,
      name,
      description,
      number,
      fileName,
      lineNumber,
      columnNumber,
      stack,
      config,
      code,
      status,
    };
  }
}
Object.defineProperty(AxiosError, 'name', { enumerable: false });
for (const code of AXIOS_ERROR_CODE_WORDS) AxiosError[code] = code;

export class CanceledError extends AxiosError {
  static name = 'CanceledError';

  constructor(message, config, request) {
    super(message ?? 'canceled', AxiosError.ERR_CANCELED, config, request);
    this.name = 'CanceledError';
    this.__CANCEL__ = true;
  }
}

export const isCancel = (thing) => Boolean(thing?.__CANCEL__);
export const isAxiosError = (thing) => isObject(thing) && thing.isAxiosError === true;
