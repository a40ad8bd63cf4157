/** Browsers that are driven by the WebDriver protocol: each by the driver that the system has for it. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Builder } from 'selenium-webdriver';
import { freePort } from '../../scripts/lib/port.js';
import { withDeadline } from './app.js';

/**
 * @import { WebDriver } from 'selenium-webdriver'
 * @typedef {{ driver: WebDriver, version: string, close: () => Promise<void> }} DrivenBrowser
 */

const FIRST_PORT = 4480;
const START_MS = 60_000;
const SCRIPT_MS = 120_000;
const POLL_MS = 20;

/** @returns {Promise<DrivenBrowser>} */
export function openFirefox() {
  const binary = process.env.FIREFOX ?? 'firefox-esr';
  const options = { binary, args: ['-headless'] };
  return open({
    command: process.env.GECKODRIVER ?? 'geckodriver',
    // The other protocol's port is any, as nobody speaks it here.
    args: (port) => ['--port', String(port), '--websocket-port', '0'],
    capabilities: { browserName: 'firefox', 'moz:firefoxOptions': options },
  });
}

/**
 * WebKitGTK's own browser, whose place its driver knows. It has no headless mode: it is shown on a screen that nobody sees.
 *
 * @returns {Promise<DrivenBrowser>}
 */
export async function openWebKit() {
  const screen = await openScreen();
  try {
    const browser = await open({
      command: process.env.WEBKIT_DRIVER ?? 'WebKitWebDriver',
      args: (port) => [`--port=${port}`, '--host=127.0.0.1'],
      env: { ...process.env, DISPLAY: screen.display },
      capabilities: { browserName: 'MiniBrowser' },
    });
    const close = async () => {
      try {
        await browser.close();
      } finally {
        await screen.close();
      }
    };
    return { ...browser, close };
  } catch (error) {
    await screen.close();
    throw error;
  }
}

/** @returns {Promise<{ display: string, close: () => Promise<void> }>} an X server on a number that is free */
async function openScreen() {
  const args = ['-displayfd', '1', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'];
  const { child, told, close } = start(process.env.XVFB ?? 'Xvfb', args, process.env);
  const said = child.stdout && once(child.stdout, 'data').then(([data]) => String(data).trim());
  const number = await Promise.race([said, once(child, 'exit').then(() => undefined)]);
  if (!number) throw new Error(`Xvfb ended before it had a screen\n${told()}`);
  return { display: `:${number}`, close };
}

/**
 * @param {object} what
 * @param {string} what.command the driver
 * @param {(port: number) => string[]} what.args
 * @param {NodeJS.ProcessEnv} [what.env]
 * @param {Record<string, unknown>} what.capabilities
 * @returns {Promise<DrivenBrowser>}
 */
async function open({ command, args, env = process.env, capabilities }) {
  const port = await freePort(FIRST_PORT);
  const url = `http://127.0.0.1:${port}`;
  const { told, isOver, close } = start(command, args(port), env);
  try {
    await ready(url, isOver);
    // Told where the driver is, Selenium neither looks for one nor downloads one.
    const session = new Builder().usingServer(url).withCapabilities(capabilities).build();
    const driver = await withDeadline(session, 'a new session', START_MS);
    await driver.manage().setTimeouts({ script: SCRIPT_MS });
    const given = await driver.getCapabilities();
    return {
      driver,
      version: `${given.getBrowserName()} ${given.getBrowserVersion()}`,
      async close() {
        try {
          await driver.quit();
        } finally {
          await close();
        }
      },
    };
  } catch (error) {
    await close();
    throw new Error(`${command} has opened no browser\n${told()}`, { cause: error });
  }
}

/**
 * @param {string} url
 * @param {() => boolean} isOver
 */
async function ready(url, isOver) {
  const deadline = Date.now() + START_MS;
  for (;;) {
    const status = await fetch(`${url}/status`).catch(() => undefined);
    if (status?.ok) return;
    if (isOver()) throw new Error('ended before it listened');
    if (Date.now() > deadline) throw new Error(`does not answer after ${START_MS} ms`);
    await sleep(POLL_MS);
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function start(command, args, env) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  let isOver = false;
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    const end = (/** @type {string} */ why) => {
      output += why;
      isOver = true;
      resolve();
    };
    child.once('exit', (code, signal) => end(`\nended: ${signal ?? code}`));
    child.once('error', (error) => end(error.message));
  });
  // Nothing is left behind by a test that ends in another way.
  const kill = () => child.kill();
  process.once('exit', kill);
  return {
    child,
    /** What it has printed. */
    told: () => output,
    isOver: () => isOver,
    async close() {
      process.off('exit', kill);
      child.kill();
      await ended;
    },
  };
}
