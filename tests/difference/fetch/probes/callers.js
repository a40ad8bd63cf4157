/** What is the caller's stays as it was; what changes after the call comes too late. */

import { rows } from '../../rows.js';

/** @import { Kit, Probes } from '../kit.js' */

/** @type {Record<string, any>} */
const INITS = {
  undefined: undefined,
  null: null,
  'an empty object': {},
  'a number': 5,
  'a string': 'POST',
  true: true,
  'a list': [],
  'a function': Object.assign(() => {}, { method: 'POST' }),
  'an object without a prototype': Object.assign(Object.create(null), { method: 'POST' }),
  'a frozen object': Object.freeze({ method: 'POST', headers: Object.freeze({ 'x-a': '1' }), body: 'a' }),
  'what it inherits': Object.create({ method: 'POST', headers: { 'x-a': '1' }, body: 'a' }),
  'an object of a class': new (class {
    get method() {
      return 'POST';
    }
    get body() {
      return 'by a getter';
    }
    get credentials() {
      return 'omit';
    }
  })(),
  'symbols among its names': { method: 'POST', [Symbol('own')]: 1, [Symbol.iterator]: undefined },
  'a getter that throws': {
    get method() {
      throw new RangeError('of a getter');
    },
  },
  'a getter that throws where nobody looks': {
    get own() {
      throw new RangeError('of a getter');
    },
  },
  'a getter of an option of fetch that throws': {
    get cache() {
      throw new RangeError('of a getter');
    },
  },
  'a proxy': new Proxy({ method: 'POST', body: 'a' }, {}),
  'a date': new Date(0),
};

/**
 * Calls, changes what was given, and then waits.
 *
 * @type {(make: (kit: Kit) => { input?: any, init?: any, change: () => void }) => Probes[string]}
 */
const changed = (make) => async (fetch, kit) => {
  const { input = kit.url(), init, change } = make(kit);
  const work = fetch(input, init);
  change();
  return work;
};

/** @type {Probes} */
export const callers = {
  ...rows('an init that is', INITS, (init) => (fetch, kit) => fetch(kit.url(), init)),
  'an init is read once': async (fetch, kit) => {
    const read = /** @type {string[]} */ ([]);
    const init = new Proxy(
      { method: 'POST', body: 'a', headers: { 'x-a': '1' }, credentials: 'omit' },
      {
        get(target, name) {
          read.push(String(name));
          return Reflect.get(target, name);
        },
      },
    );
    const response = await fetch(kit.url(), init);
    const twice = read.filter((name, at) => read.indexOf(name) !== at);
    return { status: response.status, twice };
  },
  'an init stays as it was': async (fetch, kit) => {
    const headers = new Headers({ 'x-a': '1' });
    const init = { method: 'POST', headers, body: 'a' };
    await fetch(kit.url(), init);
    return { keys: Reflect.ownKeys(init), headers: [...headers] };
  },
  'a method changed after the call': changed(() => {
    const init = { method: 'POST' };
    return { init, change: () => Object.assign(init, { method: 'PUT' }) };
  }),
  'headers changed after the call': changed(() => {
    const headers = new Headers({ 'x-a': '1' });
    return { init: { headers }, change: () => headers.set('x-a', '2') };
  }),
  'an object of headers changed after the call': changed(() => {
    const headers = { 'x-a': '1' };
    return { init: { headers }, change: () => Object.assign(headers, { 'x-a': '2' }) };
  }),
  'a URL changed after the call': changed((kit) => {
    const input = new URL(kit.url());
    return { input, change: () => input.searchParams.set('a', '1') };
  }),
  'bytes changed after the call': changed(() => {
    const body = new Uint8Array([1, 2, 3]);
    return { init: { method: 'POST', body }, change: () => body.fill(9) };
  }),
  'a form changed after the call': changed(() => {
    const body = new FormData();
    body.append('a', '1');
    return { init: { method: 'POST', body }, change: () => body.append('b', '2') };
  }),
  'URLSearchParams changed after the call': changed(() => {
    const body = new URLSearchParams({ a: '1' });
    return { init: { method: 'POST', body }, change: () => body.append('b', '2') };
  }),
  'a Request’s headers changed after the call': changed((kit) => {
    const input = new Request(kit.url(), { method: 'POST', headers: { 'x-a': '1' }, body: 'a' });
    return { input, change: () => input.headers.set('x-a', '2') };
  }),
  'taken off its instance': (fetch, kit) => {
    const alone = { fetch };
    const { fetch: own } = alone;
    return own(kit.url());
  },
  'what it gives is a promise': (fetch, kit) => {
    const given = fetch(kit.url());
    return given.then((/** @type {Response} */ response) => [
      given instanceof Promise,
      response instanceof Response,
    ]);
  },
  'it never throws at once': (fetch, kit) => {
    for (const given of [[], ['http://['], [kit.url(), 5], [Symbol('x')], [kit.url(), { method: 'A B' }]]) {
      try {
        fetch(...given).catch(() => {});
      } catch (error) {
        return error;
      }
    }
    return 'never';
  },
};
