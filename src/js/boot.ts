import { key, text } from '../../pkg/engine.js';
import { Instance, initSync } from '../../pkg/wasm_api_fetch.js';
import { decode } from './decode.js';

// Named one by one: what is not named here is left out of the package.
const exports = { Instance };

let started = false;

/**
 * The engine, started at its first use and then at once: importing the package costs nothing, and nobody has to wait for it
 * or to initialise it.
 */
export function engine(): typeof exports {
  if (!started) {
    initSync({ module: decode(text, key) });
    started = true;
  }
  return exports;
}
