// Types of an instance and of its options. Those of its session are among them: a refresh function is given an instance.

import type { ExpiredOptions, RefreshCall, RefreshReason, RefusedOptions } from './refresh.js';
import type {
  FetchOptions,
  FetchRequest,
  FetchResponse,
  MappedResponse,
  Parsed,
  Replay,
  RequestContext,
  ResponseType,
} from './request.js';
import type { Session, SignOut } from './session.js';
import type { Attach, TokenFields, TokenKeys, TokenReply, TokenStorage, TokensWith } from './tokens.js';

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

/** What a refresh function is given besides the tokens. */
export interface RefreshContext {
  /**
   * Aborts when the refresh is no longer wanted: its time is over, or the user signs out or in. What carries it is part of the
   * refresh; a `Request` that is made with it carries another one, and has to go by `api`.
   */
  readonly signal: AbortSignal;
  /** Why it runs. */
  readonly reason: RefreshReason;
  /** The same instance without the session, for the refresh's own requests: through the instance they would wait for themselves. */
  readonly api: ApiFetch;
}

/**
 * Refreshes by the app's own means. Resolves to the server's reply, or to `null` where the session is over. What it throws
 * ends the session when its `status`, `statusCode` or `response.status` is 401 or 403; else the next request tries again.
 */
export type RefreshFunction<X = unknown> = (
  tokens: TokensWith<X>,
  context: RefreshContext,
) => Promise<TokenReply | null> | TokenReply | null;

/** The session of an instance. */
export interface SessionOptions<X = unknown> {
  /** Where tokens are kept. Where storage is missing or denied, they stay in memory. Default `'local'`. */
  storage?: 'local' | 'session' | 'memory' | TokenStorage | undefined;
  /**
   * Under which key, as one JSON record. Another app's record there is read through `fields`, a plain string as the access token.
   * Instances with the same storage and key share one session. Default `'apifetch.tokens'`.
   */
  key?: string | TokenKeys | undefined;
  /** Where a token reply keeps each value. */
  fields?: TokenFields | undefined;
  /** How tokens go into a request. Default `'bearer'`. */
  attach?: Attach<X> | undefined;
  /**
   * Requests that carry no token and start no refresh: paths (as written or as joined, without query and trailing slash; `*` is
   * any run of characters), RegExps on the URL, or functions. The refresh call itself is always skipped.
   */
  skip?: readonly (string | RegExp | ((context: RequestContext) => boolean))[] | undefined;
  /** What says that a token is no longer good. */
  expired?: ExpiredOptions | undefined;
  /** What says that a refresh is refused for good: the session ends. */
  refused?: RefusedOptions | undefined;
  /**
   * Which rejected requests are sent again. Default: all after a status; GET, HEAD and OPTIONS after a code or `when`. A function
   * that throws has said no, and is reported.
   */
  replay?: Replay | undefined;
  /**
   * Whose session it is. Default: a JWT's `iss` and `sub`, and its tenant and actor where it names them (`org_id`, `organization`,
   * `tid`, `tenant`, `tenant_id`, `act.sub`): what two tokens both name has to be the same. Where that does not tell, each `set()` is
   * another user, and a refresh is none.
   */
  identity?: ((tokens: TokensWith<X>) => string | undefined) | undefined;
  /** The only origins that ever get a token. Default: the page's, and those of the base URLs. */
  origins?: readonly string[] | undefined;
  /** Seconds before its end from which a request first refreshes the token. Default 30; at most half of the lifetime. */
  refreshBefore?: number | undefined;
  /** How tokens are refreshed: a token endpoint, a function, or `false` for never. */
  refresh: string | URL | RefreshCall<X> | RefreshFunction<X> | false;
  /** Milliseconds that one refresh may take, its retries included. Default 10 000. */
  refreshTimeout?: number | undefined;
  /** How many more tries follow after 429 or 5xx. Default 2. */
  refreshRetry?: number | undefined;
  /**
   * Whether GET, HEAD and OPTIONS that were sent with a dead token after the rejected request are taken back and wait for
   * the refresh, instead of each collecting its own 401. Default `true`.
   */
  withdraw?: boolean | undefined;
  /** How many requests may wait (default 10 000), and how many milliseconds (default 30 000). */
  queue?: { limit?: number | undefined; timeout?: number | undefined } | undefined;
  /**
   * Whether all tabs of the origin share one refresh, by a lock and by marks of the tokens that were presented, and follow each
   * other's sign-ins and sign-outs at once. Default `true`. `false`: this page refreshes by itself; what other tabs have stored is
   * seen by the next request.
   */
  crossTab?: boolean | undefined;
  /** New tokens are in use. */
  onRefresh?: ((tokens: TokensWith<X>) => unknown) | undefined;
  /** The session has ended. */
  onSignOut?: ((event: SignOut) => unknown) | undefined;
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
