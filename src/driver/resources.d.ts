import type { Listeners } from './listeners.js';

/** The parts of a session that outlive an engine that has trapped. */
export class SessionResources {
  /** @param settings those of the instance that founds the session */
  constructor(settings: object);
  readonly listeners: Listeners;
  readonly records: {
    /** How many writings have been asked for. */
    readonly writings: number;
  };
  /** Adds an instance to the session. */
  add(instance: object): void;
}
