/** What `fetch` takes beside method, headers, body and signal. */

import { rows } from '../../rows.js';

/** @import { Kit, Probes } from '../kit.js' */

const named = (/** @type {readonly any[]} */ list) =>
  Object.fromEntries(list.map((one) => [String(one) || 'empty', one]));

const ALLOWED = { 'access-control-allow-origin': '*', 'content-type': 'text/plain', 'x-seen': '1' };
const EXPOSED = { ...ALLOWED, 'access-control-expose-headers': 'x-seen' };

const WRONG = {
  mode: 'own',
  credentials: 'own',
  cache: 'own',
  redirect: 'own',
  referrerPolicy: 'own',
  priority: 'own',
  duplex: 'own',
  window: 'own',
  referrer: 'http://[',
  signal: 'own',
};

const INTEGRITY = {
  right: 'sha256-XVdmzy14cBYUIAQY7hRQaQ2a8SyE1SVF5IAvABrVMJk=',
  wrong: 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  unknown: 'own-AAAA',
  empty: '',
};

/** @type {Probes} */
export const options = {
  ...rows('an option that is wrong', WRONG, (value) => (fetch, kit) => {
    const name = Object.entries(WRONG).find((entry) => entry[1] === value)?.[0];
    return fetch(kit.url(), { [name ?? '']: value });
  }),
  ...rows(
    'the mode',
    named(['cors', 'no-cors', 'same-origin', 'navigate', 'websocket', undefined, null]),
    (mode) => (fetch, kit) => fetch(kit.url(), { mode }),
  ),
  ...rows(
    'the mode to another origin',
    named(['cors', 'no-cors', 'same-origin']),
    (mode) => async (fetch, kit) => {
      await kit.answers({ headers: { 'content-type': 'text/plain', 'x-seen': '1' }, body: 'elsewhere' });
      return fetch(kit.elsewhere(), { mode });
    },
  ),
  ...rows(
    'another origin that allows it, by',
    { all: ALLOWED, 'headers that may be seen': EXPOSED },
    (headers) => async (fetch, kit) => {
      await kit.answers({ headers, body: 'elsewhere' });
      return fetch(kit.elsewhere());
    },
  ),
  'a header that another origin is asked about first': async (fetch, kit) => {
    await kit.answers(
      { status: 204, headers: { ...ALLOWED, 'access-control-allow-headers': 'x-a' } },
      { headers: ALLOWED, body: 'elsewhere' },
    );
    return fetch(kit.elsewhere(), { headers: { 'x-a': '1' } });
  },
  'a header that another origin does not allow': async (fetch, kit) => {
    await kit.answers({ status: 204, headers: ALLOWED }, { headers: ALLOWED, body: 'elsewhere' });
    return fetch(kit.elsewhere(), { headers: { 'x-a': '1' } });
  },
  ...rows('credentials', named(['omit', 'same-origin', 'include']), (credentials) => async (fetch, kit) => {
    // A cookie that the server has set.
    await kit.answers({ headers: { 'set-cookie': `a=1; path=/p/${kit.base.split('/').at(-1)}` } }, {});
    await fetch(kit.url());
    return fetch(kit.url(), { credentials });
  }),
  ...rows(
    'credentials for another origin',
    named(['omit', 'same-origin', 'include']),
    (credentials) => async (fetch, kit) => {
      await kit.answers({ headers: ALLOWED, body: 'elsewhere' });
      return fetch(kit.elsewhere(), { credentials });
    },
  ),
  ...rows(
    'the cache',
    named(['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached']),
    (cache) => async (fetch, kit) => {
      await kit.answers({ headers: { 'cache-control': 'max-age=60', etag: '"one"' }, body: 'kept' });
      await (await fetch(kit.url())).text();
      return fetch(kit.url(), { cache, mode: 'same-origin' });
    },
  ),
  ...rows('the integrity', INTEGRITY, (integrity) => async (fetch, kit) => {
    await kit.answers({ headers: { 'content-type': 'text/plain' }, body: 'whole' });
    return fetch(kit.url(), { integrity });
  }),
  ...rows(
    'the referrer',
    {
      none: () => '',
      'of the page': () => 'about:client',
      'of the same origin': (/** @type {Kit} */ kit) => kit.url('/from'),
      'of another origin': (/** @type {Kit} */ kit) => kit.elsewhere('/from'),
      'a path': () => '/from',
    },
    (make) => (fetch, kit) => fetch(kit.url(), { referrer: make(kit) }),
  ),
  ...rows(
    'the referrer policy',
    named(['', 'no-referrer', 'origin', 'unsafe-url', 'same-origin']),
    (referrerPolicy) => (fetch, kit) => fetch(kit.url(), { referrerPolicy }),
  ),
  ...rows(
    'the priority',
    named(['high', 'low', 'auto']),
    (priority) => (fetch, kit) => fetch(kit.url(), { priority }),
  ),
  ...rows(
    'keepalive',
    { true: true, false: false, 'a word': 'yes' },
    (keepalive) => (fetch, kit) => fetch(kit.url(), { method: 'POST', body: 'a', keepalive }),
  ),
  'keepalive and a body that is too long for it': (fetch, kit) =>
    fetch(kit.url(), { method: 'POST', body: 'long '.repeat(20_000), keepalive: true }),
  'a window of null': (fetch, kit) => fetch(kit.url(), { window: null }),
  'a window of undefined': (fetch, kit) => fetch(kit.url(), { window: undefined }),
  'options that nobody knows': (fetch, kit) => fetch(kit.url(), { own: 1, next: { revalidate: 1 } }),
  'options of ofetch': (fetch, kit) =>
    fetch(kit.url(), {
      baseURL: 'http://elsewhere.invalid',
      query: { a: 1 },
      responseType: 'json',
      retry: 3,
    }),
};
