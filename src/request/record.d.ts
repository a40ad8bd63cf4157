import { Deferred } from '../platform/promise.js';

/** A request: its promise, its input and options, and its result. */
export class RequestRecord extends Deferred {
  /** @param shape a `SHAPE_…` */
  constructor(shape: number);
  /** The bits of `Facts`. */
  readonly facts: number;
}

/** Makes objects to be kept alive, so that V8 keeps the hidden class of records. */
export function keepLayout(): unknown;
