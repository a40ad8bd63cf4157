// Interceptors of requests and of responses.
// biome-ignore-all lint/suspicious/noExplicitAny: what a body, a header or an interceptor holds is the app's business

import type { InternalAxiosRequestConfig } from './axios-config.js';

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
