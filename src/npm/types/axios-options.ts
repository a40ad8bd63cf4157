// Parts of a config of the facade.
// biome-ignore-all lint/suspicious/noExplicitAny: what a body, a header or an interceptor holds is the app's business

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
