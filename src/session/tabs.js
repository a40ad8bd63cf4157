// One session among the tabs of the origin: its lock, its marks in the fence, and the word that the store has changed.

import { changeMark, hasFence, setMark, sweep } from '../web/fence.js';
import { takeLock } from '../web/locks.js';
import { hear } from '../web/task.js';

/** The engine is told these; it knows the same numbers. */
const LOCKED = 0;
const WON = 1;
const SPENT = 2;
const ORPHANED = 3;
const TAKEN = 4;
const UNFENCED = 5;
const NEWS = 6;

/** Two versions of this package on one page must not misread each other's marks. */
const PROTOCOL = 'wasm-api-fetch/1';

/** The owner of tokens that were replaced. */
const NOBODY = 0;

/** Without a fence, the holder of a lock waits until what the last one wrote is to be seen in this process too. */
const SETTLE_MS = 50;

export class Tabs {
  #host;
  #key;
  #isShared;
  #name;
  #owner = Math.random() + 1;
  #channel;
  #giveBack;
  #isExclusive = false;
  /** The mark that this tab has claimed, until it is known what has become of it. */
  #claimed;

  constructor({ storage, key }, host) {
    this.#host = host;
    this.#key = key;
    this.#isShared = storage === 'local';
    this.#name = `${PROTOCOL}/${storage}/${key}`;
  }

  /** Does what the engine commands, by its place in `COMMANDS`. */
  act(command, ticket, key) {
    this[COMMANDS[command]](ticket, this.#markOf(key));
  }

  /** Begins to listen, before the store is first read. */
  open() {
    hasFence();
    this.#tuneIn();
    for (const [event, listener] of this.#listeners) globalThis.addEventListener(event, listener);
  }

  close() {
    this.#giveBack?.();
    this.#tuneOut();
    for (const [event, listener] of this.#listeners) globalThis.removeEventListener(event, listener);
  }

  #tuneIn() {
    try {
      this.#channel = new BroadcastChannel(this.#name);
      this.#channel.onmessage = this.#look;
    } catch {
      // Other documents are told of what changes in the store by the platform too.
    }
  }

  #tuneOut() {
    this.#channel?.close();
    this.#channel = undefined;
  }

  #look = () => hear(this.#host, 0, NEWS);

  #listeners = Object.entries({
    storage: ({ key }) => {
      if (key === this.#key || key === null) this.#look();
    },
    // A message would throw a page out of the back/forward cache.
    pagehide: () => this.#tuneOut(),
    pageshow: ({ persisted }) => {
      if (!persisted) return;
      this.#tuneIn();
      this.#look();
    },
  });

  announce() {
    this.#channel?.postMessage(0);
  }

  /** Each tab has a `sessionStorage` of its own, and only copies of the same tokens have to wait for each other. */
  lock(ticket, mark) {
    const held = async () => {
      if (!(await hasFence())) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      hear(this.#host, ticket, LOCKED);
    };
    const unsupported = () => {
      this.#isExclusive = false;
      hear(this.#host, ticket, LOCKED);
    };
    this.#isExclusive = true;
    this.#giveBack = takeLock(this.#isShared ? this.#name : mark, held, unsupported);
  }

  /** What was claimed in vain is free for others before the lock is. */
  async unlock() {
    const [giveBack, mark] = [this.#giveBack, this.#claimed];
    this.#giveBack = this.#claimed = undefined;
    try {
      if (mark) await changeMark(mark, (owner) => (owner === this.#owner ? null : undefined));
    } catch {
      // A fence that has gone away keeps nobody from anything.
    }
    giveBack?.();
  }

  claim(ticket, mark, takesOver = false) {
    this.#claimed = mark;
    const isFree = (owner) => owner === undefined || owner === this.#owner || (takesOver && owner !== NOBODY);
    changeMark(mark, (owner) => (isFree(owner) ? this.#owner : undefined))
      .then(
        (owner) => (isFree(owner) ? WON : owner === NOBODY ? SPENT : this.#isExclusive ? ORPHANED : TAKEN),
        () => UNFENCED,
      )
      .then((what) => hear(this.#host, ticket, what));
  }

  takeOver(ticket, mark) {
    this.claim(ticket, mark, true);
  }

  spend(_, mark) {
    setMark(mark, NOBODY);
  }

  /**
   * The claimed tokens have been presented and new ones have come.
   *
   * @param areSame a server may give again what it has given before, which can be presented again then
   * @returns whether they may be used: not if another tab has signed in or out meanwhile
   */
  async settle(areSame) {
    const mark = this.#claimed;
    this.#claimed = undefined;
    try {
      return (
        !mark ||
        (await changeMark(mark, (owner) => (owner === NOBODY ? owner : areSame ? null : NOBODY))) !== NOBODY
      );
    } catch {
      return true;
    } finally {
      sweepOnce();
    }
  }

  #markOf(key) {
    return `${this.#name}/${key}`;
  }
}

// The engine knows these by their place.
const COMMANDS = ['open', 'close', 'announce', 'lock', 'unlock', 'claim', 'takeOver', 'spend'];

let isSwept = false;

/** Once for each page, when nobody waits for it. */
function sweepOnce() {
  if (!isSwept) sweep().catch(() => {});
  isSwept = true;
}
