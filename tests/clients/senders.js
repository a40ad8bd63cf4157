/** Who sends: how each client is asked for an echo, and what its reply says of whose it is. */

import { gql } from '@apollo/client';
import npm from 'axios';
import { createSessionAdapter } from '../../dist/axios.js';
import * as clients from '../../www/recipes/clients/index.js';

/**
 * @import { ApiFetch } from '../../src/npm/types.js'
 * @typedef {{ number: number, note: string }} Note
 * @typedef {{ number: number, body: string }} Reply whose it is, and the body that the server has seen; '' for none
 * @typedef {{ get(number: number): Promise<Reply>, post(note: Note): Promise<Reply> }} Sender
 * @typedef {Pick<ApiFetch, 'create' | 'fetch'>} Api
 * @typedef {(api: Api, base: string) => Sender} MakeSender
 */

export const ECHO = gql`
  query Echo($number: Int!) {
    echo(number: $number) {
      number
      note
    }
  }
`;
export const KEEP = gql`
  mutation Keep($number: Int!, $note: String!) {
    keep(number: $number, note: $note) {
      number
      note
    }
  }
`;

export const pathOf = (/** @type {number} */ number) => `/api/echo/${number}`;

/** @type {(echo: { path: string, text: string }) => Reply} */
const reply = ({ path, text }) => ({ number: Number(/\/api\/echo\/(\d+)$/.exec(path)?.[1]), body: text });

/** @param {Response} response of a client that leaves the judging to its user */
async function read(response) {
  if (!response.ok) throw Object.assign(new Error('not ok'), { status: response.status });
  return reply(await response.json());
}

/**
 * npm's axios, or the facade.
 *
 * @param {{ get(path: string): Promise<any>, post(path: string, data: unknown): Promise<any> }} client
 * @returns {Sender}
 */
export const byAxios = (client) => ({
  get: async (number) => reply((await client.get(pathOf(number))).data),
  post: async (note) => reply((await client.post(pathOf(note.number), note)).data),
});

/** @type {Record<string, MakeSender>} */
export const senders = {
  ofetch(api, base) {
    const client = clients.ofetch(api, base);
    return {
      get: async (number) => reply(await client(pathOf(number))),
      post: async (note) => reply(await client(pathOf(note.number), { method: 'POST', body: note })),
    };
  },

  ky(api, base) {
    const client = clients.ky(api, base);
    const path = (/** @type {number} */ number) => pathOf(number).slice(1);
    return {
      get: async (number) => reply(await client.get(path(number)).json()),
      post: async (note) => reply(await client.post(path(note.number), { json: note }).json()),
    };
  },

  wretch(api, base) {
    const client = clients.wretch(api, base);
    return {
      get: async (number) => reply(await client.get(pathOf(number)).json()),
      post: async (note) => reply(await client.url(pathOf(note.number)).post(note).json()),
    };
  },

  'openapi-fetch'(api, base) {
    const client = clients.openapiFetch(api, base);
    const told = (/** @type {any} */ { data, response }) => {
      if (!data) throw Object.assign(new Error('not ok'), { status: response.status });
      return reply(data);
    };
    const params = (/** @type {number} */ number) => ({ params: { path: { number } } });
    return {
      get: async (number) => told(await client.GET('/api/echo/{number}', params(number))),
      post: async (note) =>
        told(await client.POST('/api/echo/{number}', { ...params(note.number), body: note })),
    };
  },

  alova(api, base) {
    const client = clients.alova(api, base);
    return {
      get: async (number) => read(await client.Get(pathOf(number)).send()),
      post: async (note) => read(await client.Post(pathOf(note.number), note).send()),
    };
  },

  'Apollo Client'(api, base) {
    const client = clients.apollo(api, `${base}/api/graphql`);
    const told = (/** @type {{ number: number, note: string | null }} */ { number, note }) => ({
      number,
      body: note === null ? '' : JSON.stringify({ number, note }),
    });
    return {
      get: async (number) => told((await client.query({ query: ECHO, variables: { number } })).data.echo),
      post: async (note) => told((await client.mutate({ mutation: KEEP, variables: note })).data.keep),
    };
  },

  axios: (api, base) => byAxios(clients.axios(api, base)),

  'axios by createSessionAdapter': (api, base) =>
    byAxios(npm.create({ baseURL: base, adapter: createSessionAdapter(api, npm) })),
};
