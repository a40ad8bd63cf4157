/** Pages that list what the tests know, in the tests’ words. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inProject } from '../../scripts/lib/paths.js';

const WIDTH = 120;
const BLOCK = /<!-- (\w+) -->\n\n(.*?)\n\n<!-- \/\1 -->/gs;

/** @param {string} text one entry of a list, in lines as long as those of the other pages */
function entry(text) {
  const lines = [''];
  for (const word of `- ${text}`.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + 1 + word.length > WIDTH) lines.push(`  ${word}`);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.join('\n');
}

/** @param {{ what: string, reason: string }[]} entries */
export const list = (entries) =>
  entries.map(({ what, reason }) => entry(`**${what}.** ${reason}`)).join('\n');

/**
 * The tests that a page has each of these lists, and that the README leads there.
 *
 * @param {string} page
 * @param {Record<string, string>} lists by the names of the blocks that hold them
 */
export function listed(page, lists) {
  test(`${page} lists ${Object.keys(lists).join(' and ')}, in the words of the tests`, async () => {
    const text = await readFile(inProject(page), 'utf8');
    const blocks = [...text.matchAll(BLOCK)].map(([, name = '', block]) => [name, block]);
    const shown = Object.fromEntries(blocks.filter(([name = '']) => name in lists));
    assert.deepEqual(shown, lists);
  });

  test(`the README leads to ${page}`, async () => {
    assert.ok((await readFile(inProject('README.md'), 'utf8')).includes(`](${page})`));
  });
}
