/** The package as a user gets it: packed, and installed into an empty folder outside the repository. */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** @import { TestContext } from 'node:test' */

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const execute = promisify(execFile);

/**
 * An empty folder that goes away with the test.
 *
 * @param {TestContext} t
 */
export async function scratchFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-api-fetch-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

/**
 * @param {string} folder
 * @param {string} command
 * @param {string[]} args
 */
export async function run(folder, command, ...args) {
  const { stdout } = await execute(command, args, { cwd: folder }).catch((error) => {
    throw new Error(
      `${command} ${args.join(' ')}\n${error.stdout}${error.stderr}`.replaceAll(/.{500,}/g, '…'),
    );
  });
  return stdout;
}

/**
 * @param {string} folder where the tarball goes
 * @returns {Promise<{ tarball: string, files: string[] }>}
 */
export async function pack(folder) {
  const [{ filename, files }] = JSON.parse(
    await run(PROJECT, 'npm', 'pack', '--json', '--pack-destination', folder),
  );
  return {
    tarball: join(folder, filename),
    files: files.map((/** @type {{ path: string }} */ file) => file.path),
  };
}

/**
 * Installs the packed package, and beside it packages of the repository in the versions of its own lock file.
 *
 * @param {string} folder
 * @param {string[]} others
 */
export async function install(folder, ...others) {
  const { tarball } = await pack(folder);
  const { packages } = JSON.parse(await readFile(join(PROJECT, 'package-lock.json'), 'utf8'));
  const pinned = others.map((name) => `${name}@${packages[`node_modules/${name}`].version}`);
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  await run(folder, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball, ...pinned);
}
