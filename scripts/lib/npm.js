/** The npm packages of package-lock.json, installed anew only when that file has changed. */

import { fingerprint, isFresh, markFresh } from './cache.js';
import { step } from './log.js';
import { inProject } from './paths.js';
import { run, withPath } from './run.js';

/** @import { Env } from './run.js' */

/**
 * @param {Env} env
 * @returns {Promise<Env>}
 */
export async function bringPackages(env) {
  const modules = inProject('node_modules');
  const stamp = inProject('node_modules', '.package-lock.stamp');
  const from = await fingerprint(['package-lock.json']);
  if (!(await isFresh(stamp, from, modules))) {
    // `npm ci` would refuse the lock file, which lists the binaries of Linux only: it asks for those of all platforms.
    const args = ['install', '--no-save', '--prefer-offline', '--no-audit', '--no-fund'];
    await step('npm packages', () =>
      run('npm', args, { env, failure: 'the npm packages of package-lock.json could not be installed' }),
    );
    await markFresh(stamp, from);
  }
  return withPath(env, inProject('node_modules', '.bin'));
}
