/** A caller's promise, with the functions that settle it. */
export class Deferred {
  readonly promise: Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}
