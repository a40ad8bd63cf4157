import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { RetryLink } from '@apollo/client/link/retry';
import { isAuthError } from 'wasm-api-fetch';

const retryIf = (error) => !isAuthError(error) && error.statusCode !== 401;

export const createClient = (api, uri) =>
  new ApolloClient({
    link: new RetryLink({ attempts: { retryIf } }).concat(new HttpLink({ uri, fetch: api.fetch })),
    cache: new InMemoryCache(),
  });
