// An instance as the app's callable holds it. After a trap it makes itself anew in the next engine.

import { currentEngine, handleTrap, nextNumber, rejoinSessions, shared } from '../platform/page.js';
import { Deferred } from '../platform/promise.js';

export class LiveInstance {
  number = nextNumber();
  #settings;
  #isDisposed;
  #engine;
  #instance;

  /**
   * @param settings of its session, if it has one
   * @param isDisposed whether it starts as disposed of, as a child of such an instance does
   */
  constructor(settings, isDisposed = false) {
    this.#settings = settings;
    this.#isDisposed = isDisposed;
  }

  /**
   * Calls the engine.
   *
   * @param question is given the engine's own instance
   * @param caller a caller whose promise the engine is to settle, if there is one
   * @throws what the engine throws: then it has trapped
   */
  use(question, caller) {
    let { engine } = shared;
    try {
      engine = currentEngine();
      if (caller) shared.open.add(caller);
      rejoinSessions(engine);
      this.#join(engine);
      return question(this.#instance);
    } catch (trap) {
      // As `callEngine` does it: without that function, as each request comes through here.
      engine.trap ??= { cause: trap };
      handleTrap();
      throw trap;
    }
  }

  /** Joins its session in a new engine. An instance that was disposed of does so only when it is used. */
  enter(engine) {
    if (!this.#isDisposed) this.#join(engine);
  }

  /** Has a new engine read the session, unless this instance was disposed of. */
  resume() {
    try {
      if (!this.#isDisposed) this.use((instance) => instance.status());
    } catch {
      // Another trap. Whoever calls next hears of it.
    }
  }

  #join(engine) {
    if (this.#engine === engine) return;
    this.#instance = new engine.ApiFetch(this.#settings, this.#isDisposed);
    this.#engine = engine;
  }

  /** Calls the engine on behalf of a caller, whose promise the engine settles. */
  ask(caller, question) {
    try {
      this.use(question, caller);
    } catch (error) {
      caller.reject(error);
    }
    return caller.promise;
  }

  /** A promise of tokens that are valid for `forMs` ms more, refreshed if needed, or, with `force`, in any case. */
  tokens(forMs, force) {
    const caller = new Deferred();
    return this.ask(caller, (instance) => instance.ask(forMs, force, caller));
  }

  /** Leaves its session. */
  dispose() {
    this.#isDisposed = true;
    this.use((instance) => instance.leave(false));
  }

  /** Makes another instance in the same session, and joins at once. */
  child() {
    const child = new LiveInstance(this.#settings, this.#isDisposed);
    child.use(() => {});
    return child;
  }
}
