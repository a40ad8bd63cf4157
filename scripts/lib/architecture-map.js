/** The map in ARCHITECTURE.md against the folders that there are. */

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { Problem } from './log.js';
import { inProject } from './paths.js';

export async function checkMap() {
  const text = await readFile(inProject('ARCHITECTURE.md'), 'utf8');
  const entries = await readdir(inProject('src'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => `src/${name}/`);
  const faults = mapFaults(text, folders, (path) => existsSync(inProject(path)));
  if (faults.length > 0) throw new Problem(faults.join('\n'));
}

/**
 * @param {string} text ARCHITECTURE.md
 * @param {string[]} folders each has to have a row
 * @param {(path: string) => boolean} exists
 * @returns {string[]} what is wrong with the map
 */
export function mapFaults(text, folders, exists) {
  const section = /^## The map$([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(text)?.[1] ?? '';
  // The first cell of a row names its folders and files, each in backticks.
  const cells = Array.from(section.matchAll(/^\| (`.*?) \|/gm), ([, cell = '']) => cell);
  const listed = cells.flatMap((cell) => Array.from(cell.matchAll(/`([^`]+)`/g), ([, path = '']) => path));
  return [
    ...folders.filter((folder) => !listed.includes(folder)).map((folder) => `no row for ${folder}`),
    ...listed.filter((path) => !exists(path)).map((path) => `a row for ${path}, which is not there`),
  ];
}
