/** Pages in which something of the platform is missing or in the test's hand, from before anything else runs. */

/** @import { Page } from 'playwright-core' */

/** @param {Page} page */
export const withoutLocks = (page) =>
  page.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));

/** @param {Page} page */
export const withoutFence = (page) =>
  page.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));

/**
 * A fence that can be opened, and then fails: a lost connection, a full disk.
 *
 * @param {Page} page
 */
export const withBrokenFence = (page) =>
  page.addInitScript(() => {
    IDBDatabase.prototype.transaction = () => {
      throw new DOMException('closing', 'InvalidStateError');
    };
  });

/**
 * Time that the test lets pass: `page.clock.fastForward(ms)`.
 *
 * @param {Page} page
 */
export const withClock = (page) => page.clock.install();

/** A call looks at the storage when the last look is longer ago than this, in ms. */
export const LOOK_AFTER = 1_001;

/**
 * No word of other tabs' doings arrives.
 *
 * @param {Page} page
 */
export const withoutNews = (page) =>
  page.addInitScript(() => {
    Object.defineProperty(globalThis, 'BroadcastChannel', { value: undefined });
    globalThis.addEventListener('storage', (event) => event.stopImmediatePropagation(), true);
  });
