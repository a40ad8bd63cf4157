/** MIGRATION.md says what the tests know. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inProject } from '../../../scripts/lib/paths.js';
import { blocks } from './migration.js';

const BLOCK = /<!-- (\w+) -->\n\n(.*?)\n\n<!-- \/\1 -->/gs;

test('MIGRATION.md lists each known difference and each fault of ofetch, in the words of the tests', async () => {
  const page = await readFile(inProject('MIGRATION.md'), 'utf8');
  const shown = Object.fromEntries([...page.matchAll(BLOCK)].map(([, name, text]) => [name, text]));
  assert.deepEqual(shown, blocks);
});

test('the README leads to MIGRATION.md', async () => {
  assert.match(await readFile(inProject('README.md'), 'utf8'), /\]\(MIGRATION\.md\)/);
});
