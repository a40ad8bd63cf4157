/** Publishes the declarations that a user's compiler follows from the entry, and no others. */

import { cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Problem } from './log.js';

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g;

/**
 * @param {string} entry
 * @param {string} from the folder that the compiler wrote
 * @param {string} to
 */
export async function copyDeclarations(entry, from, to) {
  const files = [entry];
  // Grows while it is walked.
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    for (const [, name = ''] of text.matchAll(IMPORT)) {
      const target = join(dirname(file), name.replace(/\.js$/, '.d.ts'));
      if (!name.startsWith('.') || relative(from, target).startsWith('..')) {
        throw new Problem(`the public types lead to ${name}, in ${relative(from, file)}`);
      }
      if (!files.includes(target)) files.push(target);
    }
    const copy = join(to, relative(from, file));
    await mkdir(dirname(copy), { recursive: true });
    await cp(file, copy);
  }
}
