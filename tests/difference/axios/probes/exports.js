/** What the package exports beside the instance: errors, helpers, constants. */

import { rows } from '../../rows.js';
import { plainError } from '../shown.js';

/** @import { Kit, Probes } from '../kit.js' */

/** What npm’s axios exports, or has at its default export. */
const NAMES = [
  'Axios',
  'AxiosError',
  'CanceledError',
  'isCancel',
  'CancelToken',
  'all',
  'Cancel',
  'isAxiosError',
  'spread',
  'toFormData',
  'AxiosHeaders',
  'HttpStatusCode',
  'formToJSON',
  'getAdapter',
  'mergeConfig',
  'create',
  'default',
  'VERSION',
];

/** What npm’s instances have of the class that they are made of. */
const OF_ITS_CLASS = ['constructor', '_request'];

/** @type {Record<string, any>} */
const FIELDS = {
  'texts and numbers': { a: 'x', b: 1, c: true, d: null, e: undefined },
  lists: { a: [1, null, 2], b: [[1], [2]], 'c[]': [3], d: [] },
  objects: { a: { b: { c: 1 } }, 'd{}': { e: 1 }, f: {} },
  'a date': { a: new Date(0) },
  'a list at the top': ['a', { b: 1 }],
};

/** @type {Record<string, any>} */
const OPTIONS = {
  nothing: undefined,
  dots: { dots: true },
  'indexes: true': { indexes: true },
  'indexes: null': { indexes: null },
  'metaTokens: false': { metaTokens: false },
  'maxDepth: 1': { maxDepth: 1 },
};

/** @type {Record<string, string[]>} */
const FORMS = {
  'names alone': ['a', 'b'],
  'a name twice, and thrice': ['a', 'a', 'b', 'b', 'b'],
  brackets: ['a[b]', 'a[c][d]', 'e[f]'],
  'empty brackets': ['a[]', 'a[]', 'b[][c]', 'b[][c]'],
  numbers: ['a[0]', 'a[1]', 'b[1]', 'c[x]', 'c[0]', '0', '1'],
  dots: ['a.b', 'a.c.d', 'e.0'],
  prototypes: ['__proto__[a]', 'constructor[prototype][a]', 'a[__proto__]'],
  'a value and then an object': ['a', 'a[b]', 'c[d]', 'c'],
  'broken brackets': ['a[', 'a]b', 'a[b', '[a]', '[]', ''],
  'names with signs': ['user-name', 'user name[first-name]', 'ä'],
};

const formOf = (/** @type {string[]} */ names) => {
  const form = new FormData();
  for (const [index, name] of names.entries()) form.append(name, `v${index}`);
  return form;
};

/** Errors that an app or the package makes. @type {Record<string, (axios: any) => any>} */
const ERRORS = {
  'a message alone': ({ AxiosError }) => new AxiosError('words'),
  nothing: ({ AxiosError }) => new AxiosError(),
  everything: ({ AxiosError }) =>
    new AxiosError(
      'words',
      'ECODE',
      { url: '/x', own: 1 },
      { own: 'request' },
      { status: 418, data: 1, config: {} },
    ),
  'from an error': ({ AxiosError }) => AxiosError.from(new RangeError('words'), 'ECODE', { url: '/x' }),
  'from an error with a code and a status': ({ AxiosError }) =>
    AxiosError.from(Object.assign(new Error('words'), { code: 'EOWN', status: 5 })),
  'from an error, with more': ({ AxiosError }) =>
    AxiosError.from(
      new Error('words'),
      null,
      null,
      null,
      { status: 400, data: 1, config: {} },
      { own: 1, name: 'Own' },
    ),
  'from several errors': ({ AxiosError }) =>
    AxiosError.from(new AggregateError([new Error('one'), 'two', null, { message: 'three' }])),
  'CanceledError of nothing': ({ CanceledError }) => new CanceledError(),
  'CanceledError of everything': ({ CanceledError }) =>
    new CanceledError('words', { url: '/x' }, { own: 'request' }),
  'CanceledError of an empty text': ({ CanceledError }) => new CanceledError(''),
};

/** What may be an error or not. @type {Record<string, any>} */
const CANDIDATES = {
  nothing: undefined,
  null: null,
  'a text': 'x',
  'an error': new Error('x'),
  'an object that says so': { isAxiosError: true, __CANCEL__: true },
  'an object that says no': { isAxiosError: 1, __CANCEL__: 0 },
  'a function that says so': Object.assign(() => 1, { isAxiosError: true, __CANCEL__: 1 }),
};

/** What JSON tells of an error. @param {any} error */
const jsonOf = (error) => {
  const json = error.toJSON();
  return { ...json, stack: typeof json.stack, keys: Object.keys(json), text: typeof JSON.stringify(error) };
};

/** @type {(kit: Kit, call: Promise<any>) => Promise<any>} */
const errorOf = (kit, call) =>
  call.then(
    () => kit.note('no error'),
    (error) => error,
  );

/** @type {Probes} */
export const exported = {
  ...rows(
    'an export',
    Object.fromEntries(NAMES.map((name) => [name, name])),
    (name) =>
      (_, { lib, axios }) => [
        typeof lib[name],
        typeof axios[name],
        lib[name] === axios[name] || name === 'default',
      ],
  ),
  'no exports but these': (_, { lib }) =>
    Object.keys(lib).filter((name) => !NAMES.includes(name) && name !== 'createSessionAdapter'),
  'what an instance has': (axios) =>
    Object.keys(axios)
      .filter((name) => !OF_ITS_CLASS.includes(name))
      .sort(),
  'what the default export has that an instance has not': (axios, kit) =>
    Object.keys(kit.axios)
      .filter((name) => !(name in axios))
      .sort(),
  'instances share nothing': (axios, kit) => {
    const other = kit.axios.create();
    return [axios === other, axios.defaults === other.defaults, axios.interceptors === other.interceptors];
  },
  'the default export makes requests': (_, kit) => kit.axios.get(kit.url()),
  'the default export, called': (_, kit) => kit.axios(kit.url(), { method: 'put' }),
  'axios.default': (_, { axios }) => axios.default === axios,
  'Cancel is CanceledError': (_, { axios }) => axios.Cancel === axios.CanceledError,
  'new Axios': (_, kit) => new kit.axios.Axios({ baseURL: kit.base, headers: {} }).get('/x'),
  'a class of one’s own of Axios': (_, kit) => {
    class Own extends kit.axios.Axios {
      /** @type {(path: string) => Promise<any>} */
      read(path) {
        return this.get(path).then((/** @type {any} */ { data }) => data);
      }
    }
    const OwnOf = /** @type {any} */ (Own);
    return new OwnOf({ ...kit.axios.defaults, baseURL: kit.base }).read('/x');
  },
  HttpStatusCode: (_, { axios: { HttpStatusCode } }) => Object.entries(HttpStatusCode).sort(),
  all: (_, { axios }) => axios.all([1, Promise.resolve(2)]),
  'all that rejects': (_, { axios }) => axios.all([1, Promise.reject(new RangeError('x'))]),
  spread: (_, { axios }) => axios.spread((/** @type {any[]} */ ...all) => all)([1, [2], 3]),
  ...rows(
    'isAxiosError and isCancel of',
    CANDIDATES,
    (candidate) =>
      (_, { axios: { isAxiosError, isCancel } }) => [isAxiosError(candidate), isCancel(candidate)],
  ),
  ...rows('an AxiosError of', ERRORS, (make) => (_, { axios, lib }) => {
    const error = make(axios);
    return Promise.all([plainError(error, lib), jsonOf(error), String(error), error instanceof Error]);
  }),
  'codes of AxiosError': (_, { axios: { AxiosError } }) => Object.entries(AxiosError).sort(),
  'the cause is not listed': (_, { axios: { AxiosError } }) => {
    const error = AxiosError.from(new Error('x'));
    return [Object.keys(error), Object.hasOwn(error, 'cause'), Object.keys(new AxiosError('x', 'c'))];
  },
  'the stack of an error’s cause': (_, { axios: { AxiosError } }) =>
    AxiosError.from(new RangeError('of the cause')).stack.includes('RangeError: of the cause'),
  'toJSON of a failure': async (axios, kit) => {
    await kit.answers({ status: 404 });
    const config = { params: { a: 1 }, headers: { 'X-A': 'a' }, own: { b: 1 }, timeout: 20_000 };
    const error = await errorOf(kit, axios.post(kit.url(), { a: 1 }, config));
    const { config: shown, ...json } = jsonOf(error);
    return [json, kit.shownConfig(shown)];
  },
  'toJSON with redact': async (axios, kit) => {
    await kit.answers({ status: 404 });
    const config = {
      redact: ['authorization', 'Password', 'own'],
      headers: { Authorization: 'secret', 'X-A': 'a' },
      params: { password: 'secret', list: [{ PASSWORD: 'secret' }] },
      own: { secret: 1 },
    };
    const error = await errorOf(kit, axios.get(kit.url(), config));
    return kit.shownConfig(error.toJSON().config);
  },
  'an error as JSON has no secret but what its config has': async (axios, kit) => {
    await kit.answers({ status: 500, headers: { 'x-secret': 'secret' } });
    const error = await errorOf(kit, axios.get(kit.url()));
    return JSON.stringify(error).includes('secret');
  },
  'an error’s own answer and request': async (axios, kit) => {
    await kit.answers({ status: 409, body: '{"why":"x"}' });
    const error = await errorOf(kit, axios.get(kit.url()));
    const { response, config, request, status } = error;
    return [response.config === config, response.request === request, status, response.data, error.message];
  },
  'a stack that names the caller': async (axios, kit) => {
    await kit.answers({ status: 500 });
    const error = await (async function theCaller() {
      return errorOf(kit, axios.get(kit.url()));
    })();
    return [typeof error.stack, error.stack.startsWith('AxiosError: Request failed')];
  },
  ...rows(
    'toFormData of',
    FIELDS,
    (fields) =>
      (_, { axios: { toFormData } }) =>
        Object.entries(OPTIONS).map(([name, options]) => {
          try {
            return [name, [...toFormData(fields, new FormData(), options)]];
          } catch (/** @type {any} */ error) {
            return [name, error.name, error.code, error.message];
          }
        }),
  ),
  ...rows(
    'toFormData into URLSearchParams of',
    FIELDS,
    (fields) =>
      (_, { axios: { toFormData } }) =>
        toFormData(fields, new URLSearchParams()),
  ),
  'toFormData of what is no object': (_, { axios: { toFormData } }) => toFormData('x', new FormData()),
  'toFormData of what goes in circles': (_, { axios: { toFormData } }) => {
    /** @type {any} */
    const fields = { a: { b: 1 } };
    fields.a.back = fields.a;
    return toFormData(fields, new FormData());
  },
  'toFormData with a visitor': (_, { axios: { toFormData } }) => {
    /** @type {any[]} */
    const seen = [];
    toFormData({ a: [1], b: { c: 2 } }, new FormData(), {
      visitor(
        /** @type {any} */ value,
        /** @type {any} */ key,
        /** @type {any} */ path,
        /** @type {any} */ helpers,
      ) {
        seen.push([
          key,
          path,
          Object.keys(helpers)
            .filter((name) => !/^is[A-Z]/.test(name))
            .sort(),
        ]);
        return helpers.isVisitable(value);
      },
    });
    return seen;
  },
  ...rows(
    'formToJSON of',
    FORMS,
    (names) =>
      (_, { axios: { formToJSON } }) =>
        formToJSON(formOf(names)),
  ),
  'formToJSON of what is no form': (_, { axios: { formToJSON } }) => [
    formToJSON({}),
    formToJSON(new URLSearchParams('a=1')),
  ],
};
