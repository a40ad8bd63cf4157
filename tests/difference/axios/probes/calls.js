/** Calling: methods, what is sent to whom, adapters, authentication and the options of `fetch`. */

import { rows } from '../../rows.js';

/** @import { Kit, Probes } from '../kit.js' */

const SHORT = ['get', 'delete', 'head', 'options'];
const LONG = ['post', 'put', 'patch', 'query', 'postForm', 'putForm', 'patchForm'];
const named = (/** @type {string[]} */ names) => Object.fromEntries(names.map((name) => [name, name]));

/** @type {Record<string, (axios: any, kit: Kit) => any>} */
const WAYS = {
  'a URL': (axios, kit) => axios(kit.url()),
  'a URL and a config': (axios, kit) => axios(kit.url(), { method: 'POST', data: [1] }),
  'a config': (axios, kit) => axios({ url: kit.url(), method: 'delete' }),
  'request and a URL': (axios, kit) => axios.request(kit.url()),
  'request and a URL and a config': (axios, kit) => axios.request(kit.url(), { params: { a: 1 } }),
  'request and a config': (axios, kit) => axios.request({ url: kit.url(), method: 'Put' }),
  'a URL, and another in the config': (axios, kit) => axios(kit.url(), { url: kit.url('/other') }),
  'get and a config with a method and a URL': (axios, kit) =>
    axios.get(kit.url(), { method: 'post', url: kit.url('/other') }),
  'post and a config with data': (axios, kit) => axios.post(kit.url(), { a: 1 }, { data: { b: 1 } }),
  'get and null': (axios, kit) => axios.get(kit.url(), null),
  'post and null': (axios, kit) => axios.post(kit.url(), null, null),
  nothing: (axios) =>
    axios({
      adapter: async (/** @type {any} */ config) => ({
        data: config.url ?? 'none',
        status: 200,
        headers: {},
        config,
      }),
    }),
  'a function taken off the instance': (axios, kit) => {
    const { get } = axios;
    return get(kit.url());
  },
  'no arguments at all': (axios, kit) => axios.create({ baseURL: kit.base, method: 'options' })(),
};

/** Adapters, of which each is given as it is. @type {Record<string, (kit: Kit) => any>} */
const ADAPTERS = {
  'a function': (kit) => kit.adapter(),
  fetch: () => 'fetch',
  FETCH: () => 'FETCH',
  'a list of names': () => ['nothing-that-is', 'fetch'],
  'fetch in a list': () => ['fetch'],
  'a function in a list': (kit) => [null, false, kit.adapter()],
  'what throws': () => () => {
    throw new RangeError('of an adapter');
  },
  'what rejects': () => () => Promise.reject(new RangeError('of an adapter')),
  'what gives no promise': () => (/** @type {any} */ config) => ({ data: 1, status: 200, config }),
  'what gives nothing': () => async () => undefined,
  'what gives no headers': () => async (/** @type {any} */ config) => ({
    data: '{"a":1}',
    status: 404,
    config,
  }),
  'what gives headers as a text': () => async (/** @type {any} */ config) => ({
    data: new Uint8Array(2),
    status: 500,
    headers: 'X-A: a',
    config,
  }),
  'what gives keys of its own': () => async (/** @type {any} */ config) => ({
    data: 1,
    own: 2,
    config: { own: config.url },
  }),
  'what rejects with an answer': () => (/** @type {any} */ config) =>
    Promise.reject(
      Object.assign(new RangeError('x'), { response: { data: '{"a":1}', headers: { a: 'b' }, config } }),
    ),
  null: () => null,
  false: () => false,
  'an empty text': () => '',
};

const AUTHS = {
  'a name and a password': { username: 'name', password: 'pass' },
  'a name alone': { username: 'name' },
  'a password alone': { password: 'pass' },
  'letters beyond ASCII': { username: 'nä', password: 'pä€' },
  'letters beyond Latin-1 in the name': { username: 'n€' },
  'an empty object': {},
  null: null,
  'a colon': { username: 'a:b', password: 'c:d' },
};

/** What reaches `fetch` for each option. @type {Record<string, any>} */
const OPTIONS = {
  'withCredentials: true': { withCredentials: true },
  'withCredentials: false': { withCredentials: false },
  'withCredentials: undefined': { withCredentials: undefined },
  'withCredentials: null': { withCredentials: null },
  'withCredentials: a text': { withCredentials: 'omit' },
  fetchOptions: { fetchOptions: { cache: 'no-store', mode: 'same-origin', redirect: 'manual', own: 1 } },
  'fetchOptions of what is the config’s': {
    fetchOptions: { method: 'PUT', body: 'x', headers: { a: 'b' }, credentials: 'omit', signal: null },
  },
  'fetchOptions: null': { fetchOptions: null },
  'fetchOptions and maxRedirects': { maxRedirects: 0, fetchOptions: { cache: 'no-cache' } },
  'maxRedirects: 5': { maxRedirects: 5 },
  'no option of its own': {},
  'options of fetch beside the others': { cache: 'no-store', mode: 'same-origin', keepalive: true },
  'an Authorization of its own': { headers: { Authorization: 'Own x' } },
  'an Authorization of its own, and auth': {
    headers: { authorization: 'Own x' },
    auth: { username: 'a', password: 'b' },
  },
};

/** Answers of a double of `fetch`. @type {Record<string, (input: any) => any>} */
const DOUBLES = {
  'an answer': () => new Response('{"a":1}', { status: 201, headers: { 'X-A': 'a' } }),
  'a failure': () => new Response('no', { status: 500, statusText: 'Own' }),
  'a promise': async () => Response.json([1]),
  nothing: () => undefined,
  'what only looks like one': () => ({ status: 200, headers: {}, text: async () => '{"a":1}' }),
  'what throws': () => {
    throw new RangeError('of a double');
  },
  'what rejects': () => Promise.reject(new TypeError('Failed to fetch')),
  'what rejects otherwise': () => Promise.reject(new TypeError('other words')),
  'what rejects with a code': () =>
    Promise.reject(Object.assign(new Error('x'), { code: 'EOWN', status: 418 })),
  'what rejects with a text': () => Promise.reject('a text'),
  'a status of 0': () => Response.error(),
};

/** @type {Probes} */
export const calls = {
  ...rows('called by', WAYS, (call) => (axios, kit) => call(axios, kit)),
  ...rows('a method without a body', named(SHORT), (method) => async (axios, kit) => {
    await axios[method](kit.url('/1'));
    return axios[method](kit.url('/2'), { params: { a: 1 }, headers: { 'X-A': 'a' } });
  }),
  ...rows('a method with a body', named(LONG), (method) => async (axios, kit) => {
    await axios[method](kit.url('/1'));
    await axios[method](kit.url('/2'), { a: 1 });
    return axios[method](kit.url('/3'), { a: 1 }, { params: { b: 1 }, headers: { 'X-A': 'a' } });
  }),
  ...rows(
    'a method that is',
    {
      'in capitals': 'PATCH',
      mixed: 'pAtCh',
      'an empty text': '',
      unknown: 'own',
      link: 'link',
      unlink: 'UNLINK',
    },
    (method) => async (axios, kit) => axios({ url: kit.url(), method, data: method && { a: 1 } }),
  ),
  'a method of the defaults': (axios, kit) => axios.create({ method: 'PUT' })(kit.url()),
  ...rows(
    'an adapter that is',
    ADAPTERS,
    (make) => (axios, kit) => axios.get(kit.url(), { adapter: make(kit) }),
  ),
  ...rows(
    'an adapter of the defaults that is',
    ADAPTERS,
    (make) => (axios, kit) => axios.create({ adapter: make(kit) }).get(kit.url()),
  ),
  'what an adapter is told': (axios, kit) =>
    axios.post(
      kit.url(),
      { a: 1 },
      {
        baseURL: 'https://one.test',
        params: { p: 1 },
        headers: { 'X-A': 'a' },
        own: { b: 1 },
        adapter: async (/** @type {any} */ config) => {
          kit.note(kit.shownConfig(config));
          return {
            data: '[1]',
            status: 200,
            statusText: 'OK',
            headers: { 'x-b': 'b' },
            config,
            request: 'own',
          };
        },
      },
    ),
  getAdapter: async (axios, kit) => {
    const { getAdapter } = kit.axios;
    const own = () => 1;
    const adapter = getAdapter('fetch');
    kit.note([typeof adapter, getAdapter(own) === own, getAdapter([null, own]) === own]);
    return axios.get(kit.url(), { adapter });
  },
  'getAdapter of what is none': (_, { axios: { getAdapter } }) => getAdapter('nonesuch'),
  'getAdapter of nothing that will do': (_, { axios: { getAdapter } }) => getAdapter([null, false]),
  ...rows('auth', AUTHS, (auth) => (axios, kit) => axios.get(kit.url(), { auth })),
  'auth of the defaults': (axios, kit) =>
    axios.create({ auth: { username: 'a', password: 'b' } }).get(kit.url(), { auth: { username: 'c' } }),
  'auth in the URL': (axios, kit) => axios.get(kit.url().replace('http://', 'http://us%40er:pass@')),
  'auth in the URL, and auth': (axios, kit) =>
    axios.get(kit.url().replace('http://', 'http://user:pass@'), { auth: { username: 'a', password: 'b' } }),
  'auth with encodeBasicAuthUsername': (axios, kit) =>
    axios.get(kit.url(), {
      auth: { username: 'nä€', password: 'p' },
      transitional: { encodeBasicAuthUsername: true },
    }),
  ...rows(
    'what reaches fetch by',
    OPTIONS,
    (options) => (axios, kit) =>
      axios.get('https://one.test/x', { env: { fetch: kit.fetched() }, ...options }),
  ),
  ...rows(
    'what reaches fetch by the defaults’',
    OPTIONS,
    (options) => (axios, kit) =>
      axios.create(options).post('https://one.test/x', { a: 1 }, { env: { fetch: kit.fetched() } }),
  ),
  ...rows(
    'a double of fetch that gives',
    DOUBLES,
    (answer) => (axios, kit) => axios.get('https://one.test/x', { env: { fetch: kit.fetched(answer) } }),
  ),
  'a double of fetch without a Request': async (axios, kit) => {
    const fetched = async (/** @type {any} */ url, /** @type {any} */ init) => {
      const headers = new Headers(init.headers);
      headers.delete('user-agent');
      kit.note([url, init.method, headers, init.body]);
      return Response.json({ ok: true });
    };
    const env = { fetch: fetched, Request: null, Response: null };
    const { data } = await axios.post('https://one.test/x', { a: 1 }, { env });
    return data;
  },
  'a Request and a Response of one’s own': async (axios, kit) => {
    class OwnRequest extends Request {
      own = true;
    }
    class OwnResponse extends Response {}
    const fetched = async (/** @type {any} */ input) => {
      kit.note([input instanceof OwnRequest, input.method]);
      return new OwnResponse('{"a":1}');
    };
    const env = { fetch: fetched, Request: OwnRequest, Response: OwnResponse };
    const { data, request } = await axios.post('https://one.test/x', { a: 1 }, { env });
    return [data, request instanceof OwnRequest];
  },
  'a double of fetch for the whole instance': async (axios, kit) => {
    const child = axios.create({ env: { fetch: kit.fetched() }, baseURL: 'https://one.test' });
    await child.get('/1');
    return child.create().get('/2');
  },
  'globalThis.fetch that is replaced after the import': async (axios, kit) => {
    const { fetch } = globalThis;
    globalThis.fetch = async (input, init) => {
      const { url, method } = new Request(input, init);
      kit.note([url, method]);
      return Response.json({ ok: true });
    };
    try {
      return await axios.get('https://one.test/x');
    } finally {
      globalThis.fetch = fetch;
    }
  },
  'several calls at once': (axios, kit) =>
    Promise.all(
      ['/1', '/2', '/3'].map((path) =>
        axios.get(kit.url(path)).then((/** @type {any} */ { config }) => config.url),
      ),
    ),
};
