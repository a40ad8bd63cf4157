import { isAuthError } from 'wasm-api-fetch';
import wretch from 'wretch';
import { retry } from 'wretch/middlewares';

const until = (response, error) => response?.ok || response?.status === 401 || isAuthError(error);

export const createClient = (api, baseURL) =>
  wretch(baseURL)
    .polyfills({ fetch: api.fetch })
    .middlewares([retry({ until, retryOnNetworkError: true, resolveWithLatestResponse: true })]);
