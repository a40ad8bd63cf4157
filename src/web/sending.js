// One request on its way: sent, taken back, sent again, given up.

import { Asked } from './asked.js';
import { giveUp, letGo, park } from './task.js';

/** Controllers that nobody uses: making one costs more than the engine does. */
const idle = [];
const IDLE = 64;

export const nothing = () => {};

// Looked up anew each time, so that a test double that is set later is seen.
const go = (fetch, target, init) => (fetch ? fetch(target, init) : globalThis.fetch(target, init));

/** The same request to another URL. Its body is read: the platform would make a stream of it, which HTTP/1.1 can not send. */
async function moved(request, url) {
  const body = /^(GET|HEAD)$/.test(request.method) ? undefined : await request.arrayBuffer();
  return new Request(url, new Proxy(request, { get: (from, name) => (name === 'body' ? body : from[name]) }));
}

export class Sending extends Asked {
  /** Which wait what comes is for. */
  turn = undefined;
  /** Ours to abort; and whether it has been sent, so that its headers are used up. */
  controller = undefined;
  isSent = false;
  /** Whether a token was attached to what is out. */
  hasToken = false;
  /** Where this sending goes, where a token is part of that. */
  target = undefined;
  response = undefined;
  error = undefined;
  unwatch = nothing;

  /** Sends it, with a fresh copy of everything that a sending uses up or adds to, and wakes the task with what has come. */
  send(tokens, isRevocable, slot, turn) {
    this.turn = turn;
    // Where it holds an answer, that one was rejected.
    this.tell(this.response ? 'replayed' : 'sent');
    this.#discard();
    // A listener may have taken it back.
    if (this.turn === turn) park(slot, turn, this, () => this.#attach(tokens, isRevocable, turn));
  }

  fail(error) {
    this.error = error;
  }

  /** Lets go of an answer that was rejected. */
  #discard() {
    letGo(this.response);
    this.response = undefined;
  }

  /** The exchange is over, to its last byte: what could have taken it back is free for another. */
  release() {
    const { controller } = this;
    this.controller = undefined;
    // Not one that has been aborted: `cancel` has let go of those.
    if (controller && idle.length < IDLE) idle.push(controller);
  }

  #attach(tokens, isRevocable, turn) {
    this.target = undefined;
    this.hasToken = Boolean(tokens);
    if (!tokens) return this.#fetch(isRevocable);
    const attaching = this.defaults.settings.attach.put(this, tokens);
    const go = () => (this.turn === turn ? this.inspect(this.#fetch(isRevocable)) : undefined);
    return attaching ? attaching.then(go) : go();
  }

  /** Sets a header of the sending. Copying headers is dear, and needless at the first sending: they are the call's own. */
  setHeader(name, value) {
    if (this.isSent || !this.headers) this.headers = new Headers(this.headers);
    this.headers.set(name, value);
  }

  #fetch(isRevocable) {
    this.isSent = true;
    this.cancel();
    const init = this.init(this.target?.headers ?? this.headers);
    if (isRevocable) {
      this.controller = idle.pop() ?? new AbortController();
      const { signal } = this.controller;
      init.signal = init.signal ? AbortSignal.any([init.signal, signal]) : signal;
    }
    const url = this.target?.url;
    const request = this.request?.clone();
    const { fetch } = this.defaults;
    if (request && url) return moved(request, url).then((target) => go(fetch, target, init));
    return go(fetch, request ?? url ?? this.url, init);
  }

  /** Takes it back from the wire; what still comes of it is nobody's. */
  withdraw() {
    this.turn = undefined;
    this.cancel();
  }

  /** Ends a sending that is out. */
  cancel() {
    this.controller?.abort(this.#reason());
    this.controller = undefined;
  }

  /** Listens to the caller's signal. False when it is aborted already, or is no signal. */
  watch(slot, serial) {
    const { signal } = this;
    const heard = () => {
      if (this.unwatch === nothing) return;
      this.#abort();
      giveUp(slot, serial);
    };
    this.unwatch = () => {
      try {
        signal.removeEventListener('abort', heard);
      } catch {
        // A signal that can not be left: what it says later is not heard.
      }
    };
    try {
      if (signal.aborted) this.#abort();
      else signal.addEventListener('abort', heard);
      return !signal.aborted;
    } catch (error) {
      this.error = error;
      return false;
    }
  }

  /** The caller has given up: an answer that was rejected before is nothing to show. */
  #abort() {
    this.error = this.#reason();
    this.withdraw();
    this.#discard();
  }

  #reason() {
    try {
      return this.signal?.reason;
    } catch (error) {
      return error;
    }
  }
}
