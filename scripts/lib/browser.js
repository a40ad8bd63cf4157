/** Chromium and its driver, of the same version: what is on PATH, else Debian's. */

import { aptInstall } from './apt.js';
import { Problem, say } from './log.js';
import { attempt, which } from './run.js';

/** @import { Env } from './run.js' */

const DEBIAN_SHELL = 'chromium-headless-shell';
const SHELLS = [DEBIAN_SHELL, 'chrome-headless-shell'];
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * @param {Env} env
 * @returns {Promise<Env>} with the absolute paths in CHROMIUM, CHROMEDRIVER and, if there is one, HEADLESS_SHELL
 */
export async function bringBrowser(env) {
  const there = await findPair(env);
  if (there) return withShell({ ...env, ...there });
  await aptInstall(
    ['chromium', 'chromium-driver'],
    env,
    'Chromium with a chromedriver of its version is missing',
  );
  const brought = await findPair(env);
  if (!brought) throw new Problem('Chromium and chromedriver are installed, but their versions differ');
  try {
    await aptInstall([DEBIAN_SHELL], env, 'Chromium’s shell is missing');
  } catch {
    say(`  there is no ${DEBIAN_SHELL}: all tests run in Chromium itself`);
  }
  return withShell({ ...env, ...brought });
}

/**
 * The same engine without windows around it, in which a page is half the work; tests that need no more take it if it is there.
 *
 * @param {Env} env
 * @returns {Promise<Env>} with its absolute path in HEADLESS_SHELL, if there is one
 */
async function withShell(env) {
  const shell = env.HEADLESS_SHELL ?? (await findShell(env));
  return shell ? { ...env, HEADLESS_SHELL: shell } : env;
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
