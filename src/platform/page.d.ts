import type { ApiFetch } from '../../pkg/wasm_api_fetch.js';

/** An engine that was started. */
export interface Engine {
  readonly ApiFetch: typeof ApiFetch;
}

/** The state that all copies of this package on one page share. */
export interface SharedState {
  readonly engine: Engine;
}

/** Starts the engine, and returns the state for other copies to share. */
export function install(start: () => Engine): SharedState;

/** Uses the state of the copy that has started the engine. */
export function share(bond: SharedState): void;
