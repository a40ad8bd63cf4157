/** Headers in every form, methods, and requests that are no strings. */

import { rows } from '../../rows.js';

/** @import { Probes } from '../kit.js' */

/** @type {Record<string, () => any>} */
const HEADERS = {
  'an object': () => ({ 'X-A': '1', 'x-b': '2' }),
  'an object with a number': () => ({ 'x-a': 1 }),
  'an object with undefined': () => ({ 'x-a': undefined, 'x-b': '1' }),
  'an object with null': () => ({ 'x-a': null }),
  'an object with an empty value': () => ({ 'x-a': '' }),
  Headers: () => new Headers({ 'x-a': '1' }),
  'Headers with a name twice': () =>
    new Headers([
      ['x-a', '1'],
      ['x-a', '2'],
    ]),
  'a list of pairs': () => [
    ['x-a', '1'],
    ['x-b', '2'],
  ],
  'a list with a name twice': () => [
    ['x-a', '1'],
    ['X-A', '2'],
  ],
  'a map': () => new Map([['x-a', '1']]),
  'an empty object': () => ({}),
  'an empty list': () => [],
  'an object with a bad name': () => ({ 'a b': '1' }),
  'an object with a bad value': () => ({ 'x-a': 'a\nb' }),
  'a content type alone': () => ({ 'content-type': 'text/csv' }),
};
const DEFAULTS = { headers: { 'x-a': 'defaults', 'x-d': 'defaults' } };

/** @type {Probes} */
export const headers = {
  ...rows('headers by', HEADERS, (make) => (ofetch, kit) => ofetch(kit.url(), { headers: make() })),
  ...rows(
    'over the defaults’, headers by',
    HEADERS,
    (make) => (ofetch, kit) => ofetch.create(DEFAULTS)(kit.url(), { headers: make() }),
  ),
  'headers of a hook by an object': (ofetch, kit) =>
    ofetch(kit.url(), {
      headers: { 'x-a': '1' },
      onRequest: (/** @type {any} */ { options }) => Object.assign(options, { headers: { 'x-b': '2' } }),
    }),
  'headers of a hook by a list': (ofetch, kit) =>
    ofetch(kit.url(), {
      onRequest: (/** @type {any} */ { options }) => Object.assign(options, { headers: [['x-b', '2']] }),
    }),
  'headers that a hook takes away': (ofetch, kit) =>
    ofetch(kit.url(), {
      headers: { 'x-a': '1' },
      onRequest: (/** @type {any} */ { options }) => Object.assign(options, { headers: undefined }),
    }),
  'a header that a hook sets': (ofetch, kit) =>
    ofetch(kit.url(), { onRequest: (/** @type {any} */ { options }) => options.headers.set('x-b', '2') }),
  'a header that a hook deletes': (ofetch, kit) =>
    ofetch.create(DEFAULTS)(kit.url(), {
      onRequest: (/** @type {any} */ { options }) => options.headers.delete('x-a'),
    }),
  'headers are a Headers in a hook': (ofetch, kit) =>
    ofetch(kit.url(), {
      headers: { 'x-a': '1' },
      onRequest: (/** @type {any} */ { options }) =>
        kit.note([options.headers instanceof Headers, options.headers.get('X-A')]),
    }),
  ...rows(
    'the method',
    {
      get: 'get',
      head: 'head',
      delete: 'delete',
      options: 'options',
      patch: 'patch',
      PoSt: 'PoSt',
      propfind: 'propfind',
    },
    (method) => (ofetch, kit) => ofetch(kit.url(), { method }),
  ),
  ...rows(
    'a method that is',
    { 'an empty string': '', null: null, undefined: undefined, bad: 'a b', forbidden: 'TRACE' },
    (method) => (ofetch, kit) => ofetch(kit.url(), { method, retry: 0 }),
  ),
  ...rows(
    'a fetch option is passed on',
    {
      credentials: { credentials: 'omit' },
      cache: { cache: 'no-store' },
      redirect: { redirect: 'manual' },
      mode: { mode: 'same-origin' },
      keepalive: { keepalive: true },
      'a framework’s own': { next: { revalidate: 1 } },
    },
    (option) => (_, kit) => kit.spied()('/x', option),
  ),
  'a fetch option of the call over the defaults’': (_, kit) =>
    kit.spied({ credentials: 'include', cache: 'no-store' })('/x', { credentials: 'omit' }),
};

/** @type {Probes} */
export const requests = {
  'a Request': (ofetch, kit) => ofetch(new Request(kit.url('/r?a=1'), { headers: { 'x-a': '1' } })),
  'a Request with a method and a body': (ofetch, kit) =>
    ofetch(
      new Request(kit.url(), { method: 'PUT', body: 'text', headers: { 'content-type': 'text/plain' } }),
    ),
  'a Request, and a query that it can not take': (ofetch, kit) =>
    ofetch(new Request(kit.url('/r?a=1')), { query: { b: 2 } }),
  'a Request, and a base that it does not need': (ofetch, kit) =>
    ofetch(new Request(kit.url('/r')), { baseURL: 'https://a.example/' }),
  'a Request, and headers beside it': (ofetch, kit) =>
    ofetch(new Request(kit.url(), { headers: { 'x-a': '1', 'x-b': '1' } }), { headers: { 'x-a': '2' } }),
  'a Request’s headers over the defaults’': (ofetch, kit) =>
    ofetch.create(DEFAULTS)(new Request(kit.url(), { headers: { 'x-a': '1' } })),
  'a Request, and a method beside it': (ofetch, kit) => ofetch(new Request(kit.url()), { method: 'delete' }),
  'a Request, and a method and body beside it': (ofetch, kit) =>
    ofetch(new Request(kit.url()), { method: 'post', body: { a: 1 } }),
  'a Request of POST, and an object beside it': (ofetch, kit) =>
    ofetch(new Request(kit.url(), { method: 'POST', body: '1' }), { body: { a: 1 } }),
  'a Request that fails': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    return ofetch(new Request(kit.url()));
  },
  'a Request of POST that fails': async (ofetch, kit) => {
    await kit.answers({ status: 500 });
    return ofetch(new Request(kit.url(), { method: 'POST', body: 'text' }));
  },
  'a Request in a hook': (ofetch, kit) =>
    ofetch(new Request(kit.url(), { method: 'PUT', body: 'text' }), {
      onRequest: (/** @type {any} */ { request, options }) =>
        kit.note([
          request instanceof Request,
          request.method,
          options.method,
          options.headers.get('content-type'),
        ]),
    }),
  'a Request that is aborted': (ofetch, kit) =>
    ofetch(new Request(kit.url(), { signal: AbortSignal.abort() })),
  'an object that is shown as a URL': (ofetch, kit) => ofetch({ toString: () => kit.url('/shown') }),
  ...rows(
    'a request that is',
    { undefined: undefined, null: null, 'a number': 12 },
    (request) => (_, kit) => kit.spied()(request),
  ),
};
