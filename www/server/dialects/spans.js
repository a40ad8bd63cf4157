/**
 * Both lifetimes in the reply. The API is the tenant's own, with Bearer tokens: in the app that this is taken from, it lies on
 * another host than the refresh.
 *
 * | route | answer |
 * |---|---|
 * | `POST /spans/login` `{ username }` | `{ access_token, refresh_token, expires_in, refresh_expires_in }` |
 * | `POST /spans/renew` `{ refresh_token }` | the same, or 401 |
 */

import { REFRESH_TTL } from '../provider.js';
import { field, login, newRoutes, renew } from './shared.js';

/**
 * @import { TenantContext } from '../env.js'
 * @import { Tokens } from './shared.js'
 */

/**
 * @param {TenantContext} c
 * @param {Partial<Tokens>} tokens
 */
const reply = (c, { access_token, refresh_token, expires_in }) =>
  c.json(access_token ? { access_token, refresh_token, expires_in, refresh_expires_in: REFRESH_TTL } : {});

export const spansRoutes = newRoutes();

spansRoutes.post('/login', (c) => login(c, (tokens) => reply(c, tokens)));

spansRoutes.post('/renew', async (c) =>
  renew(c, await field(c, 'refresh_token'), {
    granted: (tokens) => reply(c, tokens),
    refused: () => c.json({ message: 'sign in again' }, 401),
  }),
);
