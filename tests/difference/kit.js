/** What every probe has at hand, in Node and in a page alike, and how a probe is made a record. */

import { plain } from './plain.js';

/**
 * @import { Answer, Received } from './server.js'
 * @typedef {ReturnType<typeof makeKit>['kit']} Kit
 * @typedef {'theirs' | 'ours'} Side
 * @typedef {Record<Side, string>} Records
 */

/**
 * Two that are compared, and how.
 *
 * @template K
 * @typedef {object} Contest
 * @property {Record<Side, any>} contestants what each exports
 * @property {Record<string, (subject: any, kit: K) => unknown>} probes what one gives or throws is what is compared
 * @property {(lib: any, kit: Kit) => any} subject of the exports what a probe is handed
 * @property {(kit: Kit, lib: any) => K} equip what a probe has at hand beside that
 * @property {(value: any) => unknown} [show] what of a result is compared; default: all
 * @property {(error: any, lib: any) => unknown} plainError what a rejected call tells
 * @property {(name: string, value: string) => boolean} [isTheirs] whether a header of a request is the caller's business; default: not where
 *   the platform adds it to each
 */

const DEADLINE_MS = 5_000;

let serial = 0;

/** What says nothing of the client's doing. */
const OF_PLATFORM =
  /^(?:host|connection|user-agent|accept-language|accept-encoding|sec-.*|referer|origin|content-length|pragma|cache-control|transfer-encoding|upgrade-insecure-requests|keep-alive)$/;

/**
 * @param {string} origin
 * @param {string} id nobody else's
 */
function makeKit(origin, id) {
  /** @type {unknown[]} */
  const log = [];
  const over = new AbortController();
  const control = async (/** @type {string} */ what, /** @type {unknown} */ body = null) => {
    const answer = await fetch(`${origin}/control/${id}/${what}`, {
      method: 'POST',
      body: JSON.stringify(body),
      signal: what === 'books' ? null : over.signal,
    });
    return answer.json();
  };

  const kit = {
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

    /** What has come to the server is not compared: nobody can say whether it has got so far. */
    ignoreRequests() {
      kit.ignoresRequests = true;
    },
    ignoresRequests: false,

    /** @param {unknown} entry */
    note: (entry) => void log.push(entry),
  };
  /** Lets go of all that still waits, of which a page can have six only, and gives what has come. */
  const books = async () => {
    await kit.release();
    over.abort();
    return control('books');
  };
  return { kit, books };
}

/**
 * @template K
 * @param {Contest<K>} contest
 * @returns {(name: string, origin: string) => Promise<Records>} runs a probe by both, and gives JSON of all that can be seen of it
 */
export function contest({
  contestants,
  probes,
  subject,
  equip,
  show = (value) => value,
  plainError,
  isTheirs = (name) => !OF_PLATFORM.test(name),
}) {
  const record = async (/** @type {any} */ lib, /** @type {string} */ name, /** @type {string} */ origin) => {
    const probe = probes[name];
    if (!probe) throw new Error(`there is no probe "${name}"`);
    serial += 1;
    const id = String(serial).padStart(6, '0');
    const { kit, books } = makeKit(origin, id);
    const work = async () => {
      try {
        return { value: await plain(await show(await probe(subject(lib, kit), equip(kit, lib)))) };
      } catch (error) {
        return { error: await plainError(error, lib) };
      }
    };
    const told = await inTime(work());
    const received = /** @type {Received[]} */ (await books()).map(withoutBoundary);
    for (const request of received) {
      const entries = Object.entries(request.headers);
      request.headers = Object.fromEntries(entries.filter((entry) => isTheirs(...entry)));
    }
    const all = { ...told, log: await plain(kit.log), ...(!kit.ignoresRequests && { received }) };
    return JSON.stringify(all).replaceAll(kit.base, '‹base›').replaceAll(`p/${id}`, '‹path›');
  };

  return async (name, origin) => ({
    theirs: await record(contestants.theirs, name, origin),
    ours: await record(contestants.ours, name, origin),
  });
}

/** @param {Promise<object>} work */
async function inTime(work) {
  /** @type {any} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, DEADLINE_MS, { pending: true });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The first line of a form’s body. */
const BOUNDARY = /^--([^\r\n]+?)(?:--)?\r\n/;

/**
 * @template {{ headers: Record<string, string>, body: string | null }} T
 * @param {T} request whose form has a boundary drawn by chance
 * @returns {T}
 */
export function withoutBoundary(request) {
  const { 'content-type': type = '' } = request.headers;
  const boundary = /boundary=(\S+)/.exec(type)?.[1] ?? BOUNDARY.exec(request.body ?? '')?.[1];
  return boundary ? JSON.parse(JSON.stringify(request).replaceAll(boundary, '‹boundary›')) : request;
}
