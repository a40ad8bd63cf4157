/** A free port, the wanted one first. */

import { once } from 'node:events';
import { createServer } from 'node:net';

const TRIES = 20;

/** @param {number} wanted */
export async function freePort(wanted) {
  for (let port = wanted; port < wanted + TRIES; port++) if (await isFree(port)) return port;
  throw new Error(`none of the ports ${wanted} to ${wanted + TRIES - 1} is free`);
}

/** @param {number} port */
async function isFree(port) {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
