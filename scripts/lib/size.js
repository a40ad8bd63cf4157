/** The size budget: what a page loads for the main entry, everything included, and for the axios facade over it. */

import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { Problem, say } from './log.js';
import { inProject } from './paths.js';

const BUDGET = 45 * 1024;
/** Of the facade alone: the main entry is shared with whatever else uses it. */
const FACADE_BUDGET = 14.5 * 1024;

export async function checkSize() {
  const main = await gzipped('index.js');
  const facade = await gzipped('axios.js');
  say(`  dist/axios.js with dist/index.js: ${main + facade} bytes gzip`);
  const figures = [
    { file: 'dist/index.js', size: main, most: BUDGET },
    { file: 'dist/axios.js', size: facade, most: FACADE_BUDGET },
  ];
  for (const { file, size, most } of figures) {
    const figure = `${file}: ${size} bytes gzip, of ${most} at most`;
    if (size > most) throw new Problem(figure);
    say(`  ${figure}`);
  }
}

/** @param {string} name */
const gzipped = async (name) => gzipSync(await readFile(inProject('dist', name)), { level: 9 }).length;
