/** A promise given to a caller, and what settles it. */
export class Caller {
  readonly promise: Promise<unknown>;
}

/** Rejects every open promise: the engine has trapped. */
export function collapse(trap: unknown): void;
