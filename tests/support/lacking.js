/** Pages in which something of the platform is missing, by scripts that run before anything else. */

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
 * No word of other tabs' doings arrives.
 *
 * @param {Page} page
 */
export const withoutNews = (page) =>
  page.addInitScript(() => {
    Object.defineProperty(globalThis, 'BroadcastChannel', { value: undefined });
    globalThis.addEventListener('storage', (event) => event.stopImmediatePropagation(), true);
  });
