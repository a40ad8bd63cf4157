/**
 * Signing in and refreshing, with the switches and the books in front of the provider. The routes that lead here differ only in
 * how they are asked and how they answer.
 *
 * A held refresh is carried out when it is released, not when it arrives: nothing is rotated while it is held, and a client
 * that gives up meanwhile has spent nothing. The latency comes afterwards, as the way back of the answer.
 */

import { fingerprint } from './books.js';
import { CLIENT_ID } from './provider.js';
import { SIGN_IN } from './sign-in.js';
import { pause } from './waiting.js';

/**
 * @import { Tenant } from './tenant.js'
 * @import { InProcessRequest } from './in-process.js'
 * @import { TenantContext } from './env.js'
 */

/**
 * @param {Record<string, string>} form
 * @returns {InProcessRequest}
 */
const grantRequest = (form) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ client_id: CLIENT_ID, ...form }).toString(),
});

/**
 * Signs in whom the JSON body names.
 *
 * @param {TenantContext} c
 * @returns {Promise<Response>} the provider's token reply
 */
export async function signIn(c) {
  const { tenant } = c.var;
  const input = await c.req.json().catch(() => undefined);
  const username = input?.username;
  if (typeof username !== 'string' || username === '') {
    return c.json({ error: 'a JSON body with a username is wanted' }, 400);
  }
  const answer = await tenant.askProvider('/token', grantRequest({ grant_type: SIGN_IN, username }));
  if (answer.ok) tenant.books.logins += 1;
  return answer;
}

/**
 * @param {TenantContext} c
 * @param {string} refreshToken
 * @param {InProcessRequest} [request] as it came, where it came as an OAuth request
 * @returns {Promise<Response | undefined>} the provider's answer, or nothing when there is none to give
 */
export async function refresh(
  c,
  refreshToken,
  request = grantRequest({ grant_type: 'refresh_token', refresh_token: refreshToken }),
) {
  const { tenant } = c.var;
  const { incoming, outgoing } = c.env;
  const token = fingerprint(refreshToken);
  tenant.books.presentations += 1;
  if (tenant.switches.values.hold.refresh && !(await tenant.held.refresh.wait(outgoing))) return undefined;

  const answer = await tenant.turns.take(token, () => present(tenant, request, token));
  if (answer instanceof Response) {
    return (await pause(outgoing, tenant.switches.values.latency)) ? answer : undefined;
  }
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
