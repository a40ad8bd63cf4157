/** An app in a bad world: a session over a `fetch` double that turns as it is told, and everything that must hold all the same. */

import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createApiFetch } from '../../../dist/index.js';
import { ANSWERS, MANNERS, MARK, REPLIES, reply, SESSIONS, TOKEN_URL } from './double.js';
import { FOREIGN, Hostility, INITS, INPUTS, SIGNALS, snapshot } from './hostile.js';

/**
 * @typedef {{ url: string, method: string, signal: AbortSignal | undefined, resolve(value: any): void, reject(error: any): void, isRefresh: boolean, isOver: boolean }} Held
 * @typedef {{ shape: 'data' | 'raw' | 'fetch', promise: Promise<void>, ended?: { value?: any, error?: any }, controller: AbortController, isReal: boolean, reason?: Error, path: string, given: any[], before: any[] }} Made
 */

/** Longer than any limit of the session, in ms. */
const LONG = 61_000;

export class World {
  /** @type {Held[]} */
  held = [];
  /** @type {Made[]} */
  calls = [];
  /** @type {string[]} what went wrong while it went on */
  faults = [];
  /** @type {unknown[]} */
  reported = [];
  #manners;
  #sent = 0;

  /**
   * @param {string} session
   * @param {string[]} manners how the double behaves, call by call, and then anew
   */
  constructor(session, manners) {
    this.#manners = manners;
    Object.assign(globalThis, { reportError: (/** @type {unknown} */ error) => this.reported.push(error) });
    const { refresh = this.#refresh, ...more } = /** @type {any} */ (SESSIONS[session]);
    const fetch = /** @type {any} */ ((/** @type {any[]} */ ...args) => this.#answer(args));
    this.api = createApiFetch({
      baseURL: 'https://api.example.com',
      fetch,
      session: { storage: 'memory', ...more, refresh },
    });
    this.child = this.api.create({ headers: { 'x-child': '1' } });
    this.api.session.on('trace', (record) => this.#look(JSON.stringify(record), 'a trace'));
    this.signIn();
  }

  signIn() {
    this.api.session.set(reply());
  }

  #look(/** @type {string} */ text, /** @type {string} */ where) {
    if (text.includes(MARK)) this.faults.push(`a token in ${where}: ${text}`);
  }

  #refresh = (/** @type {any} */ _, /** @type {any} */ { signal }) =>
    this.#holdRefresh(signal).then((answer) => answer?.json());

  #holdRefresh(/** @type {AbortSignal} */ signal) {
    const others = this.held.filter((one) => one.isRefresh && !one.isOver && !one.signal?.aborted);
    if (others.length > 0) this.faults.push('two refreshes at once');
    return this.hold({
      url: TOKEN_URL,
      method: 'POST',
      signal,
      isRefresh: true,
      isOver: false,
      resolve() {},
      reject() {},
    });
  }

  #answer(/** @type {any[]} */ [input, init]) {
    const url = typeof input === 'string' ? input : String(input?.url ?? input);
    if (url === TOKEN_URL) return this.#holdRefresh(init?.signal);
    const sent = [url, ...new Headers(init?.headers).entries(), ...(input?.headers?.entries?.() ?? [])];
    if (url.startsWith(FOREIGN)) this.#look(sent.join(), 'a request to a foreign origin');
    const manner = this.#manners[this.#sent++ % this.#manners.length] ?? 'holds';
    /** @type {Held} */
    const held = {
      url,
      method: 'GET',
      signal: init?.signal,
      isRefresh: false,
      isOver: false,
      resolve() {},
      reject() {},
    };
    // A double that calls back for ever is the app's own endless loop.
    return (this.#sent < 60 ? MANNERS[manner] : MANNERS.holds)?.(this, held, init);
  }

  /** @returns {Promise<any>} */
  hold(/** @type {Held} */ held, isDeaf = false) {
    this.held.push(held);
    return new Promise((resolve, reject) => {
      const over = (/** @type {(value: any) => void} */ settle) => (/** @type {any} */ value) => {
        held.isOver = true;
        settle(value);
      };
      Object.assign(held, { resolve: over(resolve), reject: over(reject) });
      const { signal } = held;
      if (isDeaf || !signal) return;
      const give = () => held.reject(reasonOf(signal));
      if (signal.aborted) give();
      else signal.addEventListener('abort', give);
    });
  }

  /**
   * @param {'data' | 'raw' | 'fetch'} shape
   * @param {string} input
   * @param {string} init
   * @param {string} signal
   * @param {number} turns
   */
  call(shape, input, init, signal, turns) {
    const path = `/${this.calls.length}`;
    const controller = new AbortController();
    const given = [INPUTS[input]?.(path, turns), INITS[init]?.(turns)];
    const isReal = give(given, SIGNALS[signal]?.(controller, turns)) && signal === 'own';
    const before = given.map((one) => snapshot(one));
    const api = this.calls.length % 3 === 2 ? this.child : this.api;
    const ask = shape === 'data' ? api : api[shape];
    let promise;
    try {
      promise = ask(given[0], given[1]);
    } catch (error) {
      this.faults.push(`a call has thrown at once: ${error}`);
      return;
    }
    this.track(promise, shape, { controller, isReal, path, given, before });
  }

  /**
   * @param {Promise<any>} promise
   * @param {Made['shape']} shape
   * @param {Partial<Made>} [more]
   */
  track(promise, shape, more) {
    /** @type {Made} */
    const made = {
      shape,
      controller: new AbortController(),
      isReal: false,
      path: '',
      given: [],
      before: [],
      ...more,
      promise: Promise.resolve(),
    };
    this.calls.push(made);
    made.promise = promise.then(
      (value) => {
        if (made.ended) this.faults.push('settled twice');
        made.ended = { value };
      },
      (error) => {
        made.ended = { error };
      },
    );
  }

  abort(/** @type {number} */ which) {
    const open = this.calls.filter(({ ended, isReal }) => !ended && isReal);
    const made = open[which % open.length];
    if (!made) return;
    made.reason = new Error('given up');
    made.controller.abort(made.reason);
  }

  /** Answers what is held: one of it, or, without a number, the oldest. */
  answer(/** @type {string} */ how, /** @type {string} */ reply, which = 0) {
    const open = this.held.filter(({ isOver }) => !isOver);
    const held = open[which % open.length];
    if (!held) return false;
    if (held.isRefresh) held.resolve(REPLIES[reply]?.());
    else if (how === 'rejects') held.reject(new TypeError('no network'));
    else if (how === 'rejects with nothing') held.reject(undefined);
    else held.resolve(ANSWERS[how]?.(held.url));
    return true;
  }

  /** Lets everything go, and time pass, until nothing more comes. */
  async end() {
    for (let round = 0; round < 400; round++) {
      await turn();
      if (this.answer('own', 'renewed')) continue;
      if (this.calls.every(({ ended }) => ended)) break;
      // Blobs and streams take turns of their own; beyond that only time can help.
      if (round % 20 === 19) mock.timers.tick(LONG);
    }
    await turn();
  }

  /** Whatever must hold once all is over. */
  async check() {
    const open = this.calls.filter(({ ended }) => !ended).map(({ shape, path }) => `${shape} ${path}`);
    assert.deepEqual(open, [], 'calls that never end');
    const { session } = this.api;
    assert.deepEqual([session.pending, session.waiting], [0, 0], 'pending and waiting');
    for (const made of this.calls) this.#checkOne(made);
    for (const error of this.reported) this.#lookInto(error);
    assert.deepEqual(this.faults, []);
    await this.#checkPlain();
  }

  #checkOne(/** @type {Made} */ { shape, ended, reason, path, given, before }) {
    if (ended && 'error' in ended) {
      const { error } = ended;
      this.#lookInto(error);
      assert.doesNotMatch(String(textOf(error)), /the engine has stopped/);
      // What can not even be looked at for an error rejects with its own.
      const expected = error instanceof Hostility ? undefined : reason;
      if (expected && shape === 'fetch') assert.equal(error, expected, 'the reason of an abort');
      else if (expected)
        assert.deepEqual([error?.name, error?.cause], ['FetchError', expected], 'the cause of an abort');
    } else if (shape === 'data' && /\/\d+(?:[?#]|$)/.test(ended?.value?.path)) {
      assert.match(ended?.value.path, new RegExp(`${path}(?:[?#]|$)`), 'the reply of another');
    }
    for (const [index, one] of given.entries()) {
      const after = snapshot(one);
      if (before[index] !== undefined && after !== undefined)
        assert.deepEqual(after, before[index], 'what the caller gave is changed');
    }
  }

  /** Everything that a log might show of an error. `request` and `response` may be the platform's own objects. */
  #lookInto(/** @type {any} */ error, depth = 0) {
    if (typeof error !== 'object' || error === null || depth > 4) return;
    const { options, data, request } = error;
    const shown = [error.name, error.stack, textOf(error), error.code];
    for (const value of [error, options, data, request]) {
      try {
        shown.push(JSON.stringify(value), JSON.stringify([...(value?.headers ?? [])]));
      } catch {
        // A cycle, or what may not be looked at.
      }
    }
    this.#look(shown.join(), 'an error');
    this.#lookInto(error.cause, depth + 1);
  }

  /** An ordinary call of an ordinary user, whatever was before. */
  async #checkPlain() {
    this.#manners = ['holds'];
    mock.timers.tick(LONG);
    this.signIn();
    const plain = this.api('/plain', { method: 'PATCH', body: { plain: true } });
    const answered = plain.then(({ path }) => path);
    await turn();
    while (this.answer('own', 'renewed')) await turn();
    assert.match(
      await Promise.race([
        answered,
        turn()
          .then(turn)
          .then(() => 'no reply'),
      ]),
      /\/plain(?:\?|$)/,
    );
    assert.deepEqual(
      [this.api.session.pending, this.api.session.waiting],
      [0, 0],
      'pending and waiting, at last',
    );
  }
}

function textOf(/** @type {any} */ error) {
  try {
    return String(error?.message ?? error);
  } catch {
    return 'no text';
  }
}

function reasonOf(/** @type {AbortSignal} */ signal) {
  try {
    return signal.reason;
  } catch (error) {
    return error;
  }
}

/** Puts a signal into what is given; false where it can not be put there. */
function give(/** @type {any[]} */ given, /** @type {unknown} */ signal) {
  if (signal === undefined) return false;
  try {
    if (typeof given[1] !== 'object' || given[1] instanceof Request) given[1] = {};
    given[1] ??= {};
    given[1].signal = signal;
    return true;
  } catch {
    // Frozen, or a proxy: it goes without.
    return false;
  }
}

/** Until everything that can happen by itself has happened. */
export const turn = () => new Promise((resolve) => setImmediate(resolve));
