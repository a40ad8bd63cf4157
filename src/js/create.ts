import type { Instance } from '../../pkg/wasm_api_fetch.js';
import { type Options, takeDefaults } from '../options/options.js';
import { mergeHooks } from '../options/pipeline.js';
import { SessionSettings } from '../options/session.js';
import type { Listeners } from '../session/listeners.js';
import { Call } from '../web/call.js';
import { LATER } from '../web/later.js';
import { currentBase, Origins } from '../web/origin.js';
import { ask, guard } from './ask.js';
import { engine } from './boot.js';
import { LISTENERS, NUMBER, wrapSession } from './session.js';
import type { ApiFetch, CreateOptions, GlobalOptions, Session, SessionOptions } from './types.js';

/** What a {@link Call} settles its promise with. */
const DATA = 0;
const RAW = 1;
const FETCH = 2;

/**
 * Makes an instance.
 *
 * @typeParam X fields of the tokens beside the usual ones
 * @param defaults options of its requests, its `session`, and a `fetch` of its own
 * @throws TypeError when an option is wrong; its message names the option.
 */
export function createApiFetch<X = unknown>(
  defaults: CreateOptions<X> & { session: SessionOptions<X> },
): ApiFetch<X> & { readonly session: Session<X> };
export function createApiFetch<X = unknown>(defaults?: CreateOptions<X>): ApiFetch<X>;
export function createApiFetch(defaults: CreateOptions = {}): ApiFetch {
  if (typeof defaults !== 'object') throw new TypeError('createApiFetch: the defaults must be an object');
  // As they are now: children build on them.
  return make({ ...defaults });
}

/** An instance without a session, in the manner of ofetch's own maker. */
export const createFetch = ({ defaults, fetch }: GlobalOptions = {}): ApiFetch =>
  createApiFetch({ ...defaults, ...(fetch && { fetch }) });

/** What a child takes over where it names no session of its own. */
interface Parent {
  readonly instance: Instance;
  readonly options: Options;
}

function make(defaults: CreateOptions, parent?: Parent): ApiFetch {
  const { Instance } = engine();
  const options = takeDefaults(defaults);
  const { session, baseURL } = options;
  if (parent && session === undefined) {
    options.origins = parent.options.origins?.and(baseURL);
    options.settings = parent.options.settings;
    return wrap(parent.instance.child(), defaults, options);
  }
  if (session === undefined || session === false) return wrap(new Instance(undefined), defaults, options);

  // A refresh function's requests go by the same instance, without the session.
  const bareApi = () => createApiFetch({ ...defaults, session: false });
  const settings = new SessionSettings(session, options, bareApi);
  options.origins = new Origins(settings.origins).and(baseURL);
  options.settings = settings;
  const instance = new Instance(settings);
  const listeners = instance.value(LISTENERS) as Listeners | undefined;
  if (!listeners) {
    throw new TypeError(
      `session.key: the tokens under "${settings.key}" are refreshed at another origin; give this instance a key of its own`,
    );
  }
  if (!listeners.agreesOn(settings.isTokenless)) {
    instance.leave(false);
    throw new TypeError(
      `session.key: "${settings.key}" is shared by tokens and by cookies (attach: 'none'); give this instance a key of its own`,
    );
  }
  listeners.join(instance.figure(NUMBER), settings);
  return wrap(instance, defaults, options);
}

/** The platform's, looked up when called. */
export const native = (input: RequestInfo | URL, init?: RequestInit) => globalThis.fetch(input, init);

/** Puts the callable around an instance of the engine. */
function wrap(instance: Instance, defaults: CreateOptions, options: Options): ApiFetch {
  options.listeners = instance.value(LISTENERS);
  const start = (call: Call, take: () => void, asker?: number) =>
    ask(call, take, () => instance.start(call, call.facts, asker));
  const request = (shape: number) => (input: unknown, given?: unknown) => {
    const call = new Call(shape);
    return start(call, () => call.take(input, given, options));
  };
  const fetch = (...given: unknown[]) => {
    const call = new Call(FETCH);
    return start(call, () => {
      if (given.length === 0) throw new TypeError('fetch: there must be a URL or a Request');
      call.takeFetch(given[0], given[1], options);
    });
  };
  const later = () => {
    const asker = guard(() => instance.asker());
    const base = currentBase();
    return (input: unknown, init?: unknown) => {
      const call = new Call(FETCH);
      return start(call, () => call.takeFetch(input, init, options, base), asker);
    };
  };
  options.ownFetch = fetch;
  const api = Object.assign(request(DATA), {
    raw: request(RAW),
    fetch,
    native,
    create(own: CreateOptions = {}, custom: GlobalOptions = {}) {
      const { session: _, ...inherited } = defaults;
      const entries = Object.entries({
        ...custom.defaults,
        ...own,
        fetch: custom.fetch ?? own.fetch ?? custom.defaults?.fetch,
      });
      const given = Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
      const all = { ...inherited, ...given, ...mergeHooks(inherited, given) };
      return make(all, { instance, options });
    },
    session:
      options.listeners && options.settings
        ? wrapSession(instance, options.settings, options.listeners)
        : null,
  });
  return Object.defineProperty(api, LATER, { value: later }) as unknown as ApiFetch;
}
