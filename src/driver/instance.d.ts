import type { ApiFetch } from '../../pkg/wasm_api_fetch.js';
import type { SessionSettings } from '../options/session.js';
import type { Deferred } from '../platform/promise.js';

/** An instance as the app's callable holds it. After a trap it makes itself anew in the next engine. */
export class LiveInstance {
  /** Unique on the page. */
  readonly number: number;
  /** @param settings of its session, if it has one */
  constructor(settings?: SessionSettings);
  /** Calls the engine. Throws what the engine throws: then it has trapped. */
  use<T>(question: (instance: ApiFetch) => T): T;
  /** Calls the engine on behalf of a caller, whose promise the engine settles. */
  ask(caller: Deferred, question: (instance: ApiFetch) => void): Promise<unknown>;
  /** A promise of tokens that are valid for `forMs` ms more, refreshed if needed, or, with `force`, in any case. */
  tokens(forMs: number, force: boolean): Promise<unknown>;
  /** Leaves its session. */
  dispose(): void;
  /** Makes another instance in the same session. */
  child(): LiveInstance;
}
