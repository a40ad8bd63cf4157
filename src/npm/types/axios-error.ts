// What a request of the facade rejects with, and how it is given up.
// biome-ignore-all lint/suspicious/noExplicitAny: what a body, a header or an interceptor holds is the app's business
// biome-ignore-all lint/complexity/noBannedTypes: as axios has it: a response's headers are as they are

import type { CancelToken } from './axios-cancel.js';
import type { AxiosRequestConfig, AxiosResponse, InternalAxiosRequestConfig } from './axios-config.js';

/** What a request rejects with. `code` is one of axios', or one of {@link AuthErrorCode} where the session failed. */
export declare class AxiosError<T = unknown, D = any, P = any> extends Error {
  constructor(
    message?: string,
    code?: string,
    config?: InternalAxiosRequestConfig<D, P>,
    request?: any,
    response?: AxiosResponse<T, D, {}, P>,
  );
  config?: InternalAxiosRequestConfig<D, P>;
  code?: string;
  request?: any;
  response?: AxiosResponse<T, D, {}, P>;
  isAxiosError: boolean;
  status?: number;
  override cause?: Error;
  event?: any;
  toJSON: () => object;
  static from<T = unknown, D = any, P = any>(
    error: Error | unknown,
    code?: string,
    config?: InternalAxiosRequestConfig<D, P>,
    request?: any,
    response?: AxiosResponse<T, D, {}, P>,
    more?: object,
  ): AxiosError<T, D, P>;
  static readonly ERR_BAD_REQUEST = 'ERR_BAD_REQUEST';
  static readonly ERR_BAD_RESPONSE = 'ERR_BAD_RESPONSE';
  static readonly ERR_NETWORK = 'ERR_NETWORK';
  static readonly ERR_CANCELED = 'ERR_CANCELED';
  static readonly ECONNABORTED = 'ECONNABORTED';
  static readonly ETIMEDOUT = 'ETIMEDOUT';
  static readonly ECONNREFUSED = 'ECONNREFUSED';
  static readonly ERR_BAD_OPTION = 'ERR_BAD_OPTION';
  static readonly ERR_BAD_OPTION_VALUE = 'ERR_BAD_OPTION_VALUE';
  static readonly ERR_NOT_SUPPORT = 'ERR_NOT_SUPPORT';
  static readonly ERR_INVALID_URL = 'ERR_INVALID_URL';
  static readonly ERR_FORM_DATA_DEPTH_EXCEEDED = 'ERR_FORM_DATA_DEPTH_EXCEEDED';
  static readonly ERR_DEPRECATED = 'ERR_DEPRECATED';
  static readonly ERR_FR_TOO_MANY_REDIRECTS = 'ERR_FR_TOO_MANY_REDIRECTS';
}

/** What a request that was given up rejects with. */
export declare class CanceledError<T, D = any, P = any> extends AxiosError<T, D, P> {
  constructor(message?: string, config?: InternalAxiosRequestConfig<D, P>, request?: any);
  readonly name: 'CanceledError';
  __CANCEL__?: boolean;
}

export type Canceler = (message?: string, config?: AxiosRequestConfig, request?: any) => void;

export interface CancelTokenSource {
  token: CancelToken;
  cancel: Canceler;
}
export interface CancelTokenStatic {
  new (executor: (cancel: Canceler) => void): CancelToken;
  source(): CancelTokenSource;
}
