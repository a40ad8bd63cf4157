/** `npm run size`: what the package weighs, against its budget. */

import { bootstrap } from './lib/bootstrap.js';
import { runScript } from './lib/log.js';
import { buildPackage } from './lib/package.js';
import { checkSize } from './lib/size.js';

runScript(async () => {
  await buildPackage(await bootstrap());
  await checkSize();
});
