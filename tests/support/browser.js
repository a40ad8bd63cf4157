/** One Chromium for a test file, and for each test a page in a context of its own, watched for errors. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

/**
 * @import { Browser, BrowserContextOptions, ConsoleMessage } from 'playwright-core'
 * @import { TestContext } from 'node:test'
 * @typedef {object} BrowserOptions
 * @property {boolean} [inWindows] whether it has to be the browser and not its shell; default false
 */

/** What a headless Chromium needs here, and nothing that calls home. */
export const CHROMIUM_FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * How Playwright starts the Chromium that this stage has brought.
 *
 * @param {BrowserOptions} [options]
 */
export const launchOptions = ({ inWindows = false } = {}) => ({
  executablePath: (!inWindows && process.env.HEADLESS_SHELL) || process.env.CHROMIUM || '/usr/bin/chromium',
  args: CHROMIUM_FLAGS,
  // A page that is left is kept, as it is for people.
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
});

/**
 * Call it at the top of a test file: starts the browser before the first test and closes it after the last.
 *
 * @param {BrowserOptions} [options]
 */
export function useBrowser(options) {
  const launch = launchOptions(options);
  /** @type {Browser} */
  let browser;
  before(async () => {
    browser = await chromium.launch(launch);
  });
  after(() => browser.close());

  /**
   * Pages of one browser context: tabs that share their storage. With `persistent` it keeps a profile on disk.
   *
   * @param {TestContext} t
   * @param {BrowserContextOptions & { persistent?: boolean }} [options]
   */
  const open = async (t, { persistent = false, ...options } = {}) => {
    const { context, close } = persistent ? await onDisk(launch) : await inMemory(options);
    /** @type {string[]} */
    const errors = [];
    const openPage = async () => {
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error' && !isExpected(message)) errors.push(message.text());
      });
      return page;
    };
    t.after(async () => {
      await close();
      assert.deepEqual(errors, [], 'errors in the page');
    });
    return { page: await openPage(), openPage };
  };

  /** @param {BrowserContextOptions} options */
  const inMemory = async (options) => {
    const context = await browser.newContext(options);
    return { context, close: () => context.close() };
  };

  return {
    open,
    /**
     * @param {TestContext} t
     * @param {BrowserContextOptions} [options]
     */
    newPage: async (t, options) => (await open(t, options)).page,
  };
}

/** @param {ReturnType<typeof launchOptions>} launch */
async function onDisk(launch) {
  const profile = await mkdtemp(join(tmpdir(), 'profile-'));
  const context = await chromium.launchPersistentContext(profile, launch);
  const close = async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { context, close };
}

/** Where a server fails on purpose. */
const OF_A_STORM = /^\/\d+\.\d+\//;
const FAILED_REQUEST =
  /^Failed to load resource: (?:the server responded|net::ERR_(?:EMPTY_RESPONSE|FAILED|INTERNET_DISCONNECTED))/;

/**
 * Chromium writes a line for each answer of 400 and above, and for each connection that the server or the test broke off. Those of a
 * tenant are what the tests are about.
 *
 * @param {ConsoleMessage} message
 */
function isExpected(message) {
  const { pathname } = new URL(message.location().url || 'about:blank');
  if (OF_A_STORM.test(pathname)) return message.text().startsWith('Failed to load resource: ');
  return FAILED_REQUEST.test(message.text()) && pathname.startsWith('/t/');
}
