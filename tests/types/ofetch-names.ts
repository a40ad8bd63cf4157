// What ofetch exports by name: an app that imports its types finds them here.

import type { CreateFetchOptions } from '../../dist/index.js';
import { createFetch, ofetch } from '../../dist/index.js';

export type {
  $Fetch,
  CreateFetchOptions,
  Fetch,
  FetchContext,
  FetchError,
  FetchHook,
  FetchHooks,
  FetchOptions,
  FetchRequest,
  FetchResponse,
  GlobalOptions,
  IFetchError,
  MappedResponseType,
  ResolvedFetchOptions,
  ResponseMap,
  ResponseType,
  SearchParameters,
} from '../../dist/index.js';

const options: CreateFetchOptions = { defaults: { baseURL: '/api' }, fetch: ofetch.native };
export const own = createFetch(options);
