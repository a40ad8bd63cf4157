/** The module's way through text: what the build encodes, the package decodes. */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { encode } from '../../scripts/lib/wasm-text.js';

const source = fileURLToPath(new URL('../../src/npm/decode.ts', import.meta.url));
const { output } = await build({ input: source, write: false });
/** @type {{ decode: (text: string, key: string) => Uint8Array }} */
const { decode } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);

const everyValue = Uint8Array.from({ length: 256 }, (_, value) => value);
const skewed = Buffer.concat([
  everyValue,
  Buffer.alloc(500, 0),
  Buffer.alloc(300, 200),
  Buffer.from('__wbg_fetch'),
]);

for (const [name, bytes] of Object.entries({
  'nothing at all': new Uint8Array(),
  'every value once': everyValue,
  'some values much more often than others': skewed,
  'random bytes': randomBytes(10_000),
})) {
  test(`${name} come back as they were`, () => {
    const { key, text } = encode(bytes);
    assert.deepEqual(Buffer.from(decode(text, key)), Buffer.from(bytes));
  });

  test(`${name} are written in letters that nobody has to escape`, () => {
    const { key, text } = encode(bytes);
    assert.match(key + text, /^[!-~]*$/);
    assert.doesNotMatch(key + text, /["'`\\$<]/);
  });
}

test('names stay readable, so that they compress with those in the code beside them', () => {
  assert.match(encode(skewed).text, /__wbg_fetch$/);
});
