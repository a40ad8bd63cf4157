/**
 * The token endpoint, with the switches and the books in front of the provider, and the sign-in.
 *
 * A held refresh is carried out when it is released, not when it arrives: nothing is rotated while it is held, and a client
 * that gives up meanwhile has spent nothing. The latency comes afterwards, as the way back of the answer.
 */

import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { fingerprint } from './books.js';
import { CLIENT_ID } from './provider.js';
import { SIGN_IN } from './sign-in.js';
import { pause } from './waiting.js';

/**
 * @import { Tenant } from './tenant.js'
 * @import { InProcessRequest } from './in-process.js'
 * @import { TenantContext, TenantEnv } from './env.js'
 */

const FORM = 'application/x-www-form-urlencoded';

/** @type {Hono<TenantEnv>} */
export const tokenRoutes = new Hono();

tokenRoutes.post('/login', async (c) => {
  const { tenant } = c.var;
  const input = await c.req.json().catch(() => undefined);
  const username = input?.username;
  if (typeof username !== 'string' || username === '') {
    return c.json({ error: 'a JSON body with a username is wanted' }, 400);
  }
  const form = new URLSearchParams({ grant_type: SIGN_IN, client_id: CLIENT_ID, username });
  const answer = await tenant.askProvider('/token', {
    method: 'POST',
    headers: { 'content-type': FORM },
    body: form.toString(),
  });
  if (answer.ok) tenant.books.logins += 1;
  return answer;
});

tokenRoutes.post('/oidc/token', async (c) => {
  const { tenant } = c.var;
  const request = await providerRequest(c);
  const form = new URLSearchParams(request.body);
  const answer =
    form.get('grant_type') === 'refresh_token'
      ? await refresh(c, request, fingerprint(form.get('refresh_token') ?? ''))
      : await tenant.askProvider('/token', request);
  const stayed = answer && (await pause(c.env.outgoing, tenant.switches.values.latency));
  return stayed ? answer : RESPONSE_ALREADY_SENT;
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

/**
 * @param {TenantContext} c
 * @param {InProcessRequest} request
 * @param {string} token
 * @returns {Promise<Response | undefined>} nothing when there is no answer to give
 */
async function refresh(c, request, token) {
  const { tenant } = c.var;
  const { incoming, outgoing } = c.env;
  tenant.books.presentations += 1;
  if (tenant.switches.values.hold.refresh && !(await tenant.held.refresh.wait(outgoing))) return undefined;

  const answer = await tenant.turns.take(token, () => present(tenant, request, token));
  if (answer instanceof Response) return answer;
  // Until the client gives up or the tenant is forgotten.
  if (answer === 'hang') await tenant.hung.wait(outgoing);
  incoming.socket.destroy();
  return undefined;
}

/**
 * @param {Tenant} tenant
 * @param {InProcessRequest} request
 * @param {string} token
 * @returns {Promise<Response | 'hang' | 'drop'>}
 */
async function present(tenant, request, token) {
  const { mode, retryAfter } = tenant.switches.nextRefresh();
  tenant.books.presented(token);

  switch (mode) {
    case 'hang':
    case 'drop':
      return mode;
    case '500':
      return failure(500, 'server_error', retryAfter);
    case '429':
      return failure(429, 'temporarily_unavailable', retryAfter);
    case 'invalid_grant':
      return failure(400, mode);
    case 'invalid_client':
      return failure(401, mode);
    case 'empty':
      return Response.json({});
  }
  const answer = await tenant.askProvider('/token', request);
  if (answer.ok) tenant.books.refreshed(token);
  return mode === 'lost' ? 'drop' : answer;
}

/**
 * @param {number} status
 * @param {string} error
 * @param {number | null} retryAfter
 */
function failure(status, error, retryAfter = null) {
  const headers = new Headers();
  if (retryAfter !== null) headers.set('retry-after', String(retryAfter));
  return Response.json({ error }, { status, headers });
}
