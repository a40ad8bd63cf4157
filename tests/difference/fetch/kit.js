/** What a probe of `fetch` has at hand, and what of its results is compared. */

/**
 * @import { Kit as Base } from '../kit.js'
 * @typedef {ReturnType<typeof equip>} Kit
 * @typedef {(fetch: any, kit: Kit) => unknown} Probe what it gives or throws is what is compared
 * @typedef {Record<string, Probe>} Probes
 */

/** The access token of the session: it alone may be more than what `fetch` sends. */
export const BEARER = 'a-token-of-the-session';

/** The one before it, which the server refuses. */
export const OVER = 'a-token-that-is-over';

/** @type {(name: string, value: string) => boolean} */
export const isOfCaller = (name, value) => name !== 'authorization' || value !== `Bearer ${BEARER}`;

/** @param {Base} base */
export function equip(base) {
  const kit = {
    ...base,
    /** The same server under a name that makes it another origin. */
    elsewhere: (path = '/here') => kit.url(path).replace('127.0.0.1', 'localhost'),
  };
  return kit;
}

/** What says nothing of the request. */
const OF_SERVER = ['date', 'connection', 'keep-alive'];

/**
 * All that a `Response` shows.
 *
 * @param {any} value
 */
export async function showResult(value) {
  if (!(value instanceof Response)) return value;
  const { type, url, redirected, status, statusText, ok, bodyUsed } = value;
  const headers = [...value.headers].filter(([name]) => !OF_SERVER.includes(name));
  const shown = {
    type,
    url,
    redirected,
    status,
    statusText,
    ok,
    bodyUsed,
    headers,
    own: Reflect.ownKeys(value),
  };
  return { ...shown, hasBody: value.body !== null, text: bodyUsed ? undefined : await value.text() };
}

/**
 * The words of the platform's errors are for people: they name the function that has looked.
 *
 * @param {any} error
 */
export function showError(error) {
  if (!(error instanceof Error)) return { thrown: error };
  const { name, message } = error;
  if (error instanceof TypeError || error instanceof SyntaxError) return { name };
  return { name, message, isDom: error instanceof DOMException, code: Reflect.get(error, 'code') };
}
