/** Command line tools from crates.io, each once in the cache, in a folder that carries its version. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOnce } from './cache.js';
import { step } from './log.js';
import {
  CARGO_MUTANTS_VERSION,
  GECKODRIVER_VERSION,
  WASM_BINDGEN_VERSION,
  WASM_PACK_VERSION,
} from './manifest.js';
import { CACHE } from './paths.js';
import { run, withPath } from './run.js';

/**
 * @import { Env } from './run.js'
 * @typedef {{ name: string, version: string, flags: string[] }} Tool
 */

/** @type {Tool[]} */
const TOOLS = [
  { name: 'wasm-pack', version: WASM_PACK_VERSION, flags: ['--locked'] },
  // This one does not install with the lock file that it is published with.
  { name: 'wasm-bindgen-cli', version: WASM_BINDGEN_VERSION, flags: [] },
];

/** It only passes messages on: unoptimised it compiles in less than half the time. @type {Tool} */
export const GECKODRIVER = {
  name: 'geckodriver',
  version: GECKODRIVER_VERSION,
  flags: ['--locked', '--debug'],
};

/** @type {Tool} */
export const CARGO_MUTANTS = { name: 'cargo-mutants', version: CARGO_MUTANTS_VERSION, flags: ['--locked'] };

/**
 * @param {Env} env
 * @returns {Promise<Env>}
 */
export async function bringTools(env) {
  let reached = env;
  for (const tool of TOOLS) reached = withPath(reached, await bringTool(tool, env));
  return reached;
}

/**
 * @param {Tool} tool
 * @param {Env} env
 * @returns {Promise<string>} the folder that holds the program
 */
export async function bringTool({ name, version, flags }, env) {
  const folder = join(CACHE, 'tools', `${name}-${version}`);
  await makeOnce(folder, (draft) =>
    step(`${name} ${version}, compiled once`, async () => {
      const args = ['install', ...flags, '--version', version, '--root', draft, '--no-track', name];
      await run('cargo', args, {
        env: { ...env, CARGO_TARGET_DIR: join(draft, 'target') },
        failure: `${name} ${version} is missing, and could not be compiled from crates.io`,
      });
      await rm(join(draft, 'target'), { recursive: true });
    }),
  );
  return join(folder, 'bin');
}
