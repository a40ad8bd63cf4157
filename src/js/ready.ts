import { createApiFetch } from './create.js';
import type { ApiFetch, CreateOptions, ReadyApiFetch } from './types.js';

/** An instance that comes into being at its first use, so that importing it costs and touches nothing. */
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
    if (typeof document === 'undefined' && !('WorkerGlobalScope' in globalThis)) {
      throw new Error(
        'apiFetch.configure: a server serves many users; use createApiFetch, one instance a request',
      );
    }
    instance = createApiFetch(defaults);
    configured = true;
  };
  const api = Object.assign((...args: Parameters<ApiFetch>) => current()(...args), {
    raw: (...args: Parameters<ApiFetch['raw']>) => current().raw(...args),
    fetch: (...args: Parameters<ApiFetch['fetch']>) => current().fetch(...args),
    native: (...args: Parameters<ApiFetch['native']>) => globalThis.fetch(...args),
    create: (...args: Parameters<ApiFetch['create']>) => current().create(...args),
    configure,
  });
  return Object.defineProperty(api, 'session', { get: () => current().session }) as ReadyApiFetch;
}
