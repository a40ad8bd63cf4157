// Interceptors: those that an instance has, and their way around one request, step by step as `chain.rs` says.

import { rules } from './rules.js';
import { isFunction, isPromise } from './things.js';

export class Interceptors {
  #held = new Map();
  #seen = [];
  #last = 0;
  #walks = 0;

  constructor() {
    this.handlers = this.#seen;
  }

  /** @returns a number, by which it can be taken out again */
  use(fulfilled, rejected, options) {
    const handler = {
      fulfilled,
      rejected,
      synchronous: options ? options.synchronous : false,
      runWhen: options ? options.runWhen : null,
    };
    this.handlers ??= [];
    this.#sync();
    this.handlers.push(handler);
    this.#held.set(this.#last, handler);
    return this.#last++;
  }

  /** Its place stays, empty: others are known by theirs. */
  eject(id) {
    this.#sync();
    const number = typeof id === 'string' && id !== '' && String(Number(id)) === id ? Number(id) : id;
    const handler = this.#held.get(number);
    this.#held.delete(number);
    const at = handler ? this.handlers.indexOf(handler) : -1;
    if (at < 0) return;
    this.handlers[at] = null;
    this.#trim();
  }

  clear() {
    if (this.handlers) this.handlers = [];
    this.#sync();
  }

  /** Those that are there when it begins, and are not taken out meanwhile. */
  forEach(visit) {
    this.#sync();
    this.#walks += 1;
    try {
      const count = this.handlers?.length ?? 0;
      for (let at = 0; at < count; at++) if (this.handlers[at] !== null) visit(this.handlers[at]);
    } finally {
      this.#walks -= 1;
      this.#trim();
    }
  }

  /** An app may put another list in the place of this one: numbers of the old one are nobody's then. */
  #sync() {
    if (this.handlers === this.#seen) return;
    this.#seen = this.handlers;
    this.#held.clear();
  }

  #trim() {
    if (this.#walks) return;
    while (this.handlers?.length && this.handlers.at(-1) === null) this.handlers.pop();
  }
}

// What is to be done, and how it went: `chain.rs`.
const BEGIN = 0;
const ATTACH = 1;
const ATTACH_DISPATCH = 2;
const CALL = 3;
const RESCUE = 4;
const DISPATCH = 5;
const DISPATCH_AFTER = 6;
const FAIL = 7;
const RESPOND = 8;
const DONE = 9;
const KIND = 0xf;
const PLACE = 4;
const WENT = 0;
const THREW = 1;
const THREW_UNHEARD = 2;
const PROMISED = 3;

/** Those that are to run for a request, in their order. */
function requestsOf(manager, config) {
  const chosen = [];
  manager.forEach((one) => {
    if (isFunction(one.runWhen) && one.runWhen(config) === false) return;
    chosen.push(one);
  });
  // The last one first, unless the app wants it otherwise.
  return (config.transitional?.legacyInterceptorReqResOrdering ?? true) ? chosen.reverse() : chosen;
}

/** Sends a request through the interceptors that there are now. */
export function run(interceptors, config, dispatch) {
  const requests = requestsOf(interceptors.request, config);
  const responses = [];
  interceptors.response.forEach((one) => {
    responses.push(one);
  });
  const isSynchronous = requests.every(({ synchronous }) => synchronous);

  let current = config;
  let thrown;
  let answer;
  let promise;
  const attempt = (act, isHeard) => {
    try {
      act();
      return isPromise(answer) ? PROMISED : WENT;
    } catch (error) {
      thrown = error;
      return isHeard ? THREW : THREW_UNHEARD;
    }
  };

  let step = rules().chainFirst(requests.length, isSynchronous);
  for (;;) {
    const place = step >> PLACE;
    let event = WENT;
    switch (step & KIND) {
      case BEGIN:
        promise = Promise.resolve(config);
        break;
      case ATTACH:
        promise = promise.then(requests[place].fulfilled, requests[place].rejected);
        break;
      case ATTACH_DISPATCH:
        promise = promise.then(dispatch);
        break;
      case CALL: {
        const { fulfilled, rejected } = requests[place];
        event = attempt(() => {
          if (fulfilled) current = fulfilled(current);
        }, rejected);
        break;
      }
      case RESCUE:
        event = attempt(() => {
          answer = requests[place].rejected(thrown);
        });
        break;
      case DISPATCH:
        attempt(() => {
          promise = dispatch(current);
        });
        promise ??= Promise.reject(thrown);
        break;
      case DISPATCH_AFTER:
        promise = Promise.resolve(answer).then(() => dispatch(current));
        break;
      case FAIL:
        promise = Promise.reject(thrown);
        break;
      case RESPOND:
        promise = promise.then(responses[place].fulfilled, responses[place].rejected);
        break;
      case DONE:
        return promise;
    }
    step = rules().chainAfter(step, event, requests.length, responses.length);
  }
}
