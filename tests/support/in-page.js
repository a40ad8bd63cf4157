/** What runs in a page: one instance of the package, and the means to watch what becomes of its calls. */

/**
 * @import * as Package from '../../src/npm/index.js'
 * @import { ApiFetch, CreateOptions, FetchOptions, FetchRequest } from '../../src/npm/types.js'
 * @import { RefreshContext, RefreshFunction, SessionOptions, SignOutReason, Tokens } from '../../src/npm/types.js'
 * @typedef {((request: FetchRequest, options?: FetchOptions) => Promise<any>)
 *   & Omit<ApiFetch, 'raw' | 'create'>
 *   & { raw(request: FetchRequest, options?: FetchOptions): Promise<Response & { _data?: any }> }
 *   & { create(...args: Parameters<ApiFetch['create']>): TestApi }} TestApi what is read of its replies is the tests' business
 * @typedef {Partial<SessionOptions>} SessionPatch
 * @typedef {{ name: string, code: unknown, status: unknown, message: string, cause: ErrorReport | undefined }} ErrorReport
 * @typedef {{ value?: any, error?: ErrorReport }} Outcome
 * @typedef {{ state: 'pending' | 'fulfilled' | 'rejected', outcome: Promise<Outcome>, promise: Promise<unknown> }} Watched
 * @typedef {Awaited<ReturnType<typeof makeKit>>} Kit
 */

/**
 * @param {object} options
 * @param {string} options.entry the package's URL
 * @param {string} options.base the tenant's URL
 * @param {SessionPatch} options.session over the defaults: a refresh at the tenant's token endpoint
 * @param {Omit<CreateOptions, 'session'>} options.defaults
 */
export async function makeKit({ entry, base, session, defaults }) {
  /** @type {typeof Package} where a script has brought it already, there is no module to import */
  const lib = /** @type {any} */ (globalThis).wasmApiFetch ?? (await import(entry));
  /** @type {{ signOuts: SignOutReason[], refreshes: number, reported: string[] }} */
  const seen = { signOuts: [], refreshes: 0, reported: [] };
  globalThis.reportError = (error) => seen.reported.push(String(error));

  /**
   * @param {SessionPatch} [own]
   * @param {Omit<CreateOptions, 'session'>} [more]
   * @returns {TestApi}
   */
  const create = (own = {}, more = {}) =>
    /** @type {any} */ (
      lib.createApiFetch({
        baseURL: base,
        ...more,
        session: {
          refresh: { url: '/oidc/token', clientId: 'app' },
          onRefresh: () => {
            seen.refreshes += 1;
          },
          onSignOut: ({ reason }) => seen.signOuts.push(reason),
          ...own,
        },
      })
    );

  /**
   * @param {any} error
   * @returns {ErrorReport}
   */
  const report = (error) => ({
    name: error?.name ?? String(error),
    code: error?.code,
    status: error?.status,
    message: String(error?.message),
    cause: error?.cause === undefined ? undefined : report(error.cause),
  });

  /**
   * @param {unknown} promise
   * @returns {Promise<Outcome>}
   */
  const outcome = (promise) =>
    Promise.resolve(promise).then(
      (value) => ({ value }),
      (error) => ({ error: report(error) }),
    );

  /**
   * @param {Promise<unknown>} promise
   * @returns {Watched}
   */
  const watch = (promise) => {
    /** @type {Watched} */
    const watched = { state: 'pending', outcome: outcome(promise), promise };
    watched.outcome.then((result) => {
      watched.state = result.error ? 'rejected' : 'fulfilled';
    });
    return watched;
  };

  let api = create(session, defaults);

  /**
   * `count` requests at once, each to a path of its own.
   *
   * @param {number} count
   * @param {(number: number) => Parameters<ApiFetch>[1]} [options]
   */
  const storm = (count, options) =>
    Array.from({ length: count }, (_, index) => api(`/api/echo/${index + 1}`, options?.(index + 1)));

  /** @param {ErrorReport} error */
  const nameOf = ({ name, code, status, cause }) => {
    const aborted = cause?.name === 'AbortError' ? cause.name : undefined;
    return [name, aborted ?? code ?? status ?? cause?.name].filter(Boolean).join(' ');
  };

  /**
   * How the storm's requests ended, by kind; whoever has not ended in time is counted as pending.
   *
   * @param {Promise<any>[]} promises
   * @param {number} [deadline] in ms
   */
  const tally = async (promises, deadline = 30_000) => {
    const late = new Promise((resolve) => setTimeout(resolve, deadline, { error: { name: 'pending' } }));
    const results = await Promise.all(promises.map((promise) => Promise.race([outcome(promise), late])));
    /** @type {Record<string, number>} */
    const counts = {};
    for (const [index, { value, error }] of results.entries()) {
      const own = value?.path === `/api/echo/${index + 1}`;
      const kind = error ? nameOf(error) : own ? 'own reply' : 'reply of another';
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  };

  /** @type {({ tokens: Tokens } & RefreshContext)[]} what a refresh function was given, call by call */
  const calls = [];

  /**
   * Puts an instance that refreshes by a function in the place of the first one, and signs it in.
   *
   * @param {RefreshFunction} refresh
   * @param {SessionPatch} own
   * @param {object} reply
   */
  const use = (refresh, own, reply) => {
    /** @type {RefreshFunction} */
    const counted = (tokens, context) => {
      calls.push({ tokens, ...context });
      return refresh(tokens, context);
    };
    api.session?.dispose();
    api = create({ ...own, refresh: counted }, defaults);
    return api.session?.set(reply);
  };

  /** @type {{ url: string, method: string, headers: Record<string, string>, bytes: number[] }[]} what `recorder` let through */
  const sent = [];

  /** A `fetch` that notes what it is asked to send before it does. */
  const recorder = async (
    /** @type {RequestInfo | URL} */ input,
    /** @type {RequestInit | undefined} */ init,
  ) => {
    const request = new Request(input, init);
    const { url, method } = request;
    const headers = Object.fromEntries(request.headers);
    sent.push({ url, method, headers, bytes: [...new Uint8Array(await request.clone().arrayBuffer())] });
    return fetch(request);
  };

  return {
    get api() {
      return api;
    },
    ...{ lib, base, create, use, calls, recorder, sent, seen, report, outcome, watch, storm, tally },
  };
}
