/** What the README shows of files is what stands in them. */

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const project = new URL('../../', import.meta.url);
const BLOCK = /<!-- (\S+\.js) -->\n```js\n(.*?)```/gs;

test('the README shows each recipe as the file that the tests run', async () => {
  const readme = await readFile(new URL('README.md', project), 'utf8');
  const shown = new Map([...readme.matchAll(BLOCK)].map(([, file = '', code]) => [file, code]));
  const names = (await readdir(new URL('www/recipes', project))).filter((name) => name.endsWith('.js'));
  assert.deepEqual([...shown.keys()].sort(), names.map((name) => `www/recipes/${name}`).sort());
  for (const [file, code] of shown) assert.equal(code, await readFile(new URL(file, project), 'utf8'), file);
});
