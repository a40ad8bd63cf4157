/** `npm run build`: the publishable files in `dist/`. */

import { bootstrap } from './lib/bootstrap.js';
import { runScript, say } from './lib/log.js';
import { buildPackage, DIST } from './lib/package.js';

runScript(async () => {
  await buildPackage(await bootstrap());
  say(`  ${DIST} is of this source`);
});
