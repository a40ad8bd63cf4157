// What a request of the facade can be asked for, and what it resolves to: by axios' names, and as generous as axios' own types.
// biome-ignore-all lint/suspicious/noExplicitAny: what a body, a header or an interceptor holds is the app's business
// biome-ignore-all lint/complexity/noBannedTypes: as axios has it: a response's headers are as they are

import type { CancelToken } from './axios-cancel.js';
import type {
  AxiosHeaders,
  AxiosRequestHeaders,
  AxiosResponseHeaders,
  RawAxiosRequestHeaders,
  RawAxiosResponseHeaders,
} from './axios-headers.js';
import type { AddressFamily, AxiosProxyConfig, responseEncoding } from './axios-node.js';
import type {
  AxiosBasicCredentials,
  AxiosProgressEvent,
  GenericAbortSignal,
  Method,
  ResponseType,
  TransitionalOptions,
} from './axios-options.js';
import type {
  CustomParamsSerializer,
  FormSerializerOptions,
  ParamsSerializerOptions,
} from './axios-serializer.js';
import type { SessionOptions } from './instance.js';

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

type OrString<T extends string> = T | (string & {});

type AdapterConfig = AxiosAdapter | OrString<'xhr' | 'http' | 'fetch'>;
type ParamsOf<P> = unknown extends P ? Record<string, any> : P;
type MethodsHeaders = Partial<{ [Name in Lowercase<Method>]: AxiosHeaders } & { common: AxiosHeaders }>;

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
  responseEncoding?: OrString<responseEncoding>;
  maxRate?: number | [number, number];
  beforeRedirect?: (...args: any[]) => void;
  socketPath?: string | null;
  allowedSocketPaths?: string | string[] | null;
  transport?: any;
  httpAgent?: any;
  httpsAgent?: any;
  proxy?: AxiosProxyConfig | false;
  decompress?: boolean;
  insecureHTTPParser?: boolean;
  family?: AddressFamily;
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

/** What a request resolves to. */
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

/** Sends what a config asks for. */
export type AxiosAdapter = (config: InternalAxiosRequestConfig) => AxiosPromise;

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
