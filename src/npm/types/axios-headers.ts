// Types of the facade's headers.
// biome-ignore-all lint/suspicious/noExplicitAny: what a header holds is the app's business

/** What a header can be given; `null` and `false` keep it from being sent. */
export type AxiosHeaderValue = AxiosHeaders | string | string[] | number | boolean | null;
/** The parameters of a value, such as the `charset` of a content type. */
export type AxiosHeaderParameters = Record<string, string>;

export interface RawAxiosHeaders {
  [name: string]: AxiosHeaderValue;
}

type HeaderMatcher = string | RegExp | ((this: AxiosHeaders, value: string, name: string) => boolean);
type HeaderParser = (this: AxiosHeaders, value: AxiosHeaderValue, name: string) => any;
type HeaderSource = AxiosHeaders | RawAxiosHeaders | string | null | undefined;
type Rewrite = boolean | HeaderMatcher;

/** Headers by names whose case does not matter. */
export declare class AxiosHeaders {
  constructor(headers?: HeaderSource);
  [name: string]: any;
  set(name?: string, value?: AxiosHeaderValue, rewrite?: Rewrite): AxiosHeaders;
  set(headers?: HeaderSource | Iterable<[string, AxiosHeaderValue]>, rewrite?: boolean): AxiosHeaders;
  get(name: string, parser: typeof AxiosHeaders.parseParameters): AxiosHeaderParameters;
  get(name: string, parser: RegExp): RegExpExecArray | null;
  get(name: string, parser?: true | HeaderParser): AxiosHeaderValue;
  has(name: string, matcher?: HeaderMatcher): boolean;
  delete(name: string | string[], matcher?: HeaderMatcher): boolean;
  clear(matcher?: HeaderMatcher): boolean;
  normalize(format?: boolean): AxiosHeaders;
  concat(...others: HeaderSource[]): AxiosHeaders;
  toJSON(asStrings: true): Record<string, string>;
  toJSON(asStrings?: boolean): Record<string, string | string[]>;
  toString(): string;
  getSetCookie(): string[];
  [Symbol.iterator](): IterableIterator<[string, AxiosHeaderValue]>;

  static from(thing?: HeaderSource): AxiosHeaders;
  static concat(...all: HeaderSource[]): AxiosHeaders;
  static accessor(name: string | string[]): typeof AxiosHeaders;
  static parseParameters(value: AxiosHeaderValue): AxiosHeaderParameters;

  setContentType(value: ContentType, rewrite?: Rewrite): AxiosHeaders;
  getContentType(parser: RegExp): RegExpExecArray | null;
  getContentType(parser?: true | HeaderParser): AxiosHeaderValue;
  hasContentType(matcher?: HeaderMatcher): boolean;
  setContentLength(value: AxiosHeaderValue, rewrite?: Rewrite): AxiosHeaders;
  getContentLength(parser: RegExp): RegExpExecArray | null;
  getContentLength(parser?: true | HeaderParser): AxiosHeaderValue;
  hasContentLength(matcher?: HeaderMatcher): boolean;
  setAccept(value: AxiosHeaderValue, rewrite?: Rewrite): AxiosHeaders;
  getAccept(parser: RegExp): RegExpExecArray | null;
  getAccept(parser?: true | HeaderParser): AxiosHeaderValue;
  hasAccept(matcher?: HeaderMatcher): boolean;
  setUserAgent(value: AxiosHeaderValue, rewrite?: Rewrite): AxiosHeaders;
  getUserAgent(parser: RegExp): RegExpExecArray | null;
  getUserAgent(parser?: true | HeaderParser): AxiosHeaderValue;
  hasUserAgent(matcher?: HeaderMatcher): boolean;
  setAuthorization(value: AxiosHeaderValue, rewrite?: Rewrite): AxiosHeaders;
  getAuthorization(parser: RegExp): RegExpExecArray | null;
  getAuthorization(parser?: true | HeaderParser): AxiosHeaderValue;
  hasAuthorization(matcher?: HeaderMatcher): boolean;
}

type ContentType =
  | AxiosHeaderValue
  | 'text/html'
  | 'text/plain'
  | 'multipart/form-data'
  | 'application/json'
  | 'application/x-www-form-urlencoded'
  | 'application/octet-stream';

type NamedRequestHeaders =
  | 'Accept'
  | 'Content-Length'
  | 'User-Agent'
  | 'Content-Encoding'
  | 'Authorization'
  | 'Location';
type NamedResponseHeaders =
  | 'Server'
  | 'Content-Type'
  | 'Content-Length'
  | 'Cache-Control'
  | 'Content-Encoding';

export type RawAxiosRequestHeaders = Partial<
  RawAxiosHeaders & { [Name in NamedRequestHeaders]: AxiosHeaderValue } & { 'Content-Type': ContentType }
>;
export type AxiosRequestHeaders = RawAxiosRequestHeaders & AxiosHeaders;
export type RawAxiosResponseHeaders = Partial<
  RawAxiosHeaders & {
    [Name in NamedResponseHeaders | Lowercase<NamedResponseHeaders>]: AxiosHeaderValue;
  } & { 'set-cookie': string[] }
>;
export type AxiosResponseHeaders = RawAxiosResponseHeaders & AxiosHeaders;
