/** What a user of axios can see of a config, an answer or an error, and what of it is nobody’s business. */

import { plain } from '../plain.js';

/** What each implementation keeps there for itself. */
const OF_CONFIG = ['adapter', 'env'];
/** What is another time another one. */
const OF_TIME = ['date', 'connection', 'keep-alive', 'transfer-encoding'];

/** What is there in each config unless it is asked for otherwise: one probe looks at it, the others leave it out. */
const USUAL = Object.entries({
  timeout: 0,
  xsrfCookieName: 'XSRF-TOKEN',
  xsrfHeaderName: 'X-XSRF-TOKEN',
  maxContentLength: -1,
  maxBodyLength: -1,
  allowAbsoluteUrls: true,
  transitional: {
    silentJSONParsing: true,
    forcedJSONParsing: true,
    clarifyTimeoutError: false,
    legacyInterceptorReqResOrdering: true,
    advertiseZstdAcceptEncoding: false,
    validateStatusUndefinedResolves: true,
    encodeBasicAuthUsername: false,
  },
});

/** What is there, in the order of its names: theirs is nobody’s business. */
const without = (/** @type {any} */ object, /** @type {string[]} */ names) =>
  Object.fromEntries(
    Object.keys(object)
      .filter((name) => object[name] !== undefined && !names.includes(name))
      .sort()
      .map((name) => [name, object[name]]),
  );

/** @param {any} headers of a config: those of axios are told from others */
const shownHeaders = (headers) =>
  Object.prototype.toString.call(headers) === '[object AxiosHeaders]'
    ? { axios: without(headers, []) }
    : headers;

/** @param {any} config */
export const shownConfig = (config) => {
  if (typeof config !== 'object' || !config) return config;
  const symbols = Object.getOwnPropertySymbols(config).map((symbol) => [String(symbol), config[symbol]]);
  const usual = USUAL.filter(([name, value]) => JSON.stringify(config[name]) === JSON.stringify(value));
  const names = [...OF_CONFIG, ...usual.map(([name]) => name)];
  const [, kind] =
    /^\[object (FormData|ReadableStream)]$/.exec(Object.prototype.toString.call(config.data)) ?? [];
  return {
    ...without(config, names),
    ...Object.fromEntries(symbols),
    ...('headers' in config && { headers: shownHeaders(config.headers) }),
    ...(config.cancelToken && { cancelToken: { reason: config.cancelToken.reason } }),
    ...(kind && { data: `‹${kind}›` }),
  };
};

/** An engine’s own words for what an app has done wrong tell of the code that stumbled, and of nothing else. */
const ACCIDENT = /^Cannot |^(undefined|null) |is not (a function|iterable|an object|defined)/;

/** What Chromium was about to make when it found an argument that is none. */
const MADE = /^Failed to construct '\w+': /;

/** @param {any} error */
export const messageOf = (error) => {
  if (error?.name !== 'TypeError') return error?.message;
  return ACCIDENT.test(error.message) ? '‹accident›' : error.message.replace(MADE, '');
};

/** @param {any} request */
const shownRequest = (request) =>
  request instanceof Request ? `‹Request› ${request.method} ${request.url}` : request;

const isAnswer = (/** @type {any} */ value) =>
  typeof value === 'object' && value !== null && 'data' in value && 'status' in value && 'config' in value;

/** @param {any} response */
export function shownAnswer(response) {
  const { data, status, statusText, headers, config, request, duration, ...more } = response;
  return {
    data,
    status,
    statusText,
    headers: headers?.toJSON ? { axios: without(headers.toJSON(), OF_TIME) } : headers,
    config: shownConfig(config),
    request: shownRequest(request),
    duration: typeof duration,
    ...more,
  };
}

/**
 * An answer, or several, as what of them is compared.
 *
 * @param {any} value
 * @returns {any}
 */
export function shown(value) {
  if (Array.isArray(value)) return value.map(shown);
  if (isAnswer(value)) return shownAnswer(value);
  // An adapter of the app's gives what it likes, and how long that took is added to it.
  const isTimed = typeof value?.duration === 'number';
  return isTimed ? { ...value, duration: typeof value.duration } : value;
}

/**
 * @param {any} error
 * @param {{ default: any }} lib
 */
export async function plainError(error, { default: axios }) {
  const { AxiosError, CanceledError, isAxiosError, isCancel } = axios;
  const isError = error instanceof Error;
  if (!isError) return { thrown: await plain(error) };
  if (!('isAxiosError' in error)) return { thrown: { name: error.name, message: messageOf(error) } };
  const { name, code, status, config, request, response, cause, stack } = /** @type {any} */ (error);
  return plain({
    name,
    message: messageOf(error),
    code,
    status,
    config: shownConfig(config),
    request: shownRequest(request),
    response: response && shownAnswer(response),
    cause: cause && { name: cause.name, message: messageOf(cause) },
    keys: Object.keys(error).sort(),
    is: [
      isAxiosError(error),
      isCancel(error),
      error instanceof AxiosError,
      error instanceof CanceledError,
      typeof stack,
    ],
  });
}
