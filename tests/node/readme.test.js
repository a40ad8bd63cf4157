/** What the pages show of files is what stands in them. */

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const project = new URL('../../', import.meta.url);
const read = (/** @type {string} */ name) => readFile(new URL(name, project), 'utf8');
const BLOCK = /<!-- (\S+\.js) -->\n```js\n(.*?)```/gs;

const pages = {
  'README.md': ['www/recipes'],
  'CLIENTS.md': ['www/recipes/clients', 'www/recipes/clients/retrying'],
  'AXIOS.md': ['www/recipes/axios'],
};

for (const [page, folders] of Object.entries(pages)) {
  test(`${page} shows each file of ${folders.join(' and ')} as the tests run it`, async () => {
    const text = await read(page);
    const shown = new Map([...text.matchAll(BLOCK)].map(([, file = '', code]) => [file, code]));
    const files = [];
    for (const folder of folders) {
      const names = await readdir(new URL(folder, project));
      // The index is for the tests.
      const own = names.filter((name) => name.endsWith('.js') && name !== 'index.js');
      files.push(...own.map((name) => `${folder}/${name}`));
    }
    assert.deepEqual([...shown.keys()].sort(), files.sort());
    for (const [file, code] of shown) assert.equal(code, await read(file), file);
  });
}

test('the README leads to CLIENTS.md', async () =>
  assert.match(await read('README.md'), /\]\(CLIENTS\.md\)/));
