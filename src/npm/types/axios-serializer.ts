// How values become forms and queries.
// biome-ignore-all lint/suspicious/noExplicitAny: what a body, a header or an interceptor holds is the app's business

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
