/** Brings what is missing, and gives the environment in which everything is found. Up to `npm ci` it needs Node alone. */

import { bringBrowser } from './browser.js';
import { Problem } from './log.js';
import { NODE_VERSION } from './manifest.js';
import { bringPackages } from './npm.js';
import { bringRust } from './rust.js';
import { bringTools } from './tools.js';
import { isAtLeast } from './version.js';

/** @import { Env } from './run.js' */

/**
 * @param {{ browser?: boolean }} [options] a browser is for tests only
 * @returns {Promise<Env>}
 */
export async function bootstrap({ browser = false } = {}) {
  if (!isAtLeast(process.versions.node, NODE_VERSION)) {
    throw new Problem(`Node ${process.versions.node} is too old: install ${NODE_VERSION} or newer`);
  }
  const rust = await bringRust({ ...process.env });
  const tools = await bringPackages(await bringTools(rust));
  return browser ? bringBrowser(tools) : tools;
}
