/**
 * The name of an instance's method that returns a `fetch` for a call that is made now and sent later, as the axios facade needs it for
 * interceptors. The call's user and the base of its URL are fixed now. With a true third argument, that `fetch` goes without the
 * session. `Symbol.for`, as the facade may be in another bundle.
 */
export const LATER = Symbol.for('wasm-api-fetch/later');
