import { readyInstance } from './ready.js';

export { createApiFetch, createFetch, native as fetch } from './create.js';
export type { AuthErrorCode } from './errors.js';
export { AuthError, FetchError, isAuthError, isFetchError } from './errors.js';
export type * from './types.js';

/**
 * An instance that is ready to use. An app's entry may give it its defaults, once, by `apiFetch.configure(defaults)`;
 * every module that imports it has them then.
 */
export const apiFetch = /* @__PURE__ */ readyInstance();

export { apiFetch as $fetch, apiFetch as ofetch };
