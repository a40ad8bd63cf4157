// A request that is in flight, with the signal by which it can be aborted.

import { leave, listen, reasonOf } from '../platform/signal.js';

/** Called when a stream is garbage collected. */
const streams = /* @__PURE__ */ new FinalizationRegistry((end) => end());

/**
 * One sending. Its signal is aborted only while an answer or a body is still to come. After that, a listener that an app's own `fetch`
 * has left on the signal must not be called.
 */
export class InFlight {
  controller = new AbortController();
  isAwaited = true;

  /** Sets whether an answer or a body is still to come. */
  expect(isAwaited) {
    this.isAwaited = isAwaited;
  }

  abort(reason) {
    if (!this.isAwaited) return;
    this.isAwaited = false;
    this.controller.abort(reason);
  }

  /**
   * The app reads the body as a stream. As nobody reports the end of that, the caller's signal aborts it for as long as the stream exists.
   */
  handOut(stream, signal) {
    this.isAwaited = true;
    if (!signal) return;
    const onAbort = () => this.abort(reasonOf(signal));
    // A test double's stream may be anything.
    streams.register(Object(stream), () => leave(signal, onAbort));
    listen(signal, onAbort);
  }
}
