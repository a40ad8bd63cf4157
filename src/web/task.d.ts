/** A promise given to a caller, and what settles it. */
export class Caller {
  readonly promise: Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Why the engine can serve nobody any more, if so. */
export function halted(): Error | undefined;

/** Rejects a caller whom the engine can not serve any more; false while it runs. */
export function refuse(caller: Caller): boolean;

/** What all copies of this package on one page share. */
export interface Bond {
  readonly open: Set<Caller>;
  /** What has left the engine by an exception. */
  trap?: unknown;
}

export const shared: Bond;

/** Gives the engine's ear to those who wake it, and the bond to whoever is to share it. */
export function install(ear: (index: number, turn: number, kind: number, number: number) => void): Bond;

/** Shares the bond of the copy that has started the engine. */
export function share(bond: Bond): void;

/** Rejects every open promise: the engine has trapped. */
export function collapse(trap: unknown): void;
