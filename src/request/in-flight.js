// What is out, where it may have to be taken back.

import { leave, listen, reasonOf } from '../platform/signal.js';

/** What ends with a stream. */
const streams = /* @__PURE__ */ new FinalizationRegistry((end) => end());

/**
 * One sending. Its signal aborts while something is still to come of it, its answer or a body that is being read, and never once that
 * is over: who has left a listener on it, as an app's own `fetch` may, is not to be called for nothing.
 */
export class InFlight {
  controller = new AbortController();
  isAwaited = true;

  /** Whether something is still to come: not while an answer is only held. */
  expect(isAwaited) {
    this.isAwaited = isAwaited;
  }

  abort(reason) {
    if (!this.isAwaited) return;
    this.isAwaited = false;
    this.controller.abort(reason);
  }

  /** Its body is the app's to read, and the caller's signal ends it for as long as the stream lives: when it has been read, nobody tells. */
  handOut(stream, signal) {
    this.isAwaited = true;
    if (!signal) return;
    const heard = () => this.abort(reasonOf(signal));
    // A double's stream may be anything.
    streams.register(Object(stream), () => leave(signal, heard));
    listen(signal, heard);
  }
}
