/** Runs single tests of the copy by their names, and tells which of them passed and which failed. */

import { sep } from 'node:path';
import { Problem } from './log.js';
import { attempt } from './run.js';
import { SCRATCH } from './scratch.js';

/**
 * @import { Env } from './run.js'
 * @typedef {{ file: string, name: string }} NamedTest `file` from the project's root; `name` as it stands there
 * @typedef {{ passed: Set<string>, failed: Set<string>, output: string }} Verdicts by the names that were asked for
 */

/** A test that hangs has not seen anything: it fails as one that was given up. */
const PATIENCE_MS = 180_000;

/** @param {string} file */
export const isRust = (file) => file.endsWith('.rs');

/**
 * @param {string} file all of the tests are in it
 * @param {string[]} names
 * @param {Env} env
 * @returns {Promise<Verdicts>}
 */
export const runTests = (file, names, env) =>
  isRust(file) ? runRust(file, names, env) : runNode(file, names, env);

/**
 * Built first, and told apart from the test: what does not compile has not been seen by a test.
 *
 * @param {string} file
 * @param {string[]} names
 * @param {Env} env
 */
async function runRust(file, names, env) {
  const { target, module } = placeOf(file);
  const build = ['test', '--locked', '--no-run', '--message-format', 'json-render-diagnostics', ...target];
  const built = await attempt('cargo', build, { env, cwd: SCRATCH });
  const executable = /"executable":"([^"]+)"/.exec(built.stdout)?.[1];
  const words = built.output.replace(/^{"reason".*\n/gm, '');
  if (built.code !== 0 || !executable) throw new Problem(`${file} does not compile`, words);

  const byPath = new Map(names.map((name) => [[...module, name].join('::'), name]));
  const { output } = await attempt(executable, ['--exact', ...byPath.keys()], {
    env,
    cwd: SCRATCH,
    timeout: PATIENCE_MS,
  });
  return verdicts(output, /^test (\S+) \.\.\. (ok|FAILED)$/gm, (name) => byPath.get(name));
}

/**
 * `tests/engine/queue.rs` is the module `queue` of the target `engine`; `src/policy/url.rs` has its tests in a module of its own.
 *
 * @param {string} file
 */
function placeOf(file) {
  const [root = '', ...parts] = file.replace(/\.rs$/, '').split('/');
  if (root === 'src') return { target: ['--lib'], module: [...parts, 'tests'] };
  const [target = '', ...module] = parts;
  return { target: ['--test', target], module: module.filter((name) => name !== 'main') };
}

/**
 * @param {string} file
 * @param {string[]} names
 * @param {Env} env
 */
async function runNode(file, names, env) {
  const patterns = names.flatMap((name) => ['--test-name-pattern', `^${quote(name)}$`]);
  const options = ['--test-reporter', 'spec', '--test-timeout', String(PATIENCE_MS)];
  const { output } = await attempt('node', ['--test', ...options, ...patterns, file.replaceAll('/', sep)], {
    env,
    cwd: SCRATCH,
    timeout: 2 * PATIENCE_MS,
  });
  if (output.includes('failed running before hook')) throw new Problem(`${file} could not begin`, output);
  const isAsked = (/** @type {string} */ name) => (names.includes(name) ? name : undefined);
  return verdicts(output, /^[✔✖] (?<name>.*) \([\d.]+ms\)$/gmu, isAsked);
}

/** @param {string} text */
const quote = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/**
 * @param {string} output
 * @param {RegExp} line
 * @param {(name: string) => string | undefined} nameOf
 * @returns {Verdicts}
 */
function verdicts(output, line, nameOf) {
  /** @type {Verdicts} */
  const found = { passed: new Set(), failed: new Set(), output };
  for (const match of output.matchAll(line)) {
    const name = nameOf(match[1] ?? '');
    const isGood = match[0].startsWith('✔') || match[2] === 'ok';
    if (name) found[isGood ? 'passed' : 'failed'].add(name);
  }
  return found;
}
