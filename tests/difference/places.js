/** Where probes run: in this process, and in a page of Chromium. */

import { chromium } from 'playwright-core';
import { launchOptions } from '../support/browser.js';
import { bundle } from '../support/bundle.js';
import { startServer } from './server.js';

/**
 * @import { Records } from './kit.js'
 * @typedef {{ run: (name: string) => Promise<Records>, close: () => Promise<void> }} Place
 * @typedef {Record<string, () => Promise<Place>>} Places
 */

/**
 * @param {string} page URL of a module that runs a probe by both
 * @param {string} [by] what it exports for that
 * @returns {Places}
 */
export const placesOf = (page, by = 'runBoth') => ({
  Node: () => inNode(page, by),
  Chromium: () => inChromium(page, by),
});

/**
 * @param {string} page
 * @param {string} by
 * @returns {Promise<Place>}
 */
async function inNode(page, by) {
  const { [by]: runBoth } = await import(page);
  const server = await startServer();
  // ofetch says there what it has dropped of a body.
  const { warn } = console;
  console.warn = () => {};
  return {
    run: (name) => runBoth(name, server.origin),
    async close() {
      console.warn = warn;
      await server.stop();
    },
  };
}

/**
 * @param {string} module
 * @param {string} by
 * @returns {Promise<Place>}
 */
async function inChromium(module, by) {
  const server = await startServer({ '/blank': { type: 'text/html', text: '<!doctype html>' } });
  const browser = await chromium.launch(launchOptions());
  const page = await browser.newPage();
  await page.goto(`${server.origin}/blank`);
  await page.addScriptTag({ content: await bundle(module, 'difference') });
  return {
    run: (name) =>
      page.evaluate(
        ([by, name, origin]) => /** @type {any} */ (globalThis).difference[by](name, origin),
        /** @type {const} */ ([by, name, server.origin]),
      ),
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}
