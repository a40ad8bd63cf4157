/**
 * Both tokens in cookies that no script can read.
 *
 * | route | answer |
 * |---|---|
 * | `POST /cookie/login` `{ username }` | `{ user }` |
 * | `POST /cookie/auth/Refresh-Token` | 204 and new cookies; refused: 401, and the cookies are cleared |
 * | `POST /cookie/logout` | 204, and the cookies are cleared |
 * | `/cookie/api/echo/*` | the echo, or 401 |
 */

import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { echoed, login, newRoutes, protectedRoutes, renew, userOf } from './shared.js';

/**
 * @import { TenantContext } from '../env.js'
 * @import { Tokens } from './shared.js'
 */

const ACCESS = 'access';
const REFRESH = 'refresh';

/** @param {TenantContext} c only this tenant: a browser sends cookies to every port of a host */
const path = (c) => `${new URL(c.req.url).pathname.slice(0, -c.var.path.length)}/cookie`;

/**
 * @param {TenantContext} c
 * @param {Partial<Tokens>} tokens
 */
function give(c, { access_token, refresh_token }) {
  const options = /** @type {const} */ ({ path: path(c), httpOnly: true, sameSite: 'Lax' });
  if (access_token) setCookie(c, ACCESS, access_token, options);
  if (refresh_token) setCookie(c, REFRESH, refresh_token, options);
}

/** @param {TenantContext} c */
function clear(c) {
  for (const name of [ACCESS, REFRESH]) deleteCookie(c, name, { path: path(c) });
}

const api = protectedRoutes(
  (c) => getCookie(c, ACCESS),
  (c) => c.json({ message: 'session expired' }, 401),
);
api.all('/echo/*', async (c) => c.json(await echoed(c)));

export const cookieRoutes = newRoutes().route('/api', api);

cookieRoutes.post('/login', (c) =>
  login(c, (tokens) => {
    give(c, tokens);
    return c.json({ user: userOf(tokens.access_token) });
  }),
);

cookieRoutes.post('/auth/Refresh-Token', (c) =>
  renew(c, getCookie(c, REFRESH) ?? '', {
    granted(tokens) {
      give(c, tokens);
      return c.body(null, 204);
    },
    refused() {
      clear(c);
      return c.json({ message: 'sign in again' }, 401);
    },
  }),
);

cookieRoutes.post('/logout', (c) => {
  clear(c);
  return c.body(null, 204);
});
