/** Options as they were given, each getter read once. */
export interface Options {
  readonly session: unknown;
}

/** @throws TypeError when an option is wrong */
export function takeDefaults(given: unknown): Options;
