import { readyInstance } from './ready.js';

export { createApiFetch, createFetch, native as fetch } from './create.js';
export type { AuthErrorCode } from './errors.js';
export { AuthError, FetchError, isAuthError, isFetchError } from './errors.js';
export type * from './types.js';

/**
 * An instance that is ready to use. An app's entry may set its defaults once, by `apiFetch.configure(defaults)`, for every module that
 * imports it.
 */
export const apiFetch = /* @__PURE__ */ readyInstance();

export { apiFetch as $fetch, apiFetch as ofetch };
