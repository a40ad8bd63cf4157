/** Builds the site on top of the built package, for the server to serve. */

import { fingerprint, isFresh, markFresh } from './cache.js';
import { step } from './log.js';
import { inProject } from './paths.js';
import { run } from './run.js';

/** @import { Env } from './run.js' */

const INPUTS = ['www/index.html', 'www/src', 'www/public', 'www/vite.config.ts', 'scripts/lib/site.js'];

/**
 * @param {Env} env
 * @param {string} builtPackage the fingerprint of the package that the site is built with
 */
export async function buildSite(env, builtPackage) {
  const stamp = inProject('target', 'site.stamp');
  const from = `${builtPackage}+${await fingerprint(INPUTS)}`;
  if (await isFresh(stamp, from, inProject('www', 'dist', 'index.html'))) return;
  await step('site: bundle', () => run('vite', ['build', 'www'], { env }));
  await markFresh(stamp, from);
}
