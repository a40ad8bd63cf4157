// The facade: what axios' users call, over the instances of this package.

import { createApiFetch } from '../npm/index.js';
import { LATER } from '../npm/later.js';
import { bareApi, createSessionAdapter, getAdapter, sendBy } from './adapters.js';
import { addressOf } from './address.js';
import { CancelToken, throwIfCanceled } from './cancel.js';
import { Interceptors, run } from './chain.js';
import { merge, mergeConfig } from './config.js';
import { AxiosError, CanceledError, isAxiosError, isCancel } from './error.js';
import { formToJSON, toFormData } from './form.js';
import { AxiosHeaders } from './headers.js';
import { rules } from './rules.js';
import { fetchOf } from './send.js';
import { HttpStatusCode } from './status.js';
import { transformed, transformRequest, transformResponse, transitional } from './transform.js';
import { chainOf, given, isFunction, isObject, isPlain, isString, isUnsafe, own } from './type-checks.js';

/** The version of axios that this stands in for. */
export const VERSION = '1.21.1';

const METHODS = 'get delete head options post put patch purge link unlink query'.split(' ');

const defaults = {
  transitional,
  adapter: 'fetch',
  transformRequest: [transformRequest],
  transformResponse: [transformResponse],
  timeout: 0,
  xsrfCookieName: 'XSRF-TOKEN',
  xsrfHeaderName: 'X-XSRF-TOKEN',
  maxContentLength: -1,
  maxBodyLength: -1,
  env: { FormData: globalThis.FormData, Blob: globalThis.Blob },
  validateStatus: (status) => Boolean(rules().isFine(status)),
  headers: {
    common: { Accept: 'application/json, text/plain, */*', 'Content-Type': undefined },
    ...Object.fromEntries(METHODS.map((method) => [method, {}])),
  },
};

/** Options that have to be of a kind, and how a wrong one is named. */
function check(options, kinds, takesOthers) {
  if (!isObject(options)) throw new AxiosError('options must be an object', AxiosError.ERR_BAD_OPTION_VALUE);
  for (const name of Object.keys(options).reverse()) {
    const kind = own(kinds, name);
    if (!kind) {
      if (!takesOthers) throw new AxiosError(`Unknown option ${name}`, AxiosError.ERR_BAD_OPTION);
    } else if (options[name] !== undefined && typeof options[name] !== kind) {
      throw new AxiosError(`option ${name} must be a ${kind}`, AxiosError.ERR_BAD_OPTION_VALUE);
    }
  }
}
const TRANSITIONAL = Object.fromEntries(Object.keys(transitional).map((name) => [name, 'boolean']));
const SERIALIZER = { encode: 'function', serialize: 'function' };
const MISSPELT = { baseUrl: 'baseURL', withXsrfToken: 'withXSRFToken' };

let hasWarned = false;
function warn(config) {
  for (const [name, right] of Object.entries(MISSPELT)) {
    if (Object.hasOwn(config, name)) console.warn(`${name} is likely a misspelling of ${right}`);
  }
  if (config.onUploadProgress && !hasWarned) {
    hasWarned = true;
    console.warn('wasm-api-fetch/axios: onUploadProgress is not called, as fetch does not tell');
  }
}

/** Headers of a method, or of all; a header may have such a name too. */
const isBucket = (thing) =>
  thing == null || isPlain(thing) || (isObject(thing) && given(thing, Symbol.toStringTag) === 'AxiosHeaders');

/** The headers of a request, those of its method over those of all. */
function flatten(headers, method) {
  const buckets = ['common', method].map((name) => given(headers, name)).filter(isBucket);
  const merged = headers && merge(false, ...buckets);
  for (const name of headers ? [...METHODS, 'common'] : []) {
    if (isBucket(given(headers, name))) delete headers[name];
  }
  return AxiosHeaders.concat(merged, headers);
}

/** A config of which nothing is inherited: an interceptor may have given any object. */
function flat(config) {
  if (!isObject(config) || Object.getPrototypeOf(config) === null) return config;
  const copy = Object.create(null);
  for (const at of chainOf(config)) {
    for (const key of Reflect.ownKeys(at)) if (!isUnsafe(key) && !(key in copy)) copy[key] = config[key];
  }
  return copy;
}

/**
 * Sends a config that all interceptors have seen.
 *
 * @param fetch that of the instance as it was when the call was made: whoever has signed in since then has not asked for it
 */
function dispatch(given, fetch) {
  const config = flat(given);
  throwIfCanceled(config);
  config.headers = AxiosHeaders.from(config.headers);
  config.data = transformed(config, config.transformRequest);
  if (['post', 'put', 'patch'].includes(config.method))
    config.headers.setContentType('application/x-www-form-urlencoded', false);

  const adapter = getAdapter(config.adapter || defaults.adapter);
  if (isObject(config)) sendBy(config, fetch);
  const began = performance.now();
  const taken = (response) => {
    response.duration = Math.max(0, Math.round(performance.now() - began));
    config.response = response;
    try {
      response.data = transformed(config, config.transformResponse, response);
    } finally {
      delete config.response;
    }
    response.headers = AxiosHeaders.from(response.headers);
    return response;
  };
  return adapter(config).then(
    (response) => {
      throwIfCanceled(config);
      return taken(response);
    },
    (reason) => {
      if (!isCancel(reason)) {
        throwIfCanceled(config);
        if (reason?.response) taken(reason.response);
      }
      throw reason;
    },
  );
}

/** The sessions of instances: what was named for one, its base then, and the instance of the main entry that has it. */
const sessions = new WeakMap();

/** What an instance itself names: neither is read out of a polluted prototype. */
const namedBy = ({ defaults }) => [own(defaults, 'session'), own(defaults, 'baseURL')];

/** The instance under which an axios instance sends: its own, where its defaults name a session. */
function apiOf(owner) {
  const [session, baseURL] = namedBy(owner);
  const held = sessions.get(owner);
  if (held && held.session === session && held.baseURL === baseURL) return held.api;
  const base = baseURL && { baseURL };
  let api = bareApi();
  // A base that is named later is one more origin of the same session.
  if (session && held?.session === session) api = held.api.create({ ...base });
  else if (session) api = createApiFetch({ session, ...base, fetch: fetchOf(() => owner.defaults.env) });
  sessions.set(owner, { session, baseURL, api });
  return api;
}

/** A child sends under its parent's session, unless it names one. */
function adopt(owner, parent) {
  const [session, baseURL] = namedBy(owner);
  if (!session || session !== namedBy(parent)[0]) return;
  sessions.set(owner, { session, baseURL, api: apiOf(parent).create(baseURL ? { baseURL } : {}) });
}

export class Axios {
  static name = 'Axios';

  constructor(config) {
    this.defaults = config || {};
    this.interceptors = { request: new Interceptors(), response: new Interceptors() };
  }

  async request(configOrUrl, config) {
    return this._request(configOrUrl, config);
  }

  _request(configOrUrl, given) {
    const asked = isString(configOrUrl) ? { ...given, url: configOrUrl } : configOrUrl || {};
    const session = own(asked, 'session');
    if (isObject(session) && session !== namedBy(this)[0])
      throw new TypeError('session can only be true or false for a single request; an instance has one');
    const config = mergeConfig(this.defaults, asked);
    // An instance's own is not the request's business, nor that of whoever sends it again.
    if (isObject(config.session)) delete config.session;
    if (config.transitional !== undefined) check(config.transitional, TRANSITIONAL, false);
    const { paramsSerializer } = config;
    if (isFunction(paramsSerializer)) config.paramsSerializer = { serialize: paramsSerializer };
    else if (paramsSerializer != null) check(paramsSerializer, SERIALIZER, true);
    config.allowAbsoluteUrls ??= true;
    warn(config);
    config.method = (config.method || own(this.defaults, 'method') || 'get').toLowerCase();
    config.headers = flatten(config.headers, config.method);
    const fetch = apiOf(this)[LATER]();
    return run(this.interceptors, config, (final) => dispatch(final, fetch));
  }

  getUri(config) {
    return addressOf(mergeConfig(this.defaults, config));
  }

  /** What can be done with the session of this instance; `null` without one. */
  get session() {
    return apiOf(this).session;
  }
}

const METHODS_WITHOUT_BODY = ['get', 'delete', 'head', 'options'];
const METHODS_WITH_BODY = ['post', 'put', 'patch', 'query'];

for (const method of METHODS_WITHOUT_BODY) {
  Axios.prototype[method] = async function (url, config) {
    return this.request(mergeConfig(config, { method, url, data: own(config, 'data') }));
  };
}
for (const method of METHODS_WITH_BODY) {
  const sender = (headers) =>
    async function (url, data, config) {
      return this.request(mergeConfig(config, { method, headers, url, data }));
    };
  Axios.prototype[method] = sender({});
  if (method !== 'query')
    Axios.prototype[`${method}Form`] = sender({ 'Content-Type': 'multipart/form-data' });
}

function createInstance(config, parent) {
  const context = new Axios(config);
  if (parent) adopt(context, parent);
  // A wrong session is told of where it is given.
  if (own(config, 'session')) apiOf(context);
  const instance = (...args) => context.request(...args);
  for (const name of Object.getOwnPropertyNames(Axios.prototype)) {
    if (name !== 'session') instance[name] = Axios.prototype[name].bind(context);
  }
  Object.assign(instance, context);
  Object.defineProperty(instance, 'session', { get: () => context.session });
  instance.create = (own) => createInstance(mergeConfig(config, own), context);
  return instance;
}

export const all = (promises) => Promise.all(promises);
export const spread = (callback) => (list) => callback.apply(null, list);

const axios = createInstance(defaults);
Object.assign(axios, {
  Axios,
  AxiosError,
  AxiosHeaders,
  Cancel: CanceledError,
  CancelToken,
  CanceledError,
  HttpStatusCode,
  VERSION,
  all,
  formToJSON,
  getAdapter,
  isAxiosError,
  isCancel,
  mergeConfig,
  spread,
  toFormData,
  default: axios,
});

export {
  AxiosError,
  AxiosHeaders,
  axios,
  CanceledError,
  CancelToken,
  createSessionAdapter,
  formToJSON,
  getAdapter,
  HttpStatusCode,
  isAxiosError,
  isCancel,
  mergeConfig,
  toFormData,
};
