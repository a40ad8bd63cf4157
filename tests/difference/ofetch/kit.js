/** What a probe of ofetch has at hand. */

/**
 * @import { Kit as Base } from '../kit.js'
 * @typedef {{ createFetch: any, ofetch: any, fetch: any, FetchError: any }} Lib the exports that both packages have
 * @typedef {ReturnType<typeof equip>} Kit
 * @typedef {(ofetch: any, kit: Kit) => unknown} Probe what it gives or throws is what is compared
 * @typedef {Record<string, Probe>} Probes
 */

/**
 * @param {Base} base
 * @param {Lib} lib
 */
export function equip(base, lib) {
  const kit = {
    ...base,
    lib,

    /**
     * A hook that is seen in the record, and may change what it is given.
     *
     * @param {string} name
     * @param {(context: any) => unknown} [change]
     */
    hook: (name, change) => (/** @type {any} */ context) => {
      const { request, options, response, error } = context;
      kit.note({
        name,
        request: typeof request === 'string' ? request : `‹${request?.constructor?.name}›`,
        method: options.method,
        status: response?.status,
        data: response?._data,
        error: error?.name,
      });
      return change?.(context);
    },

    /** All four hooks, seen in the record. */
    hooks: () => ({
      onRequest: kit.hook('request'),
      onRequestError: kit.hook('request error'),
      onResponse: kit.hook('response'),
      onResponseError: kit.hook('response error'),
    }),

    /**
     * An instance whose `fetch` sends nothing: what reaches it is in the record.
     *
     * @param {any} [defaults]
     * @param {() => any} [answer]
     */
    spied: (defaults, answer = () => Response.json({ ok: true })) =>
      lib.createFetch({
        defaults,
        async fetch(/** @type {any} */ input, /** @type {any} */ init) {
          const isRequest = input instanceof Request;
          const headers = Object.fromEntries(new Headers(init?.headers ?? (isRequest ? input.headers : {})));
          const rest = pick(init ?? {});
          kit.note({ fetched: isRequest ? `‹Request› ${input.url}` : String(input), headers, ...rest });
          return answer();
        },
      }),
  };
  return kit;
}

/** Of what reaches `fetch` only this is the caller's business: what else an implementation adds, `fetch` ignores. */
const OF_INIT = ['method', 'body', 'credentials', 'mode', 'cache', 'redirect', 'duplex', 'keepalive', 'next'];

/** @param {Record<string, unknown>} init */
const pick = (init) =>
  Object.fromEntries(OF_INIT.filter((name) => init[name] !== undefined).map((name) => [name, init[name]]));
