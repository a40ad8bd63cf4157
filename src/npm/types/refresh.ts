// Types of the refresh: when there is one, how it is called, and when it is refused.

import type { AnswerContext, Parsed } from './request.js';
import type { TokensWith } from './tokens.js';

/** Why a refresh runs: the token's time is over or nearly so, or a request with it was rejected. */
export type RefreshReason = 'expiry' | 'rejected';

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

/** Codes in a JSON body. */
export interface Codes {
  /** Where the code stands, as a dotted path. */
  path: string;
  /** Which ones count; compared as strings. */
  values: readonly (string | number | boolean)[];
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
