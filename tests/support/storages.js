/** Storages of an app's own, made in the page: `storages.make(kind)`. */

/**
 * @import { Page } from 'playwright-core'
 * @import { TokenStorage } from '../../src/npm/types.js'
 * @typedef {'sync' | 'async' | 'held'} Kind held: each step waits until it is released
 * @typedef {TokenStorage & {
 *   items: Map<string, string>,
 *   log: string[],
 *   trouble: Partial<Record<string, 'throws' | 'rejects' | 'hangs'>>,
 *   waiting: (() => void)[],
 *   drain(): Promise<void>,
 * }} TestStorage `trouble` by a step's name, `drain` lets all steps go, one after the other, until there are no more
 * @typedef {{
 *   make(kind: Kind, record?: unknown): TestStorage,
 *   database(): TokenStorage,
 *   slowLocal(): TokenStorage,
 * }} Storages
 */

/** The key under which the tests keep their record. */
export const OWN = 'own';

/** @param {Page} page */
export const withStorages = (page) =>
  page.addInitScript((key) => {
    const turn = () => {
      const { port1, port2 } = new MessageChannel();
      return new Promise((resolve) => {
        port2.onmessage = resolve;
        port1.postMessage(0);
      });
    };

    /** @type {Storages['make']} */
    const make = (kind, record) => {
      const items = new Map(record === undefined ? [] : [[key, JSON.stringify(record)]]);
      /** @type {any} */
      const storage = { items, log: [], trouble: {}, waiting: [] };
      const step = (/** @type {string} */ name, /** @type {() => unknown} */ work) => {
        storage.log.push(name);
        const trouble = storage.trouble[name];
        if (trouble === 'throws') throw new Error(name);
        if (trouble === 'rejects') return Promise.reject(new Error(name));
        if (trouble === 'hangs') return new Promise(() => {});
        if (kind === 'sync') return work();
        if (kind === 'async') return turn().then(work);
        return new Promise((resolve) => storage.waiting.push(() => resolve(work())));
      };
      return Object.assign(storage, {
        getItem: (/** @type {string} */ name) => step('getItem', () => items.get(name) ?? null),
        setItem: (/** @type {string} */ name, /** @type {string} */ value) =>
          step('setItem', () => void items.set(name, value)),
        removeItem: (/** @type {string} */ name) => step('removeItem', () => void items.delete(name)),
        async drain() {
          for (let idle = 0; idle < 3; idle += 1) {
            for (; storage.waiting.length > 0; idle = 0) {
              storage.waiting.shift()();
              await turn();
            }
            await turn();
          }
        },
      });
    };

    const database = () => {
      const opened = new Promise((resolve, reject) => {
        const request = indexedDB.open('app', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('items');
        request.onsuccess = () => resolve(request.result);
        request.onerror = reject;
      });
      /** @type {(work: (items: IDBObjectStore) => IDBRequest) => Promise<any>} */
      const transact = async (work) => {
        const transaction = (await opened).transaction('items', 'readwrite');
        const request = work(transaction.objectStore('items'));
        return new Promise((resolve, reject) => {
          transaction.oncomplete = () => resolve(request.result);
          transaction.onabort = reject;
        });
      };
      return {
        getItem: (/** @type {string} */ name) => transact((items) => items.get(name)),
        setItem: (/** @type {string} */ name, /** @type {string} */ value) =>
          transact((items) => items.put(value, name)),
        removeItem: (/** @type {string} */ name) => transact((items) => items.delete(name)),
      };
    };

    const slowLocal = () => ({
      getItem: (/** @type {string} */ name) => turn().then(() => localStorage.getItem(name)),
      setItem: (/** @type {string} */ name, /** @type {string} */ value) =>
        turn().then(() => localStorage.setItem(name, value)),
      removeItem: (/** @type {string} */ name) => turn().then(() => localStorage.removeItem(name)),
    });

    Object.assign(globalThis, { storages: { make, database, slowLocal } });
  }, OWN);
