import type { Listeners } from '../session/listeners.js';
import type { Origins } from '../web/origin.js';

/** Options as they were given, each getter read once. */
export interface Options {
  readonly session: unknown;
  readonly baseURL: string | undefined;
  /** Where tokens may go; and the listeners of the session. Of an instance with a session. */
  origins: Origins | undefined;
  listeners: Listeners | undefined;
}

/** @throws TypeError when an option is wrong */
export function takeDefaults(given: unknown): Options;
