import type { Listeners } from '../driver/listeners.js';
import type { Origins } from '../platform/origin.js';
import type { SessionSettings } from './session.js';

/** The options as they were given. Each getter was called once. */
export interface Options {
  readonly session: unknown;
  readonly baseURL: string | undefined;
  /** Set for an instance with a session: where tokens may go, the session's options, and its listeners. */
  origins: Origins | undefined;
  settings: SessionSettings | undefined;
  listeners: Listeners | undefined;
  /** The instance's own `api.fetch`. */
  instanceFetch: unknown;
}

/** @throws TypeError if an option is wrong */
export function takeDefaults(given: unknown): Options;
