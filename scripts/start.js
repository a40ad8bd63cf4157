/** `npm start`: brings what is missing, builds the package and the site, and serves them until Ctrl-C. */

import { startServer } from '../tests/support/server.js';
import { bootstrap } from './lib/bootstrap.js';
import { Problem, runScript, say } from './lib/log.js';
import { buildPackage } from './lib/package.js';
import { freePort } from './lib/port.js';
import { buildSite } from './lib/site.js';

const WANTED_PORT = Number(process.env.PORT ?? 4180);

runScript(async () => {
  const env = await bootstrap();
  await buildSite(env, await buildPackage(env));

  const port = await freePort(WANTED_PORT);
  if (port !== WANTED_PORT) say(`  port ${WANTED_PORT} is taken, using ${port}`);
  const { origin, stop } = await startServer({ port }).catch((error) => {
    // The Fetch standard has a list of them.
    if (error.cause?.message !== 'bad port') throw error;
    throw new Problem(`port ${port} is one that browsers refuse: name another as PORT`);
  });
  say(`\n  ${origin}\n\n  Ctrl-C stops it.`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
});
