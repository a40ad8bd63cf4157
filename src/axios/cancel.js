// Ways to give a request up.

import { CanceledError, codeOfTimeout } from './error.js';
import { given, isFunction } from './type-checks.js';

/** The older way: a token that is handed around. */
export class CancelToken {
  static name = 'CancelToken';

  constructor(executor) {
    if (!isFunction(executor)) throw new TypeError('executor must be a function.');
    let settle;
    this.promise = new Promise((resolve) => {
      settle = resolve;
    });
    this.promise.then((reason) => {
      for (const listener of [...(this._listeners ?? [])].reverse()) listener(reason);
      if (this._listeners) this._listeners = null;
    });
    // What hangs on the promise can be taken off again.
    // biome-ignore lint/suspicious/noThenProperty: it is a promise's
    this.promise.then = (then) => {
      let listener;
      const promise = new Promise((resolve) => {
        listener = resolve;
        this.subscribe(resolve);
      }).then(then);
      promise.cancel = () => this.unsubscribe(listener);
      return promise;
    };
    executor((message, config, request) => {
      if (this.reason) return;
      this.reason = new CanceledError(message, config, request);
      settle(this.reason);
    });
  }

  static source() {
    const source = {};
    source.token = new CancelToken((cancel) => {
      source.cancel = cancel;
    });
    return source;
  }

  throwIfRequested() {
    if (this.reason) throw this.reason;
  }

  subscribe(listener) {
    if (this.reason) listener(this.reason);
    else if (this._listeners) this._listeners.push(listener);
    else this._listeners = [listener];
  }

  unsubscribe(listener) {
    const at = this._listeners?.indexOf(listener) ?? -1;
    if (at >= 0) this._listeners.splice(at, 1);
  }

  toAbortSignal() {
    const controller = new AbortController();
    const abort = (reason) => controller.abort(reason);
    this.subscribe(abort);
    controller.signal.unsubscribe = () => this.unsubscribe(abort);
    return controller.signal;
  }
}

/** What is given up already is not sent. */
export function throwIfCanceled(config) {
  config.cancelToken?.throwIfRequested();
  if (config.signal?.aborted) throw new CanceledError(null, config);
}

/** Beyond this a timer fires at once, in ms. */
const LONGEST = 0x7fff_ffff;

/**
 * One signal of all that may end a request; its reason is the error to reject with.
 *
 * @returns its `signal`, `bound`, which ends a wait as well, and `leave`, after which it ends nothing more; nothing where nothing can
 *   end it
 */
export function endings(config, kinds) {
  const { signal, cancelToken, timeout, timeoutErrorMessage, transitional } = config;
  const signals = [signal, cancelToken?.toAbortSignal()].filter(Boolean);
  if (!timeout && signals.length === 0) return undefined;

  const controller = new AbortController();
  const end = (reason) => {
    leave();
    const isOurs = reason?.isAxiosError === true;
    const words = reason instanceof Error ? reason.message : reason;
    controller.abort(isOurs ? reason : new kinds.CanceledError(words));
  };
  const lapse = () => {
    const message = timeoutErrorMessage || `timeout of ${timeout}ms exceeded`;
    end(new kinds.AxiosError(message, codeOfTimeout(Boolean(transitional?.clarifyTimeoutError))));
  };
  const timer = timeout && setTimeout(lapse, Math.min(timeout, LONGEST));
  const heard = signals.map((one) => [one, () => end(one.reason)]);
  const leave = () => {
    clearTimeout(timer);
    for (const [one, hear] of heard.splice(0)) {
      one.removeEventListener('abort', hear);
      given(one, 'unsubscribe')?.call(one);
    }
  };
  for (const [one, hear] of [...heard]) {
    if (one.aborted) hear();
    else one.addEventListener('abort', hear, { once: true });
  }
  // A body may be deaf to its signal: a double's is, and in Node that of a `Request` that nobody holds any more.
  const bound = (promise) =>
    new Promise((resolve, reject) => {
      const { signal } = controller;
      const give = () => reject(signal.reason);
      if (signal.aborted) give();
      else signal.addEventListener('abort', give, { once: true });
      promise.then(resolve, reject);
    });
  return { signal: controller.signal, bound, leave };
}
