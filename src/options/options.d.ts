import type { Listeners } from '../driver/listeners.js';
import type { Origins } from '../platform/origin.js';
import type { SessionSettings } from './session.js';

/** Options as they were given, each getter read once. */
export interface Options {
  readonly session: unknown;
  readonly baseURL: string | undefined;
  /** Of an instance with a session: where tokens may go, what else is set for it, and its listeners. */
  origins: Origins | undefined;
  settings: SessionSettings | undefined;
  listeners: Listeners | undefined;
  /** The `fetch` that this instance gives away. */
  ownFetch: unknown;
}

/** @throws TypeError when an option is wrong */
export function takeDefaults(given: unknown): Options;
