// Types of tokens: what they are, how they go into requests, and where they are kept.

import type { Parsed, RequestContext } from './request.js';

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
