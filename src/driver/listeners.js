// `api.session.on(…)`: the listeners of a session, and what they are called with.

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

/** The message of each warning, by its code. */
const WARNINGS = {
  storage: 'the storage is missing or denied: tokens stay in memory',
  'not-stored': 'the storage could not be changed: what counts is in memory, until the page is left',
  'own-credentials':
    'a request has brought credentials of its own: the session leaves it alone, and a 401 starts no refresh',
};

/** Makes what the listeners to each topic are called with, in the order of `TOPIC_WORDS`. */
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
  /** Whether a request is pending, 1 or 0, as the listeners know it. */
  #isBusy = 0;
  #isTokenless;
  /** The tokens in use: errors of requests must not show them. */
  tokens;

  /**
   * Adds a listener, which is removed with its instance.
   *
   * @param instance its number, so that a listener does not keep an unused instance alive
   * @returns a function that removes the listener
   */
  add(instance, topic, listener) {
    if (!TOPIC_WORDS.includes(topic))
      throw new TypeError(`session.on: the event must be one of ${TOPIC_WORDS.join(', ')}`);
    if (typeof listener !== 'function') throw new TypeError('session.on: the listener must be a function');
    const entry = { instance, topic, listener };
    this.#list.add(entry);
    return () => this.#list.delete(entry);
  }

  /** Whether an instance may share the session: either all of its instances have their tokens in cookies, or none has. */
  agreesOn(isTokenless) {
    this.#isTokenless ??= isTokenless;
    return this.#isTokenless === isTokenless;
  }

  /** Adds the listeners in an instance's options. */
  join(instance, { onRefresh, onSignOut }) {
    if (onRefresh) this.add(instance, 'refresh', onRefresh);
    if (onSignOut) this.add(instance, 'signout', onSignOut);
  }

  removeOf(instance) {
    for (const entry of this.#list) if (entry.instance === instance) this.#list.delete(entry);
  }

  /** Calls all listeners that there are at the beginning: a listener may add and remove others. */
  #emit(topic, value) {
    for (const entry of [...this.#list]) if (entry.topic === topic) notify(entry.listener, value);
  }

  /** Calls the listeners to a topic, by its number. The meaning of `detail` and `value` depends on the topic. */
  emit(topic, detail, value) {
    if (topic === TOPIC_CHANGE) this.tokens = value;
    if (topic === TOPIC_BUSY) {
      if (detail === this.#isBusy) return;
      this.#isBusy = detail;
    }
    if (this.#list.size > 0) this.#emit(TOPIC_WORDS[topic], NEWS[topic](detail, value));
  }

  /** A trap has ended all requests: nothing is pending any more. */
  calm() {
    this.emit(TOPIC_BUSY, 0);
  }

  /** Gives a warning unless it has been given before. */
  warnOnce(number) {
    if (this.#warned.has(number)) return;
    this.#warned.add(number);
    this.emit(TOPIC_WARNING, number);
  }

  /** Whether anybody listens to the steps of requests. */
  areTracing() {
    if (this.#list.size === 0) return false;
    for (const entry of this.#list) if (entry.topic === TOPIC_WORDS[TOPIC_TRACE]) return true;
    return false;
  }

  /** Calls the listeners with a step of a request, or, with id 0, of a refresh. Of the URL only the path: a query may hold a token. */
  trace({ id, method = 'GET', url, began, status }, step) {
    const time = Date.now();
    const record = { id, time, method, path: pathOf(url), step, waited: time - began };
    if (step === 'answered' || step === 'rejected') record.status = status;
    this.#emit(TOPIC_WORDS[TOPIC_TRACE], record);
  }
}
