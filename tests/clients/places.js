/** Where storms run: in this process, and in a page of each engine, which is opened once for all of them. */

import { chromium } from 'playwright-core';
import { launchOptions } from '../support/browser.js';
import { bundle } from '../support/bundle.js';
import { openFirefox, openWebKit } from '../support/webdriver.js';
import { storm } from './page.js';

/**
 * @import { DrivenBrowser } from '../support/webdriver.js'
 * @import { Order, Outcome } from './page.js'
 * @import { conduct, Entry, Score } from './rounds.js'
 * @typedef {object} Place
 * @property {string} version
 * @property {(order: Order) => Promise<Outcome>} storm
 * @property {(score: Score & Entry) => ReturnType<typeof conduct>} [rounds] among tabs that are opened for them
 * @property {() => Promise<void>} close
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
  const load = async () => {
    await driver.get(`${origin}/blank`);
    await driver.executeScript(
      (/** @type {string} */ text) => {
        const element = document.createElement('script');
        element.textContent = text;
        document.head.append(element);
      },
      await script(),
    );
  };
  /** @type {(name: 'storm' | 'follow' | 'conduct', order: object) => Promise<any>} */
  const ask = async (name, order) => {
    const { outcome, error } = /** @type {any} */ (await driver.executeAsyncScript(askIn, name, order));
    if (error) throw new Error(error);
    return outcome;
  };
  await load();
  return {
    version,
    storm: (order) => ask('storm', order),
    async rounds({ base, tokens, ...score }) {
      const first = await driver.getWindowHandle();
      await ask('follow', { base, tokens });
      // Windows, as a tab behind another one has slow timers.
      for (let tab = 1; tab < score.tabs; tab += 1) {
        await driver.switchTo().newWindow('window');
        await load();
        await ask('follow', { base });
      }
      await driver.switchTo().window(first);
      return ask('conduct', { base, ...score });
    },
    close,
  };
}

/**
 * Runs in the page.
 *
 * @param {string} name
 * @param {object} order
 * @param {(told: { outcome?: unknown, error?: string }) => void} done
 */
function askIn(name, order, done) {
  const { clients } = /** @type {any} */ (globalThis);
  clients[name](order).then(
    (/** @type {unknown} */ outcome) => done({ outcome }),
    (/** @type {unknown} */ error) => done({ error: String(error) }),
  );
}
