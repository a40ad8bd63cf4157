// Types of an instance.

import type {
  FetchOptions,
  FetchRequest,
  FetchResponse,
  MappedResponse,
  Parsed,
  ResponseType,
} from './request.js';
import type { Session, SessionOptions } from './session.js';

/** What ofetch's `createFetch` and the second argument of its `create` take. */
export interface GlobalOptions {
  defaults?: Omit<CreateOptions, 'session'> | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}

/** Answers that say in their body whether they are a success: `{ errcode, errmsg, data }`. */
export interface EnvelopeOptions {
  /** Where the code stands, as a dotted path. A body without it passes as it is. */
  code: string;
  /** Which codes are a success; compared as strings. Default `[0]`. Any other rejects with a `FetchError` that has `code`. */
  ok?: readonly (string | number | boolean)[] | undefined;
  /** Where the error's message stands. */
  message?: string | undefined;
  /** Where what the call resolves to stands. Default: the whole body. */
  data?: string | undefined;
}

/** Defaults of an instance: options of its requests, and what only an instance has. */
export interface CreateOptions<X = unknown> extends Omit<FetchOptions, 'session'> {
  /** How answers are wrapped. Not for `api.fetch`, whose bodies stay unread. The replies of a refresh URL are read by it too. */
  envelope?: EnvelopeOptions | undefined;
  /** The session of this instance and its children; `false` for none. */
  session?: SessionOptions<X> | false | undefined;
  /** Used instead of `globalThis.fetch`, for requests and refreshes. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** An instance. */
export interface ApiFetch<X = unknown> {
  /**
   * Resolves to the parsed body.
   *
   * @throws FetchError for answers of 400–599, network failures, aborts and unreadable bodies.
   * @throws AuthError when the session failed: `code` says how.
   */
  <T = Parsed, R extends ResponseType = 'json'>(
    request: FetchRequest,
    options?: FetchOptions<R, T>,
  ): Promise<MappedResponse<R, T>>;
  /** Resolves to the `Response`, with the parsed body as `_data`. */
  raw<T = Parsed, R extends ResponseType = 'json'>(
    request: FetchRequest,
    options?: FetchOptions<R, T>,
  ): Promise<FetchResponse<MappedResponse<R, T>>>;
  /**
   * `fetch` with the session: every status resolves, the body is unread, aborts reject with the caller's reason. Where the
   * session fails it resolves to the request's own 401, or rejects with an `AuthError` where there is none.
   */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  /** The platform's `fetch`, looked up when called. */
  native: typeof globalThis.fetch;
  /** A child: these defaults over its parent's, and its parent's session, unless `session` is given. */
  create(defaults?: CreateOptions, custom?: GlobalOptions): ApiFetch<X>;
  /** The session; `null` where none is configured. */
  readonly session: Session<X> | null;
}

/** The instance that the package exports ready to use. */
export interface ReadyApiFetch extends ApiFetch {
  /**
   * Gives it its defaults, once.
   *
   * @throws Error the second time, and on a server, where users would share it; TypeError when an option is wrong.
   */
  configure(defaults: CreateOptions): void;
}
