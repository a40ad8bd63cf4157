// Types of the session: its options, its tokens and its events.

import type { ApiFetch } from './instance.js';
import type { AnswerContext, Parsed, Replay, RequestContext } from './request.js';

/** Codes in a JSON body. */
export interface Codes {
  /** Where the code stands, as a dotted path. */
  path: string;
  /** Which ones count; compared as strings. */
  values: readonly (string | number | boolean)[];
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

/** Tokens with further fields of the app's own: `createApiFetch<{ tenant: string }>(…)`. */
export type TokensWith<X> = Tokens & X;

/**
 * A server's reply to a login or a refresh (RFC 6749 §5.1: `access_token`, `refresh_token`, `expires_in` in seconds), or
 * {@link Tokens} as they are.
 */
export type TokenReply = object;

/** Why a refresh runs: the token's time is over or nearly so, or a request with it was rejected. */
export type RefreshReason = 'expiry' | 'rejected';

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

/** The call to a token endpoint. */
export interface RefreshCall<X = unknown> {
  /** Joined to the `baseURL` of the session's creator. */
  url: string | ((tokens: TokensWith<X>) => string);
  /** Default `'POST'`. */
  method?: string | undefined;
  /** More headers. */
  headers?: HeadersInit | ((tokens: TokensWith<X>) => HeadersInit) | undefined;
  /**
   * `'oauth'`: `grant_type=refresh_token` and the refresh token, form-encoded (RFC 6749 §6). `'json'`: the same token as
   * `{ refresh_token }`. `'none'`: no body. An object is sent as JSON, or as a form where `content-type` says so. Default:
   * `'oauth'`, and `'none'` with `attach: 'none'`.
   */
  body?: 'oauth' | 'json' | 'none' | object | ((tokens: TokensWith<X>) => unknown) | undefined;
  /** As in `fetch`. */
  credentials?: RequestCredentials | undefined;
  /**
   * `'manual'`: a redirect is a failure, as it would take the refresh token along. `'follow'`: redirects are followed; tokens from
   * another origin are not taken. Default `'manual'`.
   */
  redirect?: 'manual' | 'follow' | undefined;
  /** Sent as `client_id`, with `'oauth'` and `'json'`. */
  clientId?: string | undefined;
  /** Sent as `scope`, with `'oauth'` and `'json'`. */
  scope?: string | undefined;
  /** Whether the call carries the access token as requests do. Default `false`. */
  attach?: boolean | undefined;
}

/** What a failed refresh is judged by. */
export interface RefusalContext {
  /** The endpoint's URL; where a function of the tokens gives it, or refreshes itself, only a word for that, or nothing. */
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
export type Attach<X = unknown> =
  /** `Authorization: Bearer …` (RFC 6750 §2.1). */
  | 'bearer'
  /** Nothing is attached: the tokens are cookies. */
  | 'none'
  /** A header; `scheme` stands before the token. */
  | { header: string; scheme?: string | undefined }
  /** Parameters of the URL, each with where its value stands in the tokens. */
  | { query: Readonly<Record<string, string>> }
  /**
   * By the app's own means, at every sending: it changes `options.headers`, or puts a URL or a `Request` in the place of `request`,
   * of which URL and headers count. What it throws, the request throws.
   */
  | ((context: RequestContext, tokens: TokensWith<X>) => unknown);

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
  /** `null` or `undefined`: there is none. */
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>;
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
export interface SessionEvents<X = unknown> {
  /** Status or tokens have changed. */
  change: { readonly status: SessionStatus; readonly tokens: TokensWith<X> | null };
  /** New tokens of the same session are in use. */
  refresh: TokensWith<X>;
  /** The session has ended. */
  signout: SignOut;
  /** `true` with the first request out, with or without tokens, `false` with the last one in. */
  busy: boolean;
  /** Something works less well than configured. */
  warning: { readonly code: 'storage' | 'not-stored' | 'own-credentials'; readonly message: string };
  /** One step of a request; never a token. */
  trace: TraceRecord;
}

/** The session of an instance, shared by all instances with the same storage and key. */
export interface Session<X = unknown> {
  /** The tokens in use, frozen; `null` when nobody is signed in. Not enumerable: who prints a session does not print them. */
  readonly tokens: TokensWith<X> | null;
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
   * @param options.sameUser whether it is the same user's, where the tokens do not tell, as when only one of two names a tenant.
   *   Requests that wait go out only then.
   * @throws TypeError (as a rejection) when there is no access token in the reply.
   */
  set(reply: TokenReply, options?: { sameUser?: boolean | undefined }): Promise<void>;
  /** Refreshes now, even in the pause after failures, or joins the refresh under way. Rejects with an `AuthError`. */
  refresh(): Promise<TokensWith<X>>;
  /** Resolves to tokens that are good for so many seconds (default 0): for a WebSocket, a download. */
  valid(seconds?: number): Promise<TokensWith<X>>;
  /** Ends the session. Acts at once; the promise resolves when it is stored. */
  signOut(): Promise<void>;
  /** Listens; the result stops it. What a listener throws goes to `reportError`. */
  on<E extends keyof SessionEvents<X>>(
    event: E,
    listener: (value: SessionEvents<X>[E]) => unknown,
  ): () => void;
  /** Leaves the session: this instance sends nothing more with it. */
  dispose(): void;
}
