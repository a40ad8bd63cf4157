import { Instance, initSync, wake } from '../../pkg/wasm_api_fetch.js';
import { keepLayout } from '../web/call.js';
import { type Bond, install, share } from '../web/task.js';
import { decode } from './decode.js';

/**
 * The WebAssembly module, and the build that it is of. The build puts these before the code, on a line of their own: an error's
 * source line, which Node prints, is then code.
 */
declare const ENGINE_TEXT: string;
declare const ENGINE_KEY: string;
declare const ENGINE_BUILD: string;

/** The engine of a page. */
interface Engine {
  // Named one by one: what is not named here is left out of the package.
  readonly exports: { readonly Instance: typeof Instance };
  readonly bond: Bond;
  /** Held from the start on. */
  readonly layout: unknown;
}

let engineOfPage: Engine | undefined;

/**
 * The engine, started at its first use and then at once: importing the package costs nothing, and nobody has to wait for it
 * or to initialise it. Where a page has loaded the package twice, by two bundles for one, both use the engine of the first.
 */
export function engine(): Engine['exports'] {
  if (!engineOfPage) {
    const place = Symbol.for(`wasm-api-fetch/${ENGINE_BUILD}`);
    const page = globalThis as unknown as Record<symbol, Engine | undefined>;
    page[place] ??= start();
    engineOfPage = page[place];
    share(engineOfPage.bond);
  }
  return engineOfPage.exports;
}

function start(): Engine {
  initSync({ module: decode(ENGINE_TEXT, ENGINE_KEY) });
  return { exports: { Instance }, bond: install(wake), layout: keepLayout() };
}
