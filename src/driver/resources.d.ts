import type { Listeners } from './listeners.js';

/** What of a session outlives an engine that has trapped. */
export class SessionResources {
  readonly listeners: Listeners;
  /** Another instance is in it. */
  add(instance: object): void;
}
