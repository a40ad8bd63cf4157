// Types of the session: what it can be asked, and what it tells.

import type { TokenReply, TokensWith } from './tokens.js';

/** Why a session ended. */
export type SignOutReason = 'user' | 'refused' | 'no-refresh-token' | 'other-tab';

/** The end of a session. */
export interface SignOut {
  readonly reason: SignOutReason;
  /** What lies behind it: the refresh's error, where it was refused. */
  readonly error: unknown;
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
