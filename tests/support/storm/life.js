/** One life in a storm: a session, its calls, and what an app and its users do meanwhile. */

import { callOf, headersOf } from './calls.js';
import { Chance } from './chance.js';
import { ClientLedger } from './ledger.js';
import { STORAGES } from './storages.js';
import { NONCE } from './watch.js';

/**
 * @import { Entry, Ledger, Presented } from './judge.js'
 * @typedef {{ createApiFetch: (defaults: any) => any, axios: any, createSessionAdapter: (api: any) => any }} Lib
 * @typedef {{ lib: Lib, origin: string, seed: number, number: number, count: number, presented: Record<string, Presented>, storages: readonly string[], patience: number, tab: Tab }} Birth
 * @typedef {{ index: number, of: number }} Tab which of so many tabs plays this life
 * @typedef {{ fates: Record<string, number>, faults: string[], asked: number, answered: number, rejected: number, arrivals: number, presentations: number, reused: number }} Result
 */

const USERS = ['ann', 'bob', 'cas'];
const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** How many calls are out at most. */
const OUT = 10;

/** What happens between two calls, and how often. */
const STEPS = {
  nothing: 50,
  pause: 60,
  giveUp: 4,
  signIn: 2,
  next: 1,
  signOut: 0.7,
  leave: 0.7,
  stop: 0.3,
  refresh: 1,
  valid: 2,
};

export class Life {
  /** @type {any} */
  api;
  /** @type {any} */
  child;
  /** @type {any} */
  axios;
  isDisposed = false;
  /** @type {Set<AbortController>} */
  #controllers = new Set();
  /** @type {Record<string, object[]>} logins that nobody has used yet */
  #logins = {};
  /** @type {string[]} */
  #forced = [];
  #isCalm = false;
  #presentations = 0;
  #ledger;
  #chance;
  #birth;
  #storage;
  #session;

  constructor(/** @type {Birth} */ birth) {
    const { origin, seed, number, storages, patience, tab } = birth;
    this.#birth = birth;
    this.base = `${origin}/${seed}.${number}`;
    this.#chance = new Chance(seed, number, tab.index);
    this.#ledger = new ClientLedger(patience, seed, number);
    const common = new Chance(seed, number, -1);
    this.#storage = common.pick(storages);
    this.isToldByCode = common.oneIn(5);
    this.#session = this.#makeSession();
  }

  /** Who is signed in, as an app would know it. */
  get user() {
    return /** @type {string} */ (this.api.session.tokens?.user ?? '-');
  }

  /** Plays to the end and balances the books. @returns {Promise<Result>} */
  async play() {
    this.#begin();
    for (const user of USERS) await this.#fill(user);
    await this.#signIn(USERS[0]);
    for (let turn = 1; turn <= this.#birth.count; turn += 1) {
      // However slow the machine is: what has been asked for gets its turn before much else is.
      await this.#ledger.settle(OUT);
      await this.#step();
      this.#call(this.#idOf(turn));
    }
    await this.#end();
    return this.#balance();
  }

  /** Calls of all tabs have ids of their own. */
  #idOf(/** @type {number} */ turn) {
    const { index, of } = this.#birth.tab;
    return turn * of + index;
  }

  /** The same in all tabs. */
  #makeSession() {
    const chance = new Chance(this.#birth.seed, this.#birth.number);
    const attach = chance.weighted({ bearer: 5, header: 1, query: 1, function: 1 });
    return {
      storage: STORAGES[this.#storage]?.(chance) ?? this.#storage,
      key: `storm.${this.#birth.seed}.${this.#birth.number}`,
      attach: {
        ...{
          bearer: 'bearer',
          header: { header: 'X-Token', scheme: '' },
          query: { query: { token: 'accessToken' } },
        },
        function: async (/** @type {any} */ { options }, /** @type {any} */ { accessToken }) => {
          await sleep(0);
          options.headers.set('x-token', accessToken);
        },
      }[attach],
      ...(this.isToldByCode && { expired: { codes: { path: 'code', values: [7] } }, replay: 'all' }),
      ...(chance.oneIn(4) && { identity: (/** @type {any} */ { user }) => user }),
      refreshBefore: chance.pick([0, 1, 30]),
      refreshTimeout: 300 + chance.below(900),
      refreshRetry: chance.below(3),
      withdraw: !chance.oneIn(4),
      queue: { limit: chance.oneIn(5) ? 5 : 1000, timeout: 300 + chance.below(1700) },
      refresh: { url: `${this.base}/token`, headers: () => this.#refreshHeaders() },
    };
  }

  #refreshHeaders() {
    this.#presentations += 1;
    const { number, tab } = this.#birth;
    return {
      [NONCE]: `${number}.${this.#presentations}.${tab.index}`,
      ...(this.#isCalm && { 'x-storm-calm': '1' }),
    };
  }

  /** A new instance. */
  #begin() {
    const { createApiFetch, axios, createSessionAdapter } = this.#birth.lib;
    this.api = createApiFetch({ baseURL: this.base, session: this.#session });
    this.child = this.api.create({ headers: { 'x-child': '1' } });
    this.axios = axios.create({ baseURL: this.base, adapter: createSessionAdapter(this.api) });
    this.isDisposed = false;
  }

  /** Fetches logins, so that one can be taken at once. */
  async #fill(/** @type {string} */ user) {
    const response = await fetch(`${this.base}/logins?user=${user}&count=8`);
    this.#logins[user] = await response.json();
  }

  async #signIn(user = this.#chance.pick(USERS)) {
    const reply = this.#logins[user]?.pop();
    if (!reply) return this.#fill(user);
    this.#ledger.watch(this.api.session.set(reply), 'set()');
    // A stored session that was never read is not this app's to sign in to.
    if (this.#chance.oneIn(2)) await this.api.session.ready;
  }

  async #step() {
    const chance = this.#chance;
    const { session } = this.api;
    if (this.user === '-' && chance.oneIn(2)) {
      if (this.isDisposed) this.#begin();
      await this.api.session.ready;
      await this.#signIn();
    }
    switch (chance.weighted(STEPS)) {
      case 'pause':
        return sleep(chance.below(chance.oneIn(8) ? 200 : 25));
      case 'giveUp':
        return chance
          .pick([...this.#controllers, undefined])
          ?.abort(new DOMException('given up', 'AbortError'));
      case 'signIn':
        return this.#signIn();
      case 'next':
        return this.#signIn(this.user === '-' ? undefined : this.user);
      case 'signOut':
        return this.#ledger.watch(session.signOut(), 'signOut()');
      case 'leave':
        session.dispose();
        this.#begin();
        return this.api.session.ready;
      case 'stop':
        session.dispose();
        this.isDisposed = true;
        return;
      case 'refresh':
        this.#force();
        return this.#ledger.watch(session.refresh(), 'refresh()');
      case 'valid':
        return this.#ledger.watch(session.valid(chance.pick([0, 1])), 'valid()');
    }
  }

  /** The app itself wants other tokens than these. */
  #force() {
    const { refreshToken } = this.api.session.tokens ?? {};
    if (refreshToken) this.#forced.push(refreshToken);
  }

  #call(/** @type {number} */ id) {
    const { seed, number } = this.#birth;
    const { promise, isUnsent } = callOf(this, id, new Chance(seed, number, id));
    this.#ledger.follow(id, promise, isUnsent);
  }

  /** A controller whose call may be given up at a step, and, with a time, is given up then. */
  controllerFor(/** @type {number | undefined} */ ms = undefined) {
    const controller = new AbortController();
    this.#controllers.add(controller);
    if (ms !== undefined) setTimeout(() => controller.abort(new DOMException('given up', 'AbortError')), ms);
    return controller;
  }

  /** Everything comes to its end, and afterwards an ordinary call of an ordinary user is answered. */
  async #end() {
    await this.#ledger.settle();
    this.#look('at the end');
    await this.#meet();
    this.#isCalm = true;
    if (this.isDisposed) this.#begin();
    await this.#fill('ann');
    this.#ledger.watch(this.api.session.set(this.#logins.ann?.pop()), 'the last set()');
    const id = this.#idOf(this.#birth.count + 1);
    const headers = { ...headersOf(this, false, false), 'x-storm-calm': '1' };
    this.#ledger.follow(id, this.api(`/api/${id}`, { headers, retry: 0 }));
    await this.#ledger.settle();
    const { ended } = /** @type {Entry} */ (this.#ledger.calls.at(-1));
    if (ended !== 'answered') this.#ledger.faults.push('an ordinary call after the storm was not answered');
    this.#look('at last');
    this.api.session.dispose();
  }

  /** Waits for the other tabs. */
  async #meet() {
    const { index, of } = this.#birth.tab;
    if (of > 1) await fetch(`${this.base}/meet?tab=${index}&of=${of}`);
  }

  #look(/** @type {string} */ when) {
    const { pending, waiting } = this.api.session;
    if (pending !== 0 || waiting !== 0)
      this.#ledger.faults.push(`${when} ${pending} are pending and ${waiting} waiting`);
  }

  /** @returns {Promise<Result>} */
  async #balance() {
    const { number, presented } = this.#birth;
    const { calls, faults, fates } = this.#ledger;
    const own = Object.entries(presented).filter(([nonce]) => nonce.startsWith(`${number}.`));
    /** @type {Ledger} */
    const ledger = {
      ...{ calls, faults, presented: Object.fromEntries(own), forced: this.#forced },
      keepsWrites: this.#storage !== 'failing',
    };
    const response = await fetch(`${this.base}/balance?of=${this.#birth.tab.of}`, {
      method: 'POST',
      body: JSON.stringify(ledger),
    });
    for (const [nonce] of own) delete presented[nonce];
    const [answered, rejected] = [this.#ledger.count('answered'), this.#ledger.count('rejected')];
    return { asked: calls.length, answered, rejected, fates, ...(await response.json()) };
  }
}
