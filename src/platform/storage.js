// What has to be asked before a storage area is touched.

import { STORAGE_AREA_WORDS } from '../boundary.js';

/** Whether a storage area is there and may be used. Asking for it throws where access is denied, and a worker has none. */
export function reachable(area) {
  try {
    return globalThis instanceof Window && globalThis[STORAGE_AREA_WORDS[area]].length >= 0;
  } catch {
    return false;
  }
}

/** Whether there is neither a document nor a worker scope: many users' requests may share this module. */
export const onServer = () =>
  typeof document === 'undefined' && typeof globalThis.WorkerGlobalScope === 'undefined';
