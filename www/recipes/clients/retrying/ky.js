import ky from 'ky';
import { isAuthError } from 'wasm-api-fetch';

const shouldRetry = ({ error }) => (isAuthError(error) ? false : undefined);

export const createClient = (api, prefixUrl) =>
  ky.create({ prefixUrl, fetch: api.fetch, timeout: false, retry: { shouldRetry } });
