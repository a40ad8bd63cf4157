// Interceptors: those that an instance has, and their way around one request, step by step as `chain.rs` says.

import {
  CHAIN_EVENT_PROMISED,
  CHAIN_EVENT_THREW,
  CHAIN_EVENT_THREW_UNHEARD,
  CHAIN_EVENT_WENT,
  CHAIN_POSITION_PLACE,
  CHAIN_POSITION_STEP,
  CHAIN_POSITION_STEP_MASK,
  CHAIN_STEP_ATTACH,
  CHAIN_STEP_ATTACH_DISPATCH,
  CHAIN_STEP_BEGIN,
  CHAIN_STEP_CALL,
  CHAIN_STEP_DISPATCH,
  CHAIN_STEP_DISPATCH_AFTER,
  CHAIN_STEP_DONE,
  CHAIN_STEP_FAIL,
  CHAIN_STEP_RESCUE,
  CHAIN_STEP_RESPOND,
} from '../boundary.js';
import { rules } from './rules.js';
import { isFunction, isPromise } from './type-checks.js';

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
      return isPromise(answer) ? CHAIN_EVENT_PROMISED : CHAIN_EVENT_WENT;
    } catch (error) {
      thrown = error;
      return isHeard ? CHAIN_EVENT_THREW : CHAIN_EVENT_THREW_UNHEARD;
    }
  };

  let position = rules().chainFirst(requests.length, isSynchronous);
  for (;;) {
    const place = position >> CHAIN_POSITION_PLACE;
    let event = CHAIN_EVENT_WENT;
    switch ((position >> CHAIN_POSITION_STEP) & CHAIN_POSITION_STEP_MASK) {
      case CHAIN_STEP_BEGIN:
        promise = Promise.resolve(config);
        break;
      case CHAIN_STEP_ATTACH:
        promise = promise.then(requests[place].fulfilled, requests[place].rejected);
        break;
      case CHAIN_STEP_ATTACH_DISPATCH:
        promise = promise.then(dispatch);
        break;
      case CHAIN_STEP_CALL: {
        const { fulfilled, rejected } = requests[place];
        event = attempt(() => {
          if (fulfilled) current = fulfilled(current);
        }, rejected);
        break;
      }
      case CHAIN_STEP_RESCUE:
        event = attempt(() => {
          answer = requests[place].rejected(thrown);
        });
        break;
      case CHAIN_STEP_DISPATCH:
        attempt(() => {
          promise = dispatch(current);
        });
        promise ??= Promise.reject(thrown);
        break;
      case CHAIN_STEP_DISPATCH_AFTER:
        promise = Promise.resolve(answer).then(() => dispatch(current));
        break;
      case CHAIN_STEP_FAIL:
        promise = Promise.reject(thrown);
        break;
      case CHAIN_STEP_RESPOND:
        promise = promise.then(responses[place].fulfilled, responses[place].rejected);
        break;
      case CHAIN_STEP_DONE:
        return promise;
    }
    position = rules().chainAfter(position, event, requests.length, responses.length);
  }
}
