/** What a probe has at hand, in Node and in a page alike, and how a probe is made a record. */

import { plain, plainError } from './plain.js';

/**
 * @import { Answer, Received } from './server.js'
 * @typedef {{ createFetch: any, ofetch: any, fetch: any, FetchError: any }} Lib the exports that both packages have
 * @typedef {ReturnType<typeof makeKit>['kit']} Kit
 * @typedef {(ofetch: any, kit: Kit) => unknown} Probe what it gives or throws is what is compared
 * @typedef {Record<string, Probe>} Probes
 */

const DEADLINE_MS = 5_000;

/**
 * @param {Lib} lib
 * @param {string} origin
 * @param {string} id nobody else's
 */
export function makeKit(lib, origin, id) {
  /** @type {unknown[]} */
  const log = [];
  const control = async (/** @type {string} */ what, /** @type {unknown} */ body = null) => {
    const answer = await fetch(`${origin}/control/${id}/${what}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return answer.json();
  };

  const kit = {
    lib,
    log,
    origin,
    /** The URL beneath which everything belongs to this probe. */
    base: `${origin}/p/${id}`,
    url: (path = '/here') => `${origin}/p/${id}${path}`,

    /**
     * The answers of the server, one after the other; the last one stays.
     *
     * @param {Answer[]} answers
     */
    answers: (...answers) => control('answers', answers),
    /** Resolves once so many requests have come. */
    arrived: (count = 1) => control('arrived', count),
    /** Resolves once so many exchanges are over, be it by an abort. */
    ended: (count = 1) => control('ended', count),
    /** Lets go what is held. */
    release: () => control('release'),

    /** @param {unknown} entry */
    note: (entry) => void log.push(entry),

    /**
     * A hook that is seen in the record, and may change what it is given.
     *
     * @param {string} name
     * @param {(context: any) => unknown} [change]
     */
    hook: (name, change) => (/** @type {any} */ context) => {
      const { request, options, response, error } = context;
      log.push({
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
          log.push({ fetched: isRequest ? `‹Request› ${input.url}` : String(input), headers, ...rest });
          return answer();
        },
      }),
  };
  return { kit, books: () => control('books') };
}

/** Of what reaches `fetch` only this is the caller's business: what else an implementation adds, `fetch` ignores. */
const OF_INIT = ['method', 'body', 'credentials', 'mode', 'cache', 'redirect', 'duplex', 'keepalive', 'next'];

/** @param {Record<string, unknown>} init */
const pick = (init) =>
  Object.fromEntries(OF_INIT.filter((name) => init[name] !== undefined).map((name) => [name, init[name]]));

/**
 * @param {Lib} lib
 * @param {string} origin
 * @param {string} id
 * @param {Probe} probe
 * @returns {Promise<string>} JSON of all that can be seen of it
 */
export async function record(lib, origin, id, probe) {
  const { kit, books } = makeKit(lib, origin, id);
  const told = await outcome(lib, kit, probe);
  const received = /** @type {Received[]} */ (await books()).map(withoutBoundary);
  const all = { ...told, log: await plain(kit.log), received };
  return JSON.stringify(all).replaceAll(kit.base, '‹base›').replaceAll(`/p/${id}`, '‹path›');
}

/**
 * @param {Lib} lib
 * @param {Kit} kit
 * @param {Probe} probe
 */
async function outcome(lib, kit, probe) {
  /** @type {any} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, DEADLINE_MS, { pending: true });
  });
  const ended = (async () => {
    try {
      return { value: await plain(await probe(lib.ofetch, kit)) };
    } catch (error) {
      return { error: await plainError(error, lib.FetchError) };
    }
  })();
  try {
    return await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Received} request whose form has a boundary drawn by chance */
function withoutBoundary(request) {
  const { 'content-type': type = '' } = request.headers;
  const boundary = /boundary=(\S+)/.exec(type)?.[1];
  return boundary ? JSON.parse(JSON.stringify(request).replaceAll(boundary, '‹boundary›')) : request;
}
