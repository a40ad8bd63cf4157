/** `npm run build`: the publishable files in `dist/`. */

import { bootstrap } from './lib/bootstrap.js';
import { runScript } from './lib/log.js';
import { buildPackage } from './lib/package.js';

runScript(async () => {
  await buildPackage(await bootstrap());
});
