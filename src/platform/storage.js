// Whether the browser's storage areas can be used.

import { STORAGE_AREA_WORDS } from '../boundary.js';

/** Whether a storage area exists and may be used. Reading the property throws if access is denied, and workers have none. */
export function reachable(area) {
  try {
    return globalThis instanceof Window && globalThis[STORAGE_AREA_WORDS[area]].length >= 0;
  } catch {
    return false;
  }
}

/** Whether this runs on a server, where the requests of many users share this module: there is neither a document nor a worker scope. */
export const onServer = () =>
  typeof document === 'undefined' && typeof globalThis.WorkerGlobalScope === 'undefined';
