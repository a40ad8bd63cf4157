/** Interceptors: which run, when, in which order, and what becomes of what they give and throw. */

import { rows } from '../../rows.js';

/** @import { Kit, Probe, Probes } from '../kit.js' */

/** @type {(given?: any) => any} */
const fails = () => {
  throw new RangeError('of an interceptor');
};
/** @type {(given?: any) => Promise<any>} */
const rejects = () => Promise.reject(new RangeError('of an interceptor'));
const SYNC = { synchronous: true };

/** What an interceptor may do with what it is given. @type {Record<string, (value: any, kit: Kit) => unknown>} */
const AT_ONCE = {
  'gives it on': (value) => value,
  'gives nothing': () => undefined,
  'gives null': () => null,
  'gives a text': () => 'text',
  'gives a number': () => 5,
  throws: fails,
  'throws a text': () => {
    throw 'a text';
  },
};

/** @type {typeof AT_ONCE} */
const DOINGS = {
  ...AT_ONCE,
  'gives a promise of it': async (value) => value,
  'gives a thenable of it': (value) => ({
    // biome-ignore lint/suspicious/noThenProperty: what is looked at
    then: (/** @type {(value: any) => void} */ settle) => settle(value),
  }),
  rejects,
  'rejects with nothing': () => Promise.reject(),
};

/** What a request interceptor changes. @type {Record<string, (config: any, kit: Kit) => unknown>} */
const CHANGES = {
  'the URL': (config, kit) => Object.assign(config, { url: kit.url('/changed') }),
  'the base': (config, kit) => Object.assign(config, { baseURL: kit.base, url: '/changed' }),
  'the method': (config) => Object.assign(config, { method: 'put' }),
  'the method, in capitals': (config) => Object.assign(config, { method: 'PUT' }),
  'the method, to nothing': (config) => Object.assign(config, { method: undefined }),
  'a header, as a property': (config) => {
    config.headers['X-Own'] = 'a';
    return config;
  },
  'a header, by set': (config) => {
    config.headers.set('x-own', 'a');
    return config;
  },
  'all headers, to an object': (config) => Object.assign(config, { headers: { 'X-Own': 'a' } }),
  'all headers, to nothing': (config) => Object.assign(config, { headers: undefined }),
  'the content type': (config) => {
    config.headers.setContentType('application/x-www-form-urlencoded');
    return config;
  },
  'the data': (config) => Object.assign(config, { data: { b: [1, 2] } }),
  'the data, to nothing': (config) => Object.assign(config, { data: undefined }),
  'the params': (config) => Object.assign(config, { params: { b: 2 } }),
  transformRequest: (config) => Object.assign(config, { transformRequest: () => 'transformed' }),
  transformResponse: (config) => Object.assign(config, { transformResponse: () => 'transformed' }),
  validateStatus: (config) => Object.assign(config, { validateStatus: () => false }),
  responseType: (config) => Object.assign(config, { responseType: 'arraybuffer' }),
  'the adapter': (config, kit) => Object.assign(config, { adapter: kit.adapter() }),
  'a key of its own': (config) => Object.assign(config, { own: { deep: 1 } }),
  'nothing, and gives a new object': (config) => ({ ...config }),
  'nothing, and gives what lacks most of it': ({ url }) => ({ url, method: 'post', data: { c: 3 } }),
  'nothing, and gives an instance of a class': ({ url }) =>
    new (class {
      url = url;
      method = 'delete';
      get params() {
        return { of: 'class' };
      }
    })(),
};

/** What a response interceptor changes. @type {Record<string, (response: any, kit: Kit, instance: any) => unknown>} */
const ANSWERS = {
  'the body alone': ({ data }) => data,
  'another status': (response) => Object.assign(response, { status: 299 }),
  'a new request': (_, kit, instance) => instance.get(kit.url('/second'), { skip: true }),
  'the same config again': ({ config }, _, instance) => instance({ ...config, skip: true }),
  'the same config again, untouched but for a mark': ({ config }, _, instance) =>
    instance(Object.assign(config, { skip: true })),
  'a request by its config': ({ config }, _, instance) =>
    instance.request(config.url, { ...config, skip: true }),
};

/** @type {Probe} */
const order = async (axios, kit) => {
  for (const letter of ['a', 'b', 'c']) {
    axios.interceptors.request.use(kit.asks(`request ${letter}`), kit.failed(`request failed ${letter}`));
    axios.interceptors.response.use(
      kit.answered(`response ${letter}`),
      kit.failed(`response failed ${letter}`),
    );
  }
  return axios.get(kit.url());
};

/** Three of each, of which the one in the middle does something. @type {(kind: string, options: any, work: any) => Probe} */
const middle = (kind, options, work) => (axios, kit) => {
  const { request, response } = axios.interceptors;
  const isAsked = kind === 'request';
  const asks = (/** @type {string} */ name) => kit.asks(name, isAsked && name === 'q2' ? work : undefined);
  const answered = (/** @type {string} */ name) =>
    kit.answered(name, isAsked || name !== 's2' ? undefined : work);
  for (const index of [1, 2, 3]) {
    request.use(asks(`q${index}`), kit.failed(`qf${index}`), options);
    response.use(answered(`s${index}`), kit.failed(`sf${index}`));
  }
  return axios.get(kit.url());
};

/** @type {Probes} */
export const interceptors = {
  'three of each': order,
  'three of each, and a failure': async (axios, kit) => {
    await kit.answers({ status: 404 });
    return order(axios, kit);
  },
  'three of each, and no answer': async (axios, kit) => {
    await kit.answers({ drop: true });
    return order(axios, kit);
  },
  'in the order of their use: legacyInterceptorReqResOrdering false': (axios, kit) => {
    axios.defaults.transitional = { ...axios.defaults.transitional, legacyInterceptorReqResOrdering: false };
    return order(axios, kit);
  },
  ...rows('a request interceptor that', DOINGS, (work) => middle('request', {}, work)),
  ...rows('a synchronous request interceptor that', AT_ONCE, (work) => middle('request', SYNC, work)),
  ...rows('a response interceptor that', DOINGS, (work) => middle('response', {}, work)),
  ...rows('what a request interceptor changes', CHANGES, (change) => (axios, kit) => {
    axios.interceptors.request.use((/** @type {any} */ config) => change(config, kit));
    return axios.post(kit.url(), { a: 1 }, { params: { a: 1 } });
  }),
  ...rows('a response interceptor answers with', ANSWERS, (change) => async (axios, kit) => {
    await kit.answers({}, { body: '{"second":true}' });
    axios.interceptors.request.use(kit.asks('request'));
    axios.interceptors.response.use(
      kit.answered('response', (response) =>
        response.config.skip ? response : change(response, kit, axios),
      ),
    );
    return axios.post(kit.url(), { a: [1] }, { headers: { 'X-Own': 'a' }, params: { p: 1 } });
  }),
  ...rows('a failure is recovered from by', ANSWERS, (change) => async (axios, kit) => {
    await kit.answers({ status: 401 }, { body: '{"second":true}' });
    axios.interceptors.response.use(kit.answered('response'), (/** @type {any} */ error) =>
      error.config.skip ? Promise.reject(error) : change(error.response, kit, axios),
    );
    return axios.post(kit.url(), { a: [1] }, { baseURL: 'http://nowhere.test', params: { p: 1 } });
  }),
  'a failure is recovered from with a value': async (axios, kit) => {
    await kit.answers({ status: 500 });
    axios.interceptors.response.use(
      undefined,
      kit.failed('failed', () => 'a value'),
    );
    axios.interceptors.response.use(kit.answered('later'), kit.failed('later'));
    return axios.get(kit.url());
  },
  'a response interceptor that throws is caught by the next': (axios, kit) => {
    axios.interceptors.response.use(fails, kit.failed('its own'));
    axios.interceptors.response.use(
      kit.answered('next'),
      kit.failed('next', () => ({ status: 0 })),
    );
    axios.interceptors.response.use(kit.answered('last'), kit.failed('last'));
    return axios.get(kit.url());
  },
  'a request interceptor that rejects is caught by the one before': (axios, kit) => {
    axios.interceptors.request.use(
      kit.asks('first'),
      kit.failed('first', () => ({ method: 'get', url: kit.url('/r') })),
    );
    axios.interceptors.request.use(rejects, kit.failed('its own'));
    return axios.get(kit.url());
  },
  'a request that is refused by an interceptor reaches the response interceptors': (axios, kit) => {
    axios.interceptors.request.use(rejects);
    axios.interceptors.response.use(
      kit.answered('response'),
      kit.failed('response', () => 'recovered'),
    );
    return axios.get(kit.url());
  },
  ...rows(
    'a synchronous chain whose own rejection handler',
    {
      'gives nothing': () => undefined,
      'gives a value': () => ({ url: '/other' }),
      'gives a promise': async () => 'x',
      'gives a promise that rejects': rejects,
      throws: fails,
    },
    (handler) => (axios, kit) => {
      axios.interceptors.request.use(kit.asks('behind'), kit.failed('behind'), SYNC);
      axios.interceptors.request.use(fails, kit.failed('own', handler), SYNC);
      axios.interceptors.request.use(kit.asks('before'), kit.failed('before'), SYNC);
      return axios.get(kit.url());
    },
  ),
  'a synchronous chain is sent in the same tick': async (axios, kit) => {
    axios.interceptors.request.use(kit.asks('first'), null, SYNC);
    axios.interceptors.request.use(kit.asks('second'), null, SYNC);
    const call = axios({ url: kit.url(), adapter: kit.adapter() });
    kit.note('called');
    return call;
  },
  'no interceptor: sent in the same tick': async (axios, kit) => {
    const call = axios({ url: kit.url(), adapter: kit.adapter() });
    kit.note('called');
    return call;
  },
  'fetch itself is called in the same tick': async (axios, kit) => {
    axios.interceptors.request.use(kit.asks('request'), null, SYNC);
    const env = { fetch: kit.fetched() };
    const all = [
      axios.get('https://one.test/1', { env }),
      axios.post('https://one.test/2', { a: 1 }, { env }),
    ];
    kit.note('called');
    return Promise.all(all);
  },
  'one that is not synchronous: all of them later': async (axios, kit) => {
    axios.interceptors.request.use(kit.asks('first'), null, SYNC);
    axios.interceptors.request.use(kit.asks('second'));
    const call = axios({ url: kit.url(), adapter: kit.adapter() });
    kit.note('called');
    return call;
  },
  'of a child: none of its parent’s': (axios, kit) => {
    axios.interceptors.request.use(kit.asks('parent'));
    const child = axios.create();
    child.interceptors.request.use(kit.asks('child'));
    return child.get(kit.url());
  },
  'interceptors run for each of several calls': async (axios, kit) => {
    axios.interceptors.request.use(kit.asks('request'));
    axios.interceptors.response.use(kit.answered('response'));
    await axios.get(kit.url('/1'));
    await axios.get(kit.url('/2'));
  },
  'the config of the answer is the one that the interceptor gave': (axios, kit) => {
    /** @type {any} */
    let given;
    axios.interceptors.request.use((/** @type {any} */ config) => {
      given = config;
      return config;
    });
    axios.interceptors.response.use((/** @type {any} */ response) => {
      kit.note([response.config === given, response.config.url]);
      return response;
    });
    return axios.get(kit.url());
  },
  'headers that an interceptor sees': (axios, kit) => {
    axios.interceptors.request.use((/** @type {any} */ config) => {
      const { headers } = config;
      kit.note([headers instanceof kit.axios.AxiosHeaders, { ...headers }, headers.get('x-own')]);
      kit.note([config.data, Object.hasOwn(config, 'url'), 'timeout' in config]);
      return config;
    });
    return axios.post(kit.url(), { a: 1 }, { headers: { 'X-Own': 'a' } });
  },
  'a queue of an app’s own, at a 401': async (axios, kit) => {
    await kit.answers({ status: 401, hold: 'head' }, { body: '{"token":"new"}' }, {});
    /** @type {Promise<any> | undefined} */
    let refreshing;
    axios.interceptors.request.use((/** @type {any} */ config) => {
      config.headers.Authorization ??= 'Bearer old';
      return config;
    });
    axios.interceptors.response.use(undefined, async (/** @type {any} */ error) => {
      const { config, response } = error;
      if (response?.status !== 401 || config._retry) throw error;
      config._retry = true;
      refreshing ??= axios.post(kit.url('/token'), { grant: 'refresh' });
      const { data } = await refreshing;
      config.headers.Authorization = `Bearer ${data.token}`;
      return axios(config);
    });
    const call = axios.post(kit.url('/data'), { a: 1 });
    await kit.arrived();
    await kit.release();
    return call;
  },
};
