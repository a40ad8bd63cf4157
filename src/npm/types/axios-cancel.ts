// What gives a request of the facade up, the older way.
// biome-ignore-all lint/suspicious/noExplicitAny: what a body, a header or an interceptor holds is the app's business

export interface Cancel {
  message: string | undefined;
}
export interface CancelStatic {
  new (message?: string): Cancel;
}

export interface CancelToken {
  promise: Promise<Cancel>;
  reason?: Cancel;
  throwIfRequested(): void;
  subscribe(listener: (cancel: Cancel | any) => void): void;
  unsubscribe(listener: (cancel: Cancel | any) => void): void;
  toAbortSignal(): AbortSignal;
}
