// The storage areas of the browser, and whether there is a browser.

const AREAS = { local: 'localStorage', session: 'sessionStorage' };

/** A storage area, where there is one and it may be used. Asking for it throws where access is denied, and a worker has none. */
export function areaOf(storage) {
  try {
    const area = globalThis instanceof Window && globalThis[AREAS[storage]];
    return area.length >= 0 ? area : undefined;
  } catch {
    return undefined;
  }
}

/** Whether there is neither a document nor a worker scope: many users' requests may share this module. */
export const onServer = () =>
  typeof document === 'undefined' && typeof globalThis.WorkerGlobalScope === 'undefined';
