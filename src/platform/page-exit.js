// A page that is left: tasks that are still to come may never run. Microtasks do, and what is asked of the platform at once.

import { leavePage } from './page.js';

const works = new Set();
let isLeft = false;

function leave() {
  isLeft = true;
  // A task that runs after all shows that the page lives on.
  setTimeout(() => {
    isLeft = false;
  });
  for (const work of works) work();
}

function add(work) {
  works.add(work);
  // However often it is added, it listens once.
  globalThis.addEventListener?.('pagehide', leave);
}

/**
 * Does a thing once the page is left, be it kept for the way back or not; at once, if that is just happening.
 *
 * @param work what it throws, or comes to, is nobody's business any more
 * @returns calls it off
 */
export function whenLeft(work) {
  const quietly = async () => {
    try {
      await work();
    } catch {
      // There is nobody to be told.
    }
  };
  add(quietly);
  if (isLeft) quietly();
  return () => works.delete(quietly);
}

/** From now on the engine hears of it when the page is left. Whether that is just happening. */
export function heedExit() {
  add(leavePage);
  return isLeft;
}
