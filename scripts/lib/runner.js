/**
 * The test runner's own HTTP server (tiny_http 0.12) has four idle threads, and hands a burst of connections to fewer
 * threads than it needs: some are never answered, and the page never loads. A browser that imports ten modules at once is
 * such a burst. Whoever keeps those four threads busy makes it start a thread for each further connection, which always works.
 */

import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const IDLE_THREADS = 4;
const LOOK_AGAIN_MS = 20;

/**
 * Takes the threads as soon as the runner listens, and long before the browser has started.
 *
 * @param {number} port
 * @returns {() => void} lets go of them, or gives up waiting for the runner
 */
export function occupyIdleThreads(port) {
  let isOver = false;
  /** @type {import('node:net').Socket[]} */
  const sockets = [];
  const occupy = async () => {
    while (sockets.length < IDLE_THREADS && !isOver) {
      const socket = connect(port, '127.0.0.1');
      try {
        await once(socket, 'connect');
        socket.on('error', () => {});
        sockets.push(socket);
        socket.write(`GET /none HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
        // Answered: a thread has it, and keeps it.
        await once(socket, 'data');
      } catch {
        await sleep(LOOK_AGAIN_MS);
      }
    }
  };
  void occupy();
  return () => {
    isOver = true;
    for (const socket of sockets) socket.destroy();
  };
}
