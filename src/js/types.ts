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

/** A value of a query: lists become the name several times, objects become JSON, `null` the name alone; `undefined` is left out. */
export type Query = Record<string, unknown> | URLSearchParams;

/** What a hook is told, and may change: the request before it is sent, the answer before it is given. */
export interface FetchContext<T = Parsed, R extends ResponseType = ResponseType> {
  /** What is asked for: as given before it is sent, joined afterwards. */
  request: FetchRequest;
  /** The options in force. No token is ever in them. */
  options: ResolvedFetchOptions<R>;
  /** The answer, once there is one; its parsed body is `_data`. */
  response?: FetchResponse<T> | undefined;
  /** Why there is none, or why it could not be read. */
  error?: Error | undefined;
}

/** The options in force: the call's over the defaults. */
export interface ResolvedFetchOptions<R extends ResponseType = ResponseType> extends FetchOptions<R> {
  headers: Headers;
}

/** A hook, which may take its time. What it throws rejects the call. */
export type FetchHook<C = FetchContext> = (context: C) => unknown;

/** One hook, or several, which run one after the other. */
export type FetchHooks<C = FetchContext> = FetchHook<C> | readonly FetchHook<C>[];

/** How far an answer has come, in bytes as the caller gets them. */
export interface DownloadProgress {
  loaded: number;
  /** How many there will be; `undefined` where the server does not say so, or sends them compressed. */
  total: number | undefined;
  /** From 0 to 1; `undefined` without a total. */
  progress: number | undefined;
}

/** What ofetch's `createFetch` and the second argument of its `create` take. */
export interface GlobalOptions {
  defaults?: Omit<CreateOptions, 'session'> | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}

/** Options of one request. Every other option of `fetch` is passed on. */
export interface FetchOptions<R extends ResponseType = ResponseType, T = Parsed>
  extends Omit<RequestInit, 'body'> {
  /** What relative requests are joined to, by whole path segments. */
  baseURL?: string | undefined;
  /** Added to the URL of a request that is a string, before its hash, in the place of values of the same names. */
  query?: Query | undefined;
  /** The same as `query`, which outranks it. */
  params?: Query | undefined;
  /**
   * The body. Objects, arrays, numbers and booleans become JSON (or a form, where `content-type` says so); everything that
   * `fetch` takes is sent as it is. It is encoded once, however often the request is sent.
   */
  body?: BodyInit | Record<string, unknown> | readonly unknown[] | number | boolean | null | undefined;
  /** How the answer's body is read. Default: by its content type. */
  responseType?: R | undefined;
  /** Reads the body's text, whatever its type. What it throws makes a `FetchError`, and no other attempt. */
  parseResponse?: ((text: string) => T) | undefined;
  /** Whether answers of 400–599 resolve like others, a request's own 401 included. Default `false`. */
  ignoreResponseError?: boolean | undefined;
  /**
   * How many attempts more a failure gets: no answer, or one of `retryStatusCodes`. Default 1; `PATCH`, `POST`, `PUT` and `DELETE`
   * get none. Each begins anew, hooks included. Never after an `AuthError` or an abort.
   */
  retry?: number | false | undefined;
  /** The time between two attempts in ms, or a function that gives it. A `Retry-After` of up to a minute is waited for. Default 0. */
  retryDelay?: number | ((context: FetchContext<T, R>) => number | Promise<number>) | undefined;
  /** After which statuses. Default `[408, 409, 425, 429, 500, 502, 503, 504]`. */
  retryStatusCodes?: readonly number[] | undefined;
  /**
   * How long one attempt may take, in ms: hooks, sending and body, but not the wait for a refresh. Default 0: as long as it takes.
   * A timeout is a `FetchError` whose cause is a `TimeoutError`.
   */
  timeout?: number | undefined;
  /** Before it is sent. */
  onRequest?: FetchHooks<FetchContext<T, R>> | undefined;
  /** When there is no answer, it can not be read, or the session failed. */
  onRequestError?: FetchHooks<FetchContext<T, R> & { error: Error }> | undefined;
  /** When there is an answer, whatever its status. */
  onResponse?: FetchHooks<FetchContext<T, R> & { response: FetchResponse<T> }> | undefined;
  /** When it is of 400–599, or its envelope tells of a failure. */
  onResponseError?: FetchHooks<FetchContext<T, R> & { response: FetchResponse<T> }> | undefined;
  /** Whether hooks of the defaults run before those of the call, instead of being replaced by them. Default `false`. */
  mergeHooks?: boolean | undefined;
  /** Hears of each part of the body that arrives. What it throws goes to `reportError`. */
  onDownloadProgress?: ((progress: DownloadProgress) => unknown) | undefined;
  /** `false`: the request neither carries nor refreshes tokens. Default `true`, where the instance has a session. */
  session?: boolean | undefined;
  /** Whether it is sent again when its token was rejected; over the session's own {@link SessionOptions.replay}. */
  replay?: Replay | undefined;
}

/** A parsed body: what is in it is the app's business. */
export type Parsed = ReturnType<typeof JSON.parse>;

/** What functions of the app are told of a request. */
export interface RequestContext {
  /** The URL as joined, or the `Request`. */
  request: string | Request;
  /** What it is sent with; `headers` are a copy. */
  options: { method: string; headers: Headers; body?: unknown; [option: string]: unknown };
}

/** The same, once there is an answer. */
export interface AnswerContext extends RequestContext {
  readonly response: Response;
  /** The parsed body, where the answer says that it is JSON, of at most 1 MiB, and the call does not ask for a stream. */
  readonly data?: Parsed;
}

/** Which rejected requests are sent again: all, GET, HEAD and OPTIONS, or those of which a function says so. */
export type Replay = 'all' | 'safe' | ((context: Omit<AnswerContext, 'data'>) => boolean);

/** Codes in a JSON body. */
export interface Codes {
  /** Where the code stands, as a dotted path. */
  path: string;
  /** Which ones count; compared as strings. */
  values: readonly (string | number)[];
}

/** Answers that say in their body whether they are a success: `{ errcode, errmsg, data }`. */
export interface EnvelopeOptions {
  /** Where the code stands, as a dotted path. A body without it passes as it is. */
  code: string;
  /** Which codes are a success; compared as strings. Default `[0]`. Any other rejects with a `FetchError` that has `code`. */
  ok?: readonly (string | number)[] | undefined;
  /** Where the error's message stands. */
  message?: string | undefined;
  /** Where what the call resolves to stands. Default: the whole body. */
  data?: string | undefined;
}

/** Defaults of an instance: options of its requests, and what only an instance has. */
export interface CreateOptions extends Omit<FetchOptions, 'session'> {
  /** How answers are wrapped. Not for `api.fetch`, whose bodies stay unread. The replies of a refresh URL are read by it too. */
  envelope?: EnvelopeOptions | undefined;
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
  /** What requests are sent with. Absent with `attach: 'none'`, where the browser keeps it in a cookie. */
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

/** The call to a token endpoint. */
export interface RefreshCall {
  /** Joined to the `baseURL` of the session's creator. */
  url: string | ((tokens: Tokens) => string);
  /** Default `'POST'`. */
  method?: string | undefined;
  /** More headers. */
  headers?: HeadersInit | ((tokens: Tokens) => HeadersInit) | undefined;
  /**
   * `'oauth'`: `grant_type=refresh_token` and the refresh token, form-encoded (RFC 6749 §6). `'json'`: the same token as
   * `{ refresh_token }`. `'none'`: no body. An object is sent as JSON, or as a form where `content-type` says so. Default:
   * `'oauth'`, and `'none'` with `attach: 'none'`.
   */
  body?: 'oauth' | 'json' | 'none' | object | ((tokens: Tokens) => unknown) | undefined;
  /** As in `fetch`. */
  credentials?: RequestCredentials | undefined;
  /** Sent as `client_id`, with `'oauth'` and `'json'`. */
  clientId?: string | undefined;
  /** Sent as `scope`, with `'oauth'` and `'json'`. */
  scope?: string | undefined;
  /** Whether the call carries the access token as requests do. Default `false`. */
  attach?: boolean | undefined;
}

/** What a failed refresh is judged by. */
export interface RefusalContext {
  /** The endpoint's URL; empty where a function refreshes. */
  readonly request: string;
  /** The answer, or that of what a function threw. */
  readonly response?: Response | undefined;
  /** The parsed reply. */
  readonly data?: Parsed;
  /** Why it is no success. */
  readonly error?: unknown;
}

/** What says that a refresh is refused for good. */
export interface RefusedOptions {
  /** Default: 401 and 403. An OAuth `error` in the body outranks the status. */
  status?: readonly number[] | undefined;
  /** Codes in the body, whatever the status. */
  codes?: Codes | undefined;
  /** Asked of every failure, and with `attach: 'none'` of every answer. One that throws has said no, and is reported. */
  when?: ((context: RefusalContext) => boolean) | undefined;
}

/** What says that a token is no longer good. A `WWW-Authenticate` with `insufficient_scope` never does. */
export interface ExpiredOptions {
  /** Default `[401]`. */
  status?: readonly number[] | undefined;
  /** Codes in a JSON body of any status, of at most 1 MiB. Never with `responseType: 'stream'`. */
  codes?: Codes | undefined;
  /**
   * Adds to the status: asked of every answer. Beside `codes` it has the last word on theirs, and is asked of no other. One that
   * throws has said no, and is reported.
   */
  when?: ((context: AnswerContext) => boolean) | undefined;
}

/** How tokens go into a request. A request's own value in that place is left alone, and such a request starts no refresh. */
export type Attach =
  /** `Authorization: Bearer …` (RFC 6750 §2.1). */
  | 'bearer'
  /** Nothing is attached: the tokens are cookies. */
  | 'none'
  /** A header; `scheme` stands before the token. */
  | { header: string; scheme?: string | undefined }
  /** Parameters of the URL, each with where its value stands in the tokens. */
  | { query: Readonly<Record<string, string>> }
  /** By the app's own means, at every sending: it changes `options.headers` or `request`. What it throws, the request throws. */
  | ((context: RequestContext, tokens: Tokens) => unknown);

/** Where a reply keeps a value: a dotted path, also tried without the envelope's `data` in front, or a function of the reply. */
export type Place = string | ((reply: Parsed) => unknown);

/** Where a token reply keeps each value, and any other value of yours by its name. Default: the names of RFC 6749 §5.1. */
export interface TokenFields {
  accessToken?: Place | undefined;
  refreshToken?: Place | undefined;
  /** Seconds from the receipt. */
  expiresIn?: Place | undefined;
  /** Seconds or ms since the epoch, or a date in words. Corrected by the answer's `Date`, where that can be read. */
  expiresAt?: Place | undefined;
  refreshExpiresIn?: Place | undefined;
  refreshExpiresAt?: Place | undefined;
  [name: string]: Place | undefined;
}

/** A storage of your own. Each of the three may be async; one that gives no answer within 10 s has failed. */
export interface TokenStorage {
  getItem(key: string): string | null | Promise<string | null>;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
}

/** Plain string keys, for apps that already keep their tokens so. What else is known is kept beside the access token. */
export interface TokenKeys {
  access: string;
  refresh?: string | undefined;
  expiresAt?: string | undefined;
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
  storage?: 'local' | 'session' | 'memory' | TokenStorage | undefined;
  /**
   * Under which key, as one JSON record. Another app's record there is read through `fields`, a plain string as the access token.
   * Instances with the same storage and key share one session. Default `'apifetch.tokens'`.
   */
  key?: string | TokenKeys | undefined;
  /** Where a token reply keeps each value. */
  fields?: TokenFields | undefined;
  /** How tokens go into a request. Default `'bearer'`. */
  attach?: Attach | undefined;
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
  /** Whose session it is. Default: a JWT's `iss` and `sub`. Where it is not known, each `set()` is another user. */
  identity?: ((tokens: Tokens) => string | undefined) | undefined;
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
  warning: { readonly code: 'storage' | 'not-stored' | 'own-credentials'; readonly message: string };
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
  create(defaults?: CreateOptions, custom?: GlobalOptions): ApiFetch;
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
