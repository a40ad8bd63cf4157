// An instance, as the shell holds it: in whichever engine runs.

import { consult, gather, nextNumber, shared } from '../platform/page.js';
import { Deferred } from '../platform/promise.js';

export class LiveInstance {
  number = nextNumber();
  #settings;
  #isDisposed;
  #engine;
  #instance;

  /**
   * @param settings of its session, if it has one
   * @param isDisposed a child of one that was disposed of is so too
   */
  constructor(settings, isDisposed = false) {
    this.#settings = settings;
    this.#isDisposed = isDisposed;
  }

  /**
   * Has the engine do something. Whatever leaves it by an exception has left it in pieces, and is thrown here too.
   *
   * @param question is given the engine's own instance
   * @param caller whose promise the engine is to settle, if it is
   */
  use(question, caller) {
    return consult((engine) => {
      if (caller) shared.open.add(caller);
      gather(engine);
      this.#join(engine);
      return question(this.#instance);
    });
  }

  /** Its session enters an engine. What was disposed of is no part of it, unless it is asked something. */
  enter(engine) {
    if (!this.#isDisposed) this.#join(engine);
  }

  #join(engine) {
    if (this.#engine === engine) return;
    this.#instance = new engine.ApiFetch(this.#settings, this.#isDisposed);
    this.#engine = engine;
  }

  /** The same on behalf of a caller, whose promise the engine settles. */
  ask(caller, question) {
    try {
      this.use(question, caller);
    } catch (error) {
      caller.reject(error);
    }
    return caller.promise;
  }

  /** Tokens that are good for so long, refreshed if need be, or in any case. */
  tokens(forMs, force) {
    const caller = new Deferred();
    return this.ask(caller, (instance) => instance.ask(forMs, force, caller));
  }

  /** Leaves its session. */
  dispose() {
    this.#isDisposed = true;
    this.use((instance) => instance.leave(false));
  }

  /** A part in the same session, from now on. */
  child() {
    const child = new LiveInstance(this.#settings, this.#isDisposed);
    child.use(() => {});
    return child;
  }
}
