/** URLs, base URLs and queries: which URL reaches `fetch`. */

import { rows } from '../../rows.js';

/** @import { Probes } from '../kit.js' */

/** @type {Record<string, [request: string, baseURL: string]>} */
const JOINED = {
  'a path': ['/users', 'https://a.example/api'],
  'a path without a slash': ['users', 'https://a.example/api'],
  'a path, base with a slash': ['/users', 'https://a.example/api/'],
  'no slash, base with a slash': ['users', 'https://a.example/api/'],
  'a dot and a slash': ['./users', 'https://a.example/api'],
  'two dots': ['../users', 'https://a.example/api'],
  'an empty path': ['', 'https://a.example/api'],
  'a slash alone': ['/', 'https://a.example/api'],
  'a query alone': ['?a=1', 'https://a.example/api'],
  'a query alone, base with a slash': ['?a=1', 'https://a.example/api/'],
  'a hash alone': ['#top', 'https://a.example/api'],
  'a path with a query and a hash': ['/users?a=1#top', 'https://a.example/api'],
  'a trailing slash': ['/users/', 'https://a.example/api'],
  'two slashes inside': ['/a//b', 'https://a.example/api'],
  'an absolute URL': ['https://b.example/users', 'https://a.example/api'],
  'an absolute URL that begins with the base': ['https://a.example/api/users', 'https://a.example/api'],
  'the base itself': ['https://a.example/api', 'https://a.example/api'],
  'an absolute URL in capitals': ['HTTPS://B.example/users', 'https://a.example/api'],
  'a protocol-relative URL': ['//b.example/users', 'https://a.example/api'],
  'a data URL': ['data:text/plain,hi', 'https://a.example/api'],
  'a path that begins with the base’s path': ['/api/users', '/api'],
  'a relative base': ['/users', '/api'],
  'a relative base with a slash': ['users', '/api/'],
  'a base of one slash': ['/users', '/'],
  'an empty base': ['/users', ''],
  'a base with a query': ['/users', 'https://a.example/api?key=1'],
  'a path with a colon': ['users:1', 'https://a.example/api'],
  'a path with a percent sign': ['/100%25/ü', 'https://a.example/api'],
  'a Windows slash': ['\\users', 'https://a.example/api'],
};

/** @type {Record<string, any>} */
const QUERIES = {
  'a string': { a: 'b' },
  'a string to be escaped': { a: 'x y+z&=#?/:@"<>|^`{}%' },
  'letters beyond ASCII': { ü: 'ß€😀' },
  'a name to be escaped': { 'a b=c&d': 1 },
  'an empty string': { a: '', b: 1 },
  'a number, zero and a negative one': { a: 1.5, b: 0, c: -1 },
  'not a number': { a: Number.NaN },
  'true and false': { a: true, b: false },
  null: { a: null, b: 1 },
  undefined: { a: undefined, b: 1 },
  'a list': { a: [1, 'two', true] },
  'an empty list': { a: [], b: 1 },
  'a list with holes in it': { a: [1, null, undefined, ''] },
  'lists in a list': { a: [[1, 2], [3]] },
  'an object': { a: { b: [1] } },
  'a date': { a: new Date(0) },
  'a bigint': { a: 1n },
  'a function': { a: () => 1 },
  'half a letter': { a: '\ud800' },
  'nothing at all': {},
};

/** @type {Record<string, [url: string, query: object]>} */
const MIXED = {
  'a URL with a query': ['/x?a=1', { b: 2 }],
  'a URL with the same name': ['/x?a=1&b=2', { a: 3 }],
  'a URL whose value is undefined in the query': ['/x?a=1', { a: undefined }],
  'a URL with a name twice': ['/x?a=1&a=2', { b: 3 }],
  'a URL with an empty query': ['/x?', { a: 1 }],
  'a URL with an empty query, and nothing': ['/x?', {}],
  'a URL with a value that is empty': ['/x?a=&b', { c: 1 }],
  'a URL with escapes': ['/x?a=%20%2B+%C3%BC&b=%zz', { c: 1 }],
  'a URL with a query that is not changed': ['/x?a=%7e+b', {}],
  'a URL with a question mark in the query': ['/x?a=b?c', { d: 1 }],
  'a URL with an equals sign in a value': ['/x?a=b=c', { d: 1 }],
  'a URL with a name that is none': ['/x?=1&&b=2', { c: 1 }],
  'a URL with a list by brackets': ['/x?a[]=1', { 'a[]': [2, 3] }],
  'a URL with a query and a hash': ['/x?a=1#top', { b: 2 }],
  'a URL with a hash': ['/x#top', { b: 2 }],
  'a URL with a hash that looks like a query': ['/x#/route?a=1', { b: 2 }],
  'a URL with a space and letters beyond ASCII': ['/a b/ü?q=ü ß', { b: 1 }],
  'an absolute URL': ['https://a.example/x?a=1#top', { b: 1 }],
  'an absolute URL without a path': ['https://a.example', { b: 1 }],
  'an absolute URL without a path, with a query': ['https://a.example?a=1', { b: 1 }],
  'an absolute URL in capitals': ['HTTPS://A.Example:443/X', { b: 1 }],
  'an absolute URL with a user’s name': ['https://user:p%40ss@a.example/x', { b: 1 }],
  'a URL of another host without a scheme': ['//a.example/x', { b: 1 }],
  'a data URL': ['data:text/plain,x', { b: 1 }],
  'a blob’s URL': ['blob:https://a.example/1', { b: 1 }],
  'a path with a colon': ['/x:y', { b: 1 }],
  'a path with dots': ['./x/../y', { b: 1 }],
  'an empty URL': ['', { a: 1 }],
  'a URL with __proto__ as a name': ['/x?__proto__=1&constructor=2&a=3', { b: 1 }],
};

/** @type {Probes} */
export const urls = {
  ...rows(
    'joined to a base',
    JOINED,
    ([request, baseURL]) =>
      (_, kit) =>
        kit.spied({ baseURL })(request),
  ),
  ...rows('a query of', QUERIES, (query) => (_, kit) => kit.spied()('/x', { query })),
  ...rows(
    'a query for',
    MIXED,
    ([url, query]) =>
      (_, kit) =>
        kit.spied()(url, { query }),
  ),
  'a query of URLSearchParams': (_, kit) =>
    kit.spied()('/x', {
      query: new URLSearchParams([
        ['a', '1'],
        ['b', 'x y'],
      ]),
    }),
  'params are a query too': (_, kit) => kit.spied()('/x', { params: { a: 1 } }),
  'a query is put over params': (_, kit) =>
    kit.spied()('/x', { query: { a: 1, b: 1 }, params: { a: 2, c: 2 } }),
  'a query is put over params, which come first': (_, kit) =>
    kit.spied()('/x', { params: { a: 2, c: 2 }, query: { a: 1, b: 1 } }),
  'a query over that of the defaults, name by name': (_, kit) =>
    kit.spied({ query: { a: 1, b: 1 } })('/x', { query: { b: 2, c: 2 } }),
  'params over a query of the defaults': (_, kit) =>
    kit.spied({ query: { a: 1, b: 1 } })('/x', { params: { b: 2 } }),
  'a query over params of the defaults': (_, kit) =>
    kit.spied({ params: { a: 1, b: 1 } })('/x', { query: { b: 2 } }),
  'undefined takes a name of the defaults away': (_, kit) =>
    kit.spied({ query: { a: 1, b: 1 } })('/x', { query: { a: undefined } }),
  'a query with a base that has one': (_, kit) =>
    kit.spied({ baseURL: 'https://a.example/api?key=1' })('/x', { query: { a: 1 } }),
  'a query with a base': (_, kit) =>
    kit.spied({ baseURL: 'https://a.example' })('/x?b=1', { query: { a: 1 } }),
  'a base of the call over that of the defaults': (_, kit) =>
    kit.spied({ baseURL: 'https://a.example/v1' })('/x', { baseURL: 'https://b.example/v2' }),
  'an empty base of the call over that of the defaults': (_, kit) =>
    kit.spied({ baseURL: 'https://a.example/v1' })('/x', { baseURL: '' }),
  'a URL object is sent as it is': (_, kit) =>
    kit.spied({ baseURL: 'https://a.example/v1' })(new URL('https://b.example/x?a=1#top'), {
      query: { b: 2 },
    }),
  'a URL object is a request like another': (ofetch, kit) => ofetch(new URL(kit.url('/here?a=1'))),
  'a string that is no URL': (ofetch) => ofetch('http://'),
  'a URL with a user’s name': (ofetch) => ofetch('http://user:password@127.0.0.1:1/'),
  'a URL of an unknown protocol': (ofetch) => ofetch('unknown://x', { retry: 0 }),
};
