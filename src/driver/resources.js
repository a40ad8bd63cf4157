// The parts of a session that outlive an engine that has trapped.

import { nextNumber, shared } from '../platform/page.js';
import { WeakList } from '../platform/weak-list.js';
import { Listeners } from './listeners.js';
import { Records } from './records.js';
import { Tabs } from './tabs.js';

export class SessionResources {
  listeners = new Listeners();
  /** `undefined` if no other tab shares the session. */
  tabs;
  /** The refresh call that is running. */
  refresh;
  /** The session's instances. */
  #instances = new WeakList();
  /** The number of the session's driver; 0: there is none yet. In each engine it is another one. */
  driver = 0;

  /** @param settings those of the session's first instance */
  constructor(settings) {
    this.settings = settings;
    this.records = new Records(settings);
  }

  add(instance) {
    this.#instances.add(instance);
  }

  /** All instances join a new engine, in their old order: the first one's options apply to the refresh. */
  enter(engine) {
    this.#instances.forEach((instance) => {
      instance.enter(engine);
    });
  }

  /** The engine has trapped: the session goes on in the next one, without waiting for somebody who calls that. */
  resume() {
    this.#instances.forEach((instance) => {
      instance.resume();
    });
  }

  /** Registers a new driver for the session, and returns its number. */
  begin() {
    if (this.driver === 0) shared.sessions.add(this);
    this.driver = nextNumber();
    return this.driver;
  }

  /** The session's lock, marks and channel, made when first asked for. */
  openTabs() {
    this.tabs ??= new Tabs(this.settings, this);
    return this.tabs;
  }
}
