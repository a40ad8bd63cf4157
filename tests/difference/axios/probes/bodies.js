/** Request bodies: what is sent for each kind of data, method and content type. */

import { rows } from '../../rows.js';

/** @import { Kit, Probes } from '../kit.js' */

const form = () => {
  const data = new FormData();
  data.append('a', '1');
  data.append('a', '2');
  data.append('b[c]', 'x');
  data.append('file', new File(['text'], 'name.txt', { type: 'text/plain' }));
  return data;
};
const file = () => new File(['text'], 'name.txt', { type: 'text/plain' });
const bytes = () => new Uint8Array([104, 105, 33, 0, 255]);

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
  'an encoded form’s': 'application/x-www-form-urlencoded',
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

/** What becomes a form. @type {Record<string, () => any>} */
const FIELDS = {
  'texts and numbers': () => ({ a: 'x', b: 1, c: true, d: null, e: undefined, f: '' }),
  'lists and objects': () => ({ a: [1, 2], b: { c: [3, { d: 4 }] }, 'e{}': { f: 1 }, 'g[]': [5], h: [[6]] }),
  'a date, a Blob and a file': () => ({ a: new Date(0), b: new Blob(['x']), c: file() }),
  'a list of files': () => ({ files: [file(), file()], 'more[]': [file()] }),
  'a buffer and a view': () => ({ a: bytes().buffer, b: bytes() }),
  'names with brackets': () => ({ 'a[b]': 1, 'c.d': 2 }),
  'a list at the top': () => [1, { a: 2 }],
  nothing: () => ({}),
};
const SERIALIZERS = {
  dots: { dots: true },
  'indexes: true': { indexes: true },
  'indexes: null': { indexes: null },
  'metaTokens: false': { metaTokens: false },
  'maxDepth: 0': { maxDepth: 0 },
  'a visitor': {
    visitor(
      /** @type {any} */ value,
      /** @type {any} */ key,
      /** @type {any} */ path,
      /** @type {any} */ helpers,
    ) {
      if (key === 'a') return true;
      return helpers.defaultVisitor.call(this, value, `v-${key}`, path, helpers);
    },
  },
};

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
  ...rows('a content type of the defaults:', TYPES, (type) => async (axios, kit) => {
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
  ...rows('postForm of', FIELDS, (make) => (axios, kit) => axios.postForm(kit.url(), make())),
  ...rows(
    'an encoded form of',
    FIELDS,
    (make) => (axios, kit) =>
      axios.post(kit.url(), make(), { headers: { 'Content-Type': TYPES['an encoded form’s'] } }),
  ),
  ...rows(
    'formSerializer of a form',
    SERIALIZERS,
    (formSerializer) => (axios, kit) =>
      axios.postForm(kit.url(), { a: { x: 1 }, ...FIELDS['lists and objects']?.() }, { formSerializer }),
  ),
  ...rows(
    'formSerializer of an encoded form',
    SERIALIZERS,
    (formSerializer) => (axios, kit) =>
      axios.post(
        kit.url(),
        { a: { x: 1 }, ...FIELDS['lists and objects']?.() },
        {
          formSerializer,
          headers: { 'Content-Type': TYPES['an encoded form’s'] },
        },
      ),
  ),
  'a form of one’s own by env.FormData': (axios, kit) => {
    function Own() {
      const form = new FormData();
      form.append('own', '1');
      return form;
    }
    return axios.postForm(kit.url(), { a: 1 }, { env: { FormData: Own } });
  },
  'a form in circles': (axios, kit) => {
    /** @type {any} */
    const data = { a: {} };
    data.a.self = data;
    return axios.postForm(kit.url(), data);
  },
  ...rows(
    'postForm of a form, or of',
    { form, text: () => 'text', nothing: () => undefined },
    (make) => (axios, kit) => axios.postForm(kit.url(), make()),
  ),
  'putForm and patchForm': async (axios, kit) => {
    await axios.putForm(kit.url(), { a: 1 });
    await axios.patchForm(kit.url(), { a: [1, 2] }, { headers: { 'X-Own': 'a' } });
  },
  'a form that is to be JSON': (axios, kit) => {
    const data = new FormData();
    for (const [name, value] of [
      ['a', '1'],
      ['a', '2'],
      ['b[c][d]', 'x'],
      ['e[]', '1'],
      ['e[]', '2'],
      ['f[0]', '1'],
      ['f[1]', '2'],
      ['g.h', 'y'],
    ]) {
      data.append(/** @type {string} */ (name), /** @type {string} */ (value));
    }
    return axios.post(kit.url(), data, { headers: { 'Content-Type': 'application/json' } });
  },
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

/** What only a page has. @type {Probes} */
export const pageBodies = {
  'a form of the document': (axios, kit) => axios.post(kit.url(), documentForm(kit)),
  'a form of the document that is to be JSON': (axios, kit) =>
    axios.post(kit.url(), documentForm(kit), { headers: { 'Content-Type': 'application/json' } }),
  'postForm of a form of the document': (axios, kit) => axios.postForm(kit.url(), documentForm(kit)),
  'formToJSON of a form of the document': (_, kit) => kit.axios.formToJSON(documentForm(kit)),
};

/** In Node, an object. @param {Kit} kit */
function documentForm(kit) {
  if (typeof document === 'undefined') return { isOf: kit.origin };
  const element = document.createElement('form');
  element.innerHTML =
    '<input name="a" value="1"><input name="b[c]" value="2"><input name="d" type="checkbox">';
  return element;
}
