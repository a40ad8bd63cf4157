/** Two servers of different origins: a token endpoint that redirects as it is asked, and where that leads. */

import { once } from 'node:events';
import { createServer } from 'node:http';

/** @typedef {{ method: string, path: string, body: string }} Arrival */

/**
 * `/redirect/<status>/here` leads to `/token` of the same server, `/redirect/<status>/away` to that of the other one.
 *
 * @param {import('node:test').TestContext} t
 */
export async function twoOrigins(t) {
  const away = await listen(t, () => undefined);
  const here = await listen(t, (path) => {
    const [, kind, status, where] = path.split('/');
    return kind === 'redirect' ? [Number(status), where === 'away' ? away.origin : here.origin] : undefined;
  });
  return { here, away };
}

/**
 * @param {import('node:test').TestContext} t
 * @param {(path: string) => [status: number, origin: string] | undefined} redirect
 */
async function listen(t, redirect) {
  /** @type {Arrival[]} */
  const arrivals = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url: path = '' } = request;
    arrivals.push({ method, path, body });
    const [status, origin] = redirect(path) ?? [200];
    response.writeHead(status, {
      'access-control-allow-origin': '*',
      'content-type': 'application/json',
      ...(origin && { location: `${origin}/token` }),
    });
    response.end(origin ? '{}' : JSON.stringify({ access_token: 'second', refresh_token: 'r2' }));
  }).listen(0, 'localhost');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { origin: `http://localhost:${port}`, arrivals };
}
