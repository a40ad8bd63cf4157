/** One Chromium for a test file, and for each test a page in a context of its own, watched for errors. */

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

/**
 * @import { Browser, BrowserContextOptions, ConsoleMessage, Page } from 'playwright-core'
 * @import { TestContext } from 'node:test'
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
 * Call it at the top of a test file: starts the browser before the first test and closes it after the last.
 *
 * @returns {{ newPage: (t: TestContext, options?: BrowserContextOptions) => Promise<Page> }}
 */
export function useBrowser() {
  /** @type {Browser} */
  let browser;
  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: CHROMIUM_FLAGS,
    });
  });
  after(() => browser.close());

  return {
    async newPage(t, options) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      /** @type {string[]} */
      const errors = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error' && !isExpected(message)) errors.push(message.text());
      });
      t.after(async () => {
        await context.close();
        assert.deepEqual(errors, [], 'errors in the page');
      });
      return page;
    },
  };
}

const FAILED_REQUEST = /^Failed to load resource: (?:the server responded|net::ERR_EMPTY_RESPONSE)/;

/**
 * Chromium writes a line for each answer of 400 and above, and for each connection that the server broke off. Those of a
 * tenant are what the tests are about.
 *
 * @param {ConsoleMessage} message
 */
function isExpected(message) {
  const { pathname } = new URL(message.location().url || 'about:blank');
  return FAILED_REQUEST.test(message.text()) && pathname.startsWith('/t/');
}
