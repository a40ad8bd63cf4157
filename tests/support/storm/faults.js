/** What becomes of an answer: whole, late, cut, none, or another one. */

/**
 * @import { IncomingMessage, ServerResponse } from 'node:http'
 * @import { Chance } from './chance.js'
 * @typedef {{ response: ServerResponse, request: IncomingMessage, chance: Chance, id: number, reply: object, after(ms: number, work: () => void): void }} Exchange
 */

import { markOf } from './marks.js';

/** How long a stall lasts before the server gives the connection up, in ms: who has no time limit is told then. */
const STALL = 250;

const JSON_TYPE = 'application/json';

const head = (/** @type {Exchange} */ { id }, type = JSON_TYPE) => ({
  'content-type': type,
  'x-storm-id': String(id),
});

/** @param {Exchange} exchange */
export function send(exchange, status = 200, body = JSON.stringify(exchange.reply), more = {}) {
  exchange.response.writeHead(status, { ...head(exchange), ...more }).end(body);
}

const html = (/** @type {Exchange} */ exchange, /** @type {number} */ status) =>
  send(
    exchange,
    status,
    `<!doctype html><title>${status}</title><p>of ${markOf(exchange.id)}`,
    head(exchange, 'text/html'),
  );

/** The head, and half of the body. @param {Exchange} exchange */
function half(exchange) {
  const body = JSON.stringify(exchange.reply);
  exchange.response.writeHead(200, { ...head(exchange), 'content-length': body.length + 100 });
  exchange.response.write(body);
}

const reset = (/** @type {Exchange} */ { response }) => void response.socket?.resetAndDestroy();
const cut = (/** @type {Exchange} */ { response }) => void response.socket?.end();

/** Each kind of answer, by its name. @type {Record<string, (exchange: Exchange) => void>} */
export const FAULTS = {
  none: send,
  late: (exchange) => exchange.after(exchange.chance.below(30), () => send(exchange)),
  'in pieces'(exchange) {
    const body = JSON.stringify(exchange.reply);
    exchange.response.writeHead(200, head(exchange));
    exchange.response.write(body.slice(0, 9));
    exchange.after(exchange.chance.below(15), () => exchange.response.end(body.slice(9)));
  },
  'reset before the head': reset,
  'reset after the head'(exchange) {
    half(exchange);
    exchange.after(2, () => reset(exchange));
  },
  'closed before the head': cut,
  truncated(exchange) {
    half(exchange);
    exchange.after(1, () => cut(exchange));
  },
  'stalled before the head': (exchange) => exchange.after(STALL, () => reset(exchange)),
  'stalled in the body'(exchange) {
    half(exchange);
    exchange.after(STALL, () => reset(exchange));
  },
  500: (exchange) => send(exchange, 500),
  502: (exchange) => html(exchange, 502),
  429: (exchange) => send(exchange, 429),
  '429 with a wait': (exchange) =>
    send(exchange, 429, undefined, { 'retry-after': String(exchange.chance.below(2)) }),
  '503 until a date': (exchange) =>
    send(exchange, 503, undefined, { 'retry-after': new Date().toUTCString() }),
  204: ({ response, id }) => void response.writeHead(204, { 'x-storm-id': String(id) }).end(),
  'no JSON': (exchange) => send(exchange, 200, `{"of":"${markOf(exchange.id)}`),
  'JSON of no type': (exchange) => send(exchange, 200, undefined, head(exchange, '')),
  'JSON as a picture': (exchange) => send(exchange, 200, undefined, head(exchange, 'image/png')),
  'JSON that holds nothing': (exchange) => send(exchange, 200, 'null'),
  'to the login page': (exchange) =>
    send(exchange, 302, '', { location: `../login?id=${exchange.id}`, 'content-type': 'text/html' }),
};

/** How often the API does what. */
export const OF_THE_API = {
  ...{ none: 30, late: 12, 'in pieces': 3 },
  ...{ 'reset before the head': 2, 'reset after the head': 1.5, 'closed before the head': 1, truncated: 1.5 },
  ...{
    'stalled before the head': 1,
    'stalled in the body': 1,
    500: 2,
    502: 1,
    429: 1,
    '429 with a wait': 0.5,
  },
  ...{ '503 until a date': 0.5, 204: 1.5, 'no JSON': 1, 'JSON of no type': 0.5, 'JSON as a picture': 0.5 },
  ...{ 'JSON that holds nothing': 0.5, 'to the login page': 1, rejected: 2, forbidden: 1 },
};

/** How often the token endpoint fails before it has looked at the token. */
export const BEFORE = {
  ...{ none: 30, 'reset before the head': 1, 'closed before the head': 0.5, 'stalled before the head': 1 },
  ...{
    'stalled in the body': 0.5,
    500: 1,
    502: 1,
    429: 0.5,
    '429 with a wait': 0.3,
    '503 until a date': 0.3,
    204: 0.5,
  },
  ...{ 'no JSON': 0.5, 'JSON that holds nothing': 0.5, 'JSON as a picture': 0.5, 'to the login page': 0.5 },
};

/** How often what it answers is lost, or comes late. */
export const AFTER = {
  ...{
    none: 20,
    late: 14,
    'in pieces': 3,
    'reset before the head': 0.4,
    'reset after the head': 0.4,
    truncated: 0.4,
  },
  ...{ 'stalled before the head': 0.3, 'stalled in the body': 0.3 },
};
