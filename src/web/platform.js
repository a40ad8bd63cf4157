// What has to be JavaScript: calls that may throw or call back, each in one short function, so that no exception
// of a caller's getter, hook or test double ever unwinds through the engine.

/** The engine's ear: `(slot, turn, kind, value)`. Set once, when the module starts. */
let resume = () => {};

/** What `resume` is told. The engine knows the same numbers. */
const DONE = 0;
const THROWN = 1;
const ABORTED = 2;

/** Promises given to callers and not settled yet. After a trap in the engine nobody else could settle them. */
const open = new Set();

/** A caller's promise, with what settles it. */
export class Caller {
  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    open.add(this);
  }
}

export function settle(caller, value, ok) {
  open.delete(caller);
  if (ok) caller.resolve(value);
  else caller.reject(value);
}

/** A trap leaves the engine in pieces: everybody who waits is told, with the trap as the cause. */
export function collapse(trap) {
  const error = new Error('wasm-api-fetch: the engine has stopped; reload the page', { cause: trap });
  resume = () => {};
  for (const caller of open) caller.reject(error);
  open.clear();
  return error;
}

export function install(ear) {
  resume = (slot, turn, kind, value) => {
    try {
      ear(slot, turn, kind, value);
    } catch (trap) {
      collapse(trap);
    }
  };
}

/** Wakes a task when the promise settles. `Promise.resolve` also tames doubles that return none, or a thenable. */
export function park(promise, slot, turn) {
  Promise.resolve(promise).then(
    (value) => resume(slot, turn, DONE, value),
    (error) => resume(slot, turn, THROWN, error),
  );
}

/** Whether what `fetch` resolved to can be read as an answer: a test double may give anything. */
function isAnswer(value) {
  try {
    return typeof value.status === 'number' && typeof value.headers.get === 'function';
  } catch {
    return false;
  }
}

/** Calls `fetch` and parks on the answer; gives the means to take the request back, where that is wanted. */
export function send(fetch, input, init, revocable, slot, turn) {
  let controller;
  let answer;
  try {
    if (revocable) {
      controller = new AbortController();
      init.signal = init.signal ? AbortSignal.any([init.signal, controller.signal]) : controller.signal;
    }
    // Looked up anew each time, so that a test double that is set later is seen.
    answer = fetch ? fetch(input, init) : globalThis.fetch(input, init);
  } catch (error) {
    answer = Promise.reject(error);
  }
  Promise.resolve(answer).then(
    (value) => {
      if (isAnswer(value)) resume(slot, turn, DONE, value);
      else resume(slot, turn, THROWN, new TypeError('fetch did not resolve to a Response'));
    },
    (error) => resume(slot, turn, THROWN, error),
  );
  return controller;
}

/** Calls a function of the app and parks on what it returns. */
export function invoke(callback, first, second, slot, turn) {
  let answer;
  try {
    answer = callback(first, second);
  } catch (error) {
    answer = Promise.reject(error);
  }
  park(answer, slot, turn);
}

const parse = (text) => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Reads a body and parks on it. A body that claims to be JSON and is not stays text. */
export function read(response, how, slot, turn) {
  let body;
  try {
    body = how === 'json' ? response.text().then(parse) : response[how]();
  } catch (error) {
    body = Promise.reject(error);
  }
  park(body, slot, turn);
}

/** Lets a body go that nobody will read, so that its connection is free for others. */
export function discard(response) {
  response.body?.cancel?.().catch(() => {});
}

/** Wakes a task when the signal aborts; returns the way to stop listening. */
export function watch(signal, slot, serial) {
  const heard = () => resume(slot, serial, ABORTED, undefined);
  signal.addEventListener('abort', heard);
  return () => signal.removeEventListener('abort', heard);
}

/** Tells a listener of the app; what it throws is reported, never passed on. */
export function tell(listener, argument) {
  const report = (error) => (globalThis.reportError ?? console.error)(error);
  try {
    Promise.resolve(listener(argument)).catch(report);
  } catch (error) {
    report(error);
  }
}

/** Sets the engine's timer. A delay beyond 2^31 ms would fire at once; an early tick does no harm. */
export const startTimer = (tick, delay) => setTimeout(tick, Math.min(delay, 0x7fff_ffff));

export const stopTimer = (timer) => clearTimeout(timer);

/** The shape of all that `takeOptions` gives. */
const NOTHING = {
  method: undefined,
  headers: undefined,
  body: undefined,
  baseURL: undefined,
  responseType: undefined,
  ignoreResponseError: undefined,
  signal: undefined,
  session: undefined,
  fetch: undefined,
  rest: undefined,
};

/**
 * Reads a caller's options, each getter once. What is not ours is for `fetch`.
 * The result always has the same shape, which is what makes reading it from the engine cheap.
 */
export function takeOptions(options) {
  const { method, headers, body, baseURL, responseType, ignoreResponseError, signal, session, fetch, ...others } =
    options ?? {};
  let rest;
  for (const _ in others) {
    rest = others;
    break;
  }
  return { method, headers, body, baseURL, responseType, ignoreResponseError, signal, session, fetch, rest };
}

/** The same for `fetch`'s own `init`, of which nothing is ours but what has to be seen. */
export function takeInit(init) {
  const { method, headers, body, signal, ...others } = init ?? {};
  return { ...NOTHING, method, headers, body, signal, rest: others };
}

/** What a request is given as. The engine knows the same numbers. */
export function inputKind(input) {
  if (typeof input === 'string') return 0;
  return typeof input?.clone === 'function' && typeof input.url === 'string' ? 1 : 2;
}

/** Any other input as the platform reads it: `URL` objects, mostly. */
export const stringOf = (input) => String(input);

/** The caller's headers over the defaults', in every form that `HeadersInit` knows. */
export function mergeHeaders(defaults, own) {
  const headers = new Headers(defaults);
  if (own) new Headers(own).forEach((value, name) => headers.set(name, value));
  return headers;
}

/** The `init` of one sending: only what the caller caused. */
export function buildInit(rest, method, headers, body, signal) {
  const init = { ...rest };
  if (method !== undefined) init.method = method;
  if (headers !== undefined) init.headers = headers;
  if (body !== undefined) init.body = body;
  if (signal !== undefined) init.signal = signal;
  return init;
}

/** What a body is. The engine knows the same numbers and decides what follows. */
export function bodyKind(body) {
  if (typeof body === 'string') return 1;
  if (typeof body === 'number' || typeof body === 'boolean' || Array.isArray(body)) return 2;
  if (typeof body !== 'object') return 0;
  if (body instanceof URLSearchParams) return 3;
  if (body instanceof FormData) return 4;
  if (body instanceof Blob) return 5;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return 6;
  if (typeof body.pipeTo === 'function' || typeof body.pipe === 'function' || body[Symbol.asyncIterator]) return 7;
  const plain = body.constructor === undefined || body.constructor.name === 'Object';
  return plain || typeof body.toJSON === 'function' ? 2 : 0;
}

export const encodeJson = (body) => JSON.stringify(body);

export const encodeForm = (body) => new URLSearchParams(body).toString();

/** A buffer as it is now: the caller may reuse it while the request waits. */
export const copyBytes = (body) =>
  (body instanceof ArrayBuffer
    ? new Uint8Array(body)
    : new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
  ).slice();

/** A request whose body can be sent again to the byte: a form's boundary is drawn once. */
export const makeRequest = (url, init) => new Request(url, init);

/** The origin that a URL leads to, as the platform reads it; `undefined` where it reads none. */
export function originOf(url) {
  try {
    return new URL(url, globalThis.location?.href).origin;
  } catch {
    return undefined;
  }
}

/** The page's or the worker's origin; `undefined` on a server. */
export const pageOrigin = () => globalThis.location?.origin;

/** Whether there is neither a document nor a worker scope: many users' requests may share this module. */
export const onServer = () =>
  typeof document === 'undefined' && typeof globalThis.WorkerGlobalScope === 'undefined';

/** Whether a storage area is there and may be touched: asking for it throws where access is denied. */
export function reachable(area) {
  try {
    return globalThis[area].length >= 0;
  } catch {
    return false;
  }
}

/** The claims of a JWT (RFC 7519 §3), unverified; `undefined` when it is none. */
export function jwtClaims(token) {
  try {
    return JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return undefined;
  }
}

/** JSON that may be anything: another app's record, a proxy's error page. */
export function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A frozen copy of `parts`, later ones over earlier ones, without the keys in `drop` and without `undefined`. */
export function assemble(parts, drop) {
  const whole = Object.assign({}, ...parts);
  for (const name in whole) if (whole[name] === undefined || drop.includes(name)) delete whole[name];
  return Object.freeze(whole);
}

/** One step of a request, for the listeners of `trace`. Never a token, and no query, which may hold one. */
export function traceRecord(id, method, path, step, waited, status) {
  const record = { id, time: Date.now(), method, path, step };
  if (waited !== undefined) record.waited = waited;
  if (status !== undefined) record.status = status;
  return record;
}
