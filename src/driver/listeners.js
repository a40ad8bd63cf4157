// `api.session.on(…)`, and what its listeners are told.

import { tell } from '../platform/promise.js';

// The engine knows these by their place.
const TOPICS = ['change', 'refresh', 'signout', 'busy', 'warning', 'trace'];
const CHANGE = 0;
const BUSY = 3;
const WARNING = 4;
const TRACE = 5;
export const STATUSES = ['loading', 'signed-out', 'active', 'refreshing'];
const REASONS = ['user', 'refused', 'no-refresh-token', 'other-tab'];
const WARNINGS = [
  { code: 'storage', message: 'the storage is missing or denied: tokens stay in memory' },
  {
    code: 'not-stored',
    message: 'the storage could not be changed: what counts is in memory, until the page is left',
  },
  {
    code: 'own-credentials',
    message:
      'a request has brought credentials of its own: the session leaves it alone, and a 401 starts no refresh',
  },
];
/** Steps that only the engine sees. */
export const STEPS = ['waiting', 'rejected', 'withdrawn'];

/** The path of a URL as asked: what may be shown of it without giving a secret away. */
export const pathOf = (url) => /^(?:[a-z][a-z\d+.-]+:)?(?:\/\/[^/?#]*)?([^?#]*)/i.exec(url)[1] || '/';

/** What the listeners to each topic are given. */
const NEWS = [
  (status, tokens) => ({ status: STATUSES[status], tokens }),
  (_, tokens) => tokens,
  (reason, error) => ({ reason: REASONS[reason], error }),
  Boolean,
  (number) => WARNINGS[number],
];

/** The listeners of one session. */
export class Listeners {
  #list = new Set();
  #warned = new Set();
  /** Whether a request is out, as was last told. */
  #isBusy = 0;
  #isTokenless;
  /** The tokens in use, as was last told: whatever a request shows of them is not to be printed. */
  tokens;

  /**
   * Listens for a member, with whom the listener goes; gives the way to stop.
   *
   * @param member its number: what is listened for is not to keep an instance that nobody else holds
   */
  add(member, topic, listener) {
    if (!TOPICS.includes(topic))
      throw new TypeError(`session.on: the event must be one of ${TOPICS.join(', ')}`);
    if (typeof listener !== 'function') throw new TypeError('session.on: the listener must be a function');
    const entry = { member, topic, listener };
    this.#list.add(entry);
    return () => this.#list.delete(entry);
  }

  /** Whether a member's tokens are cookies, as those of all others are, or as those of none. */
  agreesOn(isTokenless) {
    this.#isTokenless ??= isTokenless;
    return this.#isTokenless === isTokenless;
  }

  /** The listeners that a member brings in its options. */
  join(member, { onRefresh, onSignOut }) {
    if (onRefresh) this.add(member, 'refresh', onRefresh);
    if (onSignOut) this.add(member, 'signout', onSignOut);
  }

  removeOf(member) {
    for (const entry of this.#list) if (entry.member === member) this.#list.delete(entry);
  }

  /** Tells all who listen as this begins: a listener may add and remove others. */
  #tell(topic, value) {
    for (const entry of [...this.#list]) if (entry.topic === topic) tell(entry.listener, value);
  }

  /** Tells the engine's news. */
  tell(topic, detail, value) {
    if (topic === CHANGE) this.tokens = value;
    if (topic === BUSY) {
      if (detail === this.#isBusy) return;
      this.#isBusy = detail;
    }
    if (this.#list.size > 0) this.#tell(TOPICS[topic], NEWS[topic](detail, value));
  }

  /** A trap has ended all requests. */
  calm() {
    this.tell(BUSY, 0);
  }

  /** Gives a warning that there is to be only once. */
  warnOnce(number) {
    if (this.#warned.has(number)) return;
    this.#warned.add(number);
    this.tell(WARNING, number);
  }

  /** Whether steps are to be told. */
  areTracing() {
    if (this.#list.size === 0) return false;
    for (const entry of this.#list) if (entry.topic === TOPICS[TRACE]) return true;
    return false;
  }

  /** One step of a request, or, with the id 0, of a refresh. Never a token, and no query, which may hold one. */
  trace({ id, method = 'GET', url, began, status }, step) {
    const time = Date.now();
    const record = { id, time, method, path: pathOf(url), step, waited: time - began };
    if (step === 'answered' || step === 'rejected') record.status = status;
    this.#tell(TOPICS[TRACE], record);
  }
}
