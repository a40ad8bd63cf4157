/**
 * The engine and the policies are broken by cargo-mutants, which finds the places itself: each operator, each guard and arm of a
 * match, each function's whole body. The quick tests of cargo's have to see it.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem, say, step } from './log.js';
import { attempt, withPath } from './run.js';
import { SCRATCH } from './scratch.js';
import { bringTool, CARGO_MUTANTS } from './tools.js';

/**
 * @import { Env } from './run.js'
 * @typedef {{ files?: string[] | undefined, shard?: string | undefined }} Part patterns of files, and `k/n` for one part of n
 */

/** All of it takes about half an hour. */
const WHOLE = ['src/engine/**', 'src/policy/**'];

/** Its exit codes where it has tried out all that it wanted to: all were seen, some were not, or some have kept a test from its end. */
const ENDED = [0, 2, 3];

/** It puts this folder into the one that it is told. */
const REPORT = join(SCRATCH, 'target', 'mutants.out');

/**
 * Breaks the copy in place, so that what is compiled there serves the next run.
 *
 * @param {Part} part
 * @param {Env} env
 * @returns {Promise<{ passed: number, failed: number }>} those that were seen, and those that were not
 */
export async function runCargoMutants({ files = WHOLE, shard }, env) {
  const tools = withPath(env, await bringTool(CARGO_MUTANTS, env));
  const args = ['--in-place', '--config', join('tests', 'mutants', 'rust.toml'), '--output', join('target')];
  const part = [...files.flatMap((file) => ['--file', file]), ...(shard ? ['--shard', shard] : [])];
  const { code, output } = await step('cargo mutants', () =>
    attempt('cargo', ['mutants', ...args, ...part], { env: tools, cwd: SCRATCH }),
  );
  const caught = await linesOf('caught');
  const hung = await linesOf('timeout');
  const missed = await linesOf('missed');
  if (!ENDED.includes(code)) throw new Problem('cargo-mutants came to no end', output);
  for (const one of missed) say(`✗ not seen: ${one}`);
  return { passed: caught.length + hung.length, failed: missed.length };
}

/** @param {string} name */
async function linesOf(name) {
  const text = await readFile(join(REPORT, `${name}.txt`), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean);
}
