// Which tokens have been presented, for all tabs of the origin: marks in IndexedDB, whose transactions see each other's
// writes at once. localStorage is a cache of each process, and even the holder of a lock may read what was there before.

import { STREAK_NUMBER_FAILURES } from '../boundary.js';
import { consult, shared } from './page.js';

const NAME = 'wasm-api-fetch/1';
const MARKS = 'marks';

/** After a day nobody holds old tokens any more without having looked at the store. */
const KEEP_MS = 86_400_000;

/** A database that does not answer in this time is none. One that has kept us waiting is given less, until it answers. */
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
      // It may be taken away: with the site's data, or for a version to come. The next one to need it opens it anew.
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
    // Not at once: after a sleep the answer may stand in line behind the timer.
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

/** One transaction; gives what `work` leaves in its box, once it is written. */
async function transact(work) {
  const database = await inTime(open());
  const written = new Promise((resolve, reject) => {
    const transaction = database.transaction(MARKS, 'readwrite');
    const box = {};
    transaction.oncomplete = () => resolve(box.value);
    transaction.onabort = reject;
    work(transaction.objectStore(MARKS), box);
  });
  // A connection that has been lost fails for ever: the next one is opened anew.
  written.catch(forget);
  return inTime(written);
}

/** Not only when the platform sees that nothing more is asked: the page may be gone by then. */
const commit = ({ transaction }) => transaction.commit?.();

/** Whether there is a fence here; also opens it, so that it is at hand later. */
export const hasFence = () => inTime(open()).then(Boolean, () => false);

/** What is known of failed refreshes where nothing is. */
const NO_STREAK = [0, 0, 0];

/** What stands at a mark, and what becomes of it, as the engine says. */
class MarkChange {
  /** What is to stand there; `null`: nothing; `undefined`: what stands there. */
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

/** Changes a mark within a transaction, by the engine's word. A trap there leaves the fence as it was. */
function change(marks, key, { wish, tab, note = NO_STREAK }, found) {
  const streak = found?.streak ?? NO_STREAK;
  const mark = new MarkChange(tab, found?.owner, ...streak, ...note);
  const news = consult((engine) => engine.changeMark(mark, wish));
  const { entry } = mark;
  if (entry === null) marks.delete(key);
  // Not where the engine calls: a clock of the page's own may throw, and that would be a trap.
  else if (entry) marks.put({ ...entry, at: Date.now() }, key);
  return { news, streak };
}

/**
 * Looks at what stands at a mark and puts something else in its place, as one.
 *
 * @param wish what a tab wants of it, which tab, and what that knows of failed refreshes
 * @returns what the tab is told, and what was known of failed refreshes
 */
export const changeMark = (key, wish) =>
  transact((marks, box) => {
    marks.get(key).onsuccess = ({ target: { result } }) => {
      try {
        box.value = change(marks, key, wish, result);
        commit(marks);
      } catch {
        marks.transaction.abort();
      }
    };
  });

/** Sets a mark whatever stands there, as fast as it goes. */
export function setMark(key, wish) {
  shared.marks = transact((marks) => {
    change(marks, key, wish);
    commit(marks);
    // A fence that is not there holds nobody back.
  }).catch(() => {});
}

/** Resolves when the marks that were set so far are written. */
export const marksAreSet = () => shared.marks;

/** Removes marks that have served their time. */
export const sweep = () =>
  transact((marks) => {
    marks.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      if (Date.now() - cursor.value.at > KEEP_MS) cursor.delete();
      cursor.continue();
    };
  });
