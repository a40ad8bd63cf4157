/**
 * Starts the server on this machine's loopback address: `node www/server/main.js [--port 4180]`, or the port by `PORT`; port 0 takes
 * a free one. With `--project` the project's own files are served below `/project`, for tests that bring scripts of their own.
 * Prints one line when it listens, and ends on SIGTERM, SIGINT, or when the process that forked it has gone.
 */

import { parseArgs } from 'node:util';
import { createAdaptorServer } from '@hono/node-server';
import { createApp } from './app.js';

const { values } = parseArgs({ options: { port: { type: 'string' }, project: { type: 'boolean' } } });
const port = Number(values.port ?? process.env.PORT ?? 4180);

/** @type {ReturnType<typeof createApp>} */
let app;
const server = /** @type {import('node:http').Server} */ (
  createAdaptorServer({ fetch: (request, env) => app.fetch(request, env) })
);

// A client must not meet a connection that the server is just closing for idleness.
server.keepAliveTimeout = 120_000;

server.once('error', (error) => {
  console.error(`cannot listen on port ${port}: ${error.message}`);
  process.exit(1);
});

// The default backlog of 511 is too short for a thousand clients that connect at once.
server.listen({ port, host: '127.0.0.1', backlog: 4096 }, () => {
  const address = server.address();
  const origin = `http://localhost:${typeof address === 'object' ? address?.port : port}`;
  app = createApp(origin, values);
  console.log(`listening on ${origin}`);
});

function stop() {
  server.close(() => process.exit(0));
  server.closeAllConnections();
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.once('disconnect', stop);
