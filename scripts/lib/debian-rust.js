/**
 * Debian's own Rust, where rustup is absent, too old, or has no download of the wasm32 target.
 *
 * Debian has no ready-made standard library for wasm32, but its source: the library is built once into a sysroot in the
 * cache, and `rustc` is called through a shim that names this sysroot. Nothing is written into the system's own folders.
 */

import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aptInstall } from './apt.js';
import { makeOnce } from './cache.js';
import { step } from './log.js';
import { RUST_VERSION, WASM_TARGET } from './manifest.js';
import { CACHE } from './paths.js';
import { isExecutable, run, withPath } from './run.js';

/** @import { Env } from './run.js' */

const BIN = '/usr/bin';
const LINKER = '/usr/lib/llvm-22/bin/lld';
const LIBRARY_SOURCE = '/usr/lib/rustlib/src/rust/library/Cargo.toml';
const PACKAGES = ['rustc-web', 'cargo-web', 'rust-web-src', 'rustfmt-web', 'rust-web-clippy', 'lld-22'];
const COMMANDS = ['cargo', 'cargo-clippy', 'cargo-fmt', 'clippy-driver', 'rustdoc', 'rustfmt'];

/**
 * @param {Env} env
 * @returns {Promise<Env>}
 */
export async function debianRust(env) {
  const needed = [LINKER, ...COMMANDS.map((name) => join(BIN, name))];
  if (!needed.every(isExecutable) || !existsSync(LIBRARY_SOURCE)) {
    await aptInstall(
      PACKAGES,
      env,
      `Rust ${RUST_VERSION} or newer, with the target ${WASM_TARGET}, is missing`,
    );
  }
  const version = (await run(join(BIN, 'rustc'), ['--version'], { env })).split(' ')[1];
  const sysroot = join(CACHE, `debian-sysroot-${version}`);
  await makeOnce(sysroot, (draft) =>
    step(`Rust standard library for ${WASM_TARGET}`, () => buildSysroot(draft, env)),
  );
  // Clippy does not ask the shim, but the environment.
  return { ...withPath(env, join(sysroot, 'bin')), SYSROOT: sysroot };
}

/**
 * @param {string} sysroot
 * @param {Env} env
 */
async function buildSysroot(sysroot, env) {
  const host = (await run(join(BIN, 'rustc'), ['--print', 'host-tuple'], { env })).trim();
  const inSysroot = (/** @type {string[]} */ ...parts) => join(sysroot, 'lib', 'rustlib', ...parts);
  await mkdir(inSysroot(host, 'bin'), { recursive: true });
  await symlink(LINKER, inSysroot(host, 'bin', 'rust-lld'));
  await symlink(`/usr/lib/rustlib/${host}/lib`, inSysroot(host, 'lib'));

  await symlink('/usr/lib/rustlib/src', inSysroot('src'));

  const library = inSysroot(WASM_TARGET, 'lib');
  await mkdir(library, { recursive: true });
  const built = await buildLibrary(join(sysroot, 'build'), env);
  const files = (await readdir(built)).filter(
    (name) => name.endsWith('.rlib') && !name.startsWith('libempty'),
  );
  for (const name of files) await copyFile(join(built, name), join(library, name));
  await rm(join(sysroot, 'build'), { recursive: true });

  const bin = join(sysroot, 'bin');
  await mkdir(bin);
  for (const name of COMMANDS) await symlink(join(BIN, name), join(bin, name));
  await writeFile(join(bin, 'rustc'), `#!/bin/sh\nexec ${BIN}/rustc --sysroot "\${0%/*}/.." "$@"\n`, {
    mode: 0o755,
  });
}

/**
 * @param {string} crate an empty crate is made here, for the sake of the library that it needs
 * @param {Env} env
 * @returns {Promise<string>} the folder that holds the compiled library
 */
async function buildLibrary(crate, env) {
  await mkdir(join(crate, 'src'), { recursive: true });
  await writeFile(join(crate, 'Cargo.toml'), '[package]\nname = "empty"\nedition = "2024"\n');
  await writeFile(join(crate, 'src', 'lib.rs'), '');
  const target = join(crate, 'target');
  const args = ['build', '--release', '-Zbuild-std=std,panic_abort,test', '--target', WASM_TARGET];
  await run(join(BIN, 'cargo'), args, {
    cwd: crate,
    env: {
      ...env,
      CARGO_TARGET_DIR: target,
      RUSTC: join(BIN, 'rustc'),
      // A stable compiler builds its own library with what is otherwise unstable.
      RUSTC_BOOTSTRAP: '1',
      // Optimising across crates at link time takes bitcode, which cargo leaves out.
      RUSTFLAGS: '-Cembed-bitcode=yes',
    },
  });
  return join(target, WASM_TARGET, 'release', 'deps');
}
