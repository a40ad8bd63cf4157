/** `AxiosHeaders`: the whole class, without any request. */

import { rows } from '../../rows.js';

/** @import { Probes } from '../kit.js' */

/** @type {Record<string, any>} */
const SOURCES = {
  nothing: undefined,
  null: null,
  'an object': { 'X-A': 'a', b: 1, c: ['x', 2], d: null, e: undefined, f: false, g: true },
  'names that differ in case alone': { 'X-A': 'a', 'x-a': 'b' },
  'a text':
    'X-A: a\nX-B:  b \r\nx-a: c\nSet-Cookie: 1\nSet-Cookie: 2\nContent-Type: a\nContent-Type: b\nbroken',
  'a text that is a name': 'X-A',
  'an empty text': '',
  'headers of the platform': new Headers([
    ['X-A', 'a'],
    ['x-a', 'b'],
    ['Set-Cookie', '1'],
    ['set-cookie', '2'],
  ]),
  'a Map': new Map([['X-A', 'a']]),
  'a list of pairs': [
    ['X-A', 'a'],
    ['X-A', 'b'],
    ['x-b', 'c'],
  ],
  'a list of what are no pairs': ['X-A'],
  'a number': 5,
  'values with spaces and breaks': { a: ' x ', b: 'x\r\ny', c: '\tx\u0000y', d: 'ä€' },
  'names with spaces': { ' X-A ': 'a', '': 'b' },
  'names of methods and prototypes': JSON.parse(
    '{"get":"a","set":"b","constructor":"c","__proto__":"d","toJSON":"e"}',
  ),
  'values that are objects': { a: { b: 1 }, c: new Date(0), d: [null, ['x']] },
  'an instance of a class': new (class Own {
    a = 1;
  })(),
};

/** What is asked of headers. @type {Record<string, (headers: any, AxiosHeaders: any) => unknown>} */
const ASKED = {
  'get in any case': (h) => [h.get('x-a'), h.get('X-A'), h.get(' X-a '), h.get('none'), h.get(''), h.get()],
  'get with true': (h) => [h.get('tokens', true), h.get('content-type', true), { ...h.get('tokens', true) }],
  'get with a RegExp': (h) => [h.get('x-a', /(.)/), h.get('x-a', /z/)],
  'get with a function': (h) =>
    h.get('x-a', (/** @type {any} */ value, /** @type {any} */ name) => [value, name]),
  'get with what is none of it': (h) => h.get('x-a', 'text'),
  has: (h) => [
    h.has('x-a'),
    h.has('none'),
    h.has('gone'),
    h.has('off'),
    h.has('x-a', 'one'),
    h.has('x-a', 'z'),
  ],
  'has with a RegExp or a function': (h) => [
    h.has('x-a', /^one/),
    h.has('x-a', /z/),
    h.has('x-a', (/** @type {any} */ value, /** @type {any} */ name) => `${value}${name}` === 'oneX-A'),
  ],
  'set in another case': (h) => h.set('x-a', 'new'),
  'set of undefined, null and false': (h) => h.set('x-a', undefined).set('x-b', null).set('tokens', false),
  'set of what is not to be rewritten': (h) => [
    h.set('x-a', 'new', false).get('x-a'),
    h.set('new', 'n', false).get('new'),
  ],
  'set over false': (h) => [h.set('off', 'on').get('off'), h.set('off', 'on', true).get('off')],
  'set over undefined': (h) => h.set('gone', 'back', false),
  'set where a function is given': (h) => h.set('x-a', 'new', (/** @type {any} */ value) => value === 'one'),
  'set of an object': (h) => h.set({ 'x-a': 'new', more: 'm' }),
  'set of an object, not to be rewritten': (h) => h.set({ 'x-a': 'new', more: 'm' }, false),
  'set of a text': (h) => h.set('x-a: new\nmore: m'),
  'set of headers': (h, AxiosHeaders) => h.set(new AxiosHeaders({ 'x-a': 'new' })),
  'set of headers of the platform': (h) => h.set(new Headers({ 'x-a': 'new' })),
  'set of nothing': (h) => [h.set(), h.set(null), h.set(undefined, 'a')],
  'set of a bad name': (h) => h.set('bad name', 'a'),
  'set of a list': (h) => [h.set('list', ['a', 1, null]).get('list'), String(h)],
  delete: (h) => [h.delete('x-a'), h.delete('x-a'), h.delete('none'), h.delete('GONE'), { ...h }],
  'delete of several': (h) => [h.delete(['x-a', 'none', 'tokens']), { ...h }],
  'delete with a matcher': (h) => [h.delete('x-a', 'z'), h.delete('x-a', /on/), { ...h }],
  clear: (h) => [h.clear(), h.clear(), { ...h }],
  'clear with a matcher': (h) => [h.clear(/^x-/i), h.clear('none'), { ...h }],
  normalize: (h) => {
    h['x-A'] = 'two';
    h[' spaced '] = 's';
    return h.normalize();
  },
  'normalize with true': (h) => {
    h['content-TYPE'] = 'text/own';
    h['x_under-score'] = 1;
    return h.normalize(true);
  },
  concat: (h, AxiosHeaders) => [
    h.concat({ 'x-a': 'new' }, new AxiosHeaders('m: n'), null, undefined),
    h.get('x-a'),
  ],
  toJSON: (h) => [h.toJSON(), h.toJSON(true), Object.getPrototypeOf(h.toJSON()) === null],
  'as JSON': (h) => JSON.stringify(h),
  'as a text': (h) => [String(h), `${h}`, h.toString()],
  'its tag': (h) => Object.prototype.toString.call(h),
  'read step by step': (h) => [...h],
  'read by for in': (h) => {
    const names = [];
    for (const name in h) names.push(name);
    return names;
  },
  'Object.keys, entries and in': (h) => [Object.keys(h), Object.entries(h), 'X-A' in h, 'x-a' in h],
  spread: (h) => ({ ...h }),
  'made headers of the platform': (h) => [...new Headers(h.toJSON())],
  getSetCookie: (h) => [
    h.getSetCookie(),
    h.set('set-cookie', 'one').getSetCookie(),
    h.set('set-cookie', ['1', '2']).getSetCookie(),
  ],
  'a property that is set': (h) => {
    h['X-Own'] = 5;
    h.get = 'a header';
    h.set = 'another';
    return [h.get('x-own'), h.has('get'), h.get('GET'), h.toJSON()];
  },
  'what each accessor gets': (h) => [
    h.getContentType(),
    h.getContentLength(),
    h.getAccept(),
    h.getAcceptEncoding(),
    h.getUserAgent(),
    h.getAuthorization(),
  ],
  'what accessors set and have': (h) => {
    h.setContentType('text/new', false)
      .setContentLength(5)
      .setAccept('a')
      .setAuthorization('b')
      .setUserAgent('c');
    h.setAcceptEncoding(false);
    return [
      h,
      h.hasContentType(),
      h.hasContentType('own'),
      h.hasAccept('z'),
      h.hasAcceptEncoding(),
      h.hasContentLength(),
    ];
  },
  'accessors with parsers': (h) => [h.getContentType(/^(\w+)/)?.[1], h.getContentType(true)],
  'an accessor that is added': (h, AxiosHeaders) => {
    const Own = /** @type {any} */ (class extends AxiosHeaders {});
    Own.accessor(['X-A', 'x-two']);
    const own = new Own(h);
    return [own.getXA(), own.setXTwo('2').getXTwo(), own.hasXA(), h.getXA?.()];
  },
};

/** @type {Probes} */
export const headers = {
  ...rows(
    'new AxiosHeaders of',
    SOURCES,
    (source) =>
      (_, { axios: { AxiosHeaders } }) =>
        new AxiosHeaders(source),
  ),
  ...rows('AxiosHeaders.from', SOURCES, (source) => (_, { axios: { AxiosHeaders } }) => {
    const made = AxiosHeaders.from(source);
    return [made, AxiosHeaders.from(made) === made];
  }),
  ...rows(
    'AxiosHeaders.concat of',
    SOURCES,
    (source) =>
      (_, { axios: { AxiosHeaders } }) =>
        AxiosHeaders.concat({ 'x-A': 'first', other: 'o' }, source, source),
  ),
  ...rows('set over what there is', SOURCES, (source) => (_, { axios: { AxiosHeaders } }) => {
    const own = new AxiosHeaders({ 'x-A': 'first', b: 'b' });
    return [own.set(source, false).toJSON(), own.set(source).toJSON(), own.set(source, true).toJSON()];
  }),
  ...rows(
    'headers',
    ASKED,
    (ask) =>
      (_, { axios: { AxiosHeaders } }) =>
        ask(
          new AxiosHeaders({
            'X-A': 'one',
            'x-b': ['two', 'three'],
            Gone: undefined,
            Off: false,
            Nil: null,
            Tokens: 'a=1, b; c=" d "',
            'Content-Type': 'text/own; charset=utf-8',
            Accept: '*/*',
          }),
          AxiosHeaders,
        ),
  ),
  parseParameters: (_, { axios: { AxiosHeaders } }) =>
    [
      'a/b; c=d; E="f;\\"g"',
      '',
      'x=1,y=2',
      'a; =b; c',
      '"',
      'a="b\\"c\\',
      'a="b;c=d"e";f',
      'a/b; __proto__=1',
      undefined,
    ].map((text) => {
      const parameters = AxiosHeaders.parseParameters(text);
      return [parameters, Object.getPrototypeOf(parameters) === null];
    }),
  'a class of one’s own': (axios, kit) => {
    const Own = /** @type {any} */ (class extends kit.axios.AxiosHeaders {});
    const own = new Own({ 'X-A': 'a' });
    return axios.get(kit.url(), { headers: own });
  },
};
