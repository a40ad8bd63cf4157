import type { Options } from '../options/options.js';
import type { Caller } from '../platform/promise.js';

/** What is to be held, so that JavaScript keeps what it has learnt of calls. */
export function keepLayout(): unknown;

/** One call of the user: its promise, what it asks for, and what it has come to. */
export class Call extends Caller {
  /** @param shape 0: the parsed body; 1: the `Response`, its body parsed; 2: what `fetch` gives */
  constructor(shape: number);
  /** All small facts at once, as bits. */
  readonly facts: number;
  /** @throws TypeError when an option is wrong, and whatever a getter throws */
  take(input: unknown, given: unknown, defaults: Options): void;
  /** The same for what `fetch` takes; `base`: what the page resolved URLs against when the call was made. */
  takeFetch(input: unknown, init: unknown, defaults: Options, base?: string): void;
}
