/** What a page gets: the package as its users have it, packed, installed from the tarball and bundled; and others' modules. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from '../scripts/lib/paths.js';
import { run } from '../scripts/lib/run.js';

/**
 * @import { Env } from '../scripts/lib/run.js'
 * @typedef {{ folder: string, version: string, shasum: string, remove: () => Promise<void> }} Installed
 */

const NAME = 'wasm-api-fetch';

/**
 * @param {Env} env
 * @returns {Promise<Installed>}
 */
export async function installTarball(env) {
  const folder = await mkdtemp(join(tmpdir(), `${NAME}-bench-`));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const packed = JSON.parse(await run('npm', ['pack', '--json', '--pack-destination', folder], { env }));
    // npm 11 gives a list, npm 12 an object by names.
    const { filename, version, shasum } = Array.isArray(packed) ? packed[0] : packed[NAME];
    const install = ['install', '--offline', '--no-audit', '--no-fund', '--prefix', folder];
    await run('npm', [...install, join(folder, filename)], { env, cwd: folder });
    return { folder, version, shasum, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/**
 * @param {string} folder where the package is installed
 * @returns {Promise<string>} a classic script that puts `bench` on the page
 */
export async function bundlePage(folder) {
  // Loaded only now: it is not there before the npm packages are.
  const { build } = await import('rolldown');
  const { output } = await build({
    input: inProject('bench', 'page', 'index.js'),
    platform: 'browser',
    plugins: [
      {
        // Inside the project the package's name leads to the project itself.
        name: 'as-installed',
        resolveId(source) {
          return source === NAME ? this.resolve(source, join(folder, 'app.js'), { skipSelf: true }) : null;
        },
      },
    ],
    // As an app publishes it.
    output: { format: 'iife', name: 'bench', minify: true },
    write: false,
  });
  return output[0].code;
}

/**
 * @param {string} name of a package
 * @returns {Promise<string>} all of it as one module
 */
export async function bundleModule(name) {
  const { build } = await import('rolldown');
  const { output } = await build({
    input: name,
    platform: 'browser',
    output: { format: 'es' },
    write: false,
  });
  return output[0].code;
}
