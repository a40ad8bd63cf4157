/** Debian's packages, for what no language registry carries. */

import { Problem, step } from './log.js';
import { attempt, run, which } from './run.js';

/** @import { Env } from './run.js' */

/**
 * @param {string[]} packages
 * @param {Env} env
 * @param {string} missing what is not there, for the message where it cannot be brought
 */
export async function aptInstall(packages, env, missing) {
  const byHand = `${missing}: install it (on Debian: apt-get install ${packages.join(' ')})`;
  if (!which('apt-get', env)) throw new Problem(byHand);

  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', ...(process.stdin.isTTY ? [] : ['-n'])];
  if (asRoot.length > 0 && !which('sudo', env)) throw new Problem(`${byHand}, which takes root or sudo`);
  // dpkg's helpers lie in folders that a plain user's PATH leaves out.
  const tools = { ...env, PATH: `${env.PATH}:/usr/sbin:/sbin` };
  const aptGet = [
    ...asRoot,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-o',
    'DPkg::Lock::Timeout=600',
  ];
  const [command = '', ...args] = aptGet;

  await step(`Debian packages: ${packages.join(' ')}`, async () => {
    // A source that is out of reach fails this although the packages wanted may be there: the installation decides.
    await attempt(command, [...args, 'update'], { env: tools });
    const install = [...args, 'install', '-y', '--no-install-recommends', ...packages];
    await run(command, install, { env: tools, failure: byHand });
  });
}
