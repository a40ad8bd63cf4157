/** How a call ends before its time: time limits, signals, tokens, and what there is no answer to. */

import { rows } from '../../rows.js';

/** @import { Kit, Probes } from '../kit.js' */

const SHORT_MS = 30;
const reason = new RangeError('of the app');

/** A `fetch` that never answers, and rejects as the platform’s does. */
const hangs = (/** @type {any} */ input, /** @type {any} */ init) =>
  new Promise((_, reject) => {
    const signal = init?.signal ?? input?.signal;
    const fail = () => reject(signal.reason);
    if (signal?.aborted) fail();
    signal?.addEventListener('abort', fail);
  });
const HANGS = { env: { fetch: hangs } };

/** @type {Record<string, any>} */
const LIMITS = {
  'as it is': {},
  'with a message': { timeoutErrorMessage: 'own words' },
  'with an empty message': { timeoutErrorMessage: '' },
  'clarifyTimeoutError: true': { transitional: { clarifyTimeoutError: true } },
  'clarifyTimeoutError: true, with a message': {
    transitional: { clarifyTimeoutError: true },
    timeoutErrorMessage: 'own words',
  },
  'of a POST': { method: 'post', data: { a: 1 } },
};

/** @type {Record<string, any>} */
const REASONS = {
  nothing: undefined,
  'an error': reason,
  'a text': 'a text',
  'a DOMException': new DOMException('of the page', 'AbortError'),
};

/** When a call is given up. @type {Record<string, (axios: any, kit: Kit, config: any, giveUp: () => void) => Promise<any>>} */
const MOMENTS = {
  'before the call': async (axios, kit, config, giveUp) => {
    giveUp();
    return axios.get(kit.url(), config);
  },
  'right after the call': async (axios, kit, config, giveUp) => {
    const call = axios.get(kit.url(), { ...config, ...HANGS });
    giveUp();
    return call;
  },
  'by a request interceptor': async (axios, kit, config, giveUp) => {
    axios.interceptors.request.use((/** @type {any} */ given) => {
      giveUp();
      return given;
    });
    return axios.get(kit.url(), config);
  },
  'by transformRequest': async (axios, kit, config, giveUp) =>
    axios.post(kit.url(), 'x', {
      ...config,
      ...HANGS,
      transformRequest: (/** @type {any} */ data) => {
        giveUp();
        return data;
      },
    }),
  'while the answer is awaited': async (axios, kit, config, giveUp) => {
    await kit.answers({ hold: 'head' });
    const call = axios.get(kit.url(), config);
    await kit.arrived();
    giveUp();
    return call;
  },
  'while the body is read': async (axios, kit, config, giveUp) => {
    await kit.answers({ hold: 'body' });
    const call = axios.get(kit.url(), {
      ...config,
      env: {
        async fetch(/** @type {any} */ input, /** @type {any} */ init) {
          const answer = await fetch(input, init);
          setTimeout(giveUp);
          return answer;
        },
      },
    });
    return call;
  },
  'by validateStatus': async (axios, kit, config, giveUp) =>
    axios.get(kit.url(), {
      ...config,
      validateStatus: () => {
        giveUp();
        return true;
      },
    }),
  'by a response interceptor': async (axios, kit, config, giveUp) => {
    axios.interceptors.response.use((/** @type {any} */ response) => {
      giveUp();
      return response;
    });
    return axios.get(kit.url(), config);
  },
  'after the answer': async (axios, kit, config, giveUp) => {
    const answer = await axios.get(kit.url(), config);
    giveUp();
    return answer;
  },
};

/** @type {Probes} */
export const ending = {
  ...rows('a time limit', LIMITS, (config) => async (axios, kit) => {
    await kit.answers({ hold: 'head' });
    return axios({ url: kit.url(), timeout: SHORT_MS, ...config, ...HANGS });
  }),
  ...rows(
    'a time limit that is',
    { 'a text of a number': '30', 'a text': 'x', 'a negative number': -1, 'a fraction': 0.5, true: true },
    (timeout) => (axios, kit) => axios.get(kit.url(), { timeout, ...HANGS }),
  ),
  ...rows(
    'no time limit',
    { zero: 0, null: null, nothing: undefined, false: false },
    (timeout) => (axios, kit) => axios.create({ timeout: 20_000 }).get(kit.url(), { timeout }),
  ),
  'a time limit of the defaults': (axios, kit) =>
    axios.create({ timeout: SHORT_MS, ...HANGS }).get(kit.url()),
  'a time limit that ends a body': async (axios, kit) => {
    await kit.answers({ hold: 'body' });
    return axios.get(kit.url(), { timeout: 200 });
  },
  'a time limit that ends the wait for an answer': async (axios, kit) => {
    await kit.answers({ hold: 'head' });
    return axios.get(kit.url(), { timeout: 200 });
  },
  'a time limit that is not reached': (axios, kit) => axios.get(kit.url(), { timeout: 20_000 }),
  'a time limit, and a signal that comes first': (axios, kit) =>
    axios.get(kit.url(), { timeout: 20_000, signal: AbortSignal.abort(), ...HANGS }),
  'a time limit, and a signal that never comes': (axios, kit) =>
    axios.get(kit.url(), { timeout: SHORT_MS, signal: new AbortController().signal, ...HANGS }),
  'a time limit does not bound interceptors': (axios, kit) => {
    axios.interceptors.request.use(async (/** @type {any} */ config) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return config;
    });
    return axios.get('https://one.test/x', { timeout: 200, env: { fetch: kit.fetched() } });
  },
  'a time limit reaches the response interceptors': (axios, kit) => {
    axios.interceptors.response.use(kit.answered('response'), kit.failed('response'));
    return axios.get(kit.url(), { timeout: SHORT_MS, ...HANGS });
  },
  ...rows('a signal, given up', MOMENTS, (work) => (axios, kit) => {
    const controller = new AbortController();
    return work(axios, kit, { signal: controller.signal }, () => controller.abort());
  }),
  ...rows('a signal, given up for', REASONS, (why) => (axios, kit) => {
    const controller = new AbortController();
    return MOMENTS['right after the call']?.(axios, kit, { signal: controller.signal }, () =>
      controller.abort(why),
    );
  }),
  ...rows(
    'a signal, given up before, for',
    REASONS,
    (why) => (axios, kit) => axios.get(kit.url(), { signal: AbortSignal.abort(why) }),
  ),
  'a signal that has a time limit of its own': (axios, kit) =>
    axios.get(kit.url(), { signal: AbortSignal.timeout(SHORT_MS), ...HANGS }),
  'a signal of the defaults': (axios, kit) => axios.create({ signal: AbortSignal.abort() }).get(kit.url()),
  'a signal that is null': (axios, kit) => axios.get(kit.url(), { signal: null }),
  'one signal for several calls': async (axios, kit) => {
    const controller = new AbortController();
    const config = { signal: controller.signal, ...HANGS };
    const calls = [axios.get(kit.url('/1'), config), axios.post(kit.url('/2'), {}, config)];
    controller.abort();
    return Promise.all(calls.map(kit.end));
  },
  'an abort reaches the server': async (axios, kit) => {
    await kit.answers({ hold: 'head' });
    const controller = new AbortController();
    const call = kit.end(axios.get(kit.url(), { signal: controller.signal }));
    await kit.arrived();
    controller.abort();
    await kit.ended();
    return call;
  },
  'an abort of a stream that is read': async (axios, kit) => {
    await kit.answers({ hold: 'body', body: 'abcdef' });
    const controller = new AbortController();
    const { data } = await axios.get(kit.url(), { responseType: 'stream', signal: controller.signal });
    const reader = data.getReader();
    kit.note(await reader.read());
    controller.abort();
    return reader.read().then(
      () => 'value',
      (/** @type {any} */ error) => error.code ?? error.name,
    );
  },
  ...rows('a token, given up', MOMENTS, (work) => (axios, kit) => {
    const { token, cancel } = kit.axios.CancelToken.source();
    return work(axios, kit, { cancelToken: token }, () => cancel('own words'));
  }),
  'a token and a signal': async (axios, kit) => {
    const { token, cancel } = kit.axios.CancelToken.source();
    const { signal } = new AbortController();
    const call = axios.get(kit.url(), { cancelToken: token, signal, ...HANGS });
    cancel();
    return call;
  },
  'a token for several calls': async (axios, kit) => {
    const { token, cancel } = kit.axios.CancelToken.source();
    const config = { cancelToken: token, ...HANGS };
    const calls = [axios.get(kit.url(), config), axios.get(kit.url(), config)];
    cancel('all');
    return Promise.all([...calls, axios.get(kit.url(), config)].map(kit.end));
  },
  'a token that is given up twice': (_, { axios: { CancelToken, isCancel } }) => {
    const { token, cancel } = CancelToken.source();
    cancel('first', { own: 1 }, 'request');
    cancel('second');
    const { reason } = token;
    return [
      reason.message,
      reason.name,
      reason.code,
      reason.config,
      reason.request,
      isCancel(reason),
      reason.__CANCEL__,
    ];
  },
  throwIfRequested: (_, { axios: { CancelToken } }) => {
    const { token, cancel } = CancelToken.source();
    token.throwIfRequested();
    cancel('own words');
    token.throwIfRequested();
  },
  'subscribe and unsubscribe': async (_, kit) => {
    const { token, cancel } = kit.axios.CancelToken.source();
    const listener = (/** @type {any} */ reason) => kit.note(reason.message);
    const other = () => kit.note('other');
    token.unsubscribe(other);
    token.subscribe(listener);
    token.subscribe(other);
    token.unsubscribe(other);
    cancel('own words');
    kit.note('given up');
    await token.promise;
    token.subscribe(listener);
  },
  'the promise of a token': async (_, { axios: { CancelToken } }) => {
    const { token, cancel } = CancelToken.source();
    const kept = token.promise.then((/** @type {any} */ reason) => reason.message);
    const canceled = token.promise.then(() => 'never');
    canceled.cancel();
    cancel();
    return [await kept, typeof token.promise.then, typeof canceled.cancel];
  },
  toAbortSignal: (_, { axios: { CancelToken } }) => {
    const { token, cancel } = CancelToken.source();
    const signal = token.toAbortSignal();
    const before = signal.aborted;
    cancel('own words');
    return [before, typeof signal.unsubscribe, signal instanceof AbortSignal];
  },
  'a token by its executor': (axios, kit) => {
    /** @type {any} */
    let giveUp;
    const token = new kit.axios.CancelToken((/** @type {any} */ cancel) => {
      giveUp = cancel;
    });
    giveUp();
    return axios.get(kit.url(), { cancelToken: token });
  },
  'a token without an executor': (_, { axios: { CancelToken } }) => new CancelToken(),
  ...rows('no answer to', { GET: 'get', POST: 'post', HEAD: 'head' }, (method) => async (axios, kit) => {
    await kit.answers({ drop: true });
    return axios[method](kit.url());
  }),
  'nobody at the address': (axios) => axios.get('http://127.0.0.1:1/x', { params: { a: 1 } }),
  'a URL that is none': (axios) => axios.get('http://[bad/x'),
  'a scheme that nobody speaks': (axios) => axios.get('nonesuch://one.test/x'),
  'a body that breaks off': async (axios, kit) => {
    await kit.answers({ hold: 'cut', body: '0123456789' });
    const call = axios.get(kit.url(), {
      env: {
        async fetch(/** @type {any} */ input, /** @type {any} */ init) {
          const answer = await fetch(input, init);
          await kit.release();
          return answer;
        },
      },
    });
    return call;
  },
};
