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

const SHELLS = ['chromium-headless-shell', 'chrome-headless-shell'];

/**
 * The same engine without windows around it, which halves the work that a page is. Where the system has none, the browser will do.
 *
 * @param {Env} env
 * @returns {Promise<Env>} with its absolute path in HEADLESS_SHELL, if there is one
 */
export async function bringShell(env) {
  if (env.HEADLESS_SHELL) return env;
  const there = await findShell(env);
  if (there) return { ...env, HEADLESS_SHELL: there };
  try {
    await aptInstall(SHELLS.slice(0, 1), env, 'Chromium without windows is missing');
  } catch {
    return env;
  }
  const brought = await findShell(env);
  return brought ? { ...env, HEADLESS_SHELL: brought } : env;
}

/**
 * One of the browser's own version.
 *
 * @param {Env} env
 */
async function findShell(env) {
  const wanted = await majorVersion(env.CHROMIUM ?? 'chromium', env);
  for (const name of SHELLS) {
    const shell = which(name, env);
    if (shell && (await majorVersion(shell, env)) === wanted) return shell;
  }
  return undefined;
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
