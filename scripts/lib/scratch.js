/** A copy of the project that may be broken on purpose. It is kept from run to run, and so is what cargo has compiled there. */

import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { inProject, ROOT } from './paths.js';

/** @import { Env } from './run.js' */

export const SCRATCH = inProject('target', 'mutants');

/** What is made, and not written by anybody: it is made anew in the copy, or linked. */
const MADE = [
  '.git',
  'target',
  'pkg',
  'dist',
  'node_modules',
  join('www', 'dist'),
  join('bench', 'results.json'),
];

/**
 * Brings the copy to what the checkout is now. Only what differs is written: cargo goes by the time of a file, and what the last
 * run has left broken is newer than what was built from it.
 */
export async function syncScratch() {
  await mkdir(SCRATCH, { recursive: true });
  const [wanted, there] = [await sourcesIn(ROOT), await sourcesIn(SCRATCH)];
  for (const file of there) if (!wanted.includes(file)) await rm(join(SCRATCH, file));
  for (const file of wanted) {
    const content = await readFile(inProject(file));
    const copy = join(SCRATCH, file);
    if (there.includes(file) && content.equals(await readFile(copy))) continue;
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, content);
  }
  const modules = join(SCRATCH, 'node_modules');
  await rm(modules, { force: true });
  await symlink(inProject('node_modules'), modules);
}

/** @param {string} root */
async function sourcesIn(root) {
  /** @type {string[]} */
  const files = [];
  const visit = async (/** @type {string} */ folder) => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (MADE.includes(relative(root, path))) continue;
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile()) files.push(relative(root, path));
    }
  };
  await visit(root);
  return files;
}

/**
 * Cargo's folder is the copy's own: in a shared one, what is built of the copy would take the place of what is built of the checkout.
 *
 * @param {Env} env
 * @returns {Env}
 */
export const inScratch = (env) => ({ ...env, CARGO_TARGET_DIR: join(SCRATCH, 'target') });

/**
 * Puts one text in the place of another for as long as `work` takes.
 *
 * @template T
 * @param {{ file: string, at: number, find: string, replace: string }} change `at` is where the one stands
 * @param {() => Promise<T>} work
 */
export async function withChange({ file, at, find, replace }, work) {
  const path = join(SCRATCH, file);
  const original = await readFile(path, 'utf8');
  try {
    await writeFile(path, original.slice(0, at) + replace + original.slice(at + find.length));
    return await work();
  } finally {
    await writeFile(path, original);
  }
}
