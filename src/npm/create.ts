import { LiveInstance } from '../driver/instance.js';
import type { SessionResources } from '../driver/resources.js';
import { type Options, takeDefaults } from '../options/options.js';
import { mergeHooks } from '../options/pipeline.js';
import { SessionSettings } from '../options/session.js';
import { currentBase, Origins } from '../platform/origin.js';
import { Call } from '../request/call.js';
import { boot } from './boot.js';
import { LATER } from './later.js';
import { LASTING, wrapSession } from './session.js';
import type { ApiFetch, CreateOptions, GlobalOptions, Session, SessionOptions } from './types.js';

/** What a {@link Call} settles its promise with. */
const DATA = 0;
const RAW = 1;
const FETCH = 2;
/** In the place of whose a call is: the session has no part in it. */
const NOBODYS = Number.NaN;

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
  readonly instance: LiveInstance;
  readonly options: Options;
}

function make(defaults: CreateOptions, parent?: Parent): ApiFetch {
  boot();
  const options = takeDefaults(defaults);
  const { session, baseURL } = options;
  if (parent && session === undefined) {
    options.origins = parent.options.origins?.and(baseURL);
    options.settings = parent.options.settings;
    return wrap(parent.instance.child(), defaults, options);
  }
  if (session === undefined || session === false) return wrap(new LiveInstance(), defaults, options);

  // A refresh function's requests go by the same instance, without the session.
  const bareApi = () => createApiFetch({ ...defaults, session: false });
  const settings = new SessionSettings(session, options, bareApi);
  options.origins = new Origins(settings.origins).and(baseURL);
  options.settings = settings;
  const instance = new LiveInstance(settings);
  const lasting = instance.value(LASTING) as SessionResources | undefined;
  if (!lasting) {
    throw new TypeError(
      `session.key: the tokens under "${settings.key}" are refreshed at another origin; give this instance a key of its own`,
    );
  }
  settings.lasting = lasting;
  if (!lasting.listeners.agreesOn(settings.isTokenless)) {
    instance.dispose();
    throw new TypeError(
      `session.key: "${settings.key}" is shared by tokens and by cookies (attach: 'none'); give this instance a key of its own`,
    );
  }
  lasting.listeners.join(instance.number, settings);
  return wrap(instance, defaults, options);
}

/** The platform's, looked up when called. */
export const native = (input: RequestInfo | URL, init?: RequestInit) => globalThis.fetch(input, init);

/** Puts the callable around an instance of the engine. */
function wrap(instance: LiveInstance, defaults: CreateOptions, options: Options): ApiFetch {
  const lasting = options.settings?.lasting;
  lasting?.add(instance);
  options.listeners = lasting?.listeners;
  const start = (call: Call, take: () => void, asker?: number) => {
    try {
      take();
    } catch (error) {
      call.reject(error);
      return call.promise;
    }
    return instance.ask(call, (it) => it.start(call, call.facts, asker));
  };
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
    const asker = instance.use((it) => it.asker());
    const base = currentBase();
    return (input: unknown, init?: unknown, isBare?: boolean) => {
      const call = new Call(FETCH);
      return start(call, () => call.takeFetch(input, init, options, base), isBare ? NOBODYS : asker);
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
    session: options.settings ? wrapSession(instance, options.settings) : null,
  });
  return Object.defineProperty(api, LATER, { value: later }) as unknown as ApiFetch;
}
