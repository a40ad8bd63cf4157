import type { Instance } from '../../pkg/wasm_api_fetch.js';
import { type Options, takeDefaults } from '../options/options.js';
import { Call } from '../web/call.js';
import { ask } from './ask.js';
import { engine } from './boot.js';
import { wrapSession } from './session.js';
import type { ApiFetch, CreateOptions, Session, SessionOptions } from './types.js';

/** What a {@link Call} settles its promise with. */
const DATA = 0;
const RAW = 1;
const FETCH = 2;

/**
 * Makes an instance.
 *
 * @param defaults options of its requests, its `session`, and a `fetch` of its own
 * @throws TypeError when an option is wrong; its message names the option.
 */
export function createApiFetch(
  defaults: CreateOptions & { session: SessionOptions },
): ApiFetch & { readonly session: Session };
export function createApiFetch(defaults?: CreateOptions): ApiFetch;
export function createApiFetch(defaults: CreateOptions = {}): ApiFetch {
  const { Instance } = engine();
  // As they are now: children build on them.
  const own = { ...defaults };
  const options = takeDefaults(own);
  return wrap(new Instance(options, bareApi(own)), own, options);
}

/** What a refresh function is given for requests of its own: the same instance without the session. */
const bareApi = (defaults: CreateOptions) => () => createApiFetch({ ...defaults, session: false });

/** Puts the callable around an instance of the engine. */
function wrap(instance: Instance, defaults: CreateOptions, options: Options): ApiFetch {
  const start = (call: Call, take: () => void) => ask(call, take, () => instance.start(call));
  const request = (shape: number) => (input: unknown, given?: unknown) => {
    const call = new Call(shape);
    return start(call, () => call.take(input, given, options));
  };
  const session = instance.session();
  return Object.assign(request(DATA), {
    raw: request(RAW),
    fetch(input: unknown, init?: unknown) {
      const call = new Call(FETCH);
      return start(call, () => call.takeFetch(input, init, options));
    },
    native: (input: RequestInfo | URL, init?: RequestInit) => globalThis.fetch(input, init),
    create(own: CreateOptions = {}, custom: { fetch?: typeof fetch | undefined } = {}) {
      const { session: _, ...inherited } = defaults;
      const all = { ...inherited, ...own, ...(custom.fetch && { fetch: custom.fetch }) };
      const taken = takeDefaults(all);
      return wrap(instance.child(taken, bareApi(all)), all, taken);
    },
    session: session ? wrapSession(session) : null,
  }) as ApiFetch;
}
