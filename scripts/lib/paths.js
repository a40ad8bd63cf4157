/** Where things lie: the project, its outputs, and the cache that all clones on a machine share. */

import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'wasm-api-fetch');

/** @param {string[]} parts a path inside the project */
export const inProject = (...parts) => join(ROOT, ...parts);
