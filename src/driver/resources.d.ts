import type { Listeners } from './listeners.js';

/** The parts of a session that outlive an engine that has trapped. */
export class SessionResources {
  readonly listeners: Listeners;
  /** Adds an instance to the session. */
  add(instance: object): void;
}
