/** The page in which everything is measured, and more tabs like it. */

import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../tests/support/browser.js';

/**
 * @import { Browser, Page } from 'playwright-core'
 */

const FLAGS = [...CHROMIUM_FLAGS, '--js-flags=--expose-gc'];

/**
 * @param {string | undefined} executablePath
 * @param {string} url
 * @param {string} code run in the page
 * @returns {Promise<{ browser: Browser, page: Page, openPage: () => Promise<Page> }>}
 */
export async function openPage(executablePath, url, code) {
  const browser = await chromium.launch({
    executablePath: executablePath ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  try {
    const context = await browser.newContext();
    const openPage = async () => {
      const page = await context.newPage();
      await page.goto(url);
      await page.addScriptTag({ content: code });
      return page;
    };
    return { browser, page: await openPage(), openPage };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/**
 * The CPU time that the page's main thread has used so far, in µs. Unlike a clock it stands still while other processes have
 * the processor.
 *
 * @param {Page} page
 * @returns {Promise<() => Promise<number>>}
 */
export async function openMeter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const total = metrics.find(({ name }) => name === 'TaskDuration');
    if (!total) throw new Error('the browser does not tell TaskDuration');
    return total.value * 1e6;
  };
}

/**
 * Calls a function of the page's `bench`.
 *
 * @template {keyof typeof import('./page/index.js')} Name
 * @param {Page} page
 * @param {Name} name
 * @param {Parameters<(typeof import('./page/index.js'))[Name]>} args
 * @returns {Promise<Awaited<ReturnType<(typeof import('./page/index.js'))[Name]>>>}
 */
export function inPage(page, name, ...args) {
  return page.evaluate(
    ([name, args]) => /** @type {any} */ (globalThis).bench[name](...args),
    /** @type {const} */ ([name, args]),
  );
}
