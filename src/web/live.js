// An instance, as the shell holds it: in whichever engine runs.

import { Caller, collapse, running, shared } from './task.js';

export class LiveInstance {
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
    const engine = running();
    if (caller) shared.open.add(caller);
    try {
      if (this.#engine !== engine) {
        // The whole session, in its old order: who refreshes for all, and who is the last one to leave, is to be as it was.
        for (const member of this.#settings?.lasting.members ?? []) member.comeAlong(engine);
        this.#enter(engine);
      }
      return question(this.#instance);
    } catch (trap) {
      engine.trap ??= { cause: trap };
      collapse();
      throw trap;
    }
  }

  /** As another instance of its session, be it another copy's, enters an engine. */
  comeAlong(engine) {
    if (!this.#isDisposed) this.#enter(engine);
  }

  #enter(engine) {
    if (this.#engine === engine) return;
    this.#instance = new engine.Instance(this.#settings, this.#isDisposed);
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

  /** What `Instance::figure` tells. */
  figure(which) {
    return this.use((instance) => instance.figure(which));
  }

  /** What `Instance::value` gives. */
  value(which) {
    return this.use((instance) => instance.value(which));
  }

  /** Tokens that are good for so long, refreshed if need be, or in any case. */
  tokens(forMs, force) {
    const caller = new Caller();
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
