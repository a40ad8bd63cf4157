/** What the benchmark asks of its page. */

import { contestants } from './contestants.js';
import { withStub } from './stub.js';

/**
 * @import { Client, TokenReply } from './client.js'
 * @import { Contestant } from '../rounds.js'
 * @typedef {'GET' | 'POST'} Method
 */

const PATH = '/api/items/1';

/** @type {Map<string, Client>} */
const clients = new Map();

/**
 * The same one each time, as in an app.
 *
 * @param {Contestant} name
 * @param {string} base
 * @returns {Client}
 */
function client(name, base) {
  const key = `${name} ${base}`;
  const client = clients.get(key) ?? contestants[name](base);
  clients.set(key, client);
  return client;
}

/**
 * @param {Contestant} name
 * @param {string} base
 * @param {TokenReply} reply
 */
export const signIn = (name, base, reply) => client(name, base).signIn(reply);

/**
 * @param {Contestant} name
 * @param {string} base
 * @param {Method} method
 */
function call(name, base, method) {
  const { get, post } = client(name, base);
  const url = base + PATH;
  // Made anew for each call, as apps do.
  return method === 'GET' ? () => get(url) : () => post(url, { name: 'Ada', tags: ['a', 'b'] });
}

/**
 * What a contestant makes of a call, and of its answer.
 *
 * @param {Contestant} name
 * @param {string} base
 * @param {Method} method
 */
export async function callOnce(name, base, method) {
  /** @type {Request | undefined} */
  let request;
  const data = await withStub(call(name, base, method), (input, init) => {
    request = new Request(input, init);
  });
  if (!request) throw new Error(`${name} did not call fetch`);
  const { url, headers } = request;
  const sent = {
    url,
    method: request.method,
    authorization: headers.get('authorization'),
    contentType: headers.get('content-type'),
    body: await request.text(),
  };
  return { sent, data };
}

/** Nobody pays for the garbage of the one before. */
export const collectGarbage = () => globalThis.gc?.();

/**
 * @param {Contestant} name
 * @param {string} base
 * @param {Method} method
 * @param {number} calls
 * @returns {Promise<number>} ms in all
 */
export function timeCalls(name, base, method, calls) {
  const once = call(name, base, method);
  return withStub(async () => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) await once();
    return performance.now() - start;
  });
}

/**
 * @param {Contestant} name
 * @param {string} base
 * @param {number} requests
 * @returns {Promise<{ ms: number, lost: number }>} lost: those who did not get their own reply
 */
export async function timeStorm(name, base, requests) {
  const { get } = client(name, base);
  const paths = Array.from({ length: requests }, (_, number) => `/api/echo/${number}`);
  const start = performance.now();
  const replies = await Promise.allSettled(paths.map((path) => get(base + path)));
  const ms = performance.now() - start;
  const own = replies.filter(
    (reply, number) => reply.status === 'fulfilled' && reply.value.path === paths[number],
  );
  return { ms, lost: requests - own.length };
}

/**
 * One request, beginning at a moment that several tabs were told of.
 *
 * @param {Contestant} name
 * @param {string} base
 * @param {string} path
 * @param {number} at ms since the epoch
 * @returns {Promise<{ ms: number, refreshed: boolean }>} `refreshed`: by this tab
 */
export async function timeOneAt(name, base, path, at) {
  const { get } = client(name, base);
  performance.clearResourceTimings();
  while (at - Date.now() > 2) await new Promise((resolve) => setTimeout(resolve, 1));
  while (Date.now() < at);
  const start = performance.now();
  await get(base + path);
  const ms = performance.now() - start;
  const refreshed = performance
    .getEntriesByType('resource')
    .some((entry) => entry.name.endsWith('/oidc/token'));
  return { ms, refreshed };
}
