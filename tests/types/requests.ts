// What the compiler knows of requests: results, options, hooks.

import { expectTypeOf } from 'expect-type';
import type { ApiFetch, AuthErrorCode, FetchContext, FetchHook } from '../../dist/index.js';
import { createApiFetch, createFetch, isAuthError, isFetchError } from '../../dist/index.js';

interface User {
  name: string;
}

const api = createApiFetch({ baseURL: '/api' });

// The result is what the call says, or what its `responseType` gives.
expectTypeOf(api<User>('/me')).resolves.toEqualTypeOf<User>();
// As with ofetch, a result of which nothing is said is the app's business.
expectTypeOf(api('/me')).resolves.toBeAny();
expectTypeOf(api('/x', { responseType: 'text' })).resolves.toEqualTypeOf<string>();
expectTypeOf(api('/x', { responseType: 'blob' })).resolves.toEqualTypeOf<Blob>();
expectTypeOf(api('/x', { responseType: 'arrayBuffer' })).resolves.toEqualTypeOf<ArrayBuffer>();
expectTypeOf(api('/x', { responseType: 'formData' })).resolves.toEqualTypeOf<FormData>();
expectTypeOf(api('/x', { responseType: 'bytes' })).resolves.toEqualTypeOf<Uint8Array>();
expectTypeOf(api('/x', { responseType: 'stream' })).resolves.toEqualTypeOf<ReadableStream<Uint8Array>>();
expectTypeOf(api<User, 'json'>('/me', { responseType: 'json' })).resolves.toEqualTypeOf<User>();
expectTypeOf(api('/me', { parseResponse: (text): User => ({ name: text }) })).resolves.toEqualTypeOf<User>();
expectTypeOf(api.raw<User>('/me')).resolves.toHaveProperty('_data').toEqualTypeOf<User | undefined>();
expectTypeOf(api.raw('/x', { responseType: 'text' }))
  .resolves.toHaveProperty('_data')
  .toEqualTypeOf<string | undefined>();
expectTypeOf(api.fetch('/x')).resolves.toEqualTypeOf<Response>();
expectTypeOf(api.native).toEqualTypeOf<typeof globalThis.fetch>();
expectTypeOf(createFetch({ defaults: { baseURL: '/api' } })).toEqualTypeOf<ApiFetch>();

// What is given.
api(new URL('https://api.example.com'), { query: { page: 1, tags: ['a', 'b'], none: null } });
api(new Request('https://api.example.com'), { params: new URLSearchParams('a=1') });
api('/x', { method: 'POST', body: { name: 'Ada', tags: [1] }, headers: [['x', 'y']], keepalive: true });
api('/x', { retry: false, retryStatusCodes: [404], timeout: 1000, signal: AbortSignal.timeout(5) });
// @ts-expect-error: not a reader
api('/x', { responseType: 'jason' });
// @ts-expect-error: neither a number nor false
api('/x', { retry: true });
// @ts-expect-error: an envelope belongs to an instance
api('/x', { envelope: { code: 'code' } });
// @ts-expect-error: so does a `fetch`
api('/x', { fetch });
// @ts-expect-error: and a session's options
api('/x', { session: { refresh: '/token' } });
createApiFetch({ envelope: { code: 'code' }, fetch, session: { refresh: '/token' } });

// Hooks.
api<User>('/me', {
  onRequest({ request, options }) {
    expectTypeOf(request).toEqualTypeOf<string | URL | Request>();
    expectTypeOf(options.headers).toEqualTypeOf<Headers>();
  },
  onResponse({ response }) {
    expectTypeOf(response._data).toEqualTypeOf<User | undefined>();
  },
  onRequestError: [({ error }) => expectTypeOf(error).toEqualTypeOf<Error>()],
  onResponseError: async ({ response }) => response.status,
  retryDelay: async ({ response }) => Number(response?.headers.get('x-wait')),
  onDownloadProgress({ loaded, total }) {
    expectTypeOf(loaded).toEqualTypeOf<number>();
    expectTypeOf(total).toEqualTypeOf<number | undefined>();
  },
});
expectTypeOf<FetchHook>().parameter(0).toEqualTypeOf<FetchContext>();

// Errors.
export function codeOf(error: unknown): AuthErrorCode | string | number | undefined {
  if (isAuthError(error)) expectTypeOf(error.code).toEqualTypeOf<AuthErrorCode>();
  if (isFetchError<User>(error)) {
    expectTypeOf(error.data).toEqualTypeOf<User | undefined>();
    expectTypeOf(error.status).toEqualTypeOf<number | undefined>();
    return error.code;
  }
  return undefined;
}
