/** What clients do by themselves where a request fails: how often each hands one and the same request to its `fetch`. */

import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { RetryLink } from '@apollo/client/link/retry';
import { retry as alovaRetry } from 'alova/server';
import { retry as wretchRetry } from 'wretch/middlewares';
import * as clients from '../../www/recipes/clients/index.js';
import * as told from '../../www/recipes/clients/retrying/index.js';
import { ECHO, KEEP, pathOf, senders } from './senders.js';

/**
 * @import { Api } from './senders.js'
 * @typedef {{ get(): Promise<unknown>, post(): Promise<unknown> }} Asker
 */

const BASE = 'http://api.test';
const NOTE = { number: 1, note: 'kept' };

/** @type {(name: string) => (api: Api) => Asker} */
const asItIs = (name) => (api) => {
  const sender = senders[name]?.(api, BASE);
  if (!sender) throw new Error(`there is no client "${name}"`);
  return { get: () => sender.get(NOTE.number), post: () => sender.post(NOTE) };
};

/** @type {(client: any) => Asker} */
const byKy = (client) => ({
  get: () => client.get('api/echo/1').json(),
  post: () => client.post('api/echo/1', { json: NOTE }).json(),
});

/** @type {(client: any) => Asker} */
const byWretch = (client) => ({
  get: () => client.get(pathOf(1)).json(),
  post: () => client.url(pathOf(1)).post(NOTE).json(),
});

/** @type {(client: any) => Asker} */
const byApollo = (client) => ({
  get: () => client.query({ query: ECHO, variables: { number: 1 } }),
  post: () => client.mutate({ mutation: KEEP, variables: NOTE }),
});

/** By the words that CLIENTS.md has for them. @type {Record<string, (api: Api) => Asker>} */
export const askers = {
  ofetch: asItIs('ofetch'),
  ky: asItIs('ky'),
  'ky, as told below': (api) => byKy(told.ky(api, BASE)),
  wretch: asItIs('wretch'),
  'wretch with its `retry()`': (api) => byWretch(clients.wretch(api, BASE).middlewares([wretchRetry()])),
  'wretch with `retry()`, as told below': (api) => byWretch(told.wretch(api, BASE)),
  'openapi-fetch': asItIs('openapi-fetch'),
  alova: asItIs('alova'),
  'alova with `retry` of `alova/server`': (api) => {
    const client = clients.alova(api, BASE);
    return {
      get: () => alovaRetry(client.Get(pathOf(1))).send(),
      post: () => alovaRetry(client.Post(pathOf(1), NOTE)).send(),
    };
  },
  'Apollo Client': asItIs('Apollo Client'),
  'Apollo Client with a `RetryLink`': (api) =>
    byApollo(
      new ApolloClient({
        link: new RetryLink().concat(new HttpLink({ uri: BASE, fetch: api.fetch })),
        cache: new InMemoryCache(),
      }),
    ),
  'Apollo Client with a `RetryLink`, as told below': (api) => byApollo(told.apollo(api, BASE)),
  axios: asItIs('axios'),
};
