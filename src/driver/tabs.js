// One session's lock, its marks in the fence, and its channel to the other tabs of the origin.

import {
  FENCE_ACTION_GIVE_BACK,
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
import { notifySession, shared } from '../platform/page.js';
import { whenLeft } from '../platform/page-exit.js';
import { slotsOf } from './slots.js';

/** Part of all names, so that later versions of this package do not misread the marks of this one. */
const PROTOCOL = 'wasm-api-fetch/1';

/** In ms. Without a fence, the holder of a lock waits until this process sees what the last holder has written to the storage. */
const SETTLE_MS = 50;

export class Tabs {
  #session;
  #keys;
  #isShared;
  #name;
  /** The number of this tab as the owner of marks, above 1. */
  #id = Math.random() + 1;
  #channel;
  #giveBack;
  #isFenced = false;
  /** The mark of the tokens of a call that an engine made before it trapped: this tab still has its lock and its claim. */
  #inherited;
  /** The mark that this tab has claimed and neither settled nor given back. */
  #claimed;
  /** What is to be done when the page comes back, while it is in the back/forward cache. */
  #onPageShow;
  /** The mark of the tokens that this tab has replaced last. */
  #replaced;
  /** Resolves to the news whether the new tokens may be used. */
  #settled = Promise.resolve(SESSION_NEWS_SETTLED);
  /** The failed refreshes that the last claim has found in the mark. */
  #streak;
  /** The failed refreshes that are written into the mark when it is given back. */
  #failuresToNote;

  constructor(settings, session) {
    const { storage, key } = settings;
    this.#session = session;
    this.#keys = slotsOf(key).names;
    this.#isShared = storage !== 'session';
    // The app's own storage may be a different one in each tab. Tabs then wait for each other without need, which does no harm.
    const place = typeof storage === 'string' ? storage : 'custom';
    this.#name = `${PROTOCOL}/${place}/${this.#keys.join()}`;
  }

  /** Carries out a command of the engine. */
  act(command, refresh, key, action) {
    try {
      this[TABS_COMMAND_WORDS[command]](refresh, `${this.#name}/${key}`, action);
    } catch {
      // The page has replaced a part of the platform, and that throws. The engine goes on when its time limit ends.
    }
  }

  /** Begins to listen. Called before the store is first read, so that no change is missed. */
  open() {
    shared.tabs.add(this);
    hasFence();
    this.#openChannel();
    // Node has no events of a page.
    for (const [event, listener] of this.#listeners) globalThis.addEventListener?.(event, listener);
  }

  close() {
    this.unlock();
    this.#stopListening();
  }

  #stopListening() {
    this.#closeChannel();
    for (const [event, listener] of this.#listeners) globalThis.removeEventListener?.(event, listener);
    shared.tabs.delete(this);
  }

  /**
   * The engine has trapped. Gives back lock and claim, but not while a refresh call is running: nobody else may present its tokens. The
   * next engine takes the call over, or it gives both back when it ends.
   */
  abandon() {
    if (this.#session.refresh) this.#inherited = this.#claimed ?? this.#replaced;
    else this.unlock();
    this.#stopListening();
  }

  #openChannel() {
    try {
      this.#channel = new BroadcastChannel(this.#name);
      this.#channel.onmessage = this.#notifyStoreChanged;
      // Node would keep the process alive for it, where a test imitates a window.
      this.#channel.unref?.();
    } catch {
      // Without a channel, the platform's own `storage` event still announces changes.
    }
  }

  #closeChannel() {
    try {
      this.#channel?.close();
    } catch {
      // The page has replaced `BroadcastChannel`, and its own throws.
    }
    this.#channel = undefined;
  }

  /** A function that reports news to the current driver. If its engine has trapped by then, the news is ignored. */
  #notifier(refresh) {
    const { driver } = this.#session;
    return (news) => notifySession(driver, refresh, news);
  }

  #notifyStoreChanged = () => notifySession(this.#session.driver, 0, SESSION_NEWS_STORE_CHANGED);

  #listeners = Object.entries({
    storage: ({ key }) => {
      if (key === null || this.#keys.includes(key)) this.#notifyStoreChanged();
    },
    pagehide: ({ persisted }) => {
      if (!persisted) return;
      // A message, a transaction, or a lock that others wait for would evict the page from the back/forward cache.
      this.#closeChannel();
      this.#onPageShow = () => {};
      this.#giveBack?.();
      notifySession(this.#session.driver, 0, SESSION_NEWS_PUT_ASIDE);
    },
    pageshow: ({ persisted }) => {
      if (!persisted) return;
      this.#openChannel();
      const lock = this.#onPageShow;
      this.#onPageShow = undefined;
      // Before the store is read: what is found there may end the refresh, and give back the lock.
      lock?.();
      this.#notifyStoreChanged();
    },
  });

  announce() {
    this.#channel?.postMessage(0);
  }

  /**
   * Takes the lock. Each tab has a `sessionStorage` of its own: there the lock is one of the tokens, as only tabs that have copies of
   * the same tokens have to wait for each other.
   */
  lock(refresh, mark) {
    if (this.#onPageShow) {
      this.#onPageShow = () => this.lock(refresh, mark);
      return;
    }
    const notify = this.#notifier(refresh);
    if (mark === this.#inherited) return notify(SESSION_NEWS_LOCKED);
    if (this.#inherited) this.unlock();
    const held = async () => {
      this.#isFenced = await hasFence();
      if (!this.#isFenced) await delay();
      notify(SESSION_NEWS_LOCKED);
    };
    this.#giveBack = takeLock(this.#isShared ? this.#name : mark, held, () => notify(SESSION_NEWS_NO_LOCKS));
  }

  /**
   * Gives back the lock, and before it a claim that was not settled. In the back/forward cache there is no transaction: then the claim
   * is given back together with the next lock.
   */
  async unlock() {
    const [giveBack, mark, failures] = [this.#giveBack, this.#claimed, this.#failuresToNote];
    this.#giveBack = this.#failuresToNote = this.#inherited = undefined;
    if (this.#onPageShow) {
      this.#onPageShow = () => {};
    } else {
      this.#claimed = undefined;
      try {
        if (mark) await this.#change(mark, FENCE_ACTION_GIVE_BACK, failures);
      } catch {
        // The database is gone, and the claim with it.
      }
    }
    giveBack?.();
  }

  claim(refresh, mark, action) {
    const notify = this.#notifier(refresh);
    if (mark === this.#inherited) return notify(SESSION_NEWS_WON);
    this.#claimed = mark;
    this.#change(mark, action)
      .then(
        ({ news, streak }) => {
          this.#streak = streak;
          return news;
        },
        async () => {
          // When the lock was taken, there seemed to be a fence. Without one, the delay after the lock is needed.
          if (this.#isFenced) {
            await delay();
            this.#notifyStoreChanged();
          }
          return SESSION_NEWS_NO_FENCE;
        },
      )
      .then(notify);
  }

  /** Notes failed refreshes for the mark. `retryAfter` is in ms. */
  note(failures, retryAfter) {
    const at = Date.now();
    this.#failuresToNote = [failures, at, at + retryAfter];
  }

  /** The failed refreshes that the last claim has found in the mark; NaN if there are none. */
  streakNumber(which) {
    return Number(this.#streak?.[which]);
  }

  /** An error for a refresh that is not made because another tab's has failed. */
  get error() {
    const moment = (which) => new Date(this.streakNumber(which)).toJSON();
    const [failed, next] = [STREAK_NUMBER_FAILED_AT, STREAK_NUMBER_RETRY_AT].map(moment);
    return new Error(
      `an earlier refresh failed at ${failed}; the server is left alone at least until ${next}`,
    );
  }

  mark(_, mark, action) {
    setMark(mark, { action, tab: this.#id });
  }

  change(_, mark, action) {
    this.#change(mark, action).catch(() => {});
  }

  /** New tokens have come for the claimed ones: asks whether they may be used. After a trap, the next engine asks again. */
  settle(refresh, mark, action) {
    const notify = this.#notifier(refresh);
    const { refresh: call } = this.#session;
    if (this.#claimed) {
      this.#replaced = mark;
      this.#claimed = undefined;
      this.#settled = this.#settleMark(mark, action);
    }
    this.#settled.then((news) => {
      notify(news);
      call?.settled();
    });
  }

  async #settleMark(mark, action) {
    let callOff;
    try {
      // If the page is left meanwhile, the new tokens have to be stored at once, as nobody else has them. The mark then stays claimed:
      // a tab that finds it so looks into the storage, and finds them.
      const left = new Promise((resolve) => {
        callOff = whenLeft(() => resolve({ news: SESSION_NEWS_SETTLED }));
      });
      return (await Promise.race([this.#change(mark, action), left])).news;
    } catch {
      return SESSION_NEWS_SETTLED;
    } finally {
      callOff?.();
      sweepOnce();
    }
  }

  /** The new tokens are stored: asks whether another tab has ended the session since they were settled. */
  confirm(refresh, mark, action) {
    const notify = this.#notifier(refresh);
    this.#change(mark, action).then(
      ({ news }) => notify(news),
      () => notify(SESSION_NEWS_CONFIRMED),
    );
  }

  #change(mark, action, note) {
    return changeMark(mark, { action, tab: this.#id, note });
  }
}

const delay = () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

let isSwept = false;

/** Removes old marks, once a page. */
function sweepOnce() {
  if (!isSwept) sweep().catch(() => {});
  isSwept = true;
}
