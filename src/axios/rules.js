// The module of WebAssembly that decides in the facade: `exports.rs`.

// In base64: at its size that is no larger than letters and what reads them.
import { RULES } from '../../pkg/axios-wasm.js';

let module;

/** What decides, started at its first use and then at once. Numbers go in, and a number comes out. */
export function rules() {
  if (!module) {
    const bytes = Uint8Array.from(atob(RULES.text), (letter) => letter.charCodeAt(0));
    module = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  }
  return module;
}

/** Where a machine that reads a text has come to its end. */
export const YES = 0x100;
/** What follows the last unit of a text. */
const END = -1;

/** Feeds a text to a machine, unit by unit, until it knows. */
export function reads(machine, text) {
  let state = 0;
  for (let at = 0; state < YES && at <= text.length; at++) {
    state = machine(state, at < text.length ? text.charCodeAt(at) : END);
  }
  return state === YES;
}

/** Facts as bits, the first one lowest. */
export const bits = (...facts) =>
  facts.reduce((sum, fact, place) => sum | (Number(Boolean(fact)) << place), 0);
