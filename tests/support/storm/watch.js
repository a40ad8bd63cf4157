/** The platform's `fetch`, watched: what is known here of each presentation of a refresh token. */

/**
 * @import { Presented } from './judge.js'
 * @typedef {typeof globalThis.fetch} Fetch
 * @typedef {(fetch: Fetch) => Fetch} Sabotage
 */

/** The moment in ms, the same in all tabs, and finer and steadier than a date. */
const now = () => performance.timeOrigin + performance.now();

/** The header that names a presentation. */
export const NONCE = 'x-storm-refresh';

/**
 * Stands in for the platform's `fetch` until it is told to stop.
 *
 * @param {Sabotage} [sabotage] puts a fault between the package and the wire, to see whether the judge sees it
 */
export function watchFetch(sabotage = (fetch) => fetch) {
  const platform = globalThis.fetch;
  const inner = sabotage((...given) => platform.apply(globalThis, given));
  /** @type {Record<string, Presented>} */
  const presented = {};

  const present = async (/** @type {string} */ nonce, /** @type {Parameters<Fetch>} */ ...given) => {
    const { signal } = given[1] ?? {};
    /** @type {Presented} */
    const note = {
      madeAt: now(),
      receivedAt: undefined,
      // Also when its answer has come: then the package has thrown it away.
      get isGivenUp() {
        return Boolean(signal?.aborted);
      },
    };
    presented[nonce] = note;
    const response = await inner(...given);
    const text = response.text.bind(response);
    response.text = async () => {
      const whole = await text();
      // What was reset, a browser repeats by itself: then this may be the answer to its second try.
      if (whole.includes('access_token') && !note.isGivenUp) note.receivedAt ??= now();
      return whole;
    };
    return response;
  };

  globalThis.fetch = (...given) => {
    const headers = given[1]?.headers;
    const nonce = headers instanceof Headers ? headers.get(NONCE) : null;
    return nonce ? present(nonce, ...given) : inner(...given);
  };
  return {
    presented,
    stop() {
      globalThis.fetch = platform;
    },
  };
}
