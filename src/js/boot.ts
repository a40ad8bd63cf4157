import { Instance, initSync, wake } from '../../pkg/wasm_api_fetch.js';
import { keepLayout } from '../web/call.js';
import { install } from '../web/task.js';
import { decode } from './decode.js';

/**
 * The WebAssembly module. The build puts both before the code, on a line of their own: an error's source line, which Node
 * prints, is then code.
 */
declare const ENGINE_TEXT: string;
declare const ENGINE_KEY: string;

// Named one by one: what is not named here is left out of the package.
const exports = { Instance };

/** Held from the start on. */
let layout: unknown;

/**
 * The engine, started at its first use and then at once: importing the package costs nothing, and nobody has to wait for it
 * or to initialise it.
 */
export function engine(): typeof exports {
  if (!layout) {
    initSync({ module: decode(ENGINE_TEXT, ENGINE_KEY) });
    install(wake);
    layout = keepLayout();
  }
  return exports;
}
