/** An app for a test: a page with one instance of the package, signed in at a tenant that nobody else uses. */

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { useBrowser } from './browser.js';
import { makeKit } from './in-page.js';
import { startServer, tenant } from './server.js';

/**
 * @import { JSHandle, Page } from 'playwright-core'
 * @import { TestContext } from 'node:test'
 * @import { BrowserOptions } from './browser.js'
 * @import { CreateOptions } from '../../src/npm/types.js'
 * @import { Kit, Outcome, SessionPatch, Watched } from './in-page.js'
 * @import { BooksReport } from './server.js'
 * @typedef {object} AppOptions
 * @property {SessionPatch} [session] what can be sent to a page: no functions
 * @property {Omit<CreateOptions, 'session'>} [defaults]
 * @property {boolean} [signedIn] default true
 * @property {number} [accessTtl] seconds, of the token that the app is signed in with
 * @property {(page: Page) => Promise<unknown>} [prepare] before anything is loaded
 * @property {boolean} [persistent] whether the browser keeps a profile on disk; default false
 * @typedef {Awaited<ReturnType<typeof makeTab>>} Tab
 * @typedef {Tab & { openTab(more?: AppOptions): Promise<App> }} App
 * @typedef {{ own: ReturnType<typeof tenant>, origin: string, openPage: () => Promise<Page> }} Place
 */

const DEADLINE_MS = 20_000;

/**
 * Call it at the top of a test file: one server and one browser for all of its tests.
 *
 * @param {BrowserOptions} [options]
 */
export function useApps(options) {
  const browser = useBrowser(options);
  /** @type {Awaited<ReturnType<typeof startServer>>} */
  let server;
  before(async () => {
    server = await startServer();
  });
  after(() => server.stop());
  let tenants = 0;

  /**
   * @param {TestContext} t
   * @param {AppOptions} [options]
   */
  return async (t, { signedIn = true, persistent = false, accessTtl, ...options } = {}) => {
    tenants += 1;
    const own = tenant(server.origin, `app-${tenants}`);
    const { page, openPage } = await browser.open(t, { persistent });
    if (accessTtl) await own.control({ accessTtl });
    const app = await openTab(page, { own, origin: server.origin, openPage }, options);
    if (signedIn) await app.signIn();
    return app;
  };
}

/**
 * One tab of an app, and the way to open more of them: of the same origin, storage and tenant.
 *
 * @param {Page} page
 * @param {Place} place
 * @param {AppOptions} options
 * @returns {Promise<App>}
 */
async function openTab(page, place, options) {
  const tab = await makeTab(page, place, options);
  /** @param {AppOptions} [more] over those of this one */
  const openAnother = async (more) => openTab(await place.openPage(), place, { ...options, ...more });
  return { ...tab, openTab: openAnother };
}

/**
 * @param {Page} page
 * @param {Place} place
 * @param {AppOptions} options
 */
async function makeTab(page, { own, origin }, options) {
  const { session = {}, defaults = {}, prepare } = options;
  await prepare?.(page);
  const load = async () => {
    await page.goto(`${origin}/blank`);
    kit = await page.evaluateHandle(makeKit, {
      entry: '/dist/index.js',
      base: new URL(own.url).pathname,
      session,
      defaults,
    });
  };
  /** @type {JSHandle<Kit>} */
  let kit;
  await load();

  const app = {
    page,
    tenant: own,
    origin,

    /** The same page anew, with a new instance. */
    reload: load,

    /**
     * Runs a function in the page.
     *
     * @template R
     * @template [A=undefined]
     * @param {(kit: Kit, arg: A) => R} work
     * @param {A} [arg]
     * @returns {Promise<Awaited<R>>}
     */
    run: (work, arg) => withDeadline(kit.evaluate(/** @type {any} */ (work), arg), 'run', 60_000),

    /**
     * Makes a call in the page and goes on while it runs.
     *
     * @template [A=undefined]
     * @param {(kit: Kit, arg: A) => Promise<unknown>} work
     * @param {A} [arg]
     */
    async begin(work, arg) {
      // Wrapped, as the page's answer to Playwright would wait for a bare promise.
      const watched = /** @type {any} */ (
        new Function('kit', 'arg', `return kit.watch((${work})(kit, arg))`)
      );
      /** @type {JSHandle<Watched>} */
      const call = await kit.evaluateHandle(watched, arg);
      return {
        /**
         * @param {number} [ms]
         * @returns {Promise<Outcome>}
         */
        outcome: (ms) =>
          withDeadline(
            call.evaluate((watched) => watched.outcome),
            'the outcome of a call',
            ms,
          ),
        /** Asserts that it has not ended, nor is about to. */
        async isPending() {
          const state = await call.evaluate(async (watched) => {
            await new Promise((resolve) => setTimeout(resolve));
            return watched.state;
          });
          assert.equal(state, 'pending');
        },
      };
    },

    /**
     * Resolves once it is so.
     *
     * @template [A=undefined]
     * @param {(kit: Kit, arg: A) => boolean} condition
     * @param {A} [arg]
     */
    until: (condition, arg) =>
      poll(() => kit.evaluate(/** @type {any} */ (condition), arg), `in time: ${condition}`),

    /**
     * The same for what the server has counted.
     *
     * @param {(books: BooksReport) => boolean} condition
     */
    untilBooks: (condition) => poll(async () => condition(await own.books()), `in time: ${condition}`),

    /** @param {string} [username] */
    async signIn(username) {
      const reply = await own.login(username);
      await kit.evaluate(({ api }, tokens) => api.session?.set(tokens), reply);
      return reply;
    },

    /**
     * The server's answers to one path, by status.
     *
     * @param {string} path
     * @param {string} [method]
     */
    hits: async (path, method = 'GET') => (await own.books()).hits[`${method} ${path}`] ?? {},

    /** What the server has counted of refreshes. */
    async refreshes() {
      const { refreshes, presentations, reused } = await own.books();
      return { refreshes, presentations, reused };
    },
  };
  return app;
}

/** What the books say of one refresh that went well. */
export const ONE_REFRESH = { refreshes: 1, presentations: 1, reused: 0 };
export const NO_REFRESH = { refreshes: 0, presentations: 0, reused: 0 };

/**
 * @param {() => Promise<boolean>} condition
 * @param {string} what
 */
async function poll(condition, what) {
  const deadline = Date.now() + DEADLINE_MS;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, what);
    await sleep(5);
  }
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {string} what
 * @param {number} [ms]
 * @returns {Promise<T>}
 */
export async function withDeadline(promise, what, ms = DEADLINE_MS) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: still pending after ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
