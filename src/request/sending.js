// One request on its way: sent, taken back, sent again, given up.

import { redact, secretsOf } from '../error/redact.js';
import { asMeant } from '../platform/origin.js';
import { giveUp, letGo, park } from '../platform/promise.js';
import { leave, listen, reasonOf } from '../platform/signal.js';
import { Asked, OF_REQUEST } from './asked.js';
import { Out } from './in-flight.js';

/** Beyond this a timer fires at once, in ms. */
export const LONGEST = 0x7fff_ffff;
/** `api.fetch`, among what the caller may want of the answer. The engine knows the same number. */
export const FETCH = 2;
/** Tells the engine that it was the time limit that has ended the call. */
const LATE = 1;

const ENDLESS =
  'globalThis.fetch is that of this very instance, which would never end: give createApiFetch the platform’s as its `fetch`';

export const nothing = () => {};

/** A body that can be sent at another URL. Not as bytes: Node can not send a buffer again where it is led on. Its type is the headers' to say. */
async function bodyOf(request) {
  const blob = await request.blob();
  return blob.size === 0 ? undefined : blob.slice();
}

export class Sending extends Asked {
  /** Which wait what comes is for. */
  turn;
  /** What is out, where that may have to be taken back; and whether it has been sent, so that its headers are used up. */
  out;
  isSent = false;
  /** Whether a token was attached to what is out. */
  hasToken = false;
  /** All tokens that were attached to it, in the order of its sendings. */
  #attached = [];
  /** Where this sending goes, where a token is part of that; and the body of a `Request` that goes there. */
  target;
  blob;
  response;
  error;
  /** The signal that is listened to, and what ends that. */
  watched;
  unwatch = nothing;
  /** The task's serial number. */
  id = 0;
  /** Runs while it may take only so long. */
  timer;

  /**
   * Sends it, with a fresh copy of everything that a sending uses up or adds to, and wakes the task with what has come.
   *
   * @returns whether the tokens take their time to be attached: then the task is woken when they are, and `launch` sends it
   */
  send(tokens, isRevocable, slot, turn) {
    this.turn = turn;
    this.arm(slot);
    // Where it holds an answer, that one was rejected.
    this.tell(this.response ? 'replayed' : 'sent');
    this.#discard();
    // A listener may have taken it back.
    if (this.turn !== turn) return false;
    let attaching;
    try {
      attaching = this.#attach(tokens);
    } catch (error) {
      attaching = Promise.reject(error);
    }
    if (!attaching) this.launch(isRevocable, slot, turn);
    else
      park(
        slot,
        turn,
        this.owner(() => 0),
        () => attaching,
      );
    return Boolean(attaching);
  }

  /** Sends it as the tokens have left it. */
  launch(isRevocable, slot, turn) {
    park(slot, turn, this, () => {
      const sending = this.#fetch(isRevocable);
      return this.hasToken ? this.inspect(sending) : sending;
    });
  }

  /** What must not come to light when it fails. */
  get secrets() {
    const { settings, listeners } = this.defaults;
    // Those in use the app itself may have put into it.
    return [...this.#attached, listeners?.tokens].flatMap((tokens) => secretsOf(tokens, settings?.attach));
  }

  /** Nothing has come, or it could not be read. */
  fail(error) {
    this.out?.expect(false);
    this.error = redact(error, this.secrets);
  }

  /** Who waits for something of the app's. What still comes of it when the wait is over is nobody's. */
  owner(keep) {
    const sending = this;
    return {
      get turn() {
        return sending.turn;
      },
      set turn(turn) {
        sending.turn = turn;
      },
      keep,
      fail(error) {
        sending.error = redact(error, sending.secrets);
      },
    };
  }

  /** Lets go of an answer that was rejected. */
  #discard() {
    letGo(this.response);
    this.response = this.data = undefined;
  }

  /** Puts the tokens in, and makes ready what follows from that. Gives what is to be waited for, if anything. */
  #attach(tokens) {
    this.target = this.blob = undefined;
    this.hasToken = Boolean(tokens);
    if (!tokens) return undefined;
    this.#attached.push(tokens);
    const attaching = this.defaults.settings.attach.put(this, tokens);
    return attaching ? attaching.then(() => this.#read()) : this.#read();
  }

  /** A `Request` can not change its URL, and a new one made of it would have a stream for a body. */
  #read() {
    if (!this.request || !this.target?.url || this.body != null) return undefined;
    return bodyOf(this.request.clone()).then((blob) => {
      this.blob = blob;
    });
  }

  /** Sets a header of the sending. Copying headers is dear, and needless at the first sending: they are the call's own. */
  setHeader(name, value) {
    if (this.isSent || !this.headers) this.headers = new Headers(this.headers);
    this.headers.set(name, value);
  }

  #fetch(isRevocable) {
    this.isSent = true;
    this.out = undefined;
    const isMarked = this.hasToken && this.defaults.settings.attach.isHeader;
    // A request's own headers come with it: given beside it, some that only the platform may set would be lost.
    const headers = this.target?.headers ?? (isMarked || !this.isWhole ? this.headers : undefined);
    const init = this.hasToken || !this.isWhole ? this.init(headers) : { ...this.extras };
    // It is for the page's own origin, which answers that as well.
    if (isMarked && this.isWithoutCors) init.mode = 'cors';
    if (isRevocable || this.steps?.timeout) {
      this.out = new Out();
      const { signal } = this.out.controller;
      // The caller's signal, to which the call itself listens, has a part in it only where the answer is handed out unread. Node keeps
      // neither what it is made of nor, with that, a time limit's timer: the caller's signal lives as long as this one.
      init.signal =
        this.shape === FETCH && init.signal
          ? Object.assign(AbortSignal.any([init.signal, signal]), { signal: init.signal })
          : signal;
    }
    const url = this.target?.url;
    if (!this.request || !url)
      return this.#call(this.ownRequest() ?? asMeant(url ?? this.url, this.base), init);
    const own = Object.fromEntries(OF_REQUEST.map((name) => [name, this.request[name]]));
    // A service worker may pass a navigation on, which nobody else can ask for.
    if (own.mode === 'navigate') own.mode = 'same-origin';
    return this.#call(asMeant(url, this.base), { ...own, ...init, body: init.body ?? this.blob });
  }

  #call(target, init) {
    const { fetch, ownFetch } = this.defaults;
    if (fetch) return fetch(target, init);
    if (globalThis.fetch === ownFetch) throw new TypeError(ENDLESS);
    // Looked up anew each time, so that a test double that is set later is seen; and called as it is by others, for those that ask `this`.
    return globalThis.fetch(target, init);
  }

  /** Takes it back from the wire; what still comes of it is nobody's. */
  withdraw() {
    this.turn = undefined;
    this.out?.abort();
  }

  /** It comes to its end with this error, an answer that was rejected before is nothing to show. */
  #stop(error) {
    this.error = error;
    this.turn = undefined;
    this.out?.abort(error);
    this.forgo();
    this.#discard();
  }

  /** Where nothing has been sent, what would have been sent from it need not be made, as `fetch` tells a stream. */
  forgo() {
    if (!this.isSent) letGo(this, this.error);
  }

  /** Its time begins, unless it runs. */
  arm(slot) {
    const timeout = this.steps?.timeout;
    if (timeout && this.timer === undefined)
      this.timer = setTimeout(() => this.#lapse(slot), Math.min(timeout, LONGEST));
  }

  /** Its time stands still: while it waits for a refresh, or for a retry. */
  disarm() {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  #lapse(slot) {
    this.disarm();
    this.#stop(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    giveUp(this, slot, LATE);
  }

  /** Listens to the caller's signal. False when it is aborted already, or is no signal. */
  watch(slot) {
    const { signal, watched } = this;
    if (signal === undefined || signal === watched) return true;
    this.unwatch();
    this.watched = signal;
    try {
      if (signal.aborted) this.#abort();
      else this.#listen(signal, slot);
      return !signal.aborted;
    } catch (error) {
      this.error = error;
      return false;
    }
  }

  #listen(signal, slot) {
    const heard = () => {
      if (this.watched !== signal) return;
      this.#abort();
      giveUp(this, slot, 0);
    };
    this.unwatch = () => {
      this.watched = undefined;
      this.unwatch = nothing;
      leave(signal, heard);
    };
    listen(signal, heard);
  }

  /** The caller has given up. */
  #abort() {
    clearTimeout(this.pauseTimer);
    this.#stop(reasonOf(this.signal));
  }
}
