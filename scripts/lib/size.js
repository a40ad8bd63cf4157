/**
 * The size budget: what an app's bundler makes of the main entry, everything included, and of the axios facade over it. `dist/`
 * itself is readable, and nobody's page loads it as it is.
 */

import { gzipSync } from 'node:zlib';
import { Problem, say } from './log.js';
import { inProject } from './paths.js';

const BUDGET = 51 * 1024;
/** Of the facade alone: the main entry is shared with whatever else uses it. */
const FACADE_BUDGET = 14.5 * 1024;

export async function checkSize() {
  const main = await minifiedSize('index.js');
  const facade = await minifiedSize('axios.js');
  say(`  dist/axios.js with dist/index.js: ${main + facade} bytes, minified and gzipped`);
  const figures = [
    { file: 'dist/index.js', size: main, most: BUDGET },
    { file: 'dist/axios.js', size: facade, most: FACADE_BUDGET },
  ];
  for (const { file, size, most } of figures) {
    const figure = `${file}: ${size} bytes, minified and gzipped, of ${most} at most`;
    if (size > most) throw new Problem(figure);
    say(`  ${figure}`);
  }
}

/** @param {'index.js' | 'axios.js'} entry */
async function minifiedSize(entry) {
  // Loaded only now: it is not there before the npm packages are.
  const { build } = await import('rolldown');
  const { output } = await build({
    input: inProject('dist', entry),
    platform: 'browser',
    external: entry === 'axios.js' ? [/\/index\.js$/] : [],
    output: { format: 'esm', minify: true },
    write: false,
  });
  return gzipSync(output[0].code, { level: 9 }).length;
}
