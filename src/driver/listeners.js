// `api.session.on(…)`, and what its listeners are told.

import {
  SIGN_OUT_REASON_WORDS,
  STATUS_WORDS,
  TOPIC_BUSY,
  TOPIC_CHANGE,
  TOPIC_TRACE,
  TOPIC_WARNING,
  TOPIC_WORDS,
  WARNING_WORDS,
} from '../boundary.js';
import { notify } from '../error/app-code.js';
import { pathOf } from '../platform/origin.js';

/** What a warning says, by its code. */
const WARNINGS = {
  storage: 'the storage is missing or denied: tokens stay in memory',
  'not-stored': 'the storage could not be changed: what counts is in memory, until the page is left',
  'own-credentials':
    'a request has brought credentials of its own: the session leaves it alone, and a 401 starts no refresh',
};

/** What the listeners to each topic are given. */
const NEWS = [
  (status, tokens) => ({ status: STATUS_WORDS[status], tokens }),
  (_, tokens) => tokens,
  (reason, error) => ({ reason: SIGN_OUT_REASON_WORDS[reason], error }),
  Boolean,
  (number) => {
    const code = WARNING_WORDS[number];
    return { code, message: WARNINGS[code] };
  },
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
    if (!TOPIC_WORDS.includes(topic))
      throw new TypeError(`session.on: the event must be one of ${TOPIC_WORDS.join(', ')}`);
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
    for (const entry of [...this.#list]) if (entry.topic === topic) notify(entry.listener, value);
  }

  /** Tells the engine's news. */
  tell(topic, detail, value) {
    if (topic === TOPIC_CHANGE) this.tokens = value;
    if (topic === TOPIC_BUSY) {
      if (detail === this.#isBusy) return;
      this.#isBusy = detail;
    }
    if (this.#list.size > 0) this.#tell(TOPIC_WORDS[topic], NEWS[topic](detail, value));
  }

  /** A trap has ended all requests. */
  calm() {
    this.tell(TOPIC_BUSY, 0);
  }

  /** Gives a warning that there is to be only once. */
  warnOnce(number) {
    if (this.#warned.has(number)) return;
    this.#warned.add(number);
    this.tell(TOPIC_WARNING, number);
  }

  /** Whether steps are to be told. */
  areTracing() {
    if (this.#list.size === 0) return false;
    for (const entry of this.#list) if (entry.topic === TOPIC_WORDS[TOPIC_TRACE]) return true;
    return false;
  }

  /** One step of a request, or, with the id 0, of a refresh. Never a token, and no query, which may hold one. */
  trace({ id, method = 'GET', url, began, status }, step) {
    const time = Date.now();
    const record = { id, time, method, path: pathOf(url), step, waited: time - began };
    if (step === 'answered' || step === 'rejected') record.status = status;
    this.#tell(TOPIC_WORDS[TOPIC_TRACE], record);
  }
}
