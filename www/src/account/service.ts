import { createApiFetch, type Session, type SignOut } from 'wasm-api-fetch';
import type { Echo, TokenReply } from '../client';
import { Tenant } from '../tenant';

/** Slow enough for the loading bar to be seen, in ms. */
const latency = 400;

const titles = ['Engines', 'Weather', 'Looms', 'Letters', 'Numbers', 'Errata'];

/** A protected route's echo stands in for what an app would be sent: it names the user whom the token was given to. */
interface Reply extends Echo {
  user: string;
  query: { title?: string };
}

export interface Note {
  title: string;
  owner: string;
}

/** What the app asks its server for, and the session that goes with it. */
export class Service {
  readonly tenant = new Tenant(tenantName());
  readonly session: Session;
  readonly #api;

  constructor(onSignOut: (event: SignOut) => void) {
    this.#api = createApiFetch({
      baseURL: this.tenant.base,
      session: {
        key: `${this.tenant.name}.tokens`,
        refresh: { url: '/oidc/token', clientId: 'app' },
        onSignOut,
      },
    });
    const { session } = this.#api;
    if (!session) throw new Error('the instance has no session');
    this.session = session;
  }

  /** Who has signed in. A field of the app's own in the tokens: refreshes leave it as it is, and other tabs see it. */
  get username(): string | undefined {
    return this.session.tokens?.username as string | undefined;
  }

  async signIn(username: string): Promise<void> {
    await this.tenant.control({ latency });
    const reply = await this.#api<TokenReply>('/login', {
      method: 'POST',
      body: { username },
      session: false,
    });
    await this.session.set({ ...reply, username });
  }

  async me(signal: AbortSignal): Promise<string> {
    return (await this.#api<Reply>('/api/echo/me', { signal })).user;
  }

  /** A request for each, all at once. */
  notes(signal: AbortSignal): Promise<Note[]> {
    return Promise.all(
      titles.map(async (title, index) => {
        const path = `/api/echo/notes/${index + 1}?${new URLSearchParams({ title })}`;
        const { query, user } = await this.#api<Reply>(path, { signal });
        return { title: query.title ?? '', owner: user };
      }),
    );
  }

  /** The access token is dead from now on, and the server will refuse to exchange the refresh token. */
  async endOnServer(): Promise<void> {
    await this.tenant.control({ refresh: { mode: 'invalid_grant', times: 1 } });
    await this.tenant.expire();
  }
}

/** One for each browser and not for each page: a session outlives a reload, and other tabs share it. */
function tenantName(): string {
  const key = 'account.tenant';
  const name = localStorage.getItem(key) ?? `account-${crypto.getRandomValues(new Uint32Array(2)).join('')}`;
  localStorage.setItem(key, name);
  return name;
}
