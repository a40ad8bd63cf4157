/** What callers hand over, from the usual to the hostile, each made anew by its name; and how to see that it was left as it was. */

const ORIGIN = 'https://api.example.com';
export const FOREIGN = 'https://elsewhere.example';

/** What hostile things throw. */
export class Hostility extends Error {}

const refuse = () => {
  throw new Hostility('hostile');
};

/** Good for so many readings of anything, then it throws; copies of it count with it. */
function tiring(/** @type {any} */ target, /** @type {number | { left: number }} */ readings) {
  const count = typeof readings === 'number' ? { left: readings } : readings;
  const tire =
    (/** @type {(...args: any[]) => any} */ work) =>
    (/** @type {any[]} */ ...args) => {
      count.left -= 1;
      return count.left < 0 ? refuse() : work(...args);
    };
  return new Proxy(target, {
    get: tire((from, name) => {
      const value = Reflect.get(from, name);
      return typeof value === 'function' ? value.bind(from) : value;
    }),
    has: tire(Reflect.has),
    ownKeys: tire(Reflect.ownKeys),
    getOwnPropertyDescriptor: tire(Reflect.getOwnPropertyDescriptor),
    getPrototypeOf: tire(Reflect.getPrototypeOf),
  });
}

/** @param {(resolve: (value: any) => void, reject: (error: any) => void) => void} then */
export const thenable = (then) => Object.fromEntries([['then', then]]);

function revoked(/** @type {any} */ target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** A `Request` as polyfills have them, whose fields may stop to be there. */
function doubleOfRequest(/** @type {string} */ url, /** @type {number} */ readings) {
  const count = { left: readings };
  const copy = () =>
    tiring({ url, method: 'GET', headers: new Headers({ 'x-own': '1' }), clone: copy }, count);
  return copy();
}

function form() {
  const data = new FormData();
  data.set('name', 'value');
  data.set('file', new Blob(['content'], { type: 'text/plain' }), 'file.txt');
  return data;
}

const stream = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('streamed'));
      controller.close();
    },
  });

/** @type {Record<string, (url: string, turns: number) => any>} by `turns` some of them decide when to turn */
export const INPUTS = {
  path: (url) => url,
  absolute: (url) => ORIGIN + url,
  foreign: (url) => FOREIGN + url,
  url: (url) => new URL(url, ORIGIN),
  request: (url) => new Request(ORIGIN + url, { headers: { 'x-own': '1' } }),
  posted: (url) => new Request(ORIGIN + url, { method: 'POST', body: 'posted' }),
  uploaded: (url) => new Request(ORIGIN + url, { method: 'POST', body: form() }),
  frozen: (url) => Object.freeze(new Request(ORIGIN + url)),
  'text object': (url) => ({ toString: () => ORIGIN + url }),
  'text that throws': () => ({ toString: refuse }),
  thenable: () => thenable((resolve) => resolve('never asked')),
  'double of a Request': (url, turns) => doubleOfRequest(ORIGIN + url, turns),
  'revoked proxy': (url) => revoked(new Request(ORIGIN + url)),
  nothing: () => undefined,
  symbol: () => Symbol('url'),
  'not a URL': () => 'https://:::',
  used: (url) => {
    const request = new Request(ORIGIN + url, { method: 'POST', body: 'used' });
    request.text();
    return request;
  },
};

/** @type {Record<string, (turns: number) => any>} */
export const INITS = {
  none: () => undefined,
  null: () => null,
  post: () => ({ method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } }),
  json: () => ({ method: 'POST', body: { a: { b: [1] } } }),
  'own token': () => ({ headers: { authorization: 'Bearer own' } }),
  form: () => ({ method: 'POST', body: form() }),
  blob: () => ({ method: 'PUT', body: new Blob(['blob']) }),
  bytes: () => ({ method: 'POST', body: new Uint8Array([1, 2, 3]) }),
  'bytes that are gone': () => {
    const body = new Uint8Array([1, 2, 3]);
    structuredClone(body.buffer, { transfer: [body.buffer] });
    return { method: 'POST', body };
  },
  stream: () => ({ method: 'POST', body: stream(), duplex: 'half' }),
  'body on a GET': () => ({ body: 'none may be' }),
  'thenable body': () => ({ method: 'POST', body: thenable((resolve) => resolve('never asked')) }),
  cycle: () => {
    /** @type {any} */
    const body = {};
    body.self = body;
    return { method: 'POST', body };
  },
  'forbidden method': () => ({ method: 'TRACE' }),
  'odd method': () => ({ method: Symbol('GET') }),
  'bad headers': () => ({ headers: { 'no name': '1' } }),
  'bad value': () => ({ headers: { 'x-odd': 'line\nbreak' } }),
  'headers that throw': () => ({
    headers: {
      get accept() {
        return refuse();
      },
    },
  }),
  'thenable headers': () => ({ headers: thenable(() => {}) }),
  frozen: () =>
    Object.freeze({ method: 'POST', body: Object.freeze({ a: 1 }), headers: Object.freeze({ a: '1' }) }),
  sealed: () => Object.seal({ method: 'PATCH', body: 'text' }),
  symbols: () => ({ [Symbol('own')]: refuse, [Symbol.iterator]: refuse, [Symbol.toPrimitive]: refuse }),
  inherited: () => Object.create({ method: 'POST', body: 'inherited' }),
  'without prototype': () => Object.assign(Object.create(null), { method: 'DELETE' }),
  'getter that throws': () => ({
    get method() {
      return refuse();
    },
  }),
  'unknown getter that throws': () => ({
    get extra() {
      return refuse();
    },
  }),
  tiring: (turns) => tiring({ method: 'POST', body: '1', headers: { a: '1' } }, turns),
  'revoked proxy': () => revoked({}),
  thenable: () => thenable((resolve) => resolve({ method: 'POST' })),
  'a Request': () => new Request(ORIGIN, { method: 'POST', body: 'of the init' }),
  text: () => 'POST',
  'wrong mode': () => ({ mode: 'no such mode' }),
  'raises its prototype': () => JSON.parse('{"__proto__":{"method":"POST"},"constructor":1,"toString":2}'),
  'double of a body': (turns) => ({ method: 'POST', body: tiring({ a: 1 }, turns) }),
};

/** @type {Record<string, (controller: AbortController, turns: number) => any>} */
export const SIGNALS = {
  none: () => undefined,
  own: ({ signal }) => signal,
  'aborted before': (controller) => {
    controller.abort(new Error('before'));
    return controller.signal;
  },
  'only says so': () => ({ aborted: false }),
  'said so before': () => ({ aborted: true, reason: new Error('said') }),
  text: () => 'signal',
  'calls at once': () => ({
    aborted: false,
    addEventListener: (/** @type {any} */ _, /** @type {() => void} */ go) => go(),
  }),
  'can not be left': ({ signal }) => ({
    get aborted() {
      return signal.aborted;
    },
    addEventListener: signal.addEventListener.bind(signal),
    removeEventListener: refuse,
  }),
  'changes its mind': () => {
    let asked = 0;
    return {
      addEventListener() {},
      removeEventListener() {},
      get aborted() {
        return asked++ % 2 === 0;
      },
    };
  },
  tiring: ({ signal }, turns) => tiring(signal, turns),
};

/** What can be seen of a value without using it up; of what may not be looked at, nothing. */
export function snapshot(/** @type {unknown} */ value) {
  try {
    return looks(value, 0);
  } catch {
    return undefined;
  }
}

/** @returns {unknown} */
function looks(/** @type {any} */ value, /** @type {number} */ depth) {
  if (value instanceof Request) return [value.url, value.method, [...value.headers], value.bodyUsed];
  if (value instanceof Headers || value instanceof FormData) return [...value].map(String);
  // A stream counts who reads it.
  if (value instanceof ReadableStream || value instanceof URL) return `${value}`;
  if (ArrayBuffer.isView(value)) return String(value);
  if (typeof value !== 'object' || value === null || depth > 3) return String(value);
  const parts = Reflect.ownKeys(value).map((name) => {
    const descriptor = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(value, name));
    const { get, writable, enumerable } = descriptor;
    // Node's own `AbortSignal.any` writes on a signal, and on what only looks like one.
    const isShown = !get && name !== 'signal';
    return [String(name), isShown && looks(descriptor.value, depth + 1), writable, enumerable];
  });
  return [parts, Object.isFrozen(value)];
}
