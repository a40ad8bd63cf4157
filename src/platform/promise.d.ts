/** A promise given to a caller, and what settles it. */
export class Deferred {
  readonly promise: Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}
