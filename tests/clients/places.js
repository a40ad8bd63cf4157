/** Where storms run: in this process, and in a page of each engine, which is opened once for all of them. */

import { chromium } from 'playwright-core';
import { launchOptions } from '../support/browser.js';
import { bundle } from '../support/bundle.js';
import { openFirefox, openWebKit } from '../support/webdriver.js';
import { storm } from './page.js';

/**
 * @import { DrivenBrowser } from '../support/webdriver.js'
 * @import { Order, Outcome } from './page.js'
 * @typedef {{ version: string, storm: (order: Order) => Promise<Outcome>, close: () => Promise<void> }} Place
 */

/** @type {Place} */
export const inNode = { version: `Node ${process.versions.node}`, storm, close: async () => {} };

/** Each by the origin that its page is of. @type {Record<string, (origin: string) => Promise<Place>>} */
export const places = {
  Node: async () => inNode,
  Chromium: inChromium,
  Firefox: async (origin) => driven(await openFirefox(), origin),
  WebKit: async (origin) => driven(await openWebKit(), origin),
};

const script = () => bundle(new URL('page.js', import.meta.url), 'clients');

/**
 * @param {string} origin
 * @returns {Promise<Place>}
 */
async function inChromium(origin) {
  const browser = await chromium.launch(launchOptions({ inWindows: true }));
  const page = await browser.newPage();
  await page.goto(`${origin}/blank`);
  await page.addScriptTag({ content: await script() });
  return {
    version: `Chromium ${browser.version()}`,
    storm: (order) => page.evaluate((given) => /** @type {any} */ (globalThis).clients.storm(given), order),
    close: () => browser.close(),
  };
}

/**
 * @param {DrivenBrowser} browser
 * @param {string} origin
 * @returns {Promise<Place>}
 */
async function driven({ driver, version, close }, origin) {
  await driver.get(`${origin}/blank`);
  await driver.executeScript(
    (/** @type {string} */ text) => {
      const element = document.createElement('script');
      element.textContent = text;
      document.head.append(element);
    },
    await script(),
  );
  return {
    version,
    async storm(order) {
      const { outcome, error } = /** @type {any} */ (await driver.executeAsyncScript(stormIn, order));
      if (error) throw new Error(error);
      return outcome;
    },
    close,
  };
}

/**
 * Runs in the page.
 *
 * @param {Order} order
 * @param {(told: { outcome?: Outcome, error?: string }) => void} done
 */
function stormIn(order, done) {
  const { clients } = /** @type {any} */ (globalThis);
  clients.storm(order).then(
    (/** @type {Outcome} */ outcome) => done({ outcome }),
    (/** @type {unknown} */ error) => done({ error: String(error) }),
  );
}
