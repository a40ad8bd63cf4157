/** Request bodies: what becomes of each kind on the wire, and of its content type. */

import { rows } from '../../rows.js';

/** @import { Probes } from '../kit.js' */

const bytes = () => new Uint8Array([0, 1, 128, 255]);
const form = () => {
  const data = new FormData();
  data.append('name', 'ü');
  data.append('file', new Blob(['text'], { type: 'text/plain' }), 'a.txt');
  return data;
};
class Dated {
  toJSON() {
    return { dated: true };
  }
}
class Bare {
  field = 1;
}
class Piped {
  pipe() {}
}
class Stepped {
  async *[Symbol.asyncIterator]() {
    yield new Uint8Array([1]);
  }
}
const cycle = () => {
  /** @type {any} */
  const value = {};
  value.self = value;
  return value;
};
const stream = () => new Blob(['streamed']).stream();

/** Functions, as a body is used up. @type {Record<string, () => any>} */
const BODIES = {
  'an object': () => ({ a: 1, b: { c: [null] } }),
  'an empty object': () => ({}),
  'an object with undefined inside': () => ({ a: undefined, b: 1 }),
  'an object without a prototype': () => Object.assign(Object.create(null), { a: 1 }),
  'an object with toJSON': () => new Dated(),
  'an instance of a class': () => new Bare(),
  'an array': () => [1, 'two', null],
  'an empty array': () => [],
  'a date': () => new Date(0),
  'a map': () => new Map([['a', 1]]),
  'a string': () => 'text',
  'a string of JSON': () => '{"a":1}',
  'an empty string': () => '',
  'a number': () => 12.5,
  zero: () => 0,
  'not a number': () => Number.NaN,
  true: () => true,
  false: () => false,
  null: () => null,
  undefined: () => undefined,
  'a bigint': () => 12n,
  'a symbol’s description': () => String(Symbol('s')),
  'a buffer': () => bytes().buffer,
  'a view': bytes,
  'a view of wider numbers': () => new Uint16Array([1, 258]),
  'a data view': () => new DataView(bytes().buffer, 1, 2),
  'a blob with a type': () => new Blob(['blob'], { type: 'text/css' }),
  'a blob without a type': () => new Blob(['blob']),
  'a form': form,
  URLSearchParams: () => new URLSearchParams({ a: 'x y', b: 'ü' }),
  'an object with a buffer': () => ({ buffer: 1 }),
  'an object with a constructor': () => ({ constructor: 'x' }),
  'an object whose toJSON gives nothing': () => ({ toJSON: () => undefined }),
  'an object that holds itself': cycle,
  'a function': () => () => 1,
};

/** @type {Record<string, object>} */
const TYPED = {
  'a form’s content type': { 'content-type': 'application/x-www-form-urlencoded' },
  'a form’s content type with a charset': {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  },
  'a form’s content type in capitals': { 'Content-Type': 'APPLICATION/X-WWW-FORM-URLENCODED' },
  'a content type of its own': { 'content-type': 'application/vnd.api+json' },
  'plain text’s content type': { 'content-type': 'text/plain' },
  'an accept of its own': { accept: 'text/html' },
};

/** @type {Probes} */
export const bodies = {
  ...rows(
    'a POST of',
    BODIES,
    (body) => (ofetch, kit) => ofetch(kit.url(), { method: 'POST', body: body() }),
  ),
  ...rows(
    'a GET with a body of',
    { 'an object': { a: 1 }, 'a string': 'text', zero: 0, 'an empty string': '' },
    (body) => (ofetch, kit) => ofetch(kit.url(), { body }),
  ),
  ...rows(
    'an object in a request of method',
    {
      PUT: 'PUT',
      PATCH: 'PATCH',
      DELETE: 'DELETE',
      put: 'put',
      patch: 'patch',
      OPTIONS: 'OPTIONS',
      PROPFIND: 'PROPFIND',
    },
    (method) => (ofetch, kit) => ofetch(kit.url(), { method, body: { a: 1 } }),
  ),
  ...rows(
    'an object with',
    TYPED,
    (headers) => (ofetch, kit) => ofetch(kit.url(), { method: 'POST', headers, body: { a: 'x y', b: 2 } }),
  ),
  ...rows(
    'a string with',
    TYPED,
    (headers) => (ofetch, kit) => ofetch(kit.url(), { method: 'POST', headers, body: 'a=1' }),
  ),
  'an array with a form’s content type': (ofetch, kit) =>
    ofetch(kit.url(), { method: 'POST', headers: TYPED['a form’s content type'], body: [['a', '1']] }),
  'a stream gets its duplex': (_, kit) => kit.spied()(kit.url(), { method: 'POST', body: stream() }),
  'a stream keeps a duplex of its own': (_, kit) =>
    kit.spied()(kit.url(), { method: 'POST', body: stream(), duplex: 'full' }),
  'a stream of Node’s kind gets its duplex': (_, kit) =>
    kit.spied()(kit.url(), { method: 'POST', body: new Piped() }),
  'what is read step by step gets its duplex': (_, kit) =>
    kit.spied()(kit.url(), { method: 'POST', body: new Stepped() }),
  'a body given by the defaults': (ofetch, kit) =>
    ofetch.create({ method: 'POST', body: { of: 'defaults' } })(kit.url()),
  'a body over that of the defaults': (ofetch, kit) =>
    ofetch.create({ method: 'POST', body: { of: 'defaults' } })(kit.url(), { body: { of: 'call' } }),
  'the caller’s options stay as they were': async (ofetch, kit) => {
    const options = { method: 'post', body: { a: 1 }, headers: { 'x-a': '1' }, query: { q: 1 } };
    await ofetch(kit.url(), options);
    return options;
  },
};
