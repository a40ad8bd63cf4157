// What a request of the facade resolves to.
// biome-ignore-all lint/suspicious/noExplicitAny: what a body, a header or an interceptor holds is the app's business
// biome-ignore-all lint/complexity/noBannedTypes: as axios has it: a response's headers are as they are

import type { InternalAxiosRequestConfig } from './axios-config.js';
import type { AxiosResponseHeaders, RawAxiosResponseHeaders } from './axios-headers.js';

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
