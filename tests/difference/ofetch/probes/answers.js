/** Answers: how a body is read by its status, its content type, and the caller's word. */

import { rows } from '../../rows.js';

/** @import { Probes } from '../kit.js' */

const STATUSES = [
  200, 201, 202, 203, 204, 205, 206, 299, 304, 400, 401, 403, 404, 409, 418, 422, 451, 500, 501, 502, 503,
  504, 599,
];

/** @type {Record<string, string>} */
const JSONS = {
  'an object': '{"a":1,"b":[null,true]}',
  'an array': '[1,2]',
  'a string': '"text"',
  'an empty string': '""',
  'a string with an escape': '"a\\nb\\u00fc"',
  'a string with a quote inside': '"a"b"',
  'an escape that is none': '"a\\xb"',
  'a number': '12.5',
  zero: '0',
  'a negative number': '-1',
  'a number with an exponent': '1e3',
  'a number of sixteen digits': '1234567890123456',
  'a number of seventeen digits': '12345678901234567',
  'a number of thirty digits': '123456789012345678901234567890',
  'a fraction of twenty digits': '0.12345678901234567890',
  'a number too large for a double': '1e999',
  'a number with a leading zero': '012',
  'a number with a plus': '+1',
  'a number with spaces around it': ' 12 ',
  'a big number inside an object': '{"id":12345678901234567890}',
  true: 'true',
  false: 'false',
  null: 'null',
  'true with spaces around it': ' true\n',
  'null with spaces around it': '\tnull ',
  True: 'True',
  NULL: 'NULL',
  undefined: 'undefined',
  NaN: 'NaN',
  Infinity: 'Infinity',
  '-Infinity': '-Infinity',
  'spaces alone': '  ',
  'an object with spaces around it': ' {"a":1}\r\n',
  'an object after a byte order mark': '\ufeff{"a":1}',
  'an object that breaks off': '{"a":',
  'an object with a comma too many': '{"a":1,}',
  words: 'no JSON at all',
  HTML: '<!doctype html><p>x</p>',
  'an own __proto__': '{"a":1,"__proto__":{"b":2}}',
  'an own __proto__ deep inside': '{"a":[{"__proto__":{"b":2},"c":3}]}',
  'an own __proto__ by escapes': '{"\\u005f_proto__":{"b":2},"c":3}',
  '__proto__ as a value': '{"a":"__proto__"}',
  'a constructor with a prototype': '{"constructor":{"prototype":{"b":2}},"c":3}',
  'a constructor without a prototype': '{"constructor":{"b":2},"c":3}',
  'a constructor that is a string': '{"constructor":"x"}',
  'prototype alone': '{"prototype":{"a":1}}',
  'a name twice': '{"a":1,"a":2}',
};

const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'application/json ;charset=utf-8',
  'application/problem+json',
  'application/vnd.api+json; v=1',
  'application/jsonp',
  'application/json-seq',
  'text/json',
  'text/plain',
  'text/html; charset=utf-8',
  'Text/Plain',
  'text/event-stream',
  'text/event-stream; charset=utf-8',
  'application/xml',
  'image/svg',
  'image/svg+xml',
  'image/svg+json',
  'image/png',
  'application/octet-stream',
  'application/x-ndjson',
  'application/x-www-form-urlencoded',
  ' ',
  'no type',
];
const BODY = '{"a":1}';
const READERS = ['json', 'text', 'blob', 'arrayBuffer', 'bytes', 'stream', 'formData'];

/** @type {Record<string, () => any>} */
const DOUBLES = {
  'without a body': () => new Response(null),
  'with an empty text': () => new Response(''),
  'with a text': () => new Response('text'),
  'with JSON': () => Response.json([1]),
  'with an error': () => Response.error(),
  'with no Response': () => ({
    status: 200,
    headers: new Headers(),
    body: true,
    text: async () => '{"a":1}',
  }),
  'with no Response, and no body': () => ({ status: 200, headers: new Headers(), text: async () => '' }),
  'with nothing': () => undefined,
};

const named = (/** @type {readonly any[]} */ list) =>
  Object.fromEntries(list.map((one) => [String(one), one]));

/** @type {Probes} */
export const answers = {
  ...rows('the status', named(STATUSES), (status) => async (ofetch, kit) => {
    await kit.answers({ status, body: '{"told":true}' });
    return ofetch(kit.url());
  }),
  ...rows('as it is, the status', named([200, 204, 304, 404, 500]), (status) => async (ofetch, kit) => {
    await kit.answers({ status, body: '{"told":true}' });
    return ofetch.raw(kit.url(), { ignoreResponseError: true });
  }),
  ...rows('a body of JSON that is', JSONS, (body) => async (ofetch, kit) => {
    await kit.answers({ body });
    return ofetch(kit.url());
  }),
  ...rows(
    'a body without a type that is',
    { ...named(['', 'text', '12', BODY]) },
    (body) => async (ofetch, kit) => {
      await kit.answers({ headers: {}, body });
      return ofetch(kit.url());
    },
  ),
  ...rows('a body of type', named(TYPES), (type) => async (ofetch, kit) => {
    await kit.answers({ headers: { 'content-type': type }, body: BODY });
    return ofetch(kit.url());
  }),
  ...rows(
    'an empty body of type',
    named(['application/json', 'text/plain', 'image/png', 'text/event-stream']),
    (type) => async (ofetch, kit) => {
      await kit.answers({ headers: { 'content-type': type }, body: '' });
      return ofetch(kit.url());
    },
  ),
  ...rows('read by the caller’s word as', named(READERS), (responseType) => async (ofetch, kit) => {
    const type = responseType === 'formData' ? 'application/x-www-form-urlencoded' : 'application/json';
    await kit.answers({ headers: { 'content-type': type }, body: BODY });
    return ofetch(kit.url(), { responseType });
  }),
  ...rows('an empty body read as', named(READERS), (responseType) => async (ofetch, kit) => {
    const type = responseType === 'formData' ? 'application/x-www-form-urlencoded' : 'application/json';
    await kit.answers({ headers: { 'content-type': type }, body: '' });
    return ofetch(kit.url(), { responseType });
  }),
  ...rows(
    'no body (204) read as',
    named(['json', 'text', 'blob', 'stream']),
    (responseType) => async (ofetch, kit) => {
      await kit.answers({ status: 204 });
      return ofetch(kit.url(), { responseType });
    },
  ),
  ...rows('a failure read as', named(['text', 'blob', 'stream']), (responseType) => async (ofetch, kit) => {
    await kit.answers({ status: 404, body: BODY });
    return ofetch(kit.url(), { responseType });
  }),
  'a response type that is unknown': (ofetch, kit) => ofetch(kit.url(), { responseType: 'xml' }),
  'a body of HTML that is to be JSON': async (ofetch, kit) => {
    await kit.answers({ headers: { 'content-type': 'text/html' }, body: '<p>' });
    return ofetch(kit.url(), { responseType: 'json' });
  },
  'parseResponse that throws': (ofetch, kit) =>
    ofetch(kit.url(), {
      retry: 0,
      parseResponse: () => {
        throw new RangeError('of a parser');
      },
    }),
  ...rows('a test double that answers', DOUBLES, (make) => (_, kit) => kit.spied({ retry: 0 }, make)('/x')),
  'HEAD has no body': (ofetch, kit) => ofetch(kit.url(), { method: 'HEAD' }),
  'HEAD, as it is': (ofetch, kit) => ofetch.raw(kit.url(), { method: 'HEAD' }),
  'head in small letters, as it is': (ofetch, kit) => ofetch.raw(kit.url(), { method: 'head' }),
  'a failure of HEAD': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    return ofetch(kit.url(), { method: 'HEAD' });
  },
  'a redirect is followed': async (ofetch, kit) => {
    await kit.answers({ status: 302, headers: { location: kit.url('/there') } }, {});
    return ofetch.raw(kit.url());
  },
  'a redirect that is an error': async (ofetch, kit) => {
    await kit.answers({ status: 302, headers: { location: kit.url('/there') } }, {});
    return ofetch(kit.url(), { redirect: 'error', retry: 0 });
  },
  'a text of the status that is its own': async (ofetch, kit) => {
    await kit.answers({ status: 404, statusText: 'Gone Fishing', body: '"x"' });
    return ofetch(kit.url());
  },
  'a status without a text': async (ofetch, kit) => {
    await kit.answers({ status: 404, statusText: '', body: '"x"' });
    return ofetch(kit.url());
  },
  'a failure whose body is empty': async (ofetch, kit) => {
    await kit.answers({ status: 400, body: '' });
    return ofetch(kit.url());
  },
  'a failure whose body is HTML': async (ofetch, kit) => {
    await kit.answers({ status: 502, headers: { 'content-type': 'text/html' }, body: '<p>Bad Gateway</p>' });
    return ofetch(kit.url(), { retry: 0 });
  },
  'a failure whose JSON is bad': async (ofetch, kit) => {
    await kit.answers({ status: 400, body: '{"a":' });
    return ofetch(kit.url());
  },
  'no answer': async (ofetch, kit) => {
    await kit.answers({ drop: true });
    return ofetch(kit.url(), { method: 'POST', body: 'x' });
  },
  'parseResponse has the text': (ofetch, kit) =>
    ofetch(kit.url(), { parseResponse: (/** @type {string} */ text) => ({ length: text.length, text }) }),
  'parseResponse outdoes responseType and content type': async (ofetch, kit) => {
    await kit.answers({ headers: { 'content-type': 'image/png' }, body: 'x' });
    return ofetch(kit.url(), {
      responseType: 'blob',
      parseResponse: (/** @type {string} */ text) => text + text,
    });
  },
  'parseResponse that gives undefined': (ofetch, kit) =>
    ofetch(kit.url(), { parseResponse: () => undefined }),
  'parseResponse that gives a promise': (ofetch, kit) =>
    ofetch(kit.url(), { parseResponse: async (/** @type {string} */ text) => text.length }),
  'parseResponse of an empty body': async (ofetch, kit) => {
    await kit.answers({ body: '' });
    return ofetch(kit.url(), { parseResponse: (/** @type {string} */ text) => `<${text}>` });
  },
  'parseResponse of no body': async (ofetch, kit) => {
    await kit.answers({ status: 204 });
    return ofetch(kit.url(), { parseResponse: () => 'asked' });
  },
  'parseResponse of a failure': async (ofetch, kit) => {
    await kit.answers({ status: 404 });
    return ofetch(kit.url(), { parseResponse: JSON.parse });
  },
};
