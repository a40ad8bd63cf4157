import { Deferred } from '../platform/promise.js';

/** A request: its promise, what it asks for, and what it has come to. */
export class RequestRecord extends Deferred {
  /** @param shape a `SHAPE_…` */
  constructor(shape: number);
  /** All small facts at once, as bits: `Facts` of the boundary. */
  readonly facts: number;
}

/** What is to be held, so that JavaScript keeps what it has learnt of records. */
export function keepLayout(): unknown;
