import { AuthError as AuthErrorClass, FetchError as FetchErrorClass } from '../error/errors.js';
import type { FetchOptions, FetchRequest } from './types/request.js';

/** The codes of `AuthError`. */
export type AuthErrorCode =
  | 'REFRESH_REJECTED'
  | 'REFRESH_FAILED'
  | 'REFRESH_TIMEOUT'
  | 'SIGNED_OUT'
  | 'SESSION_CHANGED'
  | 'QUEUE_FULL'
  | 'QUEUE_TIMEOUT';

/** A request that failed: an answer of 400–599, no answer, or a body that could not be read. */
export interface FetchError<T = unknown> extends Error {
  /** The joined URL, or the `Request` or `URL` that was given. */
  readonly request: FetchRequest | undefined;
  /** The options in force: the call's over the defaults. They contain no token. */
  readonly options: FetchOptions | undefined;
  /** The answer, if there was one. */
  readonly response: Response | undefined;
  /** The answer's parsed body. */
  readonly data: T | undefined;
  readonly status: number | undefined;
  readonly statusCode: number | undefined;
  readonly statusText: string | undefined;
  readonly statusMessage: string | undefined;
  readonly code: string | number | undefined;
}

/** A request failed because of the session. `cause` is the refresh's error, `response` the request's own 401. */
export interface AuthError<T = unknown> extends FetchError<T> {
  readonly code: AuthErrorCode;
}

/** The class of {@link FetchError}, for `instanceof`. */
export const FetchError = FetchErrorClass as unknown as {
  readonly prototype: FetchError;
  new (): FetchError;
};

/** The class of {@link AuthError}, for `instanceof`. */
export const AuthError = AuthErrorClass as unknown as { readonly prototype: AuthError; new (): AuthError };

/** Whether an error is a {@link FetchError} of this package. */
export const isFetchError = <T = unknown>(error: unknown): error is FetchError<T> =>
  error instanceof FetchErrorClass;

/** Whether an error is an {@link AuthError} of this package. */
export const isAuthError = <T = unknown>(error: unknown): error is AuthError<T> =>
  error instanceof AuthErrorClass;
