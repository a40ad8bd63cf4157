// One request of the facade on its way: from its config to the platform's `fetch` under a session, and back.

import { addressOf } from './address.js';
import { endings } from './cancel.js';
import { authenticate, guard } from './credentials.js';
import { AxiosError, CanceledError, codeOfStatus, hide } from './error.js';
import { AxiosHeaders, sendable } from './headers.js';
import { counted, progressOf } from './progress.js';
import {
  given,
  isBlob,
  isBytes,
  isForm,
  isFunction,
  isPlatformForm,
  isStream,
  isString,
  kindOf,
  own,
} from './type-checks.js';

/** The classes of what a request rejects with. */
const KINDS = { AxiosError, CanceledError };

/** By this an `init` carries a `fetch` of the request's own through the session, and what it is to be called with. */
const VIA = Symbol('wasm-api-fetch/axios');

/** The `fetch` of an instance: the request's own, or the instance's, or the platform's. */
export const fetchOf = (env) => (input, init) => {
  const { [VIA]: via, ...rest } = init ?? {};
  if (!via) return (own(env(), 'fetch') ?? globalThis.fetch)(input, init);
  const { fetch = globalThis.fetch, RequestClass, options } = via;
  return RequestClass ? fetch(new RequestClass(input, rest), options) : fetch(input, rest);
};

/** Of the options of `fetch` those that follow from the config. */
const TAKEN = ['body', 'headers', 'method', 'signal', 'duplex', 'credentials'];

/** A limit, where there is one. */
const limitOf = (value) => (typeof value === 'number' && value > -1 ? value : undefined);

/** How many bytes a body has; `undefined`: a stream's are counted as they go. */
function lengthOf(body) {
  if (body == null) return 0;
  if (isBlob(body)) return body.size;
  if (isBytes(body)) return body.byteLength;
  return isStream(body) ? undefined : new TextEncoder().encode(String(body)).length;
}

/** Keeps a body below the limit that the app has set. */
async function bounded(data, limit, headers, tooLong) {
  let body = data;
  if (isPlatformForm(data)) {
    const parts = new Response(data);
    headers.setContentType(parts.headers.get('content-type'));
    body = await parts.blob();
  }
  const length = lengthOf(body);
  if (length > limit) throw tooLong();
  if (length !== undefined) return body;
  const stream = kindOf(body) === 'ReadableStream' ? body : new Response(body).body;
  return counted(stream, (loaded) => {
    if (loaded > limit) throw tooLong();
  });
}

/** How an answer is read; anything else is text. */
const READERS = { arraybuffer: 'arrayBuffer', blob: 'blob', formdata: 'formData' };

async function read(response, type, config, kinds) {
  if (type === 'stream') return response.body;
  const reader = READERS[type] ?? 'text';
  if (!isFunction(response[reader])) {
    throw new kinds.AxiosError(
      `Response type '${reader}' is not supported`,
      AxiosError.ERR_NOT_SUPPORT,
      config,
    );
  }
  const data = await response[reader]();
  if (type !== 'document' || !globalThis.DOMParser) return data;
  const isXml = /xml/.test(response.headers.get('content-type') ?? '');
  return new DOMParser().parseFromString(data, isXml ? 'text/xml' : 'text/html');
}

/** What is sent, as the platform would show it; made when somebody looks. It never holds a token. */
class Exchange {
  #request;

  constructor(url, init, RequestClass) {
    this.make = () => {
      const body = isStream(init.body) ? undefined : init.body;
      return new (RequestClass || Request)(url, { ...init, body });
    };
  }

  mustBeSendable() {
    this.#request ??= this.make();
  }

  get request() {
    try {
      this.mustBeSendable();
    } catch {
      return undefined;
    }
    return this.#request;
  }

  /** Shows it on an error, if it could be made at all. */
  tell(error) {
    const { request } = this;
    if (request) error.request ||= request;
    return error;
  }

  /** Shows it on an answer. */
  show(thing) {
    return Object.defineProperty(thing, 'request', {
      get: () => this.request,
      set: (value) => Object.defineProperty(thing, 'request', { value, writable: true }),
      enumerable: true,
      configurable: true,
    });
  }
}

/**
 * Sends what a config asks for, under a session or without it.
 *
 * @param fetch what {@link LATER} gives of an instance of the main entry
 */
export async function send(config, fetch, kinds = KINDS) {
  const headers = new AxiosHeaders({ ...config.headers });
  const responseType = String(config.responseType || 'text').toLowerCase();
  const most = limitOf(config.maxContentLength);
  const mostSent = limitOf(config.maxBodyLength);
  const env = own(config, 'env');
  const { Request: RequestClass = globalThis.Request, Response: ResponseClass = globalThis.Response } = {
    ...env,
  };
  const address = addressOf(config);
  const fail = (message, code) => new kinds.AxiosError(message, code, config, exchange?.request);
  const tooLong = () => {
    broken = fail('Request body larger than maxBodyLength limit', AxiosError.ERR_BAD_REQUEST);
    return broken;
  };
  const tooMuch = () => {
    broken = fail(`maxContentLength size of ${most} exceeded`, AxiosError.ERR_BAD_RESPONSE);
    return broken;
  };
  guard(config, address || '', headers);
  let exchange;
  /** Why a body was ended by us: platforms tell it in their own ways. */
  let broken;
  const ending = endings(config, kinds);
  const bound = ending?.bound ?? ((promise) => promise);
  try {
    const method = config.method.toUpperCase();
    let { data } = config;
    const url = authenticate(config, address || '', headers, kinds);
    if (isForm(data) && isFunction(given(data, 'getHeaders'))) headers.set(data.getHeaders());
    const hasBody = method !== 'GET' && method !== 'HEAD';
    if (isPlatformForm(data)) headers.delete('content-type');
    if (mostSent !== undefined && hasBody) data = await bound(bounded(data, mostSent, headers, tooLong));

    const { withCredentials = 'same-origin', maxRedirects } = config;
    const options = config.fetchOptions == null ? config.fetchOptions : { ...config.fetchOptions };
    for (const name of options ? TAKEN : []) delete options[name];
    if (options && maxRedirects === 0) options.redirect = 'manual';
    const init = {
      ...options,
      method,
      headers: sendable(headers.normalize()),
      body: data ?? undefined,
      credentials: isString(withCredentials) ? withCredentials : withCredentials ? 'include' : 'omit',
    };
    if (maxRedirects === 0) init.redirect = 'manual';
    if (isStream(data)) init.duplex = 'half';
    exchange = new Exchange(url, init, isFunction(RequestClass) && RequestClass);
    if (ending) init.signal = ending.signal;
    if (env && (Object.hasOwn(env, 'fetch') || Object.hasOwn(env, 'Request'))) {
      init[VIA] = { fetch: env.fetch, RequestClass: isFunction(RequestClass) && RequestClass, options };
    }

    let response = await fetch(url, init, own(config, 'session') === false);
    const found = AxiosHeaders.from(response.headers);
    const announced = Number(found.getContentLength() ?? Number.NaN);
    const length = Number.isFinite(announced) ? announced : undefined;
    if (most !== undefined && length > most) {
      // Nobody reads it: its connection is free for others.
      response.body?.cancel().catch(() => {});
      throw tooMuch();
    }

    const isStreamed = responseType === 'stream' || responseType === 'response';
    const listener = config.onDownloadProgress;
    if (response.body && (listener || most !== undefined || (isStreamed && ending))) {
      const progress = listener && progressOf(listener, length);
      const count = (loaded) => {
        if (loaded > most) throw tooMuch();
        progress?.count(loaded);
      };
      const over = () => {
        progress?.end();
        ending?.leave();
      };
      const { status, statusText, headers } = response;
      response = new ResponseClass(counted(response.body, count, over), { status, statusText, headers });
    }
    const body = await bound(read(response, responseType, config, kinds));
    // A stream is left at its end; without a body it has none.
    if (!isStreamed || !response.body) ending?.leave();
    const { status, statusText } = response;
    return settle(exchange.show({ data: body, headers: found, status, statusText, config }), kinds, exchange);
  } catch (error) {
    ending?.leave();
    throw told(error, config, exchange, ending?.signal, broken, kinds);
  }
}

function settle(response, kinds, exchange) {
  const { status, config } = response;
  const { validateStatus } = config;
  if (!status || !validateStatus || validateStatus(status)) return response;
  const message = `Request failed with status code ${status}`;
  throw exchange.tell(new kinds.AxiosError(message, codeOfStatus(status), config, undefined, response));
}

/** What the caller is told of a failure. */
function told(error, config, exchange, signal, broken, kinds) {
  const reason = signal?.aborted ? signal.reason : undefined;
  if (reason?.isAxiosError) {
    reason.config = config;
    if (error !== reason) hide(reason, 'cause', error);
    return exchange ? exchange.tell(reason) : reason;
  }
  if (broken) return broken;
  if (error?.isAxiosError) return exchange ? exchange.tell(error) : error;
  if (exchange && error?.name === 'TypeError') {
    try {
      exchange.mustBeSendable();
    } catch (unsendable) {
      // It never was a request: not the network has failed.
      return kinds.AxiosError.from(unsendable, unsendable.code, config);
    }
    if (/load failed|fetch/i.test(error.message)) {
      const failure = new kinds.AxiosError('Network Error', AxiosError.ERR_NETWORK, config);
      return exchange.tell(hide(failure, 'cause', error.cause || error));
    }
  }
  const failure = kinds.AxiosError.from(error, error?.code, config, undefined, error?.response);
  return exchange ? exchange.tell(failure) : failure;
}
