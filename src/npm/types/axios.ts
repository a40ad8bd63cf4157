// Types of the facade: by axios' names, and as generous as axios' own.
// biome-ignore-all lint/suspicious/noExplicitAny: what a body, a header or an interceptor holds is the app's business
// biome-ignore-all lint/complexity/noBannedTypes: as axios has it: a response's headers are as they are

import type {
  AxiosAdapter,
  AxiosDefaults,
  AxiosRequestConfig,
  AxiosResponse,
  CreateAxiosDefaults,
  HeadersDefaults,
  InternalAxiosRequestConfig,
} from './axios-config.js';
import type { AxiosError, CanceledError, CancelTokenStatic } from './axios-error.js';
import type { AxiosHeaders, AxiosHeaderValue } from './axios-headers.js';
import type { AxiosInterceptorManager } from './axios-interceptor.js';
import type { FormSerializerOptions, GenericFormData, GenericHTMLFormElement } from './axios-serializer.js';
import type { HttpStatusCode } from './axios-status.js';
import type { ApiFetch, SessionOptions } from './instance.js';
import type { Session } from './session.js';

export type * from './axios-cancel.js';
export type * from './axios-config.js';
export type * from './axios-error.js';
export type * from './axios-headers.js';
export type * from './axios-interceptor.js';
export type * from './axios-node.js';
export type * from './axios-options.js';
export type * from './axios-serializer.js';
export type * from './axios-status.js';

declare const plainResponse: unique symbol;
/** Stands for: a request resolves to an {@link AxiosResponse}. */
export interface AxiosResponseDefault {
  readonly [plainResponse]: true;
}
type Result<T, R, D, P> = R extends AxiosResponseDefault ? AxiosResponse<T, D, {}, P> : R;

type WithoutBody = <T = any, R = AxiosResponseDefault, D = any, P = any>(
  url: string,
  config?: AxiosRequestConfig<D, P>,
) => Promise<Result<T, R, D, P>>;
type WithBody = <T = any, R = AxiosResponseDefault, D = any, P = any>(
  url: string,
  data?: D,
  config?: AxiosRequestConfig<D, P>,
) => Promise<Result<T, R, D, P>>;
type ByConfig = <T = any, R = AxiosResponseDefault, D = any, P = any>(
  config: AxiosRequestConfig<D, P>,
) => Promise<Result<T, R, D, P>>;

export declare class Axios {
  constructor(config?: CreateAxiosDefaults);
  defaults: AxiosDefaults;
  interceptors: {
    request: AxiosInterceptorManager<InternalAxiosRequestConfig>;
    response: AxiosInterceptorManager<AxiosResponse>;
  };
  /** The session under which the requests go; `null` without one. */
  readonly session: Session | null;
  /** The URL that a config leads to. */
  getUri(config?: AxiosRequestConfig): string;
  request: ByConfig & WithoutBody;
  get: WithoutBody;
  delete: WithoutBody;
  head: WithoutBody;
  options: WithoutBody;
  post: WithBody;
  put: WithBody;
  patch: WithBody;
  query: WithBody;
  postForm: WithBody;
  putForm: WithBody;
  patchForm: WithBody;
}

export interface AxiosInstance extends Axios {
  <T = any, R = AxiosResponseDefault, D = any, P = any>(
    config: AxiosRequestConfig<D, P>,
  ): Promise<Result<T, R, D, P>>;
  <T = any, R = AxiosResponseDefault, D = any, P = any>(
    url: string,
    config?: AxiosRequestConfig<D, P>,
  ): Promise<Result<T, R, D, P>>;
  /**
   * Another instance, with these defaults over this one's, and this one's session unless it is given another.
   *
   * @throws TypeError when an option of the session is wrong; its message names the option.
   */
  create(
    config: CreateAxiosDefaults & { session: SessionOptions<any> },
  ): AxiosInstance & { readonly session: Session };
  create(config?: CreateAxiosDefaults): AxiosInstance;
  defaults: Omit<AxiosDefaults, 'headers'> & {
    headers: HeadersDefaults & { [name: string]: AxiosHeaderValue };
  };
}

/** The first adapter of these that there is. */
export declare function getAdapter(
  adapters: AxiosRequestConfig['adapter'],
  config?: AxiosRequestConfig,
): AxiosAdapter;
/** Appends what is in an object to a form, by flat names. */
export declare function toFormData(
  source: object,
  target?: GenericFormData,
  options?: FormSerializerOptions,
): GenericFormData;
/** The opposite of {@link toFormData}. */
export declare function formToJSON(form: GenericFormData | GenericHTMLFormElement): object;
export declare function isAxiosError<T = any, D = any, P = any>(thing: any): thing is AxiosError<T, D, P>;
export declare function isCancel<T = any, D = any, P = any>(thing: any): thing is CanceledError<T, D, P>;
export declare function spread<T, R>(callback: (...args: T[]) => R): (array: T[]) => R;
export declare function all<T>(values: (T | Promise<T>)[]): Promise<T[]>;
/** The second config over the first. */
export declare function mergeConfig<D = any, P = any>(
  first: AxiosRequestConfig<D, P>,
  second: AxiosRequestConfig<D, P>,
): AxiosRequestConfig<D, P>;

/**
 * An `adapter` for npm's axios, which puts the session of an instance under it.
 *
 * @param api an instance of `createApiFetch`
 * @param axios npm's, so that errors are instances of its classes; else they are only like them
 * @throws TypeError when `api` is no instance
 */
export declare function createSessionAdapter(
  api: Pick<ApiFetch, 'create' | 'fetch'>,
  axios?: { AxiosError: any; CanceledError: any },
): (config: any) => Promise<any>;

export interface AxiosStatic extends AxiosInstance {
  Axios: typeof Axios;
  AxiosError: typeof AxiosError;
  AxiosHeaders: typeof AxiosHeaders;
  Cancel: typeof CanceledError;
  CancelToken: CancelTokenStatic;
  CanceledError: typeof CanceledError;
  HttpStatusCode: typeof HttpStatusCode;
  readonly VERSION: string;
  all: typeof all;
  formToJSON: typeof formToJSON;
  getAdapter: typeof getAdapter;
  isAxiosError: typeof isAxiosError;
  isCancel: typeof isCancel;
  mergeConfig: typeof mergeConfig;
  spread: typeof spread;
  toFormData: typeof toFormData;
}
