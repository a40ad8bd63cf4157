/** Hooks: which are called, when, with what, and what they may change. */

import { rows } from '../../rows.js';

/** @import { Kit, Probes } from '../kit.js' */

const OUTCOMES = {
  'an answer': { body: '{"a":1}' },
  'an answer without a body': { status: 204 },
  'a failure': { status: 404, body: '{"a":1}' },
  'no answer': { drop: true },
};
const NAMES = ['onRequest', 'onRequestError', 'onResponse', 'onResponseError'];
const named = Object.fromEntries(NAMES.map((name) => [name, name]));

/** Answers so that each hook is called for one of them. @type {Record<string, object>} */
const CAUSES = {
  onRequest: {},
  onRequestError: { drop: true },
  onResponse: {},
  onResponseError: { status: 404 },
};

/** @type {(kit: Kit, letter: string, change?: (context: any) => unknown) => object} */
const all = (kit, letter, change) =>
  Object.fromEntries(NAMES.map((name) => [name, kit.hook(`${name} ${letter}`, change)]));

/** @type {Probes} */
export const hooks = {
  ...rows('hooks that are called for', OUTCOMES, (answer) => async (ofetch, kit) => {
    await kit.answers(answer);
    return ofetch(kit.url(), { ...kit.hooks(), retry: 0 });
  }),
  ...rows('hooks that are called for a POST and', OUTCOMES, (answer) => async (ofetch, kit) => {
    await kit.answers(answer);
    return ofetch(kit.url(), { ...kit.hooks(), method: 'post', body: { a: 1 }, query: { b: 2 } });
  }),
  ...rows('a list, in its order, of', named, (name) => async (ofetch, kit) => {
    await kit.answers(/** @type {any} */ (CAUSES)[name]);
    const slow = kit.hook('first', () => kit.arrived(0));
    return ofetch(kit.url(), { [name]: [slow, kit.hook('second'), kit.hook('third')], retry: 0 });
  }),
  ...rows('an empty list of', named, (name) => async (ofetch, kit) => {
    await kit.answers(/** @type {any} */ (CAUSES)[name]);
    return ofetch(kit.url(), { [name]: [], retry: 0 });
  }),
  ...rows('the call’s takes the place of the defaults’:', named, (name) => async (ofetch, kit) => {
    await kit.answers(/** @type {any} */ (CAUSES)[name]);
    const api = ofetch.create({ [name]: kit.hook('of defaults') });
    return api(kit.url(), { [name]: kit.hook('of call'), retry: 0 });
  }),
  ...rows('one that throws:', named, (name) => async (ofetch, kit) => {
    await kit.answers(/** @type {any} */ (CAUSES)[name]);
    const fails = kit.hook(name, () => {
      throw new RangeError('of a hook');
    });
    return ofetch(kit.url(), { ...kit.hooks(), [name]: fails, retry: 0 });
  }),
  ...rows('one that rejects, later ones are not called:', named, (name) => async (ofetch, kit) => {
    await kit.answers(/** @type {any} */ (CAUSES)[name]);
    const fails = kit.hook(name, () => Promise.reject(new RangeError('of a hook')));
    return ofetch(kit.url(), { [name]: [fails, kit.hook('later')], retry: 0 });
  }),
  ...rows('one that gives a value, which nobody asked for:', named, (name) => async (ofetch, kit) => {
    await kit.answers(/** @type {any} */ (CAUSES)[name]);
    return ofetch(kit.url(), { [name]: () => ({ response: 'x' }), retry: 0 });
  }),
  'hooks of the defaults alone': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    return ofetch.create(all(kit, 'of defaults'))(kit.url());
  },
  'hooks of a child take the place of its parent’s': (ofetch, kit) =>
    ofetch
      .create({ onRequest: kit.hook('of parent'), onResponse: kit.hook('of parent') })
      .create({ onRequest: kit.hook('of child') })(kit.url()),
  'hooks that are undefined': (ofetch, kit) => ofetch(kit.url(), { onRequest: undefined, onResponse: null }),
  'hooks with ignoreResponseError': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    return ofetch(kit.url(), { ...kit.hooks(), ignoreResponseError: true });
  },
  'hooks of a call that is tried again': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch(kit.url(), kit.hooks());
  },
  'hooks of a call that is tried again in vain': async (ofetch, kit) => {
    await kit.answers({ drop: true });
    return ofetch(kit.url(), { ...kit.hooks(), retry: 2 });
  },
  'hooks of a raw call': (ofetch, kit) => ofetch.raw(kit.url(), kit.hooks()),
  'one context for all hooks of an attempt': async (ofetch, kit) => {
    /** @type {any[]} */
    const seen = [];
    const keep = (/** @type {any} */ context) => void seen.push(context);
    await ofetch(kit.url(), { onRequest: keep, onResponse: keep });
    kit.note([seen[0] === seen[1], seen[0].options === seen[1].options]);
  },
  'what a hook leaves in the context': (ofetch, kit) =>
    ofetch(kit.url(), {
      onRequest: (/** @type {any} */ context) => Object.assign(context, { began: 1 }),
      onResponse: (/** @type {any} */ context) => kit.note(context.began),
    }),
};

/** What `onRequest` may change. @type {Record<string, (context: any, kit: Kit) => unknown>} */
const CHANGES = {
  'the request': (context, kit) => Object.assign(context, { request: kit.url('/changed') }),
  'the request, to a Request': (context, kit) =>
    Object.assign(context, { request: new Request(kit.url('/changed'), { method: 'PUT', body: 'text' }) }),
  'the request, to a URL': (context, kit) =>
    Object.assign(context, { request: new URL(kit.url('/changed')) }),
  'the request’s query': (context) => (context.request += '?own=1'),
  'the method': ({ options }) => Object.assign(options, { method: 'PUT' }),
  'the method, in small letters': ({ options }) => Object.assign(options, { method: 'put' }),
  'the method, which is taken away': ({ options }) => delete options.method && delete options.body,
  'the query, to undefined': ({ options }) => Object.assign(options, { query: undefined }),
  'the base, to undefined': ({ options }) => Object.assign(options, { baseURL: undefined }),
  'the query': ({ options }) => Object.assign(options, { query: { changed: 1 } }),
  'a name in the query': ({ options }) => Object.assign(options.query, { b: 2 }),
  'the params': ({ options }) => Object.assign(options, { params: { changed: 1 } }),
  'a name in the params': ({ options }) => Object.assign(options.params, { b: 2 }),
  'the query, which is taken away': ({ options }) => delete options.query,
  'the base': ({ options }, kit) => Object.assign(options, { baseURL: kit.url('/base') }),
  'the method, to one that has no body': ({ options }) => Object.assign(options, { method: 'GET' }),
  'the body': ({ options }) => Object.assign(options, { body: { changed: 1 } }),
  'a name in the body': ({ options }) => Object.assign(options.body, { changed: 1 }),
  'the body, to a string': ({ options }) => Object.assign(options, { body: 'text' }),
  'the body, which is taken away': ({ options }) => delete options.body,
  'all options': (context) =>
    Object.assign(context, { options: { method: 'PUT', headers: { 'x-new': '1' } } }),
  'a header of the content type': ({ options }) => options.headers.set('content-type', 'text/csv'),
  'the response type': ({ options }) => Object.assign(options, { responseType: 'text' }),
  'the parser': ({ options }) =>
    Object.assign(options, { parseResponse: (/** @type {string} */ text) => text.length }),
  'what is ignored': ({ options }) => Object.assign(options, { ignoreResponseError: true }),
  'a hook to come': ({ options }, kit) => Object.assign(options, { onResponse: kit.hook('added') }),
  'the signal': ({ options }) => Object.assign(options, { signal: AbortSignal.abort() }),
};

/** What `onResponse` may change. @type {Record<string, (context: any) => unknown>} */
const AFTERWARDS = {
  'the data': ({ response }) => Object.assign(response, { _data: { changed: 1 } }),
  'a name in the data': ({ response }) => (response._data.changed = 1),
  'the data, to undefined': ({ response }) => Object.assign(response, { _data: undefined }),
  'the response': (context) => Object.assign(context, { response: new Response('x', { status: 201 }) }),
  'the response, to one with data': (context) =>
    Object.assign(context, { response: Object.assign(new Response('x'), { _data: 'of a hook' }) }),
  'the response, to a failure': (context) =>
    Object.assign(context, { response: new Response('x', { status: 418 }) }),
  'what is ignored': ({ options }) => Object.assign(options, { ignoreResponseError: true }),
  'the hook to come': ({ options }) => Object.assign(options, { onResponseError: () => {} }),
  'how often is tried again': ({ options }) => Object.assign(options, { retry: 0 }),
};

/** @type {Probes} */
export const changes = {
  ...rows(
    'onRequest changes',
    CHANGES,
    (change) => (ofetch, kit) =>
      ofetch(kit.url(), {
        method: 'POST',
        body: { a: 1 },
        query: { a: 1 },
        onRequest: kit.hook('request', (context) => void change(context, kit)),
      }),
  ),
  ...rows(
    'onResponse changes',
    AFTERWARDS,
    (change) => (ofetch, kit) =>
      ofetch(kit.url(), {
        ...kit.hooks(),
        onResponse: kit.hook('response', (context) => void change(context)),
      }),
  ),
  ...rows('onResponse of a failure changes', AFTERWARDS, (change) => async (ofetch, kit) => {
    await kit.answers({ status: 503, statusText: 'Busy', body: '{"a":1}' });
    const onResponse = kit.hook('response', (context) => void change(context));
    return ofetch(kit.url(), { ...kit.hooks(), onResponse });
  }),
  'onRequest changes when to try again': async (ofetch, kit) => {
    await kit.answers({ status: 404 }, {});
    const onRequest = (/** @type {any} */ { options }) =>
      Object.assign(options, { retry: 1, retryStatusCodes: [404], retryDelay: 1 });
    return ofetch(kit.url(), { method: 'POST', onRequest });
  },
  'onRequest changes the time limit': async (ofetch, kit) => {
    await kit.answers({ hold: 'head' });
    const onRequest = (/** @type {any} */ { options }) => Object.assign(options, { timeout: 40 });
    return ofetch(kit.url(), { retry: 0, onRequest }).catch((/** @type {any} */ { cause }) => cause.name);
  },
  'onResponseError changes the data': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    return ofetch(kit.url(), {
      onResponseError: (/** @type {any} */ { response }) => Object.assign(response, { _data: 'changed' }),
    });
  },
  'onResponseError changes how often is tried again': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch(kit.url(), {
      onResponseError: (/** @type {any} */ { options }) => Object.assign(options, { retry: 0 }),
    });
  },
  'onResponseError puts a good answer in its place': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    return ofetch(kit.url(), {
      onResponseError: (/** @type {any} */ context) =>
        Object.assign(context, { response: new Response('x') }),
    });
  },
  'onRequestError changes the error': async (ofetch, kit) => {
    await kit.answers({ drop: true });
    return ofetch(kit.url(), {
      retry: 0,
      onRequestError: (/** @type {any} */ context) =>
        Object.assign(context, { error: new RangeError('changed') }),
    });
  },
  'onRequestError changes how often is tried again': async (ofetch, kit) => {
    await kit.answers({ drop: true }, {});
    return ofetch(kit.url(), {
      onRequestError: (/** @type {any} */ { options }) => Object.assign(options, { retry: 0 }),
    });
  },
  'onRequest changes what a raw call gives': (ofetch, kit) =>
    ofetch.raw(kit.url(), {
      onResponse: (/** @type {any} */ { response }) => Object.assign(response, { _data: 'changed' }),
    }),
  'onRequest changes nothing for the next call': async (ofetch, kit) => {
    const api = ofetch.create({ headers: { 'x-a': '1' }, query: { a: 1 } });
    const onRequest = (/** @type {any} */ { options }) => {
      options.headers.set('x-b', '2');
      options.query.b = 2;
    };
    await api(kit.url(), { onRequest });
    return api(kit.url());
  },
};
