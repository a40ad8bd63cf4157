/** Instances and what they have; what their errors tell. */

import { rows } from '../../rows.js';

/** @import { Probes } from '../kit.js' */

const named = (/** @type {readonly any[]} */ list) =>
  Object.fromEntries(list.map((one) => [String(one), one]));

const DEFAULTS = {
  method: 'PUT',
  baseURL: 'https://a.example/',
  headers: { 'x-a': '1' },
  query: { a: 1 },
  responseType: 'text',
  credentials: 'omit',
};

/** @type {Probes} */
export const instances = {
  'an instance is a function with members': (ofetch) =>
    ['raw', 'native', 'create'].map((name) => [typeof ofetch, name, typeof ofetch[name]]),
  'a call without options': (ofetch, kit) => ofetch(kit.url()),
  'a call gives a promise': (ofetch, kit) => {
    const call = ofetch(kit.url());
    kit.note([call instanceof Promise, typeof call.then]);
    return call;
  },
  'a raw call': (ofetch, kit) => ofetch.raw(kit.url()),
  'a raw call of text': async (ofetch, kit) => {
    await kit.answers({ headers: { 'content-type': 'text/plain' }, body: 'text' });
    return ofetch.raw(kit.url());
  },
  'a raw call of a stream': async (ofetch, kit) => {
    await kit.answers({ headers: { 'content-type': 'text/event-stream' }, body: 'data: 1\n\n' });
    const response = await ofetch.raw(kit.url());
    return [response._data === response.body, await new Response(response._data).text()];
  },
  'a raw call that fails': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    return ofetch.raw(kit.url());
  },
  'a raw call of a failure that is ignored': async (ofetch, kit) => {
    await kit.answers({ status: 500, body: '{"a":1}' });
    return ofetch.raw(kit.url(), { ignoreResponseError: true });
  },
  'a failure that is ignored': async (ofetch, kit) => {
    await kit.answers({ status: 500, body: '{"a":1}' });
    return ofetch(kit.url(), { ignoreResponseError: true });
  },
  'no answer, with failures ignored': async (ofetch, kit) => {
    await kit.answers({ drop: true });
    return ofetch(kit.url(), { ignoreResponseError: true, retry: 0 });
  },
  'a native call': (ofetch, kit) => ofetch.native(kit.url(), { headers: { 'x-a': '1' } }),
  'a native call of a failure': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    return ofetch.native(kit.url());
  },
  'the fetch that is exported': (_, kit) => kit.lib.fetch(kit.url(), { method: 'PUT', body: 'x' }),
  'a child has its parent’s defaults': (ofetch, kit) =>
    ofetch.create({ baseURL: kit.base, headers: { 'x-a': '1' }, query: { a: 1 } }).create({ method: 'PUT' })(
      '/x',
    ),
  'a child’s defaults take the place of its parent’s': (ofetch, kit) =>
    ofetch.create({ baseURL: kit.url('/one'), method: 'PUT', retry: 0 }).create({ baseURL: kit.url('/two') })(
      '/x',
    ),
  'a child’s headers take the place of its parent’s': (ofetch, kit) =>
    ofetch.create({ headers: { 'x-a': '1', 'x-b': '1' } }).create({ headers: { 'x-a': '2' } })(kit.url(), {
      headers: { 'x-c': '3' },
    }),
  'a child’s query takes the place of its parent’s': (ofetch, kit) =>
    ofetch.create({ query: { a: 1, b: 1 } }).create({ query: { a: 2 } })(kit.url(), { query: { c: 3 } }),
  'a child’s params beside its parent’s query': (_, kit) =>
    kit.spied({ query: { a: 1, b: 1 } }).create({ params: { b: 2, c: 2 } })('/x'),
  'a child does not change its parent': async (ofetch, kit) => {
    const parent = ofetch.create({ headers: { 'x-a': '1' } });
    parent.create({ headers: { 'x-b': '1' } });
    return parent(kit.url());
  },
  'a child without defaults': (ofetch, kit) => ofetch.create()(kit.url()),
  'a child with a fetch of its own': (ofetch, kit) =>
    ofetch.create(
      { headers: { 'x-a': '1' } },
      { fetch: async () => Response.json({ of: 'its own' }) },
    )(kit.url()),
  'a grandchild with the fetch of its parent': (ofetch, kit) =>
    ofetch.create({}, { fetch: async () => Response.json({ of: 'its parent' }) }).create({})(kit.url()),
  'a child with defaults in both places': (ofetch, kit) =>
    ofetch.create(
      { headers: { 'x-a': '1' } },
      { defaults: { headers: { 'x-a': '2' }, method: 'PUT' } },
    )(kit.url()),
  'createFetch with nothing': (_, kit) => kit.lib.createFetch()(kit.url()),
  'createFetch with defaults': (_, kit) =>
    kit.lib.createFetch({ defaults: { baseURL: kit.base, method: 'POST', body: { a: 1 } } })('/x'),
  'createFetch with a fetch': (_, kit) => kit.spied()('/x', { headers: { 'x-a': '1' } }),
  'a raw call by a fetch of its own': (_, kit) => kit.spied().raw('/x'),
  'native of an instance with a fetch of its own': (_, kit) => kit.spied().native(kit.url()),
  'a fetch that throws at once': (_, kit) =>
    kit.lib.createFetch({
      fetch: () => {
        throw new RangeError('at once');
      },
    })('/x', { retry: 0 }),
  ...rows(
    'a fetch that rejects with',
    { 'an error': new RangeError('r'), 'a text': 'a text', 'an error without words': new Error('') },
    (reason) => (_, kit) => kit.lib.createFetch({ fetch: () => Promise.reject(reason) })('/x', { retry: 0 }),
  ),
  ...rows(
    'defaults are merged with',
    { undefined: undefined, 'an empty object': {} },
    (options) => (ofetch, kit) =>
      ofetch.create({ headers: { 'x-a': '1' }, query: { a: 1 } })(kit.url(), options),
  ),
  ...rows(
    'an option that is undefined over the defaults’',
    named(['method', 'baseURL', 'headers', 'query', 'responseType', 'credentials']),
    (name) => (_, kit) => kit.spied(DEFAULTS)('/x', { [name]: undefined }),
  ),
  'an error’s JSON form': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    const error = await ofetch(kit.url()).catch((/** @type {any} */ reason) => reason);
    return [JSON.stringify(error), String(error), error.stack.split('\n')[0], error.toString()];
  },
  'an error’s options': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    const options = { headers: { 'x-a': '1' }, method: 'put', body: 'x', retry: 0, custom: 1 };
    const { options: shown } = await ofetch(kit.url(), options).catch((/** @type {any} */ reason) => reason);
    return [shown.method, shown.body, shown.retry, shown.custom, shown.headers.get('x-a'), shown === options];
  },
  'an error’s headers have the content type of JSON': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    const error = await ofetch(kit.url(), { method: 'POST', body: {} }).catch(
      (/** @type {any} */ reason) => reason,
    );
    return [...error.options.headers];
  },
  'an error’s body as it was given': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    const error = await ofetch(kit.url(), { method: 'POST', body: { a: 1 } }).catch(
      (/** @type {any} */ reason) => reason,
    );
    return error.options.body;
  },
  'an error’s query as it was given': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    const error = await ofetch(kit.url(), { query: { a: 1 } }).catch((/** @type {any} */ reason) => reason);
    return [error.options.query, error.options.params, error.request];
  },
  'an error’s request is joined': async (_, kit) => {
    await kit.answers({ status: 404 });
    return kit.lib.createFetch({ defaults: { baseURL: kit.base } })('/x?a=1', { query: { b: 2 } });
  },
  'an error of a URL object': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    return ofetch(new URL(kit.url('/x')), { method: 'POST' });
  },
  'an error whose message has a method in small letters': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    return ofetch(kit.url(), { method: 'post' });
  },
  'the class of errors': (_, kit) => {
    const error = new kit.lib.FetchError('words', { cause: 'c' });
    return [error.name, error.message, error.cause, error instanceof Error, Object.keys(error)];
  },
};
