/** Bodies of each kind. */

import { rows } from '../../rows.js';

/** @import { Probes } from '../kit.js' */

const bytes = (/** @type {number[]} */ ...list) => new Uint8Array(list);

const form = () => {
  const data = new FormData();
  data.append('a', '1');
  data.append('a', 'zwölf');
  data.append('b', new File(['of a file'], 'name "of" it.txt', { type: 'text/own' }));
  data.append('c', new Blob(['of a blob']));
  return data;
};

const stream = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes(1, 2, 3));
      controller.close();
    },
  });

/** @type {Record<string, () => any>} */
const BODIES = {
  'a text': () => 'a text',
  'a text beyond ASCII': () => 'grüße 日本 \ud83d\ude00',
  'a text with half a letter': () => 'half \ud83d',
  'an empty text': () => '',
  JSON: () => JSON.stringify({ a: 1 }),
  'a boxed text': () => new String('boxed'),
  URLSearchParams: () =>
    new URLSearchParams([
      ['a', '1 2'],
      ['a', 'ä&'],
    ]),
  'empty URLSearchParams': () => new URLSearchParams(),
  'a form': form,
  'an empty form': () => new FormData(),
  'a blob': () => new Blob(['of a blob'], { type: 'text/own' }),
  'a blob without a type': () => new Blob(['of a blob']),
  'an empty blob': () => new Blob([], { type: 'text/own' }),
  'a file': () => new File(['of a file'], 'file.txt', { type: 'text/own' }),
  'a buffer': () => bytes(0, 255, 128).buffer,
  'an empty buffer': () => new ArrayBuffer(0),
  'a view': () => bytes(0, 255, 128),
  'a view of a part': () => bytes(1, 2, 3, 4).subarray(1, 3),
  'a view of larger numbers': () => new Uint16Array([1, 256]),
  'a DataView': () => new DataView(bytes(1, 2, 3, 4).buffer, 1, 2),
  'a view that has lost its buffer': () => {
    const view = bytes(1, 2, 3);
    structuredClone(view.buffer, { transfer: [view.buffer] });
    return view;
  },
  'a shared buffer': () =>
    typeof SharedArrayBuffer === 'undefined' ? 'not there' : new Uint8Array(new SharedArrayBuffer(2)),
  'a number': () => 7,
  zero: () => 0,
  true: () => true,
  false: () => false,
  'an object': () => ({ a: 1 }),
  'a list': () => [1, 2],
  'a date': () => new Date(0),
  'a function': () => () => 'never called',
  'an object with a toString': () => ({ toString: () => 'by toString' }),
  'an object with a toJSON': () => ({ toJSON: () => 'not asked' }),
  'a map': () => new Map([['a', 1]]),
  'a symbol': () => Symbol('body'),
  'a bigint': () => 7n,
  null: () => null,
  undefined: () => undefined,
  'a Response': () => new Response('of a response'),
};

/** @type {Probes} */
export const bodies = {
  ...rows('a POST of', BODIES, (make) => (fetch, kit) => fetch(kit.url(), { method: 'POST', body: make() })),
  ...rows(
    'a body beside the method',
    Object.fromEntries(
      ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'PUT', 'PATCH', 'PROPFIND'].map((one) => [one, one]),
    ),
    (method) => (fetch, kit) => fetch(kit.url(), { method, body: 'a body' }),
  ),
  'a body without a method': (fetch, kit) => fetch(kit.url(), { body: 'a body' }),
  'a body of null without a method': (fetch, kit) => fetch(kit.url(), { body: null }),
  'a stream without its duplex': (fetch, kit) => fetch(kit.url(), { method: 'POST', body: stream() }),
  'a stream with its duplex': (fetch, kit) =>
    fetch(kit.url(), { method: 'POST', body: stream(), duplex: 'half' }),
  'a stream with another duplex': (fetch, kit) =>
    fetch(kit.url(), { method: 'POST', body: stream(), duplex: 'full' }),
  'a duplex without a stream': (fetch, kit) =>
    fetch(kit.url(), { method: 'POST', body: 'a', duplex: 'half' }),
  'a stream that is locked': (fetch, kit) => {
    const body = stream();
    body.getReader();
    return fetch(kit.url(), { method: 'POST', body, duplex: 'half' });
  },
  'a stream that has been read': async (fetch, kit) => {
    const body = stream();
    for await (const _ of /** @type {any} */ (body));
    return fetch(kit.url(), { method: 'POST', body, duplex: 'half' });
  },
  'a stream that fails': (fetch, kit) => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error('of the stream')) });
    return fetch(kit.url(), { method: 'POST', body, duplex: 'half' });
  },
  'what is read step by step': (fetch, kit) => {
    const body = (async function* () {
      yield bytes(1, 2, 3);
    })();
    return fetch(kit.url(), { method: 'POST', body, duplex: 'half' });
  },
  'a long body': (fetch, kit) => fetch(kit.url(), { method: 'POST', body: 'long '.repeat(40_000) }),
};
