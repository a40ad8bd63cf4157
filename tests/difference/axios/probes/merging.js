/** Configs: what becomes of defaults, of a call’s own, and of what neither names. */

import { rows } from '../../rows.js';

/** @import { Probes } from '../kit.js' */

const SYMBOL = Symbol('own');
const first = () => 'first';
const second = () => 'second';
class Kept {
  a = 1;
}
const KEPT = new Kept();

/** Values over which another one is put. @type {Record<string, [defaults: any, own: any]>} */
const VALUES = {
  'a text over a text': ['a', 'b'],
  'undefined over a text': ['a', undefined],
  'null over a text': ['a', null],
  'a text over nothing': [undefined, 'b'],
  'zero over a number': [5, 0],
  'false over true': [true, false],
  'an object over an object': [
    { a: 1, deep: { b: 1, c: [1, 2] } },
    { b: 2, deep: { b: 2, d: undefined } },
  ],
  'an object over a list': [[1, 2], { a: 1 }],
  'a list over a list': [[1, 2, 3], [4]],
  'a list over an object': [{ a: 1 }, [4]],
  'a date over an object': [{ a: 1 }, new Date(0)],
  'an instance of a class over an object': [{ a: 1 }, KEPT],
  'an object over an instance of a class': [KEPT, { b: 1 }],
  'a function over a function': [first, second],
  'a symbol’s key over a symbol’s key': [
    { [SYMBOL]: 1, a: 1 },
    { [SYMBOL]: 2, b: 1 },
  ],
};

/** Every key for which axios has a rule of its own. */
const KEYS = [
  'url',
  'method',
  'data',
  'baseURL',
  'transformRequest',
  'transformResponse',
  'params',
  'paramsSerializer',
  'timeout',
  'timeoutErrorMessage',
  'withCredentials',
  'withXSRFToken',
  'responseType',
  'xsrfCookieName',
  'xsrfHeaderName',
  'onUploadProgress',
  'onDownloadProgress',
  'maxContentLength',
  'maxBodyLength',
  'beforeRedirect',
  'cancelToken',
  'headers',
  'allowAbsoluteUrls',
  'auth',
  'signal',
  'transitional',
  'formSerializer',
  'fetchOptions',
  'redact',
  'own',
];

/** @type {Record<string, (config: any) => unknown>} */
const HEADERS = {
  'the same name otherwise written': (axios) => axios({ headers: { 'x-A': 'own' } }),
  'undefined for one of the defaults’': (axios) => axios({ headers: { 'X-A': undefined } }),
  'null for one of the defaults’': (axios) => axios({ headers: { 'X-A': null } }),
  'false for one of the defaults’': (axios) => axios({ headers: { 'X-A': false } }),
  'false for Accept': (axios) => axios({ headers: { Accept: false } }),
  'a number, a list and true': (axios) => axios({ headers: { n: 5, l: ['a', 'b'], t: true } }),
  'an empty text': (axios) => axios({ headers: { 'X-B': '' } }),
  'spaces and line breaks in a value': (axios) => axios({ headers: { 'X-B': '  a\r\n b\t ' } }),
  'letters beyond Latin-1 in a value': (axios) => axios({ headers: { 'X-B': 'äöü €漢 a' } }),
  'names with spaces around': (axios) => axios({ headers: { ' X-B ': 'a' } }),
  'headers that are null': (axios) => axios({ headers: null }),
  'headers that are undefined': (axios) => axios({ headers: undefined }),
  'headers of the platform': (axios) => axios({ headers: new Headers({ 'X-A': 'own', 'X-B': 'b' }) }),
  'a Map': (axios) => axios({ headers: new Map([['X-A', 'own']]) }),
  'a list of pairs': (axios) => axios({ headers: [['X-A', 'own']] }),
  'a text': (axios) => axios({ headers: 'X-A: own\nX-B: b' }),
  'common in a call': (axios) => axios({ headers: { common: { 'X-C': 'c' }, 'X-B': 'b' } }),
  'its method in a call': (axios) => axios({ method: 'post', headers: { post: { 'X-C': 'c' } } }),
  'another method in a call': (axios) => axios({ headers: { post: { 'X-C': 'c' } } }),
  'a header that is called like a method': (axios) => axios({ headers: { link: 'a', Get: 'b' } }),
};

/**
 * What a call becomes, without being sent.
 *
 * @param {any} instance
 * @param {any} config
 */
async function configOf(instance, config) {
  const { config: seen } = await instance({
    adapter: async (/** @type {any} */ given) => ({ status: 200, data: '', headers: {}, config: given }),
    ...config,
  });
  return seen;
}

/** @type {Probes} */
export const merging = {
  'all of a config': async (axios) => {
    const { env, adapter, ...config } = await configOf(axios, { url: '/x', method: 'POST', data: [1] });
    return { ...config, keys: Object.keys(config), env: typeof env, adapter: typeof adapter };
  },
  'all of the defaults': ({ defaults }) => {
    const { env, adapter, headers, ...rest } = defaults;
    return { ...rest, headers, keys: Object.keys(rest).sort() };
  },
  'the defaults of the package': (_, { axios: { defaults, create } }) => {
    const { env, adapter, headers, ...rest } = defaults;
    return { ...rest, headers, others: create().defaults === defaults };
  },
  ...rows('mergeConfig of a key of one’s own', VALUES, ([defaults, own]) => (_, { axios }) => {
    const merged = axios.mergeConfig({ own: defaults }, { own });
    return [merged, Object.keys(merged), merged.own === own, merged.own === defaults];
  }),
  ...rows('mergeConfig of', Object.fromEntries(KEYS.map((key) => [key, key])), (key) => (_, { axios }) => {
    const both = Object.values(VALUES).map(([defaults, own]) => {
      try {
        return axios.mergeConfig({ [key]: defaults }, { [key]: own });
      } catch (/** @type {any} */ error) {
        return error.name;
      }
    });
    const one = axios.mergeConfig({ [key]: { a: [1] } }, {});
    const other = axios.mergeConfig({}, { [key]: { a: [1] } });
    const none = axios.mergeConfig({ [key]: { a: [1] } }, { [key]: undefined });
    return [both, one, other, none];
  }),
  'mergeConfig of nothing': (_, { axios: { mergeConfig } }) => [
    mergeConfig(),
    mergeConfig(null, null),
    mergeConfig({ a: 1 }),
    mergeConfig(undefined, { a: 1 }),
    Object.getPrototypeOf(mergeConfig()) === null,
    typeof mergeConfig().hasOwnProperty,
  ],
  'mergeConfig of keys that name a prototype': (_, { axios: { mergeConfig } }) => {
    const own = JSON.parse(
      '{"__proto__":{"a":1},"constructor":{"a":1},"prototype":{"a":1},"b":{"__proto__":{"c":1}}}',
    );
    const merged = mergeConfig({}, own);
    return [merged, Object.keys(merged), merged.a, merged.b?.c];
  },
  'mergeConfig of what is inherited': (_, { axios: { mergeConfig } }) =>
    mergeConfig(Object.create({ timeout: 1 }), Object.create({ own: 1, timeout: 2 })),
  'mergeConfig of keys that are symbols': (_, { axios: { mergeConfig } }) => {
    const merged = mergeConfig({ [SYMBOL]: { a: 1 } }, { [SYMBOL]: { b: 1 }, [Symbol.for('x')]: 1 });
    return Object.getOwnPropertySymbols(merged).map((symbol) => merged[symbol]);
  },
  'mergeConfig gives what is nobody else’s': (_, { axios: { mergeConfig } }) => {
    const own = { headers: { a: '1' }, params: { p: [1] }, own: { list: [1, { b: 1 }] }, data: { d: 1 } };
    const merged = mergeConfig({}, own);
    return ['headers', 'params', 'own', 'data'].map((key) => merged[key] === /** @type {any} */ (own)[key]);
  },
  'mergeConfig of params in circles': (_, { axios: { mergeConfig } }) => {
    /** @type {any} */
    const params = { a: 1 };
    params.self = params;
    return mergeConfig({}, { params });
  },
  ...rows('over headers of the defaults', HEADERS, (ask) => (axios, kit) => {
    const child = axios.create({
      headers: {
        'X-A': 'of defaults',
        common: { 'X-Common': 'c' },
        post: { 'X-Post': 'p' },
        get: { 'X-Get': 'g' },
      },
    });
    return ask((/** @type {any} */ config) =>
      child({ url: kit.url(), ...config }).then((/** @type {any} */ { config }) => config.headers),
    );
  }),
  'headers of the defaults, by method': async (axios, kit) => {
    axios.defaults.headers.common.Common = 'common';
    axios.defaults.headers.post.Post = 'post';
    axios.defaults.headers.get.Get = 'get';
    axios.defaults.headers.purge.Purge = 'purge';
    axios.defaults.headers.Flat = 'flat';
    for (const method of ['get', 'POST', 'purge', 'patch']) await axios({ url: kit.url(), method });
  },
  'headers of the defaults that are AxiosHeaders': (axios, kit) => {
    const headers = new kit.axios.AxiosHeaders({ 'X-A': 'a' });
    return axios.create({ headers }).get(kit.url(), { headers: { 'x-a': 'b' } });
  },
  'headers of a call that are AxiosHeaders': (axios, kit) => {
    const headers = new kit.axios.AxiosHeaders({ 'X-A': 'a', 'X-B': undefined });
    return axios.get(kit.url(), { headers });
  },
  'defaults that are changed after create': async (axios, kit) => {
    const child = axios.create({ timeout: 5, own: { a: 1 } });
    axios.defaults.own = 'of the parent';
    child.defaults.own.a = 2;
    child.defaults.params = { late: 1 };
    child.defaults.headers['X-Late'] = 'late';
    return child.get(kit.url(), { own: { b: 1 }, timeout: 0 });
  },
  'defaults that are replaced': (axios, kit) => {
    axios.defaults = { baseURL: kit.base, headers: { 'X-A': 'a' } };
    return axios.get('/x');
  },
  'create does not keep what it was given': (axios, kit) => {
    const config = { baseURL: kit.base, headers: { 'X-A': 'a' }, own: { list: [1] } };
    const child = axios.create(config);
    config.baseURL = 'http://nowhere.test';
    config.headers['X-A'] = 'changed';
    config.own.list.push(2);
    return child.get('/x');
  },
  'create of create': async (axios, kit) => {
    const parent = axios.create({
      baseURL: kit.base,
      headers: { 'X-A': 'a' },
      params: { p: 1 },
      own: { a: 1 },
    });
    const child = parent.create({ headers: { 'X-B': 'b' }, params: { c: 1 }, own: { b: 1 } });
    parent.defaults.headers['X-Late'] = 'late';
    return child.get('/x', { params: { r: 1 } });
  },
  'create with nothing, null and an empty object': async (axios, kit) => {
    for (const config of [undefined, null, {}]) await axios.create(config).get(kit.url());
  },
  'the caller’s objects are left alone': async (axios, kit) => {
    const frozen = (/** @type {any} */ value) => {
      if (typeof value === 'object' && value) for (const one of Object.values(value)) frozen(one);
      return Object.freeze(value);
    };
    const config = frozen({
      url: kit.url(),
      method: 'POST',
      headers: { 'x-a': 'a', 'Content-Type': 'application/json' },
      params: { list: [1, { b: 2 }] },
      data: { deep: { list: [1] } },
      own: { deep: {} },
    });
    await axios(config);
    return config;
  },
  'a config object that is given beside a URL': async (axios, kit) => {
    const config = { method: 'put' };
    await axios(kit.url(), config);
    return config;
  },
  'a key of one’s own, in the answer and in the error': async (axios, kit) => {
    await kit.answers({}, { status: 400 });
    const own = { meta: { retry: 1 }, [SYMBOL]: { s: 1 }, instance: KEPT, list: [1] };
    const { config } = await axios.get(kit.url(), own);
    kit.note([config.meta, config[SYMBOL], config.instance === KEPT, config.list === own.list]);
    return axios.get(kit.url(), own);
  },
  'undefined for what the defaults have': async (axios, kit) => {
    const child = axios.create({ baseURL: kit.base, timeout: 900, responseType: 'text', method: 'post' });
    return child({
      url: '/x',
      baseURL: undefined,
      timeout: undefined,
      responseType: undefined,
      method: undefined,
      transformRequest: undefined,
      headers: undefined,
    });
  },
  'null for what the defaults have': async (axios, kit) =>
    axios.create({ baseURL: 'http://nowhere.test', responseType: 'text' })({
      url: kit.url(),
      baseURL: null,
      timeout: null,
      responseType: null,
      params: null,
      data: null,
      transformResponse: null,
    }),
  'an option that is misspelt': (axios, kit) =>
    axios.get(kit.url(), { baseUrl: 'http://nowhere.test', withXsrfToken: true }),
  ...rows(
    'an option that is wrong',
    {
      'transitional, a text': { transitional: 'x' },
      'transitional, an unknown key': { transitional: { unknown: true } },
      'transitional, no boolean': { transitional: { silentJSONParsing: 1 } },
      'transitional, null': { transitional: null },
      'paramsSerializer, a text': { paramsSerializer: 'x' },
      'paramsSerializer, encode that is none': { paramsSerializer: { encode: 1 } },
      'paramsSerializer, serialize that is none': { paramsSerializer: { serialize: 'x' } },
      'paramsSerializer, an unknown key': { paramsSerializer: { unknown: 1 } },
      'adapter, an unknown name': { adapter: 'nonesuch' },
      'adapter, an empty list': { adapter: [] },
      'adapter, a number': { adapter: 5 },
      'url, a number': { url: 5 },
      'url, null': { url: null },
      'method, a number': { method: 5 },
      'method, with a space': { method: 'a b' },
      'validateStatus, a number': { validateStatus: 5 },
      'transformRequest, a text': { transformRequest: 'x' },
      'a header’s name': { headers: { 'bad name': 'a' } },
      'responseType, an unknown one': { responseType: 'nonesuch' },
    },
    (wrong) => (axios, kit) => axios({ url: kit.url(), params: { a: 1 }, ...wrong }),
  ),
};
