/** What hooks are told of the options, before and after the request, and at a retry. */

import { rows } from '../../rows.js';

/** @import { Kit, Probes } from '../kit.js' */

/** @type {Record<string, [defaults: any, options: any]>} */
const GIVEN = {
  nothing: [{}, {}],
  'a method in small letters': [{}, { method: 'put' }],
  'a base': [{ baseURL: '/base' }, {}],
  'queries of both': [{ query: { a: 1, b: 1 } }, { params: { b: 2 } }],
  'headers of both': [{ headers: { 'x-a': '1' } }, { headers: [['x-b', '2']] }],
  'a body': [{}, { method: 'POST', body: { a: 1 } }],
  'a retry and its delay': [{ retry: 3 }, { retryDelay: 1, retryStatusCodes: [500] }],
  'a time limit': [{}, { timeout: 60_000 }],
  'a response type': [{ responseType: 'text' }, {}],
  'what is ignored': [{ ignoreResponseError: true }, {}],
  'an option of the app’s own': [{ mine: { a: 1 } }, { yours: [2] }],
  'fetch’s options': [{ credentials: 'omit' }, { cache: 'no-store' }],
};

/** @type {(kit: Kit, name: string) => (context: any) => void} */
const noteOptions = (kit, name) => (context) => {
  const { headers, query, params, body, ...options } = context.options;
  const hooks = Object.keys(options).filter((key) => key.startsWith('on') || options[key] === undefined);
  for (const key of hooks) delete options[key];
  kit.note({
    name,
    request: String(context.request),
    headers: Object.fromEntries(headers),
    query,
    params,
    body,
    options,
  });
};

/** @type {Probes} */
export const contexts = {
  ...rows(
    'onRequest is told of',
    GIVEN,
    ([defaults, options]) =>
      (_, kit) =>
        kit.spied({ ...defaults, onRequest: noteOptions(kit, 'request') })('/x', options),
  ),
  ...rows(
    'onResponse is told of',
    GIVEN,
    ([defaults, options]) =>
      (_, kit) =>
        kit.spied({ ...defaults, onResponse: noteOptions(kit, 'response') })('/x', options),
  ),
  'onRequest of a retry is told of the request': async (_, kit) => {
    await kit.answers({ status: 503 }, {});
    const api = kit.lib.createFetch({ defaults: { baseURL: kit.base, query: { a: 1 } } });
    return api('/x', { onRequest: kit.hook('request') });
  },
  'onRequest of a retry is told how many are left': async (ofetch, kit) => {
    await kit.answers({ status: 503 });
    return ofetch(kit.url(), {
      retry: 2,
      onRequest: (/** @type {any} */ { options }) => kit.note(options.retry),
    });
  },
  'onRequest of a retry is told how many are left, by default': async (ofetch, kit) => {
    await kit.answers({ status: 503 });
    return ofetch(kit.url(), { onRequest: (/** @type {any} */ { options }) => kit.note(options.retry) });
  },
  'a delay is told how many retries are left': async (ofetch, kit) => {
    await kit.answers({ status: 503 });
    return ofetch(kit.url(), {
      retry: 3,
      retryDelay: (/** @type {any} */ { options }) => {
        kit.note(options.retry);
        return 1;
      },
    });
  },
  'an error tells how many retries are left': async (ofetch, kit) => {
    await kit.answers({ status: 503 });
    const error = await ofetch(kit.url(), { retry: 2 }).catch((/** @type {any} */ reason) => reason);
    return error.options.retry;
  },
  'a hook of a retry says how many are left': async (ofetch, kit) => {
    await kit.answers({ status: 503 });
    let first = true;
    const onResponse = (/** @type {any} */ { options }) => {
      if (!first) options.retry = 0;
      first = false;
    };
    return ofetch(kit.url(), { retry: 5, onResponse });
  },
  'what a hook adds is there once at a retry': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch(kit.url(), {
      onRequest: (/** @type {any} */ { options }) => options.headers.append('x-a', '1'),
    });
  },
};
