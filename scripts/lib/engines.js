/** The engines beside Chromium, each with its driver: what is on PATH, else Debian's, and geckodriver from crates.io. */

import { aptInstall } from './apt.js';
import { Problem } from './log.js';
import { which } from './run.js';
import { bringTool, GECKODRIVER } from './tools.js';

/**
 * @import { Env } from './run.js'
 * @typedef {{ name: string, programs: Record<string, string[]>, packages: string[] }} Engine
 *   `programs` by the variable that names them to the tests, and by what they may be called
 */

/** @type {Engine[]} */
const ENGINES = [
  { name: 'Firefox', programs: { FIREFOX: ['firefox-esr', 'firefox'] }, packages: ['firefox-esr'] },
  {
    name: 'WebKit with its driver, or Xvfb to show it on,',
    programs: { WEBKIT_DRIVER: ['WebKitWebDriver'], XVFB: ['Xvfb'] },
    packages: ['webkit2gtk-driver', 'xvfb'],
  },
];

/**
 * @param {Env} env
 * @returns {Promise<Env>} with the absolute paths in FIREFOX, GECKODRIVER, WEBKIT_DRIVER and XVFB
 */
export async function bringEngines(env) {
  let reached = env;
  for (const engine of ENGINES) reached = { ...reached, ...(await bring(engine, env)) };
  const driver = which('geckodriver', env) ?? `${await bringTool(GECKODRIVER, env)}/geckodriver`;
  return { ...reached, GECKODRIVER: driver };
}

/**
 * @param {Engine} engine
 * @param {Env} env
 */
async function bring({ name, programs, packages }, env) {
  const there = find(programs, env);
  if (there) return there;
  await aptInstall(packages, env, `${name} is missing`);
  const brought = find(programs, env);
  if (!brought)
    throw new Problem(`${packages.join(' and ')} are installed, but not all of their programs are on PATH`);
  return brought;
}

/**
 * @param {Engine['programs']} programs
 * @param {Env} env
 */
function find(programs, env) {
  /** @type {Env} */
  const found = {};
  for (const [variable, names] of Object.entries(programs)) {
    const path = names.map((name) => which(name, env)).find(Boolean);
    if (!path) return undefined;
    found[variable] = path;
  }
  return found;
}
