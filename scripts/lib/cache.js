/** Things that are made once: whole folders in the shared cache, and outputs that follow from their inputs. */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inProject, ROOT } from './paths.js';

/**
 * Makes a folder unless it is there. It is made under another name and then renamed, so that nobody ever sees half of it,
 * and of two who make it at the same time the later one finds it done.
 *
 * @param {string} folder
 * @param {(draft: string) => Promise<void>} make
 */
export async function makeOnce(folder, make) {
  if (existsSync(folder)) return;
  const draft = `${folder}.${process.pid}`;
  try {
    await mkdir(draft, { recursive: true });
    await make(draft);
    await rename(draft, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** @param {string} path */
async function filesUnder(path) {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.path, entry.name))
    .sort();
}

/** @param {string[]} paths files and folders inside the project */
export async function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths.map((part) => inProject(part)).filter(existsSync)) {
    for (const file of await filesUnder(path))
      hash.update(file.slice(ROOT.length)).update(await readFile(file));
  }
  return hash.digest('hex');
}

/**
 * Remembers in a stamp file what an output was made from.
 *
 * @param {string} stamp
 * @param {string} from the fingerprint of the inputs
 * @param {string} output must be there too
 * @returns {Promise<boolean>} whether the output is what these inputs give
 */
export async function isFresh(stamp, from, output) {
  if (!existsSync(stamp) || !existsSync(output)) return false;
  return (await readFile(stamp, 'utf8')) === from;
}

/**
 * @param {string} stamp
 * @param {string} from
 */
export async function markFresh(stamp, from) {
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, from);
}
