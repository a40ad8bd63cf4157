/** The API for those who ask in GraphQL: what arrived of a query or a mutation. */

import { buildSchema, graphql } from 'graphql';
import { Hono } from 'hono';

/**
 * @import { TenantEnv } from './env.js'
 */

const schema = buildSchema(`
  type Echo {
    number: Int!
    "What a mutation has brought."
    note: String
    user: String!
  }
  type Query {
    echo(number: Int!): Echo!
  }
  type Mutation {
    keep(number: Int!, note: String!): Echo!
  }
`);

/** @type {Hono<TenantEnv>} */
export const graphqlRoutes = new Hono();

graphqlRoutes.post('/graphql', async (c) => {
  const { query: source, variables: variableValues } = await c.req.json();
  const { user } = c.var;
  const rootValue = {
    echo: (/** @type {object} */ given) => ({ ...given, user }),
    keep: (/** @type {object} */ given) => ({ ...given, user }),
  };
  return c.json(await graphql({ schema, source, variableValues, rootValue }));
});
