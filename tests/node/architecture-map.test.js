/** The check of the map in ARCHITECTURE.md finds what is missing on either side. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkMap, mapFaults } from '../../scripts/lib/architecture-map.js';

const MAP = `# Architecture

| \`src/elsewhere/\` | a table that is not the map |

## The map

| folder | what it does |
|---|---|
| \`src/engine/\` | decides, see \`src/never/\` |
| \`src/platform/executor.rs\`, \`src/driver/resume.rs\` | runs |

## After it

| \`src/after/\` | nor is this |
`;
const THERE = ['src/engine/', 'src/platform/executor.rs', 'src/driver/resume.rs'];
const exists = (/** @type {string} */ path) => THERE.includes(path);

test('a map of the folders that there are is right', () => {
  assert.deepEqual(mapFaults(MAP, ['src/engine/'], exists), []);
});

test('a folder without a row is a fault', () => {
  assert.deepEqual(mapFaults(MAP, ['src/engine/', 'src/after/'], exists), ['no row for src/after/']);
});

test('a row without its folder or file is a fault', () => {
  assert.deepEqual(mapFaults(MAP.replace('resume', 'resumed'), ['src/engine/'], exists), [
    'a row for src/driver/resumed.rs, which is not there',
  ]);
});

test('without a map each folder is a fault', () => {
  assert.deepEqual(mapFaults('# Architecture', ['src/engine/'], exists), ['no row for src/engine/']);
});

test('the map is that of this source', () => checkMap());
