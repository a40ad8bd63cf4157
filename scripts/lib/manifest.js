/** What the project's manifests say: each version is written down in one place. */

import { readFileSync } from 'node:fs';
import { inProject } from './paths.js';

const cargo = readFileSync(inProject('Cargo.toml'), 'utf8');
const npm = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));

/**
 * @param {RegExp} pattern
 * @returns {string}
 */
function fromCargo(pattern) {
  const found = pattern.exec(cargo)?.[1];
  if (!found) throw new Error(`Cargo.toml has nothing like ${pattern}`);
  return found;
}

/** The oldest Node that this is made for. */
export const NODE_VERSION = String(npm.engines.node).replace('>=', '');

/** The oldest Rust that compiles this crate. */
export const RUST_VERSION = fromCargo(/^rust-version = "([\d.]+)"/m);

/** The command line tool has to be of the very version of the crate. */
export const WASM_BINDGEN_VERSION = fromCargo(/^wasm-bindgen = "=([\d.]+)"/m);

export const WASM_PACK_VERSION = '0.15.1';

export const GECKODRIVER_VERSION = '0.37.1';

export const CARGO_MUTANTS_VERSION = '27.1.0';

export const WASM_TARGET = 'wasm32-unknown-unknown';
