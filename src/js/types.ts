/** What a body is read as. Without one, the answer's content type says. */
export type ResponseType = 'json' | 'text' | 'blob' | 'arrayBuffer' | 'formData' | 'bytes' | 'stream';

/** What each {@link ResponseType} resolves to; `json` to the type that the call names. */
export interface ResponseMap {
  text: string;
  blob: Blob;
  arrayBuffer: ArrayBuffer;
  formData: FormData;
  bytes: Uint8Array;
  stream: ReadableStream<Uint8Array>;
}

/** What a call resolves to. */
export type MappedResponse<R extends ResponseType, T> = R extends keyof ResponseMap ? ResponseMap[R] : T;

/** What a request is given as. A string is joined to `baseURL`. */
export type FetchRequest = string | URL | Request;

/** Options of one request. Every other option of `fetch` is passed on. */
export interface FetchOptions<R extends ResponseType = ResponseType> extends Omit<RequestInit, 'body'> {
  /** What relative requests are joined to, by whole path segments. */
  baseURL?: string | undefined;
  /**
   * The body. Objects, arrays, numbers and booleans become JSON (or a form, where `content-type` says so); everything that
   * `fetch` takes is sent as it is. It is encoded once, however often the request is sent.
   */
  body?: BodyInit | Record<string, unknown> | readonly unknown[] | number | boolean | null | undefined;
  /** How the answer's body is read. Default: by its content type. */
  responseType?: R | undefined;
  /** Whether answers of 400–599 resolve like others, a request's own 401 included. Default `false`. */
  ignoreResponseError?: boolean | undefined;
  /** `false`: the request neither carries nor refreshes tokens. Default `true`, where the instance has a session. */
  session?: boolean | undefined;
}

/** Defaults of an instance: options of its requests, and what only an instance has. */
export interface CreateOptions extends Omit<FetchOptions, 'session'> {
  /** The session of this instance and its children; `false` for none. */
  session?: SessionOptions | false | undefined;
  /** Used instead of `globalThis.fetch`, for requests and refreshes. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** A `Response` whose body has been read into `_data`. */
export interface FetchResponse<T> extends Response {
  _data?: T;
}

/** Tokens, as the session keeps them. Times are ms since the epoch on this machine's clock. */
export interface Tokens {
  /** What requests are sent with. */
  readonly accessToken: string;
  /** What the access token is refreshed with. */
  readonly refreshToken?: string;
  /** When the access token ends. Absent: only a rejection tells. */
  readonly expiresAt?: number;
  /** When the refresh token ends. */
  readonly refreshExpiresAt?: number;
  /** Whatever else the server's reply held. */
  readonly [field: string]: unknown;
}

/**
 * A server's reply to a login or a refresh (RFC 6749 §5.1: `access_token`, `refresh_token`, `expires_in` in seconds), or
 * {@link Tokens} as they are.
 */
export type TokenReply = object;

/** Why a refresh runs: the token's time is over or nearly so, or a request with it was rejected. */
export type RefreshReason = 'expiry' | 'rejected';

/** What a refresh function is given besides the tokens. */
export interface RefreshContext {
  /** Aborts when the refresh is no longer wanted: its time is over, or the user signs out or in. */
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
export type RefreshFunction = (
  tokens: Tokens,
  context: RefreshContext,
) => Promise<TokenReply | null> | TokenReply | null;

/** The call to a token endpoint (RFC 6749 §6): POST, form-encoded, `grant_type=refresh_token`. */
export interface RefreshCall {
  /** Joined to the `baseURL` of the session's creator. */
  url: string;
  /** Default `'POST'`. */
  method?: string | undefined;
  /** More headers. */
  headers?: HeadersInit | undefined;
  /** Only `'oauth'` in this version. */
  body?: 'oauth' | undefined;
  /** As in `fetch`. */
  credentials?: RequestCredentials | undefined;
  /** Sent as `client_id`. */
  clientId?: string | undefined;
  /** Sent as `scope`. */
  scope?: string | undefined;
}

/** Why a session ended. */
export type SignOutReason = 'user' | 'refused' | 'no-refresh-token' | 'other-tab';

/** The end of a session. */
export interface SignOut {
  readonly reason: SignOutReason;
  /** What lies behind it: the refresh's error, where it was refused. */
  readonly error: unknown;
}

/** The session of an instance. */
export interface SessionOptions {
  /** Where tokens are kept. Where storage is missing or denied, they stay in memory. Default `'local'`. */
  storage?: 'local' | 'session' | 'memory' | undefined;
  /** Under which key. Instances with the same storage and key share one session. Default `'apifetch.tokens'`. */
  key?: string | undefined;
  /** How a token is attached: `Authorization: Bearer …` (RFC 6750 §2.1). */
  attach?: 'bearer' | undefined;
  /** The only origins that ever get a token. Default: the page's, and those of the base URLs. */
  origins?: readonly string[] | undefined;
  /** Seconds before its end from which a request first refreshes the token. Default 30; at most half of the lifetime. */
  refreshBefore?: number | undefined;
  /** How tokens are refreshed: a token endpoint, a function, or `false` for never. */
  refresh: string | RefreshCall | RefreshFunction | false;
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
  onRefresh?: ((tokens: Tokens) => unknown) | undefined;
  /** The session has ended. */
  onSignOut?: ((event: SignOut) => unknown) | undefined;
}

/** `'loading'` until the storage is read; `'refreshing'` while requests wait for new tokens. */
export type SessionStatus = 'loading' | 'signed-out' | 'active' | 'refreshing';

/** One step of a request. A refresh at a token endpoint has the id 0. */
export interface TraceRecord {
  /** The request. */
  readonly id: number;
  /** When, in ms since the epoch. */
  readonly time: number;
  readonly method: string;
  /** The path as asked, without its query. */
  readonly path: string;
  readonly step:
    | 'sent'
    | 'rejected'
    | 'waiting'
    | 'withdrawn'
    | 'replayed'
    | 'answered'
    | 'failed'
    | 'aborted'
    | 'refreshing'
    | 'refreshed'
    | 'refresh-failed';
  /** Milliseconds since the request began. */
  readonly waited?: number;
  /** The answer's status. */
  readonly status?: number;
}

/** What `session.on` listens to, and what a listener is given. */
export interface SessionEvents {
  /** Status or tokens have changed. */
  change: { readonly status: SessionStatus; readonly tokens: Tokens | null };
  /** New tokens of the same session are in use. */
  refresh: Tokens;
  /** The session has ended. */
  signout: SignOut;
  /** `true` with the first request out, `false` with the last one in. */
  busy: boolean;
  /** Something works less well than configured. */
  warning: { readonly code: 'storage' | 'not-stored'; readonly message: string };
  /** One step of a request; never a token. */
  trace: TraceRecord;
}

/** The session of an instance, shared by all instances with the same storage and key. */
export interface Session {
  /** The tokens in use, frozen; `null` when nobody is signed in. */
  readonly tokens: Tokens | null;
  readonly status: SessionStatus;
  /** Resolves when the storage has been read. */
  readonly ready: Promise<void>;
  /** How many requests are in flight or waiting. */
  readonly pending: number;
  /** How many calls wait. */
  readonly waiting: number;
  /**
   * Takes the reply to a login. Acts at once; the promise resolves when it is stored.
   *
   * @param options.sameUser whether it is the same user's, where the tokens do not tell. Requests that wait go out only then.
   * @throws TypeError (as a rejection) when there is no access token in the reply.
   */
  set(reply: TokenReply, options?: { sameUser?: boolean | undefined }): Promise<void>;
  /** Refreshes now, or joins the refresh under way. Rejects with an `AuthError`. */
  refresh(): Promise<Tokens>;
  /** Resolves to tokens that are good for so many seconds (default 0): for a WebSocket, a download. */
  valid(seconds?: number): Promise<Tokens>;
  /** Ends the session. Acts at once; the promise resolves when it is stored. */
  signOut(): Promise<void>;
  /** Listens; the result stops it. What a listener throws goes to `reportError`. */
  on<E extends keyof SessionEvents>(event: E, listener: (value: SessionEvents[E]) => unknown): () => void;
  /** Leaves the session: this instance sends nothing more with it. */
  dispose(): void;
}

/** An instance. */
export interface ApiFetch {
  /**
   * Resolves to the parsed body.
   *
   * @throws FetchError for answers of 400–599, network failures, aborts and unreadable bodies.
   * @throws AuthError when the session failed: `code` says how.
   */
  <T = unknown, R extends ResponseType = 'json'>(
    request: FetchRequest,
    options?: FetchOptions<R>,
  ): Promise<MappedResponse<R, T>>;
  /** Resolves to the `Response`, with the parsed body as `_data`. */
  raw<T = unknown, R extends ResponseType = 'json'>(
    request: FetchRequest,
    options?: FetchOptions<R>,
  ): Promise<FetchResponse<MappedResponse<R, T>>>;
  /**
   * `fetch` with the session: every status resolves, the body is unread, aborts reject with the caller's reason. Where the
   * session fails it resolves to the request's own 401, or rejects with an `AuthError` where there is none.
   */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  /** The platform's `fetch`, looked up when called. */
  native: typeof globalThis.fetch;
  /** A child: these defaults over its parent's, and its parent's session, unless `session` is given. */
  create(defaults: CreateOptions, custom?: { fetch?: typeof globalThis.fetch | undefined }): ApiFetch;
  /** The session; `null` where none is configured. */
  readonly session: Session | null;
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
