/** The sign-in, and the token endpoint as OAuth has it. */

import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { refresh, signIn } from './grants.js';
import { pause } from './waiting.js';

/**
 * @import { InProcessRequest } from './in-process.js'
 * @import { TenantContext, TenantEnv } from './env.js'
 */

/** @type {Hono<TenantEnv>} */
export const tokenRoutes = new Hono();

tokenRoutes.post('/login', signIn);

tokenRoutes.post('/oidc/token', async (c) => {
  const { tenant } = c.var;
  const request = await providerRequest(c);
  const form = new URLSearchParams(request.body);
  if (form.get('grant_type') === 'refresh_token') {
    return (await refresh(c, form.get('refresh_token') ?? '', request)) ?? RESPONSE_ALREADY_SENT;
  }
  const answer = await tenant.askProvider('/token', request);
  return (await pause(c.env.outgoing, tenant.switches.values.latency)) ? answer : RESPONSE_ALREADY_SENT;
});

// Discovery and keys, as the provider has them.
tokenRoutes.all('/oidc/*', async (c) =>
  c.var.tenant.askProvider(c.var.path.slice('/oidc'.length), await providerRequest(c)),
);

/**
 * @param {TenantContext} c
 * @returns {Promise<InProcessRequest>} without `Origin`, as CORS is this server's own business
 */
async function providerRequest(c) {
  /** @type {Record<string, string>} */
  const headers = {};
  for (const name of ['accept', 'authorization', 'content-type', 'host']) {
    const value = c.req.header(name);
    if (value !== undefined) headers[name] = value;
  }
  return { method: c.req.method, headers, body: await c.req.text() };
}
