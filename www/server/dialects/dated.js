/**
 * The expiry as a date by the server's clock, which the switch `clockSkew` sets wrong together with the `Date` of all answers
 * here. The token travels in a header of its own, without a scheme.
 *
 * | route | answer |
 * |---|---|
 * | `POST /dated/login` `{ username }` | `{ token, refreshToken, expire_time }` |
 * | `POST /dated/refresh` `{ refreshToken }` | the same, or 401 |
 * | `/dated/api/echo/*` with `ContentToken` | the echo, or 401 without `WWW-Authenticate` |
 */

import { echoed, field, login, newRoutes, protectedRoutes, renew } from './shared.js';

/**
 * @import { TenantContext } from '../env.js'
 * @import { Tokens } from './shared.js'
 */

/**
 * @param {TenantContext} c
 * @param {number} seconds from now
 */
const dateIn = (c, seconds) =>
  new Date(Date.now() + (c.var.tenant.switches.values.clockSkew + seconds) * 1000);

/**
 * @param {TenantContext} c
 * @param {Partial<Tokens>} tokens
 */
function reply(c, { access_token, refresh_token, expires_in }) {
  // Whole seconds, as 2026-11-25T08:15:00Z.
  const expire_time =
    expires_in === undefined ? undefined : dateIn(c, expires_in).toISOString().replace(/\.\d+/, '');
  return c.json({ token: access_token, refreshToken: refresh_token, expire_time });
}

const api = protectedRoutes(
  (c) => c.req.header('ContentToken'),
  (c) => c.json({ message: 'token expired' }, 401),
);
api.all('/echo/*', async (c) => c.json(await echoed(c)));

export const datedRoutes = newRoutes();

datedRoutes.use(async (c, next) => {
  await next();
  c.header('Date', dateIn(c, 0).toUTCString());
});
datedRoutes.route('/api', api);

datedRoutes.post('/login', (c) => login(c, (tokens) => reply(c, tokens)));

datedRoutes.post('/refresh', async (c) =>
  renew(c, await field(c, 'refreshToken'), {
    granted: (tokens) => reply(c, tokens),
    refused: () => c.json({ message: 'sign in again' }, 401),
  }),
);
