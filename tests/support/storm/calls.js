/** One call of a storm: in which way it is made, with what, and until when. */

import { textFor } from './marks.js';

/**
 * @import { Chance } from './chance.js'
 * @import { Life } from './life.js'
 * @typedef {object} Order
 * @property {number} id
 * @property {Chance} chance
 * @property {string} path
 * @property {string} method
 * @property {Record<string, string>} headers
 * @property {any} body
 * @property {AbortSignal | undefined} signal
 * @property {Record<string, any>} more what is ours: hooks, retries, a time limit
 */

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {Order} order */
const initOf = ({ method, headers, body, signal }) => ({
  ...{ method, headers, body, signal },
  ...(body instanceof ReadableStream && { duplex: 'half' }),
});

/** @param {Life} life @param {Order} order @param {boolean} [isOwnSignal] whether the `Request` itself bears the signal */
function requestOf(life, order, isOwnSignal) {
  const { signal, ...init } = initOf(order);
  return new Request(life.base + order.path, /** @type {any} */ (isOwnSignal ? { ...init, signal } : init));
}

/** Each way by its name. @type {Record<string, { weight: number, hasBody?: boolean, waits?: boolean, isOurs?: boolean, make(life: Life, order: Order): Promise<any> }>} */
const WAYS = {
  data: {
    weight: 6,
    isOurs: true,
    make: ({ api }, { path, more, ...order }) =>
      api(path, { ...initOf(/** @type {any} */ (order)), ...more }),
  },
  raw: {
    weight: 3,
    isOurs: true,
    make: ({ api }, { path, more, ...order }) =>
      api.raw(path, { ...initOf(/** @type {any} */ (order)), ...more }),
  },
  child: {
    weight: 2,
    isOurs: true,
    make: ({ child }, { path, more, ...order }) =>
      child(path, { ...initOf(/** @type {any} */ (order)), ...more }),
  },
  'data of a Request': {
    weight: 1,
    isOurs: true,
    make: (life, order) => life.api(requestOf(life, order, true), order.more),
  },
  'fetch of a string': {
    weight: 4,
    make: (life, order) => life.api.fetch(life.base + order.path, /** @type {any} */ (initOf(order))),
  },
  'fetch of a Request': {
    weight: 4,
    hasBody: true,
    make: (life, order) => life.api.fetch(requestOf(life, order, true)),
  },
  'fetch of a Request, with an init': {
    weight: 3,
    hasBody: true,
    make: (life, order) => life.api.fetch(requestOf(life, order), { signal: order.signal ?? null }),
  },
  'fetch of a child': { weight: 1, make: (life, order) => life.child.fetch(requestOf(life, order, true)) },
  axios: {
    weight: 3,
    waits: true,
    make: ({ axios }, { path, method, headers, body, signal, more }) =>
      axios.request({ url: path.slice(1), method, headers, data: body, signal, timeout: more.timeout ?? 0 }),
  },
};

/** Each kind of body; a text that the server knows. @type {Record<string, (text: string) => any>} */
const BODIES = {
  text: (text) => text,
  JSON: (text) => JSON.stringify({ text }),
  form: (text) => new URLSearchParams({ body: text }),
  bytes: (text) => new TextEncoder().encode(text),
  Blob: (text) => new Blob([text]),
  'form data'(text) {
    const form = new FormData();
    form.append('body', text);
    return form;
  },
  stream: (text) => new Blob([text]).stream(),
};

/** Until when it is wanted, by name. @type {Record<string, (life: Life, chance: Chance) => AbortSignal | undefined>} */
const SIGNALS = {
  none: () => undefined,
  'given up later': (life, chance) => life.controllerFor(chance.below(60)).signal,
  'given up at a step': (life) => life.controllerFor().signal,
  'a time limit': (_, chance) => AbortSignal.timeout(5 + chance.below(80)),
  'of two': (life, chance) =>
    AbortSignal.any([AbortSignal.timeout(20 + chance.below(80)), life.controllerFor().signal]),
  'given up already': () => AbortSignal.abort(new DOMException('given up', 'AbortError')),
};

const weights = Object.fromEntries(Object.entries(WAYS).map(([name, { weight }]) => [name, weight]));

/** What the package alone can be given. @param {Chance} chance */
function ours(chance) {
  /** @type {Record<string, any>} */
  const more = { retry: Number(chance.weighted({ 0: 6, 1: 3, 2: 1 })) };
  if (more.retry) more.retryDelay = chance.pick([0, 3, async () => chance.below(5)]);
  if (chance.oneIn(8)) more.timeout = 20 + chance.below(150);
  if (chance.oneIn(8)) more.onRequest = () => sleep(chance.below(25));
  if (chance.oneIn(8)) more.onResponse = [() => sleep(chance.below(10)), () => {}];
  if (chance.oneIn(12)) more.onResponseError = () => sleep(chance.below(10));
  if (chance.oneIn(10)) more.ignoreResponseError = true;
  if (chance.oneIn(4)) more.responseType = chance.pick(['json', 'text', 'blob', 'arrayBuffer', 'stream']);
  if (chance.oneIn(10)) more.query = { of: 'the storm' };
  if (chance.oneIn(25)) more.session = false;
  return more;
}

/**
 * Makes a call.
 *
 * @param {Life} life
 * @param {number} id
 * @param {Chance} chance
 */
export function callOf(life, id, chance) {
  const name = chance.weighted(weights);
  const way = /** @type {(typeof WAYS)[string]} */ (WAYS[name]);
  const method = way.hasBody ? 'POST' : chance.weighted({ GET: 8, POST: 5, PUT: 1, PATCH: 1, DELETE: 1 });
  const more = way.isOurs ? ours(chance) : { timeout: chance.oneIn(4) ? 20 + chance.below(100) : undefined };
  const kind = chance.weighted({
    none: 40,
    'given up later': 5,
    'given up at a step': 4,
    'a time limit': 4,
    'of two': 2,
    'given up already': 1,
  });
  // Whoever has hooks is asked by promises, and so later.
  const isHooked = Object.keys(more).some((option) => option.startsWith('on'));
  const headers = headersOf(life, way.waits || more.retry > 0 || isHooked, more.session === false);
  let body;
  if (method !== 'GET' && method !== 'DELETE') {
    const length = chance.oneIn(15) ? 150_000 : chance.below(60);
    headers['x-storm-body'] = String(length);
    const makers = chance.oneIn(12) ? ['stream'] : Object.keys(BODIES).slice(0, -1);
    body = BODIES[chance.pick(makers)]?.(textFor(id, length));
  }
  /** @type {Order} */
  const order = {
    id,
    chance,
    path: `/api/${id}`,
    method,
    headers,
    body,
    signal: SIGNALS[kind]?.(life, chance),
    more,
  };
  return { promise: way.make(life, order), isUnsent: kind === 'given up already' };
}

/**
 * @param {Life} life
 * @param {boolean | undefined} waits between the asking and the sending: for a hook, a pause before a retry, an interceptor
 * @param {boolean} isBare
 */
export function headersOf(life, waits, isBare) {
  const user = life.user;
  /** @type {Record<string, string>} */
  const headers = { 'x-storm-user': user };
  // Of one who was signed out nobody knows here whether the instance has come back.
  const isKnown = user !== '-' || !life.isDisposed;
  // What nobody has asked for, and waits, goes as it finds the session.
  const isAnybodys = waits && user === '-';
  if (isKnown && !isAnybodys) headers['x-storm-judged'] = '1';
  if (isBare) headers['x-storm-bare'] = '1';
  if (life.isToldByCode) headers['x-storm-dead'] = 'code';
  return headers;
}
