// One session among the tabs of the origin: its lock, its marks in the fence, and the word that the store has changed.

import { changeEntry, changeMark, hasFence, setMark, sweep } from '../platform/fence.js';
import { takeLock } from '../platform/locks.js';
import { shared, tellSession } from '../platform/page.js';
import { whenLeft } from '../platform/page-exit.js';
import { slotsOf } from './slots.js';

/** The engine is told these; it knows the same numbers. */
const LOCKED = 0;
const WON = 1;
const SPENT = 2;
const ORPHANED = 3;
const TAKEN = 4;
const UNFENCED = 5;
const SAVED = 6;
const UNDONE = 7;
const ASIDE = 8;
const ARRIVED = 9;
const NEWS = 10;

/** Two versions of this package on one page must not misread each other's marks. */
const PROTOCOL = 'wasm-api-fetch/1';

/** The owner of tokens that were replaced, and of those whose session has ended. */
const NOBODY = 0;
const ENDED = -1;

// The places of what is noted of failed refreshes, after their number; the engine knows them too. When the last one failed, and
// until when the server wants to be left alone.
const AT = 1;
const RETRY_AT = 2;

/** Without a fence, the holder of a lock waits until what the last one wrote is to be seen in this process too. */
const SETTLE_MS = 50;

export class Tabs {
  #session;
  #keys;
  #isShared;
  #name;
  #owner = Math.random() + 1;
  #channel;
  #giveBack;
  #isExclusive = false;
  #isFenced = false;
  /** Tells the host whose refresh has claimed it. */
  #tellClaimant;
  /** The mark whose tokens are presented by a call that is out since before a trap: lock and claim are this tab's still. */
  #inherited;
  /** The mark that was last set to tell of a session's end. */
  #ended;
  /** The mark that this tab has claimed, until it is known what has become of it. */
  #claimed;
  /** While the page is put aside: what is to be done when it comes back. */
  #later;
  /** The mark whose tokens this tab has replaced. */
  #replaced;
  /** What the last claim has found of failed refreshes. */
  #told;
  /** What the next one is to find. */
  #noted;

  constructor(settings, session) {
    const { storage, key } = settings;
    this.#session = session;
    this.#keys = slotsOf(key).names;
    this.#isShared = storage !== 'session';
    // A storage of the app's may be another one in each tab: then they wait for each other, and no more.
    const place = typeof storage === 'string' ? storage : 'custom';
    this.#name = `${PROTOCOL}/${place}/${this.#keys.join()}`;
  }

  /** Does what the engine commands, by its place in `COMMANDS`. */
  act(command, ticket, key) {
    try {
      this[COMMANDS[command]](ticket, this.#markOf(key), key);
    } catch {
      // A platform whose parts were replaced: the engine goes on when its patience ends.
    }
  }

  /** Begins to listen, before the store is first read. */
  open() {
    shared.tabs.add(this);
    hasFence();
    this.#tuneIn();
    // Node has locks, and no events of a page.
    for (const [event, listener] of this.#listeners) globalThis.addEventListener?.(event, listener);
  }

  close() {
    this.unlock();
    this.#listenNoMore();
  }

  #listenNoMore() {
    this.#tuneOut();
    for (const [event, listener] of this.#listeners) globalThis.removeEventListener?.(event, listener);
    shared.tabs.delete(this);
  }

  /**
   * The engine has trapped. Lock and claim are given back, but not while the refresh is out for which this tab has them: what it
   * has presented nobody is to present again. The next engine goes on from there, or it ends by itself.
   */
  abandon() {
    if (this.#session.refresh) this.#inherited = this.#claimed ?? this.#replaced;
    else this.unlock();
    this.#listenNoMore();
  }

  #tuneIn() {
    try {
      this.#channel = new BroadcastChannel(this.#name);
      this.#channel.onmessage = this.#look;
      // In Node, where tests put a window together, it would keep the process alive.
      this.#channel.unref?.();
    } catch {
      // Other documents are told of what changes in the store by the platform too.
    }
  }

  #tuneOut() {
    try {
      this.#channel?.close();
    } catch {
      // A stand-in of the page's.
    }
    this.#channel = undefined;
  }

  /** Whoever it is for may be gone by the time of what is told: a host of an engine that has trapped hears nothing. */
  #teller(ticket) {
    const { host } = this.#session;
    return (what) => tellSession(host, ticket, what);
  }

  #look = () => tellSession(this.#session.host, 0, NEWS);

  #listeners = Object.entries({
    storage: ({ key }) => {
      if (key === null || this.#keys.includes(key)) this.#look();
    },
    pagehide: ({ persisted }) => {
      if (!persisted) return;
      // A message, a held lock that somebody waits for, or a transaction throws a page out of the back/forward cache.
      this.#tuneOut();
      this.#later = () => {};
      this.#giveBack?.();
      tellSession(this.#session.host, 0, ASIDE);
    },
    pageshow: ({ persisted }) => {
      if (!persisted) return;
      this.#tuneIn();
      const lock = this.#later;
      this.#later = undefined;
      // Before the look: what it finds may have the lock given back.
      lock?.();
      this.#look();
    },
  });

  announce() {
    this.#ended = undefined;
    this.#channel?.postMessage(0);
  }

  /** Each tab has a `sessionStorage` of its own, and only copies of the same tokens have to wait for each other. */
  lock(ticket, mark) {
    if (this.#later) {
      this.#later = () => this.lock(ticket, mark);
      return;
    }
    const tell = this.#teller(ticket);
    if (mark === this.#inherited) return tell(LOCKED);
    if (this.#inherited) this.unlock();
    const held = async () => {
      this.#isFenced = await hasFence();
      if (!this.#isFenced) await settling();
      tell(LOCKED);
    };
    const unsupported = () => {
      this.#isExclusive = false;
      tell(LOCKED);
    };
    this.#isExclusive = true;
    this.#giveBack = takeLock(this.#isShared ? this.#name : mark, held, unsupported);
  }

  /** What was claimed in vain is free for others before the lock is. */
  async unlock() {
    if (this.#later) this.#later = () => {};
    const [giveBack, mark, noted] = [this.#giveBack, this.#claimed, this.#noted];
    this.#giveBack = this.#claimed = this.#noted = this.#inherited = undefined;
    const withoutClaim = (entry) => {
      if (entry?.owner !== this.#owner) return undefined;
      const streak = noted ?? entry.streak;
      return streak ? { streak } : null;
    };
    try {
      if (mark && !this.#later) await changeEntry(mark, withoutClaim);
    } catch {
      // A fence that has gone away keeps nobody from anything.
    }
    giveBack?.();
  }

  claim(ticket, mark, _key, takesOver = false) {
    const tell = this.#teller(ticket);
    this.#tellClaimant = tell;
    if (mark === this.#inherited) return tell(WON);
    this.#claimed = mark;
    const isFree = (owner) => owner === undefined || owner === this.#owner || (takesOver && owner > NOBODY);
    const claimed = (entry) => {
      this.#told = entry?.streak;
      return isFree(entry?.owner) ? { ...entry, owner: this.#owner } : undefined;
    };
    changeEntry(mark, claimed)
      .then(
        (owner) => (isFree(owner) ? WON : owner <= NOBODY ? SPENT : this.#isExclusive ? ORPHANED : TAKEN),
        async () => {
          // It seemed to be there: what the lock alone needs is done now.
          if (this.#isFenced) {
            await settling();
            this.#look();
          }
          return UNFENCED;
        },
      )
      .then(tell);
  }

  takeOver(ticket, mark, key) {
    this.claim(ticket, mark, key, true);
  }

  /** Word of failed refreshes, for whoever claims the tokens next. */
  note(failures, _, retryAfter) {
    const at = Date.now();
    this.#noted = [failures, at, at + retryAfter];
  }

  number(place) {
    return Number(this.#told?.[place]);
  }

  /** Why there is no refresh, where the failure itself was another tab's. */
  get error() {
    const [failed, next] = [AT, RETRY_AT].map((place) => new Date(this.number(place)).toJSON());
    return new Error(
      `an earlier refresh failed at ${failed}; the server is left alone at least until ${next}`,
    );
  }

  /**
   * The next refresh starts without a pause; what the server has asked for stays, unless all is to be forgotten: then a mark that
   * is nobody's tells nothing any more.
   */
  endPause(forget, mark) {
    const ended = ({ streak, ...entry }) => {
      if (forget) return 'owner' in entry ? entry : null;
      return { ...entry, streak: [streak[0], 0, streak[RETRY_AT]] };
    };
    changeEntry(mark, (entry) => entry?.streak && ended(entry)).catch(() => {});
  }

  spend(_, mark, key) {
    if (this.#isShared && key) setMark(mark, NOBODY);
  }

  /** Cookies that were never stored have no key: whoever comes after the storage was cleared has them again. */
  end(_, mark, key) {
    this.#ended = mark;
    if (this.#isShared && key) setMark(mark, ENDED);
  }

  /** A login that could not be stored is this tab's alone, and ends nobody else's. */
  revoke() {
    const mark = this.#ended;
    this.#ended = undefined;
    if (mark) changeMark(mark, (owner) => (owner === ENDED ? null : undefined)).catch(() => {});
  }

  /**
   * The claimed tokens have been presented and new ones have come.
   *
   * @param areSame a server may give again what it has given before, which can be presented again then
   * @param isRotated whether the refresh token is another one now
   * @returns whether they may be used: not if another tab has signed in or out meanwhile
   */
  async settle(areSame, isRotated) {
    const mark = this.#claimed;
    this.#replaced = mark;
    this.#claimed = undefined;
    this.#tellClaimant(ARRIVED);
    // A copy of this tab has a copy of its `sessionStorage`, and its own use for a token that is good for more than once.
    const isReusable = areSame || !(isRotated || this.#isShared);
    let callOff;
    try {
      const isOver = (owner) => owner <= NOBODY;
      const change = (owner) => (isOver(owner) ? owner : isReusable ? null : NOBODY);
      // A page that is left meanwhile could not write what it has got, which nobody else has. The mark may stay a claim then: whoever
      // finds it looks for the new tokens, which are there.
      const left = new Promise((resolve) => {
        callOff = whenLeft(resolve);
      });
      return !isOver(await Promise.race([changeMark(mark, change), left]));
    } catch {
      return true;
    } finally {
      callOff?.();
      sweepOnce();
    }
  }

  /** The new tokens are written. Another tab may have ended the session between the settling and that, and be gone. */
  async confirm(ticket) {
    const tell = this.#teller(ticket);
    const owner = await changeMark(this.#replaced, () => {}).catch(() => {});
    tell(owner === ENDED ? UNDONE : SAVED);
  }

  #markOf(key) {
    return `${this.#name}/${key}`;
  }
}

// The engine knows these by their place.
const COMMANDS = [
  'open',
  'close',
  'announce',
  'lock',
  'unlock',
  'claim',
  'takeOver',
  'spend',
  'end',
  'confirm',
  'revoke',
  'note',
  'endPause',
];

const settling = () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

let isSwept = false;

/** Once for each page, when nobody waits for it. */
function sweepOnce() {
  if (!isSwept) sweep().catch(() => {});
  isSwept = true;
}
