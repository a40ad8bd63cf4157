/** Command line tools from crates.io, each once in the cache, in a folder that carries its version. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOnce } from './cache.js';
import { step } from './log.js';
import { WASM_BINDGEN_VERSION, WASM_PACK_VERSION } from './manifest.js';
import { CACHE } from './paths.js';
import { run, withPath } from './run.js';

/** @import { Env } from './run.js' */

const TOOLS = [
  { name: 'wasm-pack', version: WASM_PACK_VERSION, flags: ['--locked'] },
  // This one does not install with the lock file that it is published with.
  { name: 'wasm-bindgen-cli', version: WASM_BINDGEN_VERSION, flags: [] },
];

/**
 * @param {Env} env
 * @returns {Promise<Env>}
 */
export async function bringTools(env) {
  let reached = env;
  for (const { name, version, flags } of TOOLS) {
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
    reached = withPath(reached, join(folder, 'bin'));
  }
  return reached;
}
