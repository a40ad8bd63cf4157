import { onServer } from '../platform/storage.js';
import { createApiFetch, native } from './create.js';
import type { ApiFetch, CreateOptions, ReadyApiFetch } from './types.js';

/** An instance that is made at its first use, so that importing it has no effects. */
export function readyInstance(): ReadyApiFetch {
  let instance: ApiFetch | undefined;
  let configured = false;
  const current = () => {
    instance ??= createApiFetch();
    return instance;
  };
  const configure = (defaults: CreateOptions) => {
    if (configured)
      throw new Error('apiFetch.configure: it has its defaults already; use createApiFetch for other ones');
    if (onServer()) {
      throw new Error(
        'apiFetch.configure: a server serves many users; use createApiFetch, one instance a request',
      );
    }
    instance = createApiFetch(defaults);
    configured = true;
  };
  const api = Object.assign((...args: Parameters<ApiFetch>) => current()(...args), {
    native,
    configure,
  }) as unknown as ReadyApiFetch;
  for (const name of ['raw', 'fetch', 'create'] as const) {
    api[name] = (...args: unknown[]) => (current()[name] as (...args: unknown[]) => never)(...args);
  }
  return Object.defineProperty(api, 'session', { get: () => current().session });
}
