/** What a probe of axios has at hand. */

import { withoutBoundary } from '../kit.js';
import { messageOf, plainError, shownAnswer, shownConfig } from './shown.js';

/**
 * @import { Kit as Base } from '../kit.js'
 * @typedef {ReturnType<typeof equip>} Kit
 * @typedef {(instance: any, kit: Kit) => unknown} Probe what it gives or throws is what is compared
 * @typedef {Record<string, Probe>} Probes
 */

/**
 * @param {Base} base
 * @param {any} lib the exports that both packages have
 */
export function equip(base, lib) {
  const kit = {
    ...base,
    /** The default export, which all probes share: nothing is to be left on it. */
    axios: lib.default,
    lib,

    /**
     * A request interceptor that is seen in the record, and may change what it is given.
     *
     * @param {string} name
     * @param {(config: any) => unknown} [change] default: gives on what it is given
     */
    asks:
      (name, change = (config) => config) =>
      (/** @type {any} */ config) => {
        kit.note({ [name]: `${config?.method} ${config?.url}` });
        return change(config);
      },

    /**
     * A response interceptor of the same kind.
     *
     * @param {string} name
     * @param {(response: any) => unknown} [change]
     */
    answered:
      (name, change = (response) => response) =>
      (/** @type {any} */ response) => {
        kit.note({ [name]: response?.status, data: response?.data });
        return change(response);
      },

    /**
     * Either’s second half.
     *
     * @param {string} name
     * @param {(error: any) => unknown} [change] default: rejects with what it is given
     */
    failed:
      (name, change = (error) => Promise.reject(error)) =>
      (/** @type {any} */ error) => {
        kit.note({ [name]: messageOf(error) ?? error, code: error?.code });
        return change(error);
      },

    /** How a call ends, without ending the probe. @param {any} call */
    end: (call) =>
      Promise.resolve(call).then(
        (/** @type {any} */ { status, data }) => ({ status, data }),
        (/** @type {unknown} */ error) => plainError(error, lib),
      ),

    /** An adapter that sends nothing: what reaches it is in the record. @param {any} [answer] */
    adapter: (answer = {}) =>
      kit.asks('adapter', async (config) => {
        const { headers, data, ...rest } = shownConfig(config);
        const { method, url, baseURL, params, timeout } = rest;
        kit.note({ method, url, baseURL, params, timeout, data, headers });
        return { data: '{"ok":true}', status: 200, statusText: 'OK', headers: {}, config, ...answer };
      }),

    /** A `fetch` that sends nothing: what reaches it is in the record. @param {(input: any) => any} [answer] */
    fetched:
      (answer = () => Response.json({ ok: true })) =>
      async (/** @type {any} */ input, /** @type {any} */ init) => {
        const isRequest = input instanceof Request;
        const request = isRequest ? input : new Request(input, init);
        const { method, url, credentials, mode, cache, redirect } = request;
        // Its body takes a while to read.
        kit.note({ fetching: url });
        const headers = Object.fromEntries([...request.headers].filter(([name]) => name !== 'user-agent'));
        const body = request.body && (await request.clone().text());
        const sent = { isRequest, method, url, headers, credentials, mode, cache, redirect, init, body };
        kit.note(withoutBoundary(sent));
        return answer(input);
      },

    shownAnswer,
    shownConfig,
  };
  return kit;
}
