/** The check of circles of imports finds those that there are, and no others. */

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { inProject } from '../../scripts/lib/paths.js';
import { attempt } from '../../scripts/lib/run.js';
import { findRustCycles } from '../../scripts/lib/rust-cycles.js';

/** @param {Record<string, string>} files */
const cyclesOf = (files) => findRustCycles(new Map(Object.entries(files)));

/**
 * What biome finds by the configuration in a folder.
 *
 * @param {string} folder
 */
async function findScriptCycles(folder) {
  const env = { ...process.env, PATH: [inProject('node_modules', '.bin'), process.env.PATH].join(delimiter) };
  const { stdout } = await attempt('biome', ['lint', '--reporter=json', '.'], { env, cwd: folder });
  /** @type {{ diagnostics: { category: string, location: { path: string, start: Place, end: Place } }[] }} @typedef {{ line: number, column: number }} Place */
  const { diagnostics } = JSON.parse(stdout);
  const cycles = diagnostics.filter(({ category }) => category === 'lint/suspicious/noImportCycles');
  const edges = cycles.map(async ({ location: { path, start, end } }) => {
    const line = (await readFile(join(folder, path), 'utf8')).split('\n')[start.line - 1] ?? '';
    const name = line.slice(start.column - 1, end.column - 1).replace(/^['"]|['"]$/g, '');
    return `${path} → ${name}`;
  });
  return [...new Set(await Promise.all(edges))].sort();
}

test('Rust: two modules that name each other, by use and in the midst of the code', () => {
  const files = {
    'lib.rs': 'mod web; mod engine;',
    'web/mod.rs': 'pub mod call;',
    'web/call.rs': 'use crate::engine::{self as core, Id};',
    'engine.rs': 'pub type Id = u32; fn back() { crate::web::call::Call::new(); }',
  };
  assert.deepEqual(cyclesOf(files), ['crate::engine → crate::web', 'crate::web → crate::engine']);
  assert.deepEqual(cyclesOf({ ...files, 'engine.rs': 'pub type Id = u32;' }), []);
});

test('Rust: a circle of three, in which a fourth that only looks on has no part', () => {
  const files = {
    'a.rs': 'use crate::{b::{c::D, E}, x};',
    'b/mod.rs': 'use super::c::F;',
    'c.rs': 'use crate::a;',
    'd.rs': 'use crate::a;',
  };
  assert.deepEqual(cyclesOf(files), ['crate::a → crate::b', 'crate::b → crate::c', 'crate::c → crate::a']);
});

test('Rust: siblings that take each other from their parent', () => {
  const files = {
    'engine/mod.rs': 'mod event; mod state; pub use event::{Event, Goal as Aim}; pub use state::Call;',
    'engine/event.rs': 'use super::state::Call;',
    'engine/state.rs': 'use super::Aim;',
  };
  assert.deepEqual(cyclesOf(files), [
    'crate::engine::event → crate::engine::state',
    'crate::engine::state → crate::engine::event',
  ]);
});

test('Rust: a child may name its parent; comments, texts and tests name nobody', () => {
  const files = {
    'a/mod.rs': 'mod b; use b::C; pub struct D;',
    'a/b.rs': 'use super::D; pub struct C;',
    'x.rs': '// use crate::y;\nconst Y: &str = "crate::y";\n#[cfg(test)]\nmod tests { use crate::y; }',
    'y.rs': 'use crate::x;',
  };
  assert.deepEqual(cyclesOf(files), []);
});

test('JavaScript and TypeScript: a circle, types included', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-api-fetch-'));
  t.after(() => rm(folder, { recursive: true }));
  const find = () => findScriptCycles(folder);
  await cp(inProject('biome.json'), join(folder, 'biome.json'));
  await writeFile(join(folder, '.gitignore'), '/none\n');
  await writeFile(join(folder, 'one.ts'), "import type { Two } from './two.js';\nexport type One = Two;\n");
  await writeFile(join(folder, 'two.ts'), 'export type Two = 2;\n');
  await writeFile(
    join(folder, 'ear.js'),
    "import { tell } from './tell.js';\nexport const hear = () => tell;\n",
  );
  await writeFile(join(folder, 'tell.js'), 'export const tell = 1;\n');
  assert.deepEqual(await find(), []);

  await writeFile(join(folder, 'two.ts'), "import type { One } from './one.js';\nexport type Two = One;\n");
  await writeFile(join(folder, 'tell.js'), "export { hear as tell } from './ear.js';\n");
  assert.deepEqual(await find(), [
    'ear.js → ./tell.js',
    'one.ts → ./two.js',
    'tell.js → ./ear.js',
    'two.ts → ./one.js',
  ]);
});
