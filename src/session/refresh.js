// One call of a refresh: to a token endpoint or to a function of the app, and what it has come to.

import { refreshError } from '../error/errors.js';
import { refreshSignals } from '../options/skip.js';
import { statusOf } from '../web/answer.js';
import { park } from '../web/task.js';
import { readReply } from './tokens.js';

/** What the engine is told; it knows the same numbers. */
const REPLY = 0;
const REFUSAL = 1;
const NO_ANSWER = 2;
const SUPERSEDED = 3;

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

/** `Retry-After` (RFC 9110 §10.2.3): how many milliseconds from now. */
const waitOf = (value) => (/^ *\d+ *$/.test(value) ? value * 1000 : Date.parse(value) - Date.now());

export class RefreshCall {
  /** What a trace tells of it: nobody knows whom an app's function asks. */
  id = 0;
  began = Date.now();
  method = '';
  url = '';
  /** What the reply says, once it is here. */
  fields = undefined;
  /** Of an answer that is no success, and of what a function threw: its status, and the `error` of its body. */
  status = 0;
  code = undefined;
  /** How long the server wants to be left alone, in ms. */
  wait = Number.NaN;
  error = undefined;
  #settings;
  #listeners;
  #tabs;
  #controller = new AbortController();

  constructor(settings, listeners, tabs) {
    this.#settings = settings;
    this.#listeners = listeners;
    this.#tabs = tabs;
    const { endpoint } = settings;
    if (endpoint) {
      this.method = endpoint.method;
      this.url = endpoint.url;
    }
    refreshSignals.add(this.#controller.signal);
    this.#tell('refreshing');
  }

  /** Status, error code and wait, by their place. */
  number(place) {
    return [this.status, ERROR_CODES.indexOf(this.code) + 1, this.wait][place];
  }

  /** Presents the refresh token (RFC 6749 §6), or asks the app's function, and wakes the task. */
  present(tokens, reason, slot, turn) {
    const { endpoint, refresh, fetch, api } = this.#settings;
    park(slot, turn, this, async () => {
      if (endpoint) {
        const came = await this.#present(endpoint, tokens, fetch ?? globalThis.fetch);
        return this.#settle(came, tokens);
      }
      const context = { signal: this.#controller.signal, reason: REASONS[reason], api: api() };
      const reply = await refresh(tokens, context);
      return this.#settle(
        this.#judge(reply !== null, reply, (cause) => cause),
        tokens,
      );
    });
  }

  /** New tokens are used only if no other tab has signed in or out meanwhile. */
  async #settle(came, { accessToken, refreshToken }) {
    const { fields } = this;
    // What was given up says nothing of the tokens that are claimed by now.
    if (!fields || !this.#tabs || this.#controller.signal.aborted) return came;
    const isRotated = (fields.refresh ?? refreshToken) !== refreshToken;
    const areSame = fields.access === accessToken && !isRotated;
    return (await this.#tabs.settle(areSame, isRotated)) ? came : SUPERSEDED;
  }

  async #present(endpoint, tokens, fetch) {
    let response;
    let reply;
    try {
      response = await fetch(endpoint.url, this.#init(endpoint, tokens));
      this.status = statusOf(response);
      reply = await response.text();
    } catch (error) {
      this.error = refreshError(endpoint, response, undefined, error);
      return NO_ANSWER;
    }
    try {
      reply = JSON.parse(reply);
    } catch {
      reply = undefined;
    }
    this.wait = waitOf(response.headers.get('retry-after'));
    return this.#judge(this.status >= 200 && this.status < 300, reply, (cause) =>
      refreshError(endpoint, response, reply, cause),
    );
  }

  #init({ method, headers: given, clientId, scope, credentials }, tokens) {
    const form = {
      grant_type: 'refresh_token',
      refresh_token: tokens.refreshToken,
      client_id: clientId,
      scope,
    };
    for (const name in form) if (form[name] === undefined) delete form[name];
    const headers = new Headers(given);
    headers.set('content-type', 'application/x-www-form-urlencoded');
    headers.set('accept', 'application/json');
    const init = {
      method,
      headers,
      body: String(new URLSearchParams(form)),
      signal: this.#controller.signal,
    };
    return credentials === undefined ? init : { ...init, credentials };
  }

  keep(number) {
    this.#tell(this.fields ? 'refreshed' : 'refresh-failed');
    return number;
  }

  /** Takes what an app's function has thrown. */
  fail(error) {
    this.error = error;
    try {
      const status = error?.status ?? error?.statusCode ?? error?.response?.status;
      this.status = typeof status === 'symbol' ? 0 : Number(status) || 0;
      this.code = (error?.data ?? error?.response?.data)?.error;
    } catch {
      // An error whose fields can not be read says nothing of the session.
    }
    this.#tell('refresh-failed');
  }

  #judge(isSuccess, reply, trouble) {
    this.fields = isSuccess ? readReply(reply) : undefined;
    if (this.fields) return REPLY;
    this.code = reply?.error;
    this.error = trouble(
      isSuccess ? new TypeError('the reply to the refresh holds no access token') : undefined,
    );
    return isSuccess ? REPLY : REFUSAL;
  }

  abort() {
    this.#controller.abort();
  }

  #tell(step) {
    if (this.#listeners.areTracing()) this.#listeners.trace(this, step);
  }
}
