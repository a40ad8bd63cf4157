/** The size budget: what a page loads for the main entry, everything included. */

import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { Problem, say } from './log.js';
import { inProject } from './paths.js';

/** Where it is to go. Until it is there, the budget holds what has been reached, so that it can only shrink. */
const GOAL = 25 * 1024;
const BUDGET = 36 * 1024;

export async function checkSize() {
  const file = await readFile(inProject('dist', 'index.js'));
  const size = gzipSync(file, { level: 9 }).length;
  const figure = `dist/index.js: ${size} bytes gzip, of ${BUDGET} at most, ${GOAL} to be reached`;
  if (size > BUDGET) throw new Problem(figure);
  say(`  ${figure}`);
}
