/** A Rust toolchain that compiles for the host and for wasm32. */

import { existsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { aptInstall } from './apt.js';
import { debianRust } from './debian-rust.js';
import { step } from './log.js';
import { RUST_VERSION, WASM_TARGET } from './manifest.js';
import { attempt, which, withPath } from './run.js';
import { isAtLeast } from './version.js';

/** @import { Env } from './run.js' */

/** Below a toolchain's folder. */
const LIBRARY_SOURCE = 'lib/rustlib/src/rust/library/Cargo.lock';

/**
 * @param {Env} env
 * @returns {Promise<Env>} with cargo, rustc and a C compiler on PATH, wasm32 among rustc's targets, and the library's source
 */
export async function bringRust(env) {
  if (!which('cc', env)) await aptInstall(['gcc', 'libc6-dev', 'make'], env, 'a C compiler is missing');

  const found = await findRust(env);
  if (!found) return debianRust(env);
  if (await isComplete(found)) return found;
  if (which('rustup', found)) {
    await step(`Rust target ${WASM_TARGET}, and the standard library's source`, async () => {
      await attempt('rustup', ['target', 'add', WASM_TARGET], { env: found });
      await attempt('rustup', ['component', 'add', 'rust-src'], { env: found });
    });
    if (await isComplete(found)) return found;
  }
  return debianRust(found);
}

/**
 * Cargo may lie outside PATH, and HOME may be another folder than the one in which rustup was installed.
 *
 * @param {Env} env
 * @returns {Env[]}
 */
function candidates(env) {
  const home = userInfo().homedir;
  const cargoHome = env.CARGO_HOME ?? join(homedir(), '.cargo');
  const atHome = {
    ...withPath(env, join(home, '.cargo', 'bin')),
    CARGO_HOME: env.CARGO_HOME ?? join(home, '.cargo'),
    RUSTUP_HOME: env.RUSTUP_HOME ?? join(home, '.rustup'),
  };
  return [env, withPath(env, join(cargoHome, 'bin')), ...(existsSync(join(home, '.cargo')) ? [atHome] : [])];
}

/** @param {Env} env */
async function findRust(env) {
  for (const candidate of candidates(env)) {
    if (!which('cargo', candidate) || !which('rustc', candidate)) continue;
    const { code, stdout } = await attempt('rustc', ['--version'], { env: candidate });
    if (code === 0 && isAtLeast(stdout.split(' ')[1] ?? '', RUST_VERSION)) return candidate;
  }
  return undefined;
}

/** @param {Env} env */
async function isComplete(env) {
  const { stdout } = await attempt('rustc', ['--print', 'sysroot'], { env });
  return existsSync(join(stdout.trim(), LIBRARY_SOURCE)) && (await compilesForWasm(env));
}

/**
 * Asks the compiler itself: a folder of the right name may hold the library of another version.
 *
 * @param {Env} env
 */
async function compilesForWasm(env) {
  const args = ['--target', WASM_TARGET, '--crate-type', 'lib', '--emit', 'dep-info=-', '-'];
  return (
    (await attempt('rustc', args, { env, input: 'pub fn probe() -> String { String::new() }' })).code === 0
  );
}
