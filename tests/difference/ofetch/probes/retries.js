/** Retries, time limits and aborts. */

import { rows } from '../../rows.js';

/** @import { Probes } from '../kit.js' */

const named = (/** @type {readonly any[]} */ list) =>
  Object.fromEntries(list.map((one) => [String(one), one]));
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'delete'];
const STATUSES = [400, 401, 404, 408, 409, 425, 429, 500, 501, 502, 503, 504];
const SHORT_MS = 40;
/** Longer than any probe may take. */
const LONG_MS = 60_000;

/** @type {Record<string, any>} */
const WRONG = {
  'a retry of true': { retry: true },
  'a retry by a text': { retry: '2' },
  'a negative retry': { retry: -1 },
  'statuses by a set': { retryStatusCodes: new Set([404]) },
  'a negative delay': { retryDelay: -1 },
  'a negative time limit': { timeout: -1 },
  'a query by a text': { query: 'a=1' },
  'a hook by a name': { onRequest: 'hook' },
  'a base by a number': { baseURL: 1 },
  'a parser by a name': { parseResponse: 'json' },
};

/** @type {Probes} */
export const retries = {
  ...rows('tried again after a 503, by method', named(METHODS), (method) => async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch(kit.url(), { method });
  }),
  ...rows(
    'tried again without an answer, by method',
    named(['GET', 'POST']),
    (method) => async (ofetch, kit) => {
      await kit.answers({ drop: true }, {});
      return ofetch(kit.url(), { method });
    },
  ),
  ...rows('tried again by status', named(STATUSES), (status) => async (ofetch, kit) => {
    await kit.answers({ status }, {});
    return ofetch(kit.url(), { retry: 1 });
  }),
  ...rows('a POST is tried again, by retry', named([0, 1, 3, false]), (retry) => async (ofetch, kit) => {
    await kit.answers({ status: 503 });
    return ofetch(kit.url(), { method: 'POST', body: { a: 1 }, retry });
  }),
  ...rows(
    'a GET is tried again, by retry',
    named([0, 2, false, undefined, null]),
    (retry) => async (ofetch, kit) => {
      await kit.answers({ status: 503 });
      return ofetch(kit.url(), { retry });
    },
  ),
  ...rows('statuses of the caller’s own', named(['404', '503', '']), (codes) => async (ofetch, kit) => {
    await kit.answers({ status: 404 }, { status: 503 }, {});
    const retryStatusCodes = codes ? [Number(codes)] : [];
    return ofetch(kit.url(), { retry: 1, retryStatusCodes });
  }),
  'no answer counts as 500': async (ofetch, kit) => {
    await kit.answers({ drop: true }, {});
    return ofetch(kit.url(), { retryStatusCodes: [500] });
  },
  'no answer, where 500 is not listed': async (ofetch, kit) => {
    await kit.answers({ drop: true }, {});
    return ofetch(kit.url(), { retryStatusCodes: [503] });
  },
  'a delay that is a number': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch(kit.url(), { retryDelay: 5 });
  },
  'a delay that is a function': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, { status: 502 }, {});
    const retryDelay = kit.hook('delay', () => 5);
    return ofetch(kit.url(), { retry: 2, retryDelay });
  },
  'a delay that is a function, without an answer': async (ofetch, kit) => {
    await kit.answers({ drop: true }, {});
    return ofetch(kit.url(), { retryDelay: kit.hook('delay', () => 1) });
  },
  'a delay that throws': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch(kit.url(), {
      retryDelay: () => {
        throw new RangeError('of the app');
      },
    });
  },
  ...rows('an option that is wrong', WRONG, (options) => async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch(kit.url(), options);
  }),
  'a retry sends the body again': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch(kit.url(), { method: 'PUT', body: { a: 1 }, retry: 1, headers: { 'x-a': '1' } });
  },
  'a retry sends a form again': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch(kit.url(), { method: 'POST', body: new URLSearchParams({ a: '1' }), retry: 1 });
  },
  'a retry keeps its query': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch(kit.url('/x?a=1'), { query: { b: 2 } });
  },
  'a retry keeps its base': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch('/x', { baseURL: kit.base });
  },
  'a retry of a Request': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch(new Request(kit.url()));
  },
  'a retry of a raw call': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch.raw(kit.url());
  },
  'a stream and a retry': (_, kit) =>
    kit.spied({ retry: 1 }, () => new Response('busy', { status: 503 }))('/x', {
      method: 'POST',
      body: new Blob(['streamed']).stream(),
    }),
  'a Request of POST and a retry': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch(new Request(kit.url(), { method: 'POST', body: 'text' }), { retry: 1 });
  },
  'options that are frozen': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    const query = Object.freeze({ a: 1 });
    return ofetch(
      kit.url(),
      Object.freeze({ method: 'put', body: Object.freeze({ a: 1 }), query, retry: 1 }),
    );
  },
  'an error after retries is that of the last': async (ofetch, kit) => {
    await kit.answers({ status: 503, body: '1' }, { status: 500, body: '2' }, { status: 404, body: '3' });
    return ofetch(kit.url(), { retry: 5 });
  },
  'a retry by the defaults': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, { status: 503 }, {});
    return ofetch.create({ retry: 2 })(kit.url());
  },
  'a retry with ignoreResponseError': async (ofetch, kit) => {
    await kit.answers({ status: 503 }, {});
    return ofetch(kit.url(), { ignoreResponseError: true });
  },
  'a Retry-After of no time': async (ofetch, kit) => {
    await kit.answers({ status: 503, headers: { 'retry-after': '0' } }, {});
    return ofetch(kit.url());
  },
};

/** @type {Probes} */
export const time = {
  'a time limit that is not reached': (ofetch, kit) => ofetch(kit.url(), { timeout: LONG_MS }),
  'a time limit of nothing': (ofetch, kit) => ofetch(kit.url(), { timeout: 0 }),
  'a time limit that ends the call': async (ofetch, kit) => {
    await kit.answers({ hold: 'head' });
    return ofetch(kit.url(), { timeout: SHORT_MS, retry: 0, ...kit.hooks() });
  },
  'a time limit of a POST': async (ofetch, kit) => {
    await kit.answers({ hold: 'head' });
    return ofetch(kit.url(), { method: 'POST', body: { a: 1 }, timeout: SHORT_MS });
  },
  'a time limit beside a signal that says nothing': (ofetch, kit) =>
    ofetch(kit.url(), { timeout: LONG_MS, signal: new AbortController().signal }),
  'a time limit beside a signal that comes later': async (ofetch, kit) => {
    await kit.answers({ hold: 'head' });
    const controller = new AbortController();
    const later = setTimeout(() => controller.abort(), 10 * SHORT_MS);
    return ofetch(kit.url(), { timeout: SHORT_MS, retry: 0, signal: controller.signal }).finally(() =>
      clearTimeout(later),
    );
  },
  'a signal that is aborted before': (ofetch, kit) =>
    ofetch(kit.url(), { signal: AbortSignal.abort(), ...kit.hooks() }),
  'a signal that is aborted before, with a reason': (ofetch, kit) =>
    ofetch(kit.url(), { signal: AbortSignal.abort(new RangeError('of the app')), retry: 0 }),
  'a signal that is aborted before, with a text': (ofetch, kit) =>
    ofetch(kit.url(), { signal: AbortSignal.abort('a text'), retry: 0 }),
  'a signal that is aborted before, with a reason, and hooks': (ofetch, kit) =>
    ofetch(kit.url(), { signal: AbortSignal.abort(new RangeError('of the app')), ...kit.hooks() }),
  'a signal that is aborted while it is sent, and a retry is due': async (ofetch, kit) => {
    await kit.answers({ hold: 'head' });
    const controller = new AbortController();
    const call = ofetch(kit.url(), { signal: controller.signal, ...kit.hooks() });
    call.catch(() => {});
    await kit.arrived();
    controller.abort(new RangeError('of the app'));
    return call;
  },
  'a signal that is aborted before, for a POST': (ofetch, kit) =>
    ofetch(kit.url(), { method: 'POST', body: { a: 1 }, signal: AbortSignal.abort() }),
  'a signal that is aborted while it is sent': async (ofetch, kit) => {
    await kit.answers({ hold: 'head' });
    const controller = new AbortController();
    const call = ofetch(kit.url(), { signal: controller.signal, ...kit.hooks() });
    call.catch(() => {});
    await kit.arrived();
    controller.abort();
    await kit.ended();
    return call;
  },
  'a signal that is aborted while it is sent, with a reason': async (ofetch, kit) => {
    await kit.answers({ hold: 'head' });
    const controller = new AbortController();
    const call = ofetch(kit.url(), { signal: controller.signal, retry: 0 });
    call.catch(() => {});
    await kit.arrived();
    controller.abort(new RangeError('of the app'));
    return call;
  },
  'a signal that is aborted afterwards': async (ofetch, kit) => {
    const controller = new AbortController();
    const value = await ofetch(kit.url(), { signal: controller.signal });
    controller.abort();
    return value;
  },
  'a signal that is aborted while a hook runs': (ofetch, kit) => {
    const controller = new AbortController();
    const onRequest = kit.hook('request', () => controller.abort());
    return ofetch(kit.url(), { signal: controller.signal, onRequest });
  },
  'a signal that is aborted by onResponse': (ofetch, kit) => {
    const controller = new AbortController();
    const onResponse = kit.hook('response', () => controller.abort());
    return ofetch(kit.url(), { signal: controller.signal, onResponse });
  },
  'a signal of the defaults': (ofetch, kit) => ofetch.create({ signal: AbortSignal.abort() })(kit.url()),
  'a signal that is null': (ofetch, kit) => ofetch(kit.url(), { signal: null }),
  'a signal that is none': (ofetch, kit) => ofetch(kit.url(), { signal: 'abort', retry: 0 }),
  'a body that breaks off': async (ofetch, kit) => {
    await kit.answers({ hold: 'cut' });
    const call = ofetch(kit.url(), { retry: 0 });
    call.catch(() => {});
    await kit.arrived();
    await kit.release();
    return call;
  },
  'a body that breaks off, with hooks': async (ofetch, kit) => {
    await kit.answers({ hold: 'cut' });
    const call = ofetch(kit.url(), { retry: 0, ...kit.hooks() });
    call.catch(() => {});
    await kit.arrived();
    await kit.release();
    return call;
  },
  'a body that breaks off, and a retry is due': async (ofetch, kit) => {
    await kit.answers({ hold: 'cut' }, {});
    const call = ofetch(kit.url());
    call.catch(() => {});
    await kit.arrived();
    await kit.release();
    return call;
  },
  'a hook that takes longer than the time limit': (ofetch, kit) => {
    const slow = () => new Promise((resolve) => setTimeout(resolve, 5 * SHORT_MS));
    return ofetch(kit.url(), { timeout: SHORT_MS, retry: 0, onRequest: slow });
  },
  'a body that comes in two parts': async (ofetch, kit) => {
    await kit.answers({ hold: 'body', body: '{"a":"long"}' });
    const call = ofetch(kit.url());
    await kit.arrived();
    await kit.release();
    return call;
  },
  'a signal that is aborted while the body is read': async (ofetch, kit) => {
    await kit.answers({ hold: 'body' });
    const controller = new AbortController();
    const response = await ofetch.raw(kit.url(), { signal: controller.signal, responseType: 'stream' });
    controller.abort();
    return response._data.getReader().read();
  },
};
