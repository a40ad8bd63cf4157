import { createApiFetch } from 'wasm-api-fetch';
import { type Client, type Echo, type Observer, requestNumber, type TokenReply } from './client';
import type { Tenant } from './tenant';

/** The session kept by the package. What the page draws is the package's own trace. */
export function packageClient(tenant: Tenant): Client {
  const key = `${tenant.name}.tokens`;
  let signOuts = 0;
  const api = createApiFetch({
    baseURL: tenant.base,
    session: {
      key,
      refresh: { url: '/oidc/token', clientId: 'app' },
      onSignOut: () => {
        signOuts += 1;
      },
    },
  });
  const { session } = api;
  if (!session) throw new Error('the instance has no session');

  return {
    get status() {
      const told = session.status === 'signed-out' && signOuts > 0;
      return told ? `signed-out (onSignOut calls: ${signOuts})` : session.status;
    },
    async signIn(reply: TokenReply) {
      signOuts = 0;
      await session.set(reply);
    },
    get: (path, signal) => api<Echo>(path, { signal }),
    observe: (observer) =>
      session.on('trace', ({ step, path }) => {
        switch (step) {
          case 'refreshing':
            return observer.refreshing();
          case 'refreshed':
          case 'refresh-failed':
            return observer.refreshed();
          case 'sent':
          case 'rejected':
          case 'waiting':
          case 'withdrawn':
          case 'replayed':
            return report(observer, path, step);
          // How a request ends is judged by its promise and its reply, not by its client's word.
        }
      }),
    forget: () => localStorage.removeItem(key),
  };
}

function report(observer: Observer, path: string, step: Parameters<Observer['fate']>[1]): void {
  const request = requestNumber(path);
  if (request !== undefined) observer.fate(request, step);
}
