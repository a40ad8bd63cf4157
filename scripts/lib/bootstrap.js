/** Brings what is missing, and gives the environment in which everything is found. Up to the npm packages it needs Node alone. */

import { bringBrowser } from './browser.js';
import { Problem } from './log.js';
import { NODE_VERSION } from './manifest.js';
import { bringPackages } from './npm.js';
import { inProject } from './paths.js';
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
  // One folder for all builds of the project, wherever the user has others put.
  const rust = await bringRust({ ...process.env, CARGO_TARGET_DIR: inProject('target') });
  const tools = await bringPackages(await bringTools(rust));
  return browser ? bringBrowser(tools) : tools;
}
