// The module of WebAssembly that decides in the facade: `exports.rs`.

// In base64: at its size that is no larger than letters and what reads them.
import { RULES } from '../../pkg/axios-wasm.js';
import { URL_SCAN_FOUND, URL_SCAN_NOT_FOUND, URL_SCAN_START, URL_UNIT_IS_END } from '../boundary.js';

let module;

/** What decides, started at its first use and then at once. Numbers go in, and a number comes out. */
export function rules() {
  if (!module) {
    const bytes = Uint8Array.from(atob(RULES.text), (letter) => letter.charCodeAt(0));
    module = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  }
  return module;
}

/** Feeds a URL to a machine, unit by unit, until it knows. */
export function isFound(machine, url) {
  let state = URL_SCAN_START;
  for (let at = 0; state !== URL_SCAN_FOUND && state !== URL_SCAN_NOT_FOUND; at++) {
    state = machine(state, at < url.length ? url.charCodeAt(at) : 1 << URL_UNIT_IS_END);
  }
  return state === URL_SCAN_FOUND;
}

/** A fact as the bit at its place. */
export const bit = (place, fact) => (fact ? 1 << place : 0);
