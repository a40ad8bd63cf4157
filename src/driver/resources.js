// What of a session outlives an engine that has trapped.

import { nextNumber, shared } from '../platform/page.js';
import { WeakList } from '../platform/weak-list.js';
import { Listeners } from './listeners.js';
import { Records } from './records.js';
import { Tabs } from './tabs.js';

export class SessionResources {
  listeners = new Listeners();
  /** Where there is only this page, there are none. */
  tabs;
  /** The call of a refresh that is out. */
  refresh;
  /** Its instances. */
  #members = new WeakList();
  /** The number of the host that stands for the session: each engine has another one. */
  host = 0;

  /** @param settings those of the instance that has founded the session */
  constructor(settings) {
    this.settings = settings;
    this.records = new Records(settings);
  }

  add(instance) {
    this.#members.add(instance);
  }

  /** All of it goes over to another engine, in its old order: who refreshes for all, and who is the last to leave, is to be as it was. */
  enter(engine) {
    this.#members.forEach((member) => {
      member.enter(engine);
    });
  }

  /** A host begins to stand for it. */
  begin() {
    if (this.host === 0) shared.sessions.add(this);
    this.host = nextNumber();
    return this.host;
  }

  /** Its place among the tabs, from now on. */
  openTabs() {
    this.tabs ??= new Tabs(this.settings, this);
    return this.tabs;
  }
}
