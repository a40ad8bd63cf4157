// One session among the tabs of the origin: its lock, its marks in the fence, and the word that the store has changed.

import {
  FENCE_WISH_GIVE_BACK,
  SESSION_NEWS_CONFIRMED,
  SESSION_NEWS_LOCKED,
  SESSION_NEWS_NO_FENCE,
  SESSION_NEWS_NO_LOCKS,
  SESSION_NEWS_PUT_ASIDE,
  SESSION_NEWS_SETTLED,
  SESSION_NEWS_STORE_CHANGED,
  SESSION_NEWS_WON,
  STREAK_NUMBER_FAILED_AT,
  STREAK_NUMBER_RETRY_AT,
  TABS_COMMAND_WORDS,
} from '../boundary.js';
import { changeMark, hasFence, setMark, sweep } from '../platform/fence.js';
import { takeLock } from '../platform/locks.js';
import { shared, tellSession } from '../platform/page.js';
import { whenLeft } from '../platform/page-exit.js';
import { slotsOf } from './slots.js';

/** Two versions of this package on one page must not misread each other's marks. */
const PROTOCOL = 'wasm-api-fetch/1';

/** Without a fence, the holder of a lock waits until what the last one wrote is to be seen in this process too. */
const SETTLE_MS = 50;

export class Tabs {
  #session;
  #keys;
  #isShared;
  #name;
  /** What tells this tab from all others: a number above 1. */
  #id = Math.random() + 1;
  #channel;
  #giveBack;
  #isFenced = false;
  /** The mark whose tokens are presented by a call that is out since before a trap: lock and claim are this tab's still. */
  #inherited;
  /** The mark that this tab has claimed, until it is known what has become of it. */
  #claimed;
  /** While the page is put aside: what is to be done when it comes back. */
  #later;
  /** The mark whose tokens this tab has replaced. */
  #replaced;
  /** Resolves to whether the new tokens may be used. */
  #settled = Promise.resolve(SESSION_NEWS_SETTLED);
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

  /** Does what the engine commands. */
  act(command, refresh, key, wish) {
    try {
      this[TABS_COMMAND_WORDS[command]](refresh, `${this.#name}/${key}`, wish);
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
  #teller(refresh) {
    const { host } = this.#session;
    return (news) => tellSession(host, refresh, news);
  }

  #look = () => tellSession(this.#session.host, 0, SESSION_NEWS_STORE_CHANGED);

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
      tellSession(this.#session.host, 0, SESSION_NEWS_PUT_ASIDE);
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
    this.#channel?.postMessage(0);
  }

  /** Each tab has a `sessionStorage` of its own, and only copies of the same tokens have to wait for each other. */
  lock(refresh, mark) {
    if (this.#later) {
      this.#later = () => this.lock(refresh, mark);
      return;
    }
    const tell = this.#teller(refresh);
    if (mark === this.#inherited) return tell(SESSION_NEWS_LOCKED);
    if (this.#inherited) this.unlock();
    const held = async () => {
      this.#isFenced = await hasFence();
      if (!this.#isFenced) await settling();
      tell(SESSION_NEWS_LOCKED);
    };
    this.#giveBack = takeLock(this.#isShared ? this.#name : mark, held, () => tell(SESSION_NEWS_NO_LOCKS));
  }

  /** What was claimed in vain is free for others before the lock is; not while the page is put aside, but when it gives back the next. */
  async unlock() {
    const [giveBack, mark, note] = [this.#giveBack, this.#claimed, this.#noted];
    this.#giveBack = this.#noted = this.#inherited = undefined;
    if (this.#later) {
      this.#later = () => {};
    } else {
      this.#claimed = undefined;
      try {
        if (mark) await this.#change(mark, FENCE_WISH_GIVE_BACK, note);
      } catch {
        // A fence that has gone away keeps nobody from anything.
      }
    }
    giveBack?.();
  }

  claim(refresh, mark, wish) {
    const tell = this.#teller(refresh);
    if (mark === this.#inherited) return tell(SESSION_NEWS_WON);
    this.#claimed = mark;
    this.#change(mark, wish)
      .then(
        ({ news, streak }) => {
          this.#told = streak;
          return news;
        },
        async () => {
          // It seemed to be there: what the lock alone needs is done now.
          if (this.#isFenced) {
            await settling();
            this.#look();
          }
          return SESSION_NEWS_NO_FENCE;
        },
      )
      .then(tell);
  }

  /** Word of failed refreshes, for whoever claims the tokens next. */
  note(failures, retryAfter) {
    const at = Date.now();
    this.#noted = [failures, at, at + retryAfter];
  }

  /** What the last claim has found of failed refreshes. */
  streakNumber(which) {
    return Number(this.#told?.[which]);
  }

  /** Why there is no refresh, where the failure itself was another tab's. */
  get error() {
    const moment = (which) => new Date(this.streakNumber(which)).toJSON();
    const [failed, next] = [STREAK_NUMBER_FAILED_AT, STREAK_NUMBER_RETRY_AT].map(moment);
    return new Error(
      `an earlier refresh failed at ${failed}; the server is left alone at least until ${next}`,
    );
  }

  mark(_, mark, wish) {
    setMark(mark, { wish, tab: this.#id });
  }

  change(_, mark, wish) {
    this.#change(mark, wish).catch(() => {});
  }

  /** The claimed tokens have been presented and new ones have come. An engine that trapped before it was told asks again by the next. */
  settle(refresh, mark, wish) {
    const tell = this.#teller(refresh);
    const { refresh: call } = this.#session;
    if (this.#claimed) {
      this.#replaced = mark;
      this.#claimed = undefined;
      this.#settled = this.#mayUse(mark, wish);
    }
    this.#settled.then((news) => {
      tell(news);
      call?.settled();
    });
  }

  async #mayUse(mark, wish) {
    let callOff;
    try {
      // A page that is left meanwhile could not write what it has got, which nobody else has. The mark may stay a claim then: whoever
      // finds it looks for the new tokens, which are there.
      const left = new Promise((resolve) => {
        callOff = whenLeft(() => resolve({ news: SESSION_NEWS_SETTLED }));
      });
      return (await Promise.race([this.#change(mark, wish), left])).news;
    } catch {
      return SESSION_NEWS_SETTLED;
    } finally {
      callOff?.();
      sweepOnce();
    }
  }

  /** The new tokens are written. Another tab may have ended the session between the settling and that, and be gone. */
  confirm(refresh, mark, wish) {
    const tell = this.#teller(refresh);
    this.#change(mark, wish).then(
      ({ news }) => tell(news),
      () => tell(SESSION_NEWS_CONFIRMED),
    );
  }

  #change(mark, wish, note) {
    return changeMark(mark, { wish, tab: this.#id, note });
  }
}

const settling = () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

let isSwept = false;

/** Once for each page, when nobody waits for it. */
function sweepOnce() {
  if (!isSwept) sweep().catch(() => {});
  isSwept = true;
}
