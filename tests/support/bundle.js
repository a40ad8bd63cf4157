/** Modules made into one classic script, as a page of an app has them. */

import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

/**
 * @param {string | URL} module
 * @param {string} name under which its exports stand on the page
 */
export async function bundle(module, name) {
  const { output } = await build({
    input: fileURLToPath(module),
    platform: 'browser',
    // As strict as the modules that it is made of.
    output: { format: 'iife', name, banner: "'use strict';" },
    write: false,
  });
  return output[0].code;
}
