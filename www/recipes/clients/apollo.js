import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';

export const createClient = (api, uri) =>
  new ApolloClient({ link: new HttpLink({ uri, fetch: api.fetch }), cache: new InMemoryCache() });
