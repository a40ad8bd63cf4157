/**
 * A server that fails in every way, over tokens that rotate strictly. Its paths are `/<seed>.<life>/…`: each life has books of its own,
 * and what goes wrong there follows from its seed and from what arrives.
 */

import { createServer } from 'node:http';
import { Books } from './books.js';
import { Chance } from './chance.js';
import { AFTER, BEFORE, FAULTS, OF_THE_API, send } from './faults.js';
import { faultsOf, merged } from './judge.js';
import { markOf, textFor } from './marks.js';

/**
 * @import { IncomingMessage, ServerResponse } from 'node:http'
 * @import { Exchange } from './faults.js'
 * @typedef {{ request: IncomingMessage, response: ServerResponse, url: URL, books: Books, chance: Chance }} Visit
 */

const JSON_TYPE = 'application/json';

/** Opens the server on a port of its own. */
export async function openFaultServer() {
  /** @type {Map<string, Books>} */
  const all = new Map();
  const server = createServer({ keepAliveTimeout: 2000 }, (request, response) => {
    const url = new URL(request.url ?? '', 'http://storm.invalid');
    const [, realm = '', what = '', id = '0'] = url.pathname.split('/');
    if (!/^\d+\.\d+$/.test(realm))
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
    const books = all.get(realm) ?? new Books(realm);
    all.set(realm, books);
    const [seed = 0, life = 0] = realm.split('.').map(Number);
    // A connection that breaks is what is wanted.
    request.on('error', () => {});
    const chance = new Chance(seed, life, Number(id), books.arrivals.length + books.presentations.length);
    const visit = { request, response, url, books, chance };
    if (what === 'api') void api(visit, Number(id));
    else if (what === 'token') void token(visit);
    else if (what === 'login') login(visit);
    else if (what === 'logins') logins(visit);
    else if (what === 'meet') books.meet(Number(url.searchParams.get('of')), () => response.end());
    else void balance(visit, () => all.delete(realm));
  });
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The whole body, or nothing where its end never comes. @returns {Promise<string | undefined>} */
async function bodyOf(/** @type {IncomingMessage} */ request) {
  try {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    return text;
  } catch {
    return undefined;
  }
}

/** @returns {Exchange} */
const exchangeOf = (
  /** @type {Visit} */ { request, response, chance },
  id = 0,
  /** @type {object} */ reply = {},
) => ({
  ...{ request, response, chance, id, reply },
  after: (ms, work) => void setTimeout(() => response.destroyed || work(), ms),
});

/** @param {Visit} visit @param {number} id */
async function api(visit, id) {
  const { request, response, url, books, chance } = visit;
  const said = (/** @type {string} */ name) => String(request.headers[`x-storm-${name}`] ?? '');
  const authorization = request.headers.authorization?.replace('Bearer ', '') ?? request.headers['x-token'];
  const { arrival, access } = books.arrive({
    ...{ id, user: said('user'), token: url.searchParams.get('token') ?? authorization?.toString() },
    ...{ isBare: said('bare') !== '', isJudged: said('judged') !== '' },
  });
  response.on('close', () => books.close(arrival, response.writableFinished ? 'sent' : 'broken'));
  const isCalm = said('calm') !== '';
  if (!isCalm && chance.oneIn(60)) {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = await bodyOf(request);
  if (body === undefined || response.destroyed) return;
  if (said('body') !== '' && !isWhole(body, id, Number(said('body'))))
    books.faults.push(`#${id} came with another body`);
  if (!isCalm && chance.oneIn(10)) books.expire();

  const reply = {
    mark: markOf(id),
    user: access?.user ?? null,
    filling: 'x'.repeat(chance.oneIn(20) ? 40_000 : 0),
  };
  const exchange = exchangeOf(visit, id, reply);
  const fault = isCalm ? 'none' : chance.weighted(OF_THE_API);
  const isDead = access ? !books.isGood(access) : said('bare') === '';
  if (isDead || fault === 'rejected') {
    if (access) access.isRejected = true;
    const answer = () =>
      said('dead') === 'code' && access
        ? send(exchange, 200, JSON.stringify({ ...reply, code: 7 }))
        : send(exchange, 401, undefined, { 'www-authenticate': 'Bearer error="invalid_token"' });
    exchange.after(chance.below(12), answer);
  } else if (fault === 'forbidden') {
    send(exchange, 401, undefined, { 'www-authenticate': 'Bearer error="insufficient_scope"' });
  } else {
    FAULTS[fault]?.(exchange);
  }
}

/** Whether it is the text that belongs to the call, whatever stands around it. */
function isWhole(/** @type {string} */ body, /** @type {number} */ id, /** @type {number} */ length) {
  const text = body.startsWith('body=') ? decodeURIComponent(body) : body;
  return text.includes(textFor(id, length));
}

/** @param {Visit} visit */
async function token(visit) {
  const { request, response, books, chance } = visit;
  const body = await bodyOf(request);
  if (body === undefined) return;
  const presentation = books.present(
    new URLSearchParams(body).get('refresh_token') ?? '',
    String(request.headers['x-storm-refresh']),
  );
  response.on('close', () => {
    presentation.isOpen = false;
  });
  const isCalm = request.headers['x-storm-calm'] !== undefined;
  const before = isCalm ? 'none' : chance.weighted(BEFORE);
  if (before !== 'none') {
    FAULTS[before]?.(exchangeOf(visit, 0, { nothing: 'of use' }));
    return;
  }
  const lifetime = isCalm ? 3600 : chance.pick([3600, 3600, 3600, 2]);
  const reply = books.rotate(presentation, lifetime);
  if (reply) FAULTS[isCalm ? 'none' : chance.weighted(AFTER)]?.(exchangeOf(visit, 0, reply));
  else send(exchangeOf(visit, 0, { error: 'invalid_grant' }), 400);
}

/** The page that people are led to. @param {Visit} visit */
function login({ response, url }) {
  const id = Number(url.searchParams.get('id'));
  response.writeHead(200, { 'content-type': 'text/html', 'x-storm-id': String(id) });
  response.end(`<!doctype html><title>Log in</title><p>of ${markOf(id)}`);
}

/** So many logins of a user at once: no fault is made here. @param {Visit} visit */
function logins({ response, url, books }) {
  const user = String(url.searchParams.get('user'));
  const replies = Array.from({ length: Number(url.searchParams.get('count')) }, () =>
    books.issue(user, 3600),
  );
  response.writeHead(200, { 'content-type': JSON_TYPE }).end(JSON.stringify(replies));
}

/**
 * The end of a life: what its tabs say of it is held against the books.
 *
 * @param {Visit} visit
 * @param {() => void} close
 */
async function balance({ request, response, url, books }, close) {
  books.ledgers.push(JSON.parse((await bodyOf(request)) ?? '{}'));
  books.meet(Number(url.searchParams.get('of')), async () => {
    while (books.open > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const { presentations, arrivals, reused } = books;
    // Once, whichever tab is told of it.
    const isFirst = books.ledgers.length > 0;
    const faults = isFirst ? faultsOf(merged(books.ledgers.splice(0)), books) : [];
    const counts = { arrivals: arrivals.length, presentations: presentations.length, reused };
    response.writeHead(200, { 'content-type': JSON_TYPE });
    response.end(
      JSON.stringify({ ...(isFirst ? counts : { arrivals: 0, presentations: 0, reused: 0 }), faults }),
    );
    close();
  });
}
