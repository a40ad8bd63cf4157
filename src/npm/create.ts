import type { ApiFetch as Engine } from '../../pkg/wasm_api_fetch.js';
import { SHAPE_DATA, SHAPE_FETCH, SHAPE_RAW } from '../boundary.js';
import { LiveInstance } from '../driver/instance.js';
import { SessionResources } from '../driver/resources.js';
import { mergeHooks } from '../options/extras.js';
import { type Options, takeDefaults } from '../options/options.js';
import { SessionSettings } from '../options/session.js';
import { currentBase, Origins } from '../platform/origin.js';
import { takeCall, takeFetch } from '../request/input.js';
import { RequestRecord } from '../request/record.js';
import { boot } from './boot.js';
import { LATER } from './later.js';
import { wrapSession } from './session.js';
import type { ApiFetch, CreateOptions, GlobalOptions, Session, SessionOptions } from './types.js';

/**
 * Makes an instance.
 *
 * @typeParam X fields of the tokens beside the usual ones
 * @param defaults options of its requests, its `session`, and a `fetch` of its own
 * @throws TypeError if an option is wrong; its message names the option
 */
export function createApiFetch<X = unknown>(
  defaults: CreateOptions<X> & { session: SessionOptions<X> },
): ApiFetch<X> & { readonly session: Session<X> };
export function createApiFetch<X = unknown>(defaults?: CreateOptions<X>): ApiFetch<X>;
export function createApiFetch(defaults: CreateOptions = {}): ApiFetch {
  if (typeof defaults !== 'object') throw new TypeError('createApiFetch: the defaults must be an object');
  // A copy, as children use it later.
  return make({ ...defaults });
}

/** An instance without a session. It takes the same arguments as ofetch's `createFetch`. */
export const createFetch = ({ defaults, fetch }: GlobalOptions = {}): ApiFetch =>
  createApiFetch({ ...defaults, ...(fetch && { fetch }) });

/** What a child without a session option of its own takes from its parent. */
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

  // For requests of a refresh function: the same options, without the session.
  const bareApi = () => createApiFetch({ ...defaults, session: false });
  const settings = new SessionSettings(session, options, bareApi);
  settings.resources = new SessionResources(settings);
  options.origins = new Origins(settings.origins).and(baseURL);
  options.settings = settings;
  const instance = new LiveInstance(settings);
  const resources = instance.use((it) => it.resources()) as SessionResources | undefined;
  if (!resources) {
    throw new TypeError(
      `session.key: the tokens under "${settings.key}" are refreshed at another origin; give this instance a key of its own`,
    );
  }
  settings.resources = resources;
  if (!resources.listeners.agreesOn(settings.isTokenless)) {
    instance.dispose();
    throw new TypeError(
      `session.key: "${settings.key}" is shared by tokens and by cookies (attach: 'none'); give this instance a key of its own`,
    );
  }
  resources.listeners.join(instance.number, settings);
  return wrap(instance, defaults, options);
}

/** The platform's `fetch`, looked up at each call. */
export const native = (input: RequestInfo | URL, init?: RequestInit) => globalThis.fetch(input, init);

const startNow = (it: Engine, record: RequestRecord) => it.start(record, record.facts);

/** Makes the callable around an instance. */
function wrap(instance: LiveInstance, defaults: CreateOptions, options: Options): ApiFetch {
  const resources = options.settings?.resources;
  resources?.add(instance);
  options.listeners = resources?.listeners;
  const call = (shape: number, take: (record: RequestRecord) => void, start = startNow) => {
    const record = new RequestRecord(shape);
    try {
      take(record);
    } catch (error) {
      record.reject(error);
      return record.promise;
    }
    return instance.ask(record, (it) => start(it, record));
  };
  const request = (shape: number) => (input: unknown, given?: unknown) =>
    call(shape, (record) => takeCall(record, input, given, options));
  const fetch = (...given: unknown[]) =>
    call(SHAPE_FETCH, (record) => {
      if (given.length === 0) throw new TypeError('fetch: there must be a URL or a Request');
      takeFetch(record, given[0], given[1], options);
    });
  const later = () => {
    const asker = instance.use((it) => it.asker());
    const base = currentBase();
    return (input: unknown, init?: unknown, isBare?: boolean) =>
      call(
        SHAPE_FETCH,
        (record) => takeFetch(record, input, init, options, base),
        (it, record) =>
          isBare || asker === undefined
            ? it.startWithoutSession(record, record.facts)
            : it.start(record, record.facts, asker),
      );
  };
  options.instanceFetch = fetch;
  const api = Object.assign(request(SHAPE_DATA), {
    raw: request(SHAPE_RAW),
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
