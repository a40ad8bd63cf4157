// The fence: marks in IndexedDB that tell all tabs of the origin which tokens were presented. Its transactions see each other's writes
// at once. localStorage is cached in each process, so that even the holder of a lock may read an old value.

import { STREAK_NUMBER_FAILURES } from '../boundary.js';
import { callEngine, shared } from './page.js';

const NAME = 'wasm-api-fetch/1';
const MARKS = 'marks';

/** In ms. After a day no tab still has old tokens without having read the store again. */
const KEEP_MS = 86_400_000;

/** In ms. A database that does not answer in time counts as missing. After that it gets less time, until it answers once. */
const PATIENCE = 3_000;
const LITTLE_PATIENCE = 100;
let patience = PATIENCE;

let opening;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = globalThis.indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(MARKS);
    request.onsuccess = () => {
      const database = request.result;
      // The connection may be closed: because the site's data are cleared, or for a later version. It is opened again when needed.
      database.onclose = forget;
      database.onversionchange = () => {
        forget();
        database.close();
      };
      resolve(database);
    };
    request.onerror = reject;
    request.onblocked = reject;
  });
  opening.catch(forget);
  return opening;
}

function forget() {
  opening = undefined;
}

async function inTime(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    const lose = () => {
      patience = LITTLE_PATIENCE;
      reject();
    };
    // One more turn of the event loop: after a sleep of the machine the answer may be queued behind the timer.
    timer = setTimeout(() => setTimeout(lose), patience);
  });
  promise.then(
    () => {
      patience = PATIENCE;
    },
    () => {},
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs one transaction. Resolves to the `value` that `work` puts into its box, once everything is written. */
async function transact(work) {
  const database = await inTime(open());
  const written = new Promise((resolve, reject) => {
    const transaction = database.transaction(MARKS, 'readwrite');
    const box = {};
    transaction.oncomplete = () => resolve(box.value);
    transaction.onabort = reject;
    work(transaction.objectStore(MARKS), box);
  });
  // A lost connection never recovers: open another one next time.
  written.catch(forget);
  return inTime(written);
}

/** Commits at once. Otherwise the browser commits when no more requests come, and the page may be gone by then. */
const commit = ({ transaction }) => transaction.commit?.();

/** Whether there is a fence. Also opens it, so that later transactions need not wait for that. */
export const hasFence = () => inTime(open()).then(Boolean, () => false);

/** No failed refreshes. In the order of `StreakNumber`. */
const NO_STREAK = [0, 0, 0];

/** A mark as it is stored, and how the engine changes it. */
class MarkChange {
  /** The entry to store; `null`: it is removed; `undefined`: it stays as it is. */
  entry;
  #numbers;

  /** @param numbers in the order of `MarkNumber` */
  constructor(...numbers) {
    this.#numbers = numbers;
  }

  number(which) {
    return this.#numbers[which];
  }

  put(owner, ...streak) {
    const isOwned = !Number.isNaN(owner);
    const hasFailed = streak[STREAK_NUMBER_FAILURES] > 0;
    const entry = { ...(isOwned && { owner }), ...(hasFailed && { streak }) };
    this.entry = isOwned || hasFailed ? entry : null;
  }
}

/** Has the engine change a mark within a transaction. If it traps, the transaction is aborted. */
function change(marks, key, { action, tab, note = NO_STREAK }, found) {
  const streak = found?.streak ?? NO_STREAK;
  const mark = new MarkChange(tab, found?.owner, ...streak, ...note);
  const news = callEngine((engine) => engine.changeMark(mark, action));
  const { entry } = mark;
  if (entry === null) marks.delete(key);
  // Not in `put`, which the engine calls: if the page has replaced `Date` and that throws, the engine would trap.
  else if (entry) marks.put({ ...entry, at: Date.now() }, key);
  return { news, streak };
}

/**
 * Reads and changes a mark in one transaction.
 *
 * @param request the action, the tab that takes it, and the failed refreshes that it knows of
 * @returns the news for the tab, and the failed refreshes that were in the mark
 */
export const changeMark = (key, request) =>
  transact((marks, box) => {
    marks.get(key).onsuccess = ({ target: { result } }) => {
      try {
        box.value = change(marks, key, request, result);
        commit(marks);
      } catch {
        marks.transaction.abort();
      }
    };
  });

/** Changes a mark without reading it first, which is faster when the page is being left. */
export function setMark(key, request) {
  shared.marks = transact((marks) => {
    change(marks, key, request);
    commit(marks);
    // Without a fence, no tab looks for the mark.
  }).catch(() => {});
}

/** Resolves when the marks that were set so far are written. */
export const marksAreSet = () => shared.marks;

/** Removes marks that are older than a day. */
export const sweep = () =>
  transact((marks) => {
    marks.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      if (Date.now() - cursor.value.at > KEEP_MS) cursor.delete();
      cursor.continue();
    };
  });
