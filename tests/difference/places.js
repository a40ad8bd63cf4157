/** Where the probes run: in this process, and in a page of Chromium. */

import { chromium } from 'playwright-core';
import { inProject } from '../../scripts/lib/paths.js';
import { CHROMIUM_FLAGS } from '../support/browser.js';
import { runBoth } from './page.js';
import { startServer } from './server.js';

/**
 * @typedef {{ theirs: string, ours: string }} Records
 * @typedef {{ run: (name: string) => Promise<Records>, close: () => Promise<void> }} Place
 */

/** @type {Record<string, () => Promise<Place>>} */
export const places = { Node: inNode, Chromium: inChromium };

async function inNode() {
  const server = await startServer();
  // ofetch says there what it has dropped of a body.
  const { warn } = console;
  console.warn = () => {};
  return {
    run: (/** @type {string} */ name) => runBoth(name, server.origin),
    async close() {
      console.warn = warn;
      await server.stop();
    },
  };
}

async function inChromium() {
  const server = await startServer({ '/blank': { type: 'text/html', text: '<!doctype html>' } });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: CHROMIUM_FLAGS,
  });
  const page = await browser.newPage();
  await page.goto(`${server.origin}/blank`);
  await page.addScriptTag({ content: await bundle() });
  return {
    run: (/** @type {string} */ name) =>
      page.evaluate(
        ([name, origin]) => /** @type {any} */ (globalThis).difference.runBoth(name, origin),
        /** @type {const} */ ([name, server.origin]),
      ),
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}

/** A classic script that puts `difference` on the page: the probes and both packages. */
async function bundle() {
  const { build } = await import('rolldown');
  const { output } = await build({
    input: inProject('tests', 'difference', 'page.js'),
    platform: 'browser',
    output: { format: 'iife', name: 'difference' },
    write: false,
  });
  return output[0].code;
}
