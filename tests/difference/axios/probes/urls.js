/** URLs: the base, the parameters and how they are written. */

import { rows } from '../../rows.js';
import { messageOf } from '../shown.js';

/** @import { Probes } from '../kit.js' */

const BASES = {
  'a path': '/api',
  'a path with a slash at its end': '/api/',
  'a path with slashes at its end': '/api///',
  'a relative path': 'api',
  'an origin': 'https://one.test',
  'an origin and a path': 'https://one.test/v1',
  'one with a query': 'https://one.test/v1?k=1',
  'one with a hash': 'https://one.test/v1#top',
  'one without a scheme': '//one.test/v1',
  'a broken one': 'http:/one.test',
  'an empty text': '',
  'a URL object': new URL('https://one.test/v1'),
};
const URLS = {
  'a path': '/users',
  'a path without a slash': 'users',
  'a path with slashes': '//users//1',
  dots: '../users/./1',
  'an empty text': '',
  nothing: undefined,
  'a query': '?a=1',
  'a path with a query and a hash': '/users?a=1#top',
  'another origin': 'https://two.test/x',
  'another origin in capitals': 'HTTPS://two.test/x',
  'another origin without a scheme': '//two.test/x',
  'another scheme': 'custom+x.y-1://two/x',
  'a data URL': 'data:text/plain,x',
  mailto: 'mailto:a@b.test',
  'a broken one': 'http:two.test/x?token=secret#part=secret',
  'one with a user': 'https:/user:secret@two.test',
  'spaces around': '  /users ',
  'letters beyond ASCII': '/ä €',
  'a URL object': new URL('https://two.test/x'),
};

const date = new Date(0);
/** @type {Record<string, any>} */
const PARAMS = {
  texts: { a: 'x', b: '' },
  numbers: { a: 1, b: 0, c: Number.NaN, d: -1.5, e: 1e21, f: Number.POSITIVE_INFINITY },
  booleans: { a: true, b: false },
  'null and undefined': { a: null, b: undefined, c: 1 },
  'nothing but nothing': { a: undefined, b: null },
  'an empty object': {},
  'an empty text': '',
  'a text': 'a=1',
  'a number': 5,
  null: null,
  'a date': { a: date },
  'a list': { a: [1, 'x', null, undefined, '', date, true] },
  'an empty list': { a: [] },
  'a list of lists': { a: [[1, 2], [3]] },
  'a list of objects': { a: [{ b: 1 }, { b: 2, c: [3] }] },
  'a list, by a name with brackets': { 'a[]': [1, 2] },
  'objects in objects': { a: { b: { c: 1, d: [1, 2] }, e: null, f: undefined } },
  'an empty object in it': { a: { b: {} } },
  'a name for JSON': { 'a{}': { b: [1] }, 'c{}': [1] },
  'a Map': { a: new Map([['b', 1]]) },
  'a Set': { a: new Set([1]) },
  'a function': { a: () => 1 },
  'a bigint': { a: 5n },
  'a URL': { a: new URL('https://one.test/?x=1') },
  'what has its own text': { a: { toString: () => 'own', x: 1 } },
  'an instance of a class': {
    a: new (class Point {
      x = 1;
    })(),
  },
  'an object without a prototype': Object.assign(Object.create(null), { a: 1, b: { c: 2 } }),
  URLSearchParams: new URLSearchParams([
    ['a', '1 2'],
    ['a', 'x&y'],
    ['ä', '€'],
  ]),
  'URLSearchParams in it': { a: new URLSearchParams({ b: '1' }) },
  'empty URLSearchParams': new URLSearchParams(),
  'a list at the top': [1, 'x', { a: 1 }],
  'a form': (() => {
    const form = new FormData();
    form.append('a', '1');
    return form;
  })(),
  'characters that have a meaning': { a: ':$,+ []@!\'()*~&=?#/%\\^`{|}"<>;' },
  'names that have a meaning': { 'a b': 1, 'a&b': 2, 'a=b': 3, 'ä€': 4, 'a[b]': 5, 'a.b': 6, ' a ': 7 },
  'letters beyond ASCII': { a: 'ä€漢😀' },
  'half of a letter': { a: '\ud800' },
  'a buffer': { a: new Uint8Array([104, 105]) },
  'names of prototypes': JSON.parse(
    '{"__proto__":1,"constructor":2,"prototype":3,"a":{"__proto__":4,"b":5}}',
  ),
};

/** @type {Record<string, any>} */
const SERIALIZERS = {
  'a function': (/** @type {any} */ params) => `f=${Object.keys(params)}`,
  'a function that gives nothing': () => '',
  serialize: {
    serialize: (/** @type {any} */ params, /** @type {any} */ options) =>
      `s=${Object.keys(params)}&o=${Object.keys(options)}`,
  },
  encode: { encode: (/** @type {any} */ text) => `‹${text}›` },
  'encode that uses the one it stands in for': {
    encode: (/** @type {any} */ text, /** @type {any} */ encode) => `(${encode(text)})`,
  },
  'indexes: null': { indexes: null },
  'indexes: false': { indexes: false },
  'indexes: true': { indexes: true },
  dots: { dots: true },
  'dots and indexes': { dots: true, indexes: true },
  'metaTokens: false': { metaTokens: false },
  'maxDepth: 1': { maxDepth: 1 },
  'a visitor': {
    visitor(
      /** @type {any} */ value,
      /** @type {any} */ key,
      /** @type {any} */ path,
      /** @type {any} */ helpers,
    ) {
      if (typeof value === 'number') {
        /** @type {any} */ (this).append(`n-${key}`, value * 2);
        return false;
      }
      return helpers.defaultVisitor.call(this, value, key, path, helpers);
    },
  },
  'an empty object': {},
  null: null,
};
const NESTED = { a: [1, 'x y'], b: { c: [2, { d: 3 }], e: date }, 'f{}': { g: 1 }, 'h[]': [4] };

/** @type {(ask: () => unknown) => unknown} */
const orError = (ask) => {
  try {
    return ask();
  } catch (/** @type {any} */ error) {
    return { name: error.name, message: messageOf(error), code: error.code };
  }
};

/** @type {Probes} */
export const urls = {
  ...rows(
    'each URL over a base that is',
    BASES,
    (baseURL) => (axios) =>
      Object.entries(URLS).map(([name, url]) => [name, orError(() => axios.getUri({ baseURL, url }))]),
  ),
  ...rows(
    'no absolute URLs, over a base that is',
    BASES,
    (baseURL) => (axios) =>
      Object.entries(URLS).map(([name, url]) => [
        name,
        orError(() => axios.getUri({ baseURL, url, allowAbsoluteUrls: false })),
      ]),
  ),
  ...rows(
    'sent to a base and',
    URLS,
    (url) => (axios, kit) => axios.get(url, { baseURL: `${kit.base}/v1/`, adapter: kit.adapter() }),
  ),
  ...rows(
    'by fetch, over a base',
    URLS,
    (url) => (axios, kit) => axios.get(url, { baseURL: `${kit.base}/v1/`, env: { fetch: kit.fetched() } }),
  ),
  'allowAbsoluteUrls of the defaults': (axios, kit) =>
    axios.create({ allowAbsoluteUrls: false, baseURL: kit.base }).get('http://nowhere.test/x'),
  'allowAbsoluteUrls of the call over the defaults': (axios, kit) =>
    axios
      .create({ allowAbsoluteUrls: false, baseURL: 'http://nowhere.test' })
      .get(kit.url(), { allowAbsoluteUrls: true }),
  'a base that is a function': (axios) => axios.getUri({ baseURL: () => 'https://one.test', url: '/x' }),
  ...rows('params', PARAMS, (params) => (axios, kit) => axios.get(kit.url(), { params })),
  ...rows(
    'params that are written in each way',
    PARAMS,
    (params) => (axios) =>
      Object.entries(SERIALIZERS).map(([name, paramsSerializer]) => [
        name,
        orError(() => axios.getUri({ url: '/x', params, paramsSerializer })),
      ]),
  ),
  ...rows(
    'paramsSerializer',
    SERIALIZERS,
    (paramsSerializer) => (axios, kit) => axios.get(kit.url(), { params: NESTED, paramsSerializer }),
  ),
  ...rows(
    'params for a URL with',
    {
      'a query': '/x?a=1',
      'a query and a hash': '/x?a=1#top',
      'a hash': '/x#top',
      'a question mark alone': '/x?',
      'a query that is cut off': '/x?a=1&',
      'a hash with a question mark': '/x#top?b',
    },
    (url) => (axios, kit) => axios.get(kit.url(url), { params: { p: 1 } }),
  ),
  'no params for a URL with a hash': (axios, kit) => axios.get(kit.url('/x?a=1#top'), { params: {} }),
  'params over those of the defaults': (axios, kit) =>
    axios.create({ params: { a: 1, deep: { b: 1, c: [1] }, list: [1, 2] } }).get(kit.url(), {
      params: { a: 2, deep: { c: [2] }, list: [3] },
    }),
  'params, undefined over the defaults’': (axios, kit) =>
    axios.create({ params: { a: 1, b: 2 } }).get(kit.url(), { params: { a: undefined } }),
  'URLSearchParams over the defaults’ object': (axios, kit) =>
    axios.create({ params: { a: 1 } }).get(kit.url(), { params: new URLSearchParams('b=2') }),
  'paramsSerializer of the defaults': (axios, kit) =>
    axios.create({ paramsSerializer: { indexes: null } }).get(kit.url(), { params: { a: [1, 2] } }),
  'params in circles': (axios, kit) => {
    /** @type {any} */
    const params = { a: {} };
    params.a.self = params;
    return axios.get(kit.url(), { params });
  },
  'params that are too deep': (axios, kit) => {
    /** @type {any} */
    let params = { end: 1 };
    for (let depth = 0; depth < 120; depth += 1) params = { a: params };
    return axios.get(kit.url(), { params });
  },
  'params with a POST': (axios, kit) => axios.post(kit.url(), { a: 1 }, { params: { p: [1] } }),
  'getUri of nothing': (axios) => [axios.getUri(), axios.getUri({}), axios.getUri({ params: { a: 1 } })],
  'getUri of an instance': (axios) =>
    axios
      .create({ baseURL: 'https://one.test/v1/', params: { a: 1 } })
      .getUri({ url: '/x', params: { b: [1, 2] } }),
  'getUri with a function': (axios) =>
    axios.getUri({ url: '/x', params: { a: 1 }, paramsSerializer: () => 'own' }),
  'getUri of a broken URL': (axios) => axios.getUri({ url: 'https:one.test/?token=secret' }),
};
