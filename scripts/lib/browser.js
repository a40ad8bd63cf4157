/** Chromium and its driver, of the same version: what is on PATH, else Debian's. */

import { aptInstall } from './apt.js';
import { Problem } from './log.js';
import { attempt, which } from './run.js';

/** @import { Env } from './run.js' */

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * @param {Env} env
 * @returns {Promise<Env>} with the absolute paths in CHROMIUM and CHROMEDRIVER
 */
export async function bringBrowser(env) {
  const there = await findPair(env);
  if (there) return { ...env, ...there };
  await aptInstall(
    ['chromium', 'chromium-driver'],
    env,
    'Chromium with a chromedriver of its version is missing',
  );
  const brought = await findPair(env);
  if (!brought) throw new Problem('Chromium and chromedriver are installed, but their versions differ');
  return { ...env, ...brought };
}

/** @param {Env} env */
async function findPair(env) {
  const driver = which('chromedriver', env);
  if (!driver) return undefined;
  const version = await majorVersion(driver, env);
  for (const name of BROWSERS) {
    const browser = which(name, env);
    if (browser && (await majorVersion(browser, env)) === version)
      return { CHROMIUM: browser, CHROMEDRIVER: driver };
  }
  return undefined;
}

/**
 * @param {string} program
 * @param {Env} env
 */
async function majorVersion(program, env) {
  const { stdout } = await attempt(program, ['--version'], { env });
  return /(\d+)\.\d+\.\d+/.exec(stdout)?.[1];
}
