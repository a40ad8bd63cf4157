import type { Instance } from '../../pkg/wasm_api_fetch.js';
import { answer } from './answer.js';
import { engine } from './boot.js';
import { wrapSession } from './session.js';
import type { ApiFetch, CreateOptions } from './types.js';

/**
 * Makes an instance.
 *
 * @param defaults options of its requests, its `session`, and a `fetch` of its own
 * @throws TypeError when an option is wrong; its message names the option.
 */
export const createApiFetch = (defaults: CreateOptions = {}): ApiFetch =>
  wrap(new (engine().Instance)(defaults, wrap));

/** Puts the callable around an instance of the engine. */
function wrap(instance: Instance): ApiFetch {
  const handle = instance.session;
  const members = {
    raw: (request: unknown, options?: unknown) => answer((caller) => instance.raw(request, options, caller)),
    fetch: (input: unknown, init?: unknown) => answer((caller) => instance.fetch(input, init, caller)),
    native: (input: RequestInfo | URL, init?: RequestInit) => globalThis.fetch(input, init),
    create: (defaults: CreateOptions, custom?: { fetch?: typeof fetch }) =>
      wrap(instance.create(defaults, custom?.fetch)),
    session: handle ? wrapSession(handle) : null,
  };
  const api = (request: unknown, options?: unknown) =>
    answer((caller) => instance.request(request, options, caller));
  return Object.assign(api, members) as ApiFetch;
}
