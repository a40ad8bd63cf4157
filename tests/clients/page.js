/** What a page can be asked to do, bundled: a storm of requests through one client, which runs in Node too, and rounds among tabs. */

import { byHand, facade, withBearer, withSession } from './fetchers.js';
import { byAxios, senders } from './senders.js';

/**
 * @import { ApiFetch } from '../../src/npm/types.js'
 * @import { TokenReply } from '../support/server.js'
 * @import { Note, Sender } from './senders.js'
 *
 * @typedef {object} Order
 * @property {string} client one of `senders`, or `PLAIN`, or `FACADE`
 * @property {'session' | 'bearer' | 'by hand'} fetch what the client is given
 * @property {string} base the tenant's URL
 * @property {TokenReply} tokens
 * @property {number} count
 *
 * @typedef {object} Outcome
 * @property {Record<string, number>} fates how the requests ended, by kind
 * @property {{ status: string, pending: number, waiting: number } | undefined} session what it says afterwards
 * @property {string[]} signOuts
 * @property {string[]} strays errors that reached nobody
 */

export { conduct, follow } from './rounds.js';

/** The package's own call, under no client. */
export const PLAIN = 'the package itself';
/** Its axios facade, with the session in its config. */
export const FACADE = 'the axios facade';

const DEADLINE_MS = 60_000;

/** Every third request brings something. */
export const isPost = (/** @type {number} */ number) => number % 3 === 0;

/** @type {string[]} */
const strays = [];
globalThis.addEventListener?.('error', ({ message }) => strays.push(message));
globalThis.addEventListener?.('unhandledrejection', ({ reason }) => strays.push(String(reason)));

/**
 * @param {Order} order
 * @returns {Promise<Outcome>}
 */
export async function storm({ client, fetch, base, tokens, count }) {
  /** @type {Outcome['signOuts']} */
  const signOuts = [];
  const open = client === FACADE ? facade : withSession;
  /** @type {any} */
  const api = fetch === 'session' ? await open(base, tokens, /** @type {any} */ (signOuts)) : undefined;
  const fetcher = api ?? (fetch === 'bearer' ? withBearer(tokens) : byHand(base, tokens));
  /** @type {Record<string, (api: any, base: string) => Sender>} */
  const makers = { [PLAIN]: plain, [FACADE]: byAxios, ...senders };
  const sender = makers[client]?.(fetcher, base);
  if (!sender) throw new Error(`there is no client "${client}"`);

  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const kinds = await Promise.all(numbers.map((number) => inTime(fateOf(sender, number))));
  /** @type {Outcome['fates']} */
  const fates = {};
  for (const kind of kinds) fates[kind] = (fates[kind] ?? 0) + 1;

  const { status = '', pending = 0, waiting = 0 } = api?.session ?? {};
  const session = api && { status, pending, waiting };
  api?.session?.dispose();
  return { fates, session, signOuts, strays: strays.splice(0) };
}

/**
 * @param {ApiFetch} api
 * @returns {Sender}
 */
function plain(api) {
  const ask = async (/** @type {number} */ number, /** @type {object} */ options) => {
    const { path, text } = await api(`/api/echo/${number}`, options);
    return { number: Number(path.split('/').pop()), body: text };
  };
  return {
    get: (number) => ask(number, { retry: 0 }),
    post: (note) => ask(note.number, { method: 'POST', body: note }),
  };
}

/**
 * @param {Sender} sender
 * @param {number} number
 * @returns {Promise<string>}
 */
async function fateOf(sender, number) {
  /** @type {Note} */
  const note = { number, note: `Grüezi ${number} ✓` };
  try {
    const reply = await (isPost(number) ? sender.post(note) : sender.get(number));
    if (reply.number !== number) return 'reply of another';
    return reply.body === (isPost(number) ? JSON.stringify(note) : '') ? 'own reply' : 'another body';
  } catch (error) {
    return kindOf(error);
  }
}

/**
 * Each client has errors of its own; what the session has to say is in one of them, or is its cause.
 *
 * @param {any} error
 */
function kindOf(error) {
  const says = error.cause?.code ?? error.status ?? error.statusCode ?? error.response?.status ?? error.code;
  return [error.name, says].filter(Boolean).join(' ');
}

/** @param {Promise<string>} fate */
async function inTime(fate) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<string>} */
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, DEADLINE_MS, 'pending');
  });
  try {
    return await Promise.race([fate, late]);
  } finally {
    clearTimeout(timer);
  }
}
