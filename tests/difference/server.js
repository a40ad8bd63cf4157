/** A server that answers each probe as the probe has asked it to, and keeps what it has received, to the byte. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import { OVER } from './fetch/kit.js';

/**
 * @import { IncomingMessage, ServerResponse } from 'node:http'
 * @typedef {object} Answer
 * @property {number} [status] default 200
 * @property {string} [statusText]
 * @property {Record<string, string>} [headers]
 * @property {string} [body]
 * @property {'head' | 'body' | 'cut'} [hold] until it is released: all of it, or the body's second half; `cut` ends it there
 * @property {boolean} [drop] the connection ends without an answer
 * @typedef {{ method: string, url: string, headers: Record<string, string>, body: string }} Received
 * @typedef {{ answers: Answer[], received: Received[], waiting: (() => void)[], watching: (() => void)[], ended: number }} Book
 */

/** @param {Record<string, { type: string, text: string }>} files served beside the probes */
export async function startServer(files = {}) {
  /** @type {Map<string, Book>} */
  const books = new Map();
  const bookOf = (/** @type {string} */ id) => {
    const book = books.get(id) ?? { answers: [], received: [], waiting: [], watching: [], ended: 0 };
    books.set(id, book);
    return book;
  };
  const server = createServer((request, response) => {
    const [, kind, id = ''] = (request.url ?? '').split(/[/?#]/);
    const file = files[request.url ?? ''];
    // A browser sends a request again, unseen, where a connection that was used before breaks off.
    response.setHeader('connection', 'close');
    if (file) response.setHeader('content-type', file.type).end(file.text);
    else if (kind === 'p') serve(bookOf(id), request, response);
    else if (kind === 'control') control(bookOf(id), request, response);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** @param {IncomingMessage} request */
async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * @param {Book} book
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
async function serve(book, request, response) {
  const body = await readBody(request).catch(() => undefined);
  if (!body) return;
  // No probe hears of it: a session sends such a request again.
  if (request.headers.authorization === `Bearer ${OVER}`) return void response.writeHead(401).end();
  book.received.push(received(request, body));
  response.on('close', () => {
    book.ended += 1;
    wake(book);
  });
  wake(book);
  const answer = (book.answers.length > 1 ? book.answers.shift() : book.answers[0]) ?? {};
  const held = () => new Promise((resolve) => book.waiting.push(() => resolve(undefined)));
  if (answer.drop) return void request.socket.destroy();
  if (answer.hold === 'head') await held();
  // Of one that is to be closed Node takes any end for the body's.
  if (answer.hold === 'cut') response.setHeader('connection', 'keep-alive');
  const { status = 200, statusText, headers, body: text } = answer;
  const isBare = [204, 205, 304].includes(status) || request.method === 'HEAD';
  response.writeHead(status, statusText, headers ?? { 'content-type': 'application/json' });
  if (isBare) return void response.end();
  const whole = text ?? JSON.stringify({ ok: true });
  if (answer.hold !== 'body' && answer.hold !== 'cut') return void response.end(whole);
  response.write(whole.slice(0, whole.length / 2));
  await held();
  if (answer.hold === 'cut') request.socket.destroy();
  else response.end(whole.slice(whole.length / 2));
}

/**
 * @param {IncomingMessage} request
 * @param {Buffer} body
 * @returns {Received}
 */
function received(request, body) {
  /** @type {Record<string, string>} */
  const headers = {};
  // The order of fields that differ in name says nothing.
  for (const [name, value] of Object.entries(request.headers).sort()) headers[name] = String(value);
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    headers,
    body: body.toString('latin1'),
  };
}

/** @param {Book} book */
function wake(book) {
  for (const watcher of book.watching.splice(0)) watcher();
}

/**
 * `POST /control/<id>/answers|release|arrived|ended|books`
 *
 * @param {Book} book
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
async function control(book, request, response) {
  const told = JSON.parse(String(await readBody(request)) || 'null');
  const what = (request.url ?? '').split('/')[3];
  if (what === 'answers') book.answers = told;
  if (what === 'release') for (const letGo of book.waiting.splice(0)) letGo();
  if (what === 'arrived' || what === 'ended') {
    const count = () => (what === 'ended' ? book.ended : book.received.length);
    while (count() < told) await new Promise((resolve) => book.watching.push(() => resolve(undefined)));
  }
  response.setHeader('content-type', 'application/json').end(JSON.stringify(book.received));
}
