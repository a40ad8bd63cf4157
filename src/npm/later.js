/**
 * By this an instance gives a `fetch` for a call that is made now and sent later, as the facade's interceptors keep it waiting:
 * whose it is, and where its URL leads, is settled now. A third argument says that it goes without the session after all. One of them
 * is in each bundle, and all are the same.
 */
export const LATER = Symbol.for('wasm-api-fetch/later');
