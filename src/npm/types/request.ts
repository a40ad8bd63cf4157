// Types of requests: what is asked for, and what hooks are told.

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
  body?: BodyInit | object | number | boolean | null | undefined;
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
  /** The URL as joined, or a copy of the `Request`, whose body may be read. */
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

/** A `Response` whose body has been read into `_data`. */
export interface FetchResponse<T> extends Response {
  _data?: T;
}
