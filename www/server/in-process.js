/**
 * Requests to a Node request listener without a port: real HTTP, over a pair of streams in memory.
 *
 * The switches and the books stand in front of the provider's token endpoint and have to see its requests and its answers
 * whole, while oidc-provider takes nothing but Node's own request and response objects.
 */

import { createServer, request as httpRequest } from 'node:http';
import { duplexPair } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/**
 * @import { IncomingMessage, OutgoingHttpHeaders, RequestListener } from 'node:http'
 * @typedef {{ method?: string, headers?: OutgoingHttpHeaders, body?: string }} InProcessRequest
 * @typedef {(path: string, request?: InProcessRequest) => Promise<Response>} InProcessFetch
 */

/** Headers that belong to the connection, or to another origin than the one that is asked here. */
const NOT_PASSED_ON =
  /^(?:access-control-.*|connection|content-length|date|keep-alive|transfer-encoding|vary)$/;

/**
 * @param {RequestListener} listener
 * @returns {InProcessFetch}
 */
export function inProcess(listener) {
  const server = createServer(listener);

  return (path, { method = 'GET', headers, body } = {}) =>
    new Promise((resolve, reject) => {
      const [clientSide, serverSide] = duplexPair();
      server.emit('connection', serverSide);
      httpRequest({ path, method, headers, createConnection: () => clientSide })
        .on('response', (message) => toResponse(message).then(resolve, reject))
        .on('error', reject)
        .end(body);
    });
}

/** @param {IncomingMessage} message */
async function toResponse(message) {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined && !NOT_PASSED_ON.test(name)) headers.set(name, String(value));
  }
  const bytes = await buffer(message);
  return new Response(bytes.length > 0 ? bytes : null, { status: message.statusCode ?? 500, headers });
}
