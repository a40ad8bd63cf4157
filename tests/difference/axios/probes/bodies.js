/** Request bodies: what is sent for each kind of data, method and content type. */

import { rows } from '../../rows.js';
import { bytes, ENCODED, file, form } from './things.js';

/** @import { Kit, Probes } from '../kit.js' */

/** Made anew for each call. @type {Record<string, () => any>} */
const DATA = {
  'an object': () => ({ a: 1, b: [1, { c: null }], d: undefined, e: new Date(0) }),
  'an empty object': () => ({}),
  'a list': () => [1, 'a', null],
  'a text': () => 'plain text',
  'an empty text': () => '',
  'a text of JSON': () => ' {"a":1} ',
  'a number': () => 5,
  zero: () => 0,
  true: () => true,
  false: () => false,
  null: () => null,
  nothing: () => undefined,
  'a bigint': () => 5n,
  'a symbol': () => Symbol('own'),
  'a function': () => () => 1,
  'a date': () => new Date(0),
  'a Map': () => new Map([['a', 1]]),
  'an instance of a class': () =>
    new (class Point {
      x = 1;
    })(),
  'what has its own JSON': () => ({ toJSON: () => ({ own: true }) }),
  'an object without a prototype': () => Object.assign(Object.create(null), { a: 1 }),
  'an object in circles': () => {
    /** @type {any} */
    const data = { a: 1 };
    data.self = data;
    return data;
  },
  'a Blob with a type': () => new Blob(['text'], { type: 'text/x-own' }),
  'a Blob without a type': () => new Blob(['text']),
  'a file': file,
  'a buffer': () => bytes().buffer,
  'a view of a buffer': () => bytes(),
  'a view of a part of a buffer': () => bytes().subarray(1, 3),
  'a DataView': () => new DataView(bytes().buffer),
  'a form': form,
  'an empty form': () => new FormData(),
  URLSearchParams: () =>
    new URLSearchParams([
      ['a', '1 2'],
      ['a', '&'],
    ]),
  'a stream': () => new Blob(['text']).stream(),
};

const TYPES = {
  JSON: 'application/json',
  'JSON with a charset': 'application/json;charset=utf-16',
  'another JSON': 'application/vnd.api+json',
  'a form’s': 'multipart/form-data',
  'a form’s with a boundary': 'multipart/form-data; boundary=Own',
  'an encoded form’s': ENCODED,
  'an encoded form’s with a charset': 'application/x-www-form-urlencoded;charset=UTF-8',
  text: 'text/plain',
  'its own': 'application/x-own',
  nothing: undefined,
  null: null,
  false: false,
  'an empty text': '',
};

/** Streams cannot be sent over HTTP/1.1 by a browser, and Chromium says so in its own time. */
const isSendable = (/** @type {string} */ name) => name !== 'a stream';
const SENDABLE = Object.fromEntries(Object.entries(DATA).filter(([name]) => isSendable(name)));

/** Enough of them where another dimension is looked at. */
const SOME = Object.fromEntries(
  [
    'an object',
    'a list',
    'a text',
    'a text of JSON',
    'a number',
    'null',
    'nothing',
    'an instance of a class',
    'a Blob with a type',
    'a view of a part of a buffer',
    'a form',
    'URLSearchParams',
  ].map((name) => [name, /** @type {() => any} */ (DATA[name])]),
);

const FEW = { 'an object': () => ({ a: 1 }), 'a text': () => 'text', null: () => null };

/** @type {Record<string, any>} */
const TRANSFORMS = {
  'a function': (/** @type {any} */ data) => `‹${typeof data}›`,
  'a list': [
    (/** @type {any} */ data) => ({ ...data, b: 2 }),
    (/** @type {any} */ data) => JSON.stringify(data),
  ],
  'an empty list': [],
  'one that sets a header': (/** @type {any} */ data, /** @type {any} */ headers) => {
    headers['X-Own'] = 'a';
    headers.setContentType('text/x-own');
    headers.set('X-Set', ['a', 'b']);
    return String(data);
  },
  'one that takes a header away': (/** @type {any} */ _, /** @type {any} */ headers) => {
    headers.delete('accept');
    headers['X-Given'] = false;
    return 'x';
  },
  'one that throws': () => {
    throw new RangeError('of a transform');
  },
  'one that gives nothing': () => undefined,
  'one that gives an object': () => ({ a: 1 }),
  'one that gives a promise': () => Promise.resolve('late'),
  null: null,
  false: false,
};

/** @type {Probes} */
export const bodies = {
  ...rows('a POST of', SENDABLE, (make) => (axios, kit) => axios.post(kit.url(), make())),
  ...rows(
    'a PUT by its config of',
    SENDABLE,
    (make) => (axios, kit) => axios({ url: kit.url(), method: 'put', data: make() }),
  ),
  ...rows('a GET with data that is', FEW, (make) => (axios, kit) => axios.get(kit.url(), { data: make() })),
  ...rows(
    'a DELETE with data that is',
    SOME,
    (make) => (axios, kit) => axios.delete(kit.url(), { data: make() }),
  ),
  ...rows(
    'a PURGE of',
    SOME,
    (make) => (axios, kit) => axios({ url: kit.url(), method: 'purge', data: make() }),
  ),
  ...Object.assign(
    {},
    ...Object.entries(TYPES).map(([type, value]) =>
      rows(
        `a content type that is ${type}, and`,
        SOME,
        (make) => (/** @type {any} */ axios, /** @type {Kit} */ kit) =>
          axios.post(kit.url(), make(), { headers: { 'content-type': value } }),
      ),
    ),
  ),
  ...rows('a content type of the defaults', TYPES, (type) => async (axios, kit) => {
    axios.defaults.headers.post['Content-Type'] = type;
    await axios.post(kit.url(), { a: 1 });
    await axios.post(kit.url(), 'text');
    await axios.put(kit.url(), { a: 1 });
  }),
  ...rows(
    'what reaches fetch for',
    DATA,
    (make) => (axios, kit) => axios.post('https://one.test/x', make(), { env: { fetch: kit.fetched() } }),
  ),
  'a POST of a stream': (axios, kit) => axios.post(kit.url(), new Blob(['text']).stream()),
  ...rows(
    'transformRequest that is',
    TRANSFORMS,
    (transformRequest) => (axios, kit) =>
      axios.post(kit.url(), { a: 1 }, { transformRequest, headers: { 'X-Given': 'g' } }),
  ),
  'transformRequest that is added to the defaults’': (axios, kit) =>
    axios.post(
      kit.url(),
      { a: 1 },
      {
        transformRequest: [
          (/** @type {any} */ data) => ({ ...data, b: 2 }),
          ...axios.defaults.transformRequest,
          (/** @type {any} */ data) => `${data} `,
        ],
      },
    ),
  'what transformRequest is told': async (axios, kit) => {
    const transformRequest = [
      /** @this {any} */
      function (/** @type {any} */ data, /** @type {any} */ headers, /** @type {any} */ ...more) {
        kit.note([this?.url, this?.method, typeof data, headers.toString(), more]);
        return data;
      },
      ...axios.defaults.transformRequest,
    ];
    await axios.post(kit.url(), { a: 1 }, { transformRequest });
    await axios.get(kit.url(), { transformRequest });
  },
  'data that an error’s config has': async (axios, kit) => {
    await kit.answers({ status: 400 });
    return axios.post(kit.url(), { a: 1 });
  },
  'data of a config that is sent again': async (axios, kit) => {
    const { config } = await axios.post(kit.url(), { a: 'x' }, { headers: { 'X-Own': 'a' } });
    return axios(config);
  },
  'text of a config that is sent again': async (axios, kit) => {
    const { config } = await axios.post(kit.url(), 'x', { headers: { 'content-type': 'text/plain' } });
    return axios.request(config);
  },
  'a form of a config that is sent again': async (axios, kit) => {
    const { config } = await axios.post(kit.url(), form());
    return axios(config);
  },
  'data that is changed after the call': async (axios, kit) => {
    const data = { a: 1 };
    const call = axios.post(kit.url(), data);
    data.a = 2;
    return call;
  },
  ...rows(
    'maxBodyLength beside',
    {
      'a text that is shorter': ['ab', 3],
      'a text that is longer': ['äöü', 5],
      'a Blob that is longer': [new Blob(['abcd']), 3],
      'an object that is longer': [{ a: 1 }, 3],
      'a form that is longer': [{ toString: () => '' }, 0],
      nothing: [undefined, 0],
    },
    ([data, maxBodyLength]) =>
      (axios, kit) =>
        axios.post(kit.url(), data, { maxBodyLength }),
  ),
  ...rows(
    'nothing is too long for',
    {
      'maxBodyLength: -1': -1,
      'maxBodyLength: Infinity': Number.POSITIVE_INFINITY,
      'maxBodyLength: null': null,
    },
    (maxBodyLength) => (axios, kit) => axios.post(kit.url(), 'text', { maxBodyLength }),
  ),
  'maxBodyLength beside a form': (axios, kit) => axios.post(kit.url(), form(), { maxBodyLength: 50 }),
};
