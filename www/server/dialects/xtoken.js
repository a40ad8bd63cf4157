/**
 * One token for the client, in `X-Token`: the old access token, expired or not, is what a new one is given for. The server keeps
 * the refresh token that belongs to each.
 *
 * | route | answer |
 * |---|---|
 * | `POST /xtoken/login` `{ username }` | `{ code: 0, data: { token, expires, name } }`, `expires` in seconds from now |
 * | `POST /xtoken/refresh` with `X-Token` | the same, or 401 `{ code: 401, message }` |
 * | `/xtoken/api/echo/*` with `X-Token` | `{ code: 0, data: <echo> }`, or `{ code: 1234, message }`, both HTTP 200 |
 * | `/xtoken/strict/echo/*` with `X-Token` | the same, or 401 `{ code: 401, message }` |
 */

import { echoed, login, newRoutes, protectedRoutes, renew, userOf } from './shared.js';

/**
 * @import { Tenant } from '../tenant.js'
 * @import { TenantContext } from '../env.js'
 * @import { Tokens } from './shared.js'
 */

const EXPIRED = 1234;

/**
 * Refresh tokens by access token. A spent one stays, so that who presents its access token once more is found out.
 *
 * @type {WeakMap<Tenant, Map<string, string>>}
 */
const kept = new WeakMap();

/** @param {TenantContext} c */
function keptFor(c) {
  const { tenant } = c.var;
  const own = kept.get(tenant) ?? new Map();
  kept.set(tenant, own);
  return own;
}

/** @param {TenantContext} c */
const tokenOf = (c) => c.req.header('X-Token');

/**
 * @param {TenantContext} c
 * @param {Partial<Tokens>} tokens
 */
function reply(c, { access_token, refresh_token, expires_in }) {
  if (!access_token) return c.json({ code: 0, data: {} });
  keptFor(c).set(access_token, refresh_token);
  return c.json({ code: 0, data: { token: access_token, expires: expires_in, name: userOf(access_token) } });
}

/** @param {(c: TenantContext) => Response} dead */
const echoRoutes = (dead) =>
  protectedRoutes(tokenOf, dead).all('/echo/*', async (c) => c.json({ code: 0, data: await echoed(c) }));

export const xtokenRoutes = newRoutes();

xtokenRoutes.route(
  '/api',
  echoRoutes((c) => c.json({ code: EXPIRED, message: 'token expired' })),
);
xtokenRoutes.route(
  '/strict',
  echoRoutes((c) => c.json({ code: 401, message: 'token expired' }, 401)),
);

xtokenRoutes.post('/login', (c) => login(c, (tokens) => reply(c, tokens)));

xtokenRoutes.post('/refresh', (c) =>
  renew(c, keptFor(c).get(tokenOf(c) ?? '') ?? '', {
    granted: (tokens) => reply(c, tokens),
    refused: () => c.json({ code: 401, message: 'sign in again' }, 401),
  }),
);
