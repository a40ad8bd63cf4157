/** A `Request` as the input, and what stands beside it. */

import { rows } from '../../rows.js';

/** @import { Kit, Probes } from '../kit.js' */

const post = (/** @type {Kit} */ kit, /** @type {any} */ init = {}) =>
  new Request(kit.url(), { method: 'POST', body: 'of the request', headers: { 'x-a': 'request' }, ...init });

/** @type {Record<string, (kit: Kit) => Request>} */
const REQUESTS = {
  GET: (kit) => new Request(kit.url()),
  'GET with headers': (kit) => new Request(kit.url(), { headers: { 'x-a': '1', accept: 'text/csv' } }),
  HEAD: (kit) => new Request(kit.url(), { method: 'HEAD' }),
  'POST with a text': (kit) => post(kit),
  'POST without a body': (kit) => new Request(kit.url(), { method: 'POST' }),
  'POST with a form': (kit) => {
    const body = new FormData();
    body.append('a', '1');
    return new Request(kit.url(), { method: 'POST', body });
  },
  'POST with a blob': (kit) => post(kit, { body: new Blob(['of a blob'], { type: 'text/own' }) }),
  'POST with bytes': (kit) => post(kit, { body: new Uint8Array([0, 255]) }),
  'PUT with a query in its URL': (kit) => new Request(kit.url('/here?a=1'), { method: 'PUT', body: 'a' }),
  'DELETE in small letters': (kit) => new Request(kit.url(), { method: 'delete', body: 'a' }),
  'a copy': (kit) => post(kit).clone(),
  'one made of another': (kit) => new Request(post(kit), { method: 'PUT' }),
  'a class of its own': (kit) => new (class Own extends Request {})(kit.url(), { method: 'POST', body: 'a' }),
  'a hash in its URL': (kit) => new Request(kit.url('/here#hash')),
  keepalive: (kit) => post(kit, { keepalive: true }),
  'no credentials': (kit) => new Request(kit.url(), { credentials: 'omit' }),
  'all credentials': (kit) => new Request(kit.url(), { credentials: 'include' }),
  'without CORS': (kit) => new Request(kit.url(), { mode: 'no-cors' }),
  'of the same origin': (kit) => new Request(kit.url(), { mode: 'same-origin' }),
  'no-store': (kit) => new Request(kit.url(), { cache: 'no-store' }),
  'without a referrer': (kit) => new Request(kit.url(), { referrerPolicy: 'no-referrer' }),
};

/** @type {Record<string, any>} */
const BESIDE = {
  'another method': { method: 'PUT' },
  'a method without a body': { method: 'GET' },
  'another body': { body: 'of the init' },
  'a body of null': { body: null },
  'other headers': { headers: { 'x-b': 'init' } },
  'no headers': { headers: {} },
  'headers of undefined': { headers: undefined },
  'another mode': { mode: 'same-origin' },
  'other credentials': { credentials: 'omit' },
  'another cache': { cache: 'no-store' },
  'an empty init': {},
  'an init of null': null,
  'an init of undefined': undefined,
  'a signal of null': { signal: null },
};

/** @type {Probes} */
export const requests = {
  ...rows('a Request', REQUESTS, (make) => (fetch, kit) => fetch(make(kit))),
  ...rows('a Request of POST, and beside it', BESIDE, (init) => (fetch, kit) => fetch(post(kit), init)),
  ...rows(
    'a Request as the init, of',
    {
      GET: (/** @type {Kit} */ kit) => new Request(kit.url('/other'), { headers: { 'x-a': '1' } }),
      POST: post,
    },
    (make) => (fetch, kit) => fetch(kit.url(), make(kit)),
  ),
  ...rows(
    'a Request without a referrer, and beside it',
    {
      'an option that nobody knows': { next: 1 },
      'a window of null': { window: null },
      keepalive: { keepalive: true },
    },
    (init) => (fetch, kit) => fetch(new Request(kit.url(), { referrerPolicy: 'no-referrer' }), init),
  ),
  'a Request that says it goes elsewhere': (fetch, kit) =>
    fetch(Object.defineProperty(new Request(kit.url('/there')), 'url', { value: kit.url('/claimed') })),
  'a Request as both': (fetch, kit) => fetch(post(kit), post(kit, { method: 'PUT', body: 'of the second' })),
  'a Request whose body was read': async (fetch, kit) => {
    const request = post(kit);
    await request.text();
    return fetch(request);
  },
  'a Request whose body was read, and another body': async (fetch, kit) => {
    const request = post(kit);
    await request.text();
    return fetch(request, { body: 'of the init' });
  },
  'a Request whose body is being read': (fetch, kit) => {
    const request = post(kit);
    request.body?.getReader();
    return fetch(request);
  },
  'a Request twice, one after the other': async (fetch, kit) => {
    const request = new Request(kit.url());
    await fetch(request);
    return fetch(request);
  },
  'a Request of POST is used up': async (fetch, kit) => {
    const request = post(kit);
    await fetch(request);
    return request.bodyUsed;
  },
  'a Request’s own signal': (fetch, kit) =>
    fetch(new Request(kit.url(), { signal: AbortSignal.abort(new Error('of the request')) })),
  'a Request’s own signal, beside null': (fetch, kit) =>
    fetch(new Request(kit.url(), { signal: AbortSignal.abort(new Error('of the request')) }), {
      signal: null,
    }),
  'a Request’s own signal, beside another': (fetch, kit) =>
    fetch(new Request(kit.url(), { signal: AbortSignal.abort(new Error('of the request')) }), {
      signal: new AbortController().signal,
    }),
};
