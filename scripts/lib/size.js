/** The size budget: what a page loads for the main entry, everything included. */

import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { Problem, say } from './log.js';
import { inProject } from './paths.js';

const BUDGET = 38 * 1024;

export async function checkSize() {
  const file = await readFile(inProject('dist', 'index.js'));
  const size = gzipSync(file, { level: 9 }).length;
  const figure = `dist/index.js: ${size} bytes gzip, of ${BUDGET} at most`;
  if (size > BUDGET) throw new Problem(figure);
  say(`  ${figure}`);
}
