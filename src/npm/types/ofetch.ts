// Types by the names that they have in ofetch, for those who change one import.

import type { FetchError } from '../errors.js';
import type { ApiFetch, GlobalOptions } from './instance.js';
import type { MappedResponse, ResponseType } from './request.js';

/** An instance. */
export type $Fetch = ApiFetch;
/** The platform's `fetch`. */
export type Fetch = typeof globalThis.fetch;
/** What `createFetch` takes. */
export type CreateFetchOptions = GlobalOptions;
/** What a call rejects with. */
export type IFetchError<T = unknown> = FetchError<T>;
/** What a call resolves to. */
export type MappedResponseType<R extends ResponseType, T> = MappedResponse<R, T>;
/** What a query can be given as. */
export type SearchParameters = Record<string, unknown>;
