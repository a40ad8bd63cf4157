import type { ApiFetch } from '../../pkg/wasm_api_fetch.js';
import type { SessionSettings } from '../options/session.js';
import type { Deferred } from '../platform/promise.js';

/** An instance, in whichever engine runs: after a trap it is there anew. */
export class LiveInstance {
  /** No other instance on the page has the same. */
  readonly number: number;
  /** @param settings of its session, if it has one */
  constructor(settings?: SessionSettings);
  /** Has the engine do something; what leaves it by an exception is thrown. */
  use<T>(question: (instance: ApiFetch) => T): T;
  /** The same on behalf of a caller, whose promise the engine settles. */
  ask(caller: Deferred, question: (instance: ApiFetch) => void): Promise<unknown>;
  /** Tokens that are good for so long, refreshed if need be, or in any case. */
  tokens(forMs: number, force: boolean): Promise<unknown>;
  /** Leaves its session. */
  dispose(): void;
  /** A part in the same session. */
  child(): LiveInstance;
}
