import type { Fate } from './fates';

/** The part of an echo that shows whose reply it is. */
export interface Echo {
  path: string;
}

/** A token endpoint's reply, as the server sends it. */
export interface TokenReply {
  access_token: string;
  refresh_token: string;
}

/** Told of each step while it happens. Requests count from 1. */
export interface Observer {
  fate(request: number, fate: Fate): void;
  refreshing(): void;
  refreshed(): void;
}

/** One way of keeping a session, with its own tenant: what the two panels compare. */
export interface Client {
  readonly status: string;
  signIn(reply: TokenReply): Promise<void>;
  get(path: string, signal: AbortSignal): Promise<Echo>;
  /** Tells `observer` of every step from now on; the returned function ends that. */
  observe(observer: Observer): () => void;
  /** Leaves nothing in the browser's storage. */
  forget(): void;
}

/** Where request `n` goes, and what its own reply names. */
export const echoPath = (n: number): string => `/api/echo/${n}`;

/** The number in an echo's path, however much of the URL stands before it. */
export function requestNumber(path: string): number | undefined {
  const digits = /\/api\/echo\/(\d+)$/.exec(path)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
