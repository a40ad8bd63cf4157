import type { TokenReply } from './client';

export type RefreshMode = 'ok' | '500' | 'invalid_grant';

export interface Switches {
  latency: number;
  refresh: { mode: RefreshMode; times: number | null };
}

/** What the server counted, since the tenant came into being. */
export interface Books {
  refreshes: number;
  reused: number;
  statuses: Record<string, number>;
}

/** A corner of the server that belongs to one panel of one page: two storms never meet. */
export class Tenant {
  readonly name: string;
  readonly base: string;

  constructor(name: string) {
    this.name = name;
    this.base = `/t/${name}`;
  }

  login(): Promise<TokenReply> {
    return this.#call('POST', '/login', { username: 'ada' });
  }

  control(switches: Partial<Switches>): Promise<unknown> {
    return this.#call('POST', '/control', switches);
  }

  /** From now on every access token given so far is rejected; refresh tokens stay good. */
  expire(): Promise<unknown> {
    return this.#call('POST', '/expire', {});
  }

  books(): Promise<Books> {
    return this.#call('GET', '/books');
  }

  /** `keepalive`, because it is called when the page goes away. */
  forget(): void {
    void fetch(this.base, { method: 'DELETE', keepalive: true });
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const init: RequestInit = { method };
    if (body !== undefined) {
      init.headers = { 'content-type': 'application/json' };
      init.body = JSON.stringify(body);
    }
    const response = await fetch(this.base + path, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return response.status === 204 ? (undefined as T) : response.json();
  }
}
