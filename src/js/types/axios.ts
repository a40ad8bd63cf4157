// Types of the facade: by axios' names, and as generous as axios' own.
// biome-ignore-all lint/suspicious/noExplicitAny: what a body, a header or an interceptor holds is the app's business
// biome-ignore-all lint/complexity/noBannedTypes: as axios has it: a response's headers are as they are

import type {
  AxiosHeaders,
  AxiosHeaderValue,
  AxiosRequestHeaders,
  AxiosResponseHeaders,
  RawAxiosRequestHeaders,
  RawAxiosResponseHeaders,
} from './axios-headers.js';
import type { HttpStatusCode } from './axios-status.js';
import type { ApiFetch } from './instance.js';
import type { Session, SessionOptions } from './session.js';

/** Changes the body of a request, or its headers, before it is sent. */
export type AxiosRequestTransformer = (
  this: InternalAxiosRequestConfig,
  data: any,
  headers: AxiosRequestHeaders,
) => any;

/** Makes the `data` of a response out of its body. */
export type AxiosResponseTransformer = (
  this: InternalAxiosRequestConfig,
  data: any,
  headers: AxiosResponseHeaders,
  status?: number,
) => any;

/** Sends what a config asks for. */
export type AxiosAdapter = (config: InternalAxiosRequestConfig) => AxiosPromise;

export interface AxiosBasicCredentials {
  username: string;
  password: string;
}

type Verb =
  | 'GET'
  | 'DELETE'
  | 'HEAD'
  | 'OPTIONS'
  | 'POST'
  | 'PUT'
  | 'PATCH'
  | 'PURGE'
  | 'LINK'
  | 'UNLINK'
  | 'QUERY';
/** A method, in capitals or not. */
export type Method = Verb | Lowercase<Verb>;
type OrString<T extends string> = T | (string & {});

/** How a body is read. `document` is a text where the platform has no parser. */
export type ResponseType = 'arraybuffer' | 'blob' | 'document' | 'json' | 'text' | 'stream' | 'formdata';

export interface TransitionalOptions {
  /** Whether a text that is no JSON stays a text with `responseType: 'json'`. Default `true`. */
  silentJSONParsing?: boolean;
  /** Whether a text is read as JSON where no `responseType` is named. Default `true`. */
  forcedJSONParsing?: boolean;
  /** Whether a request that took too long has the code `ETIMEDOUT`. Default `false`: `ECONNABORTED`. */
  clarifyTimeoutError?: boolean;
  /** Whether the request interceptor that came last runs first. Default `true`. */
  legacyInterceptorReqResOrdering?: boolean;
  /** Without meaning here. */
  advertiseZstdAcceptEncoding?: boolean;
  /** Whether a `validateStatus` of `undefined` lets every status pass. Default `true`. */
  validateStatusUndefinedResolves?: boolean;
  /** Whether the user's name of `auth` may hold any character. Default `false`. */
  encodeBasicAuthUsername?: boolean;
}

/** What has the members of an `AbortSignal` that are needed. */
export interface GenericAbortSignal {
  readonly aborted: boolean;
  onabort?: ((...args: any) => any) | null;
  addEventListener?: (...args: any) => any;
  removeEventListener?: (...args: any) => any;
}

export interface GenericFormData {
  append(name: string, value: any, options?: any): any;
}

export interface GenericHTMLFormElement {
  name: string;
  method: string;
  submit(): void;
}

export interface FormDataVisitorHelpers {
  defaultVisitor: SerializerVisitor;
  convertValue: (value: any) => any;
  isVisitable: (value: any) => boolean;
}

/** Called for each value on the way; what it answers `true` to is gone into. */
export type SerializerVisitor = (
  this: GenericFormData,
  value: any,
  key: string | number,
  path: null | (string | number)[],
  helpers: FormDataVisitorHelpers,
) => boolean;

export interface SerializerOptions {
  visitor?: SerializerVisitor;
  /** Whether names are nested by dots, instead of brackets. Default `false`. */
  dots?: boolean;
  /** Whether a name keeps its `{}`, by which its value is sent as JSON. Default `true`. */
  metaTokens?: boolean;
  /** How elements of flat arrays are named: `a[0]` (`true`), `a[]` (`false`), `a` (`null`). Default `false`. */
  indexes?: boolean | null;
  /** How deep values may be nested. Default 100. */
  maxDepth?: number;
  Blob?: new (...args: any[]) => any;
}
export type FormSerializerOptions = SerializerOptions;

export type ParamEncoder = (value: any, defaultEncoder: (value: any) => any) => any;
export type CustomParamsSerializer<P = Record<string, any>> = (
  params: P,
  options?: ParamsSerializerOptions<P>,
) => string;

export interface ParamsSerializerOptions<P = Record<string, any>> extends SerializerOptions {
  encode?: ParamEncoder;
  serialize?: CustomParamsSerializer<P>;
}

/** How far an answer has come. */
export interface AxiosProgressEvent {
  /** Bytes so far. */
  loaded: number;
  total?: number;
  /** From 0 to 1. */
  progress?: number;
  /** Bytes since it was told last. */
  bytes: number;
  /** Bytes a second. */
  rate?: number;
  /** How long it still takes, in seconds. */
  estimated?: number;
  upload?: boolean;
  download?: boolean;
  event?: any;
  lengthComputable: boolean;
}

type AdapterConfig = AxiosAdapter | OrString<'xhr' | 'http' | 'fetch'>;
type ParamsOf<P> = unknown extends P ? Record<string, any> : P;
type MethodsHeaders = Partial<{ [Name in Lowercase<Verb>]: AxiosHeaders } & { common: AxiosHeaders }>;

export type * from './axios-headers.js';
export type * from './axios-status.js';

/** What a request can be asked for. */
export interface AxiosRequestConfig<D = any, P = any> {
  url?: string;
  method?: OrString<Method>;
  /** What a relative `url` is joined to. */
  baseURL?: string;
  /** Whether an absolute `url` leaves `baseURL`. Default `true`. */
  allowAbsoluteUrls?: boolean;
  transformRequest?: AxiosRequestTransformer | AxiosRequestTransformer[];
  transformResponse?: AxiosResponseTransformer | AxiosResponseTransformer[];
  headers?: (RawAxiosRequestHeaders & MethodsHeaders) | AxiosHeaders;
  params?: P;
  paramsSerializer?: ParamsSerializerOptions<ParamsOf<P>> | CustomParamsSerializer<ParamsOf<P>>;
  data?: D;
  /**
   * How long it may take, in ms: all of it, the wait for a refresh included. Default 0: as long as it takes.
   */
  timeout?: number;
  timeoutErrorMessage?: string;
  withCredentials?: boolean;
  /** A function of the app's, or names; of these there is `fetch`. */
  adapter?: AdapterConfig | AdapterConfig[];
  /** Basic authentication. The session of the instance has no part in such a request. */
  auth?: AxiosBasicCredentials;
  responseType?: ResponseType;
  xsrfCookieName?: string;
  xsrfHeaderName?: string;
  withXSRFToken?: boolean | ((config: InternalAxiosRequestConfig<D, P>) => boolean | undefined);
  /** Not called: `fetch` does not tell. */
  onUploadProgress?: (progress: AxiosProgressEvent) => void;
  onDownloadProgress?: (progress: AxiosProgressEvent) => void;
  /** How many bytes an answer may have. */
  maxContentLength?: number;
  /** How many bytes a body may have. */
  maxBodyLength?: number;
  /** `0`: a redirect is not followed. Other numbers are without meaning here. */
  maxRedirects?: number;
  /** Which statuses are a success. Default: 200 to 299. */
  validateStatus?: ((status: number) => boolean) | null;
  cancelToken?: CancelToken | undefined;
  signal?: GenericAbortSignal;
  transitional?: TransitionalOptions;
  env?: {
    FormData?: new (...args: any[]) => object;
    fetch?: (input: URL | Request | string, init?: RequestInit) => Promise<Response>;
    Request?: new (input: URL | Request | string, init?: RequestInit) => Request;
    Response?: new (body?: any, init?: ResponseInit) => Response;
  };
  formSerializer?: FormSerializerOptions;
  parseReviver?: (this: any, key: string, value: any, context?: { source?: string }) => any;
  /** Other options of `fetch`. */
  fetchOptions?: Omit<RequestInit, 'body' | 'headers' | 'method' | 'signal'> | Record<string, any>;
  /** Names whose values an error's JSON does not tell. */
  redact?: string[];
  /** `false`: the request neither carries nor refreshes tokens. */
  session?: boolean;

  // Without meaning here: of Node's sockets, or of `XMLHttpRequest`.
  responseEncoding?: string;
  maxRate?: number | [number, number];
  beforeRedirect?: (...args: any[]) => void;
  socketPath?: string | null;
  allowedSocketPaths?: string | string[] | null;
  transport?: any;
  httpAgent?: any;
  httpsAgent?: any;
  proxy?: object | false;
  decompress?: boolean;
  insecureHTTPParser?: boolean;
  family?: 4 | 6 | undefined;
  lookup?: (...args: any[]) => any;
  httpVersion?: 1 | 2;
  http2Options?: Record<string, any>;
  formDataHeaderPolicy?: 'legacy' | 'content-only';
  sensitiveHeaders?: string[];
}
export type RawAxiosRequestConfig<D = any, P = any> = AxiosRequestConfig<D, P>;

/** A config as interceptors see it: merged with the defaults. */
export interface InternalAxiosRequestConfig<D = any, P = any> extends AxiosRequestConfig<D, P> {
  headers: AxiosRequestHeaders;
}

type Bucket = RawAxiosRequestHeaders;
/** Headers of all requests, and of those of a method. */
export interface HeadersDefaults {
  common: Bucket;
  delete: Bucket;
  get: Bucket;
  head: Bucket;
  post: Bucket;
  put: Bucket;
  patch: Bucket;
  options?: Bucket;
  purge?: Bucket;
  link?: Bucket;
  unlink?: Bucket;
  query?: Bucket;
}

/** The session of an instance, or `false` for none. */
type InstanceSession = SessionOptions<any> | false;

export interface AxiosDefaults<D = any, P = any>
  extends Omit<AxiosRequestConfig<D, P>, 'headers' | 'session'> {
  headers: HeadersDefaults;
  session?: InstanceSession;
}

export interface CreateAxiosDefaults<D = any, P = any>
  extends Omit<AxiosRequestConfig<D, P>, 'headers' | 'session'> {
  headers?: RawAxiosRequestHeaders | AxiosHeaders | Partial<HeadersDefaults>;
  /** The session of this instance and those that it creates; `false` for none. */
  session?: InstanceSession;
}

export interface AxiosResponse<T = any, D = any, H = {}, P = any> {
  data: T;
  status: number;
  statusText: string;
  headers: (H & RawAxiosResponseHeaders) | AxiosResponseHeaders;
  config: InternalAxiosRequestConfig<D, P>;
  /** The platform's `Request`; no token is in it. */
  request?: any;
  /** From the sending to the answer, in ms. */
  duration?: number;
}
export type AxiosPromise<T = any, D = any, P = any> = Promise<AxiosResponse<T, D, {}, P>>;

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

export interface Cancel {
  message: string | undefined;
}
export type Canceler = (message?: string, config?: AxiosRequestConfig, request?: any) => void;

export interface CancelToken {
  promise: Promise<Cancel>;
  reason?: Cancel;
  throwIfRequested(): void;
  subscribe(listener: (cancel: Cancel | any) => void): void;
  unsubscribe(listener: (cancel: Cancel | any) => void): void;
  toAbortSignal(): AbortSignal;
}
export interface CancelTokenSource {
  token: CancelToken;
  cancel: Canceler;
}
export interface CancelTokenStatic {
  new (executor: (cancel: Canceler) => void): CancelToken;
  source(): CancelTokenSource;
}

export interface AxiosInterceptorOptions {
  /** Whether the request may be sent in the tick in which it is made; all of a request's interceptors have to say so. */
  synchronous?: boolean;
  /** Called with the config when the request is made; after `false` the interceptor is passed over. */
  runWhen?: ((config: InternalAxiosRequestConfig) => boolean) | null;
}
type Fulfilled<T> = (value: T) => T | Promise<T>;
type Rejected = (error: any) => any;

interface InterceptorHandler<T> {
  fulfilled: Fulfilled<T>;
  rejected?: Rejected;
  synchronous: boolean;
  runWhen?: ((config: InternalAxiosRequestConfig) => boolean) | null;
}

/** Interceptors of requests, or of responses. */
export interface AxiosInterceptorManager<V> {
  /** Adds one, and gives the number by which it can be ejected. */
  use(
    onFulfilled?: Fulfilled<V> | null,
    onRejected?: Rejected | null,
    options?: AxiosInterceptorOptions,
  ): number;
  eject(id: number): void;
  clear(): void;
  forEach(visit: (handler: InterceptorHandler<V>) => void): void;
  handlers?: (InterceptorHandler<V> | null)[];
}

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
  create(config?: CreateAxiosDefaults): AxiosInstance;
  defaults: Omit<AxiosDefaults, 'headers'> & {
    headers: HeadersDefaults & { [name: string]: AxiosHeaderValue };
  };
}

/** The first adapter of these that there is. */
export declare function getAdapter(
  adapters: AdapterConfig | AdapterConfig[] | undefined,
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
