import type { ApiFetch } from '../../pkg/wasm_api_fetch.js';

/** An engine that was started. */
export interface Engine {
  readonly ApiFetch: typeof ApiFetch;
}

/** What all copies of this package on one page share. */
export interface Bond {
  readonly engine: Engine;
}

/** Starts the engine, and gives the bond to whoever is to share it. */
export function install(start: () => Engine): Bond;

/** Shares the bond of the copy that has started the engine. */
export function share(bond: Bond): void;
