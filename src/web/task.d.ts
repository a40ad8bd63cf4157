/** A promise given to a caller, and what settles it. */
export class Caller {
  readonly promise: Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Rejects a caller whom the engine can not serve any more; false while it runs. */
export function refuse(caller: Caller): boolean;

/** Gives the engine's ear to those who wake it. */
export function install(ear: (index: number, turn: number, kind: number, number: number) => void): void;

/** Rejects every open promise: the engine has trapped. */
export function collapse(trap: unknown): void;
