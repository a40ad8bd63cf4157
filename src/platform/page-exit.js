// What has to be done when the page is being left. Later tasks may never run; microtasks do, and synchronous calls of the platform.

import { notifyPageLeft } from './page.js';

const works = new Set();
let isLeft = false;

function leave() {
  isLeft = true;
  // If this runs, the page was not left, or has come back.
  setTimeout(() => {
    isLeft = false;
  });
  for (const work of works) work();
}

function add(work) {
  works.add(work);
  // Adding the same listener again has no effect.
  globalThis.addEventListener?.('pagehide', leave);
}

/**
 * Calls a function when the page is being left, even if it may come back from the back/forward cache; at once, if that is happening.
 *
 * @param work its errors are ignored, as the page is gone
 * @returns a function that calls it off
 */
export function whenLeft(work) {
  const quietly = async () => {
    try {
      await work();
    } catch {
      // Nobody is left to handle it.
    }
  };
  add(quietly);
  if (isLeft) quietly();
  return () => works.delete(quietly);
}

/** Has the engine notified when the page is being left. Returns whether that is happening now. */
export function watchPageExit() {
  add(notifyPageLeft);
  return isLeft;
}
