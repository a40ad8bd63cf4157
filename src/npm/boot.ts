import { ENGINE } from '../../pkg/engine-wasm.js';
import { instantiate } from '../../pkg/wasm_api_fetch.js';
import { install, type SharedState, share } from '../platform/page.js';
import { keepLayout } from '../request/record.js';
import { decode } from './decode.js';

/** What a page has once. */
interface Page {
  readonly shared: SharedState;
  /** Held from the start on. */
  readonly layout: unknown;
}

let page: Page | undefined;

/**
 * Starts the engine at its first use and then at once: importing the package costs nothing, and nobody has to wait for it or to
 * initialise it. Where a page has loaded the package twice, by two bundles for one, both use the engine of the first.
 */
export function boot(): void {
  if (page) return;
  const place = Symbol.for(`wasm-api-fetch/${ENGINE.build}`);
  const pages = globalThis as unknown as Record<symbol, Page | undefined>;
  pages[place] ??= start();
  page = pages[place];
  share(page.shared);
}

/** The module is compiled once: another instance of it starts in a fraction of a millisecond. */
function start(): Page {
  const module = new WebAssembly.Module(decode(ENGINE.text, ENGINE.key));
  return { shared: install(() => instantiate(module)), layout: keepLayout() };
}
