/**
 * Everything is HTTP 200 and tells by `errcode` what became of it: `{ errcode, errmsg, data }`. The token and the app key travel
 * as query parameters.
 *
 * | route | `errcode` and `data` |
 * |---|---|
 * | `POST /envelope/login` `{ username }` | 0, `{ access_token, refresh_token, expires_in, app_key }`; 47001 without a name |
 * | `POST /envelope/refresh` `{ refresh_token }` | 0, `{ access_token, refresh_token, expires_in }`; 40029 refused; -1 |
 * | `/envelope/api/echo/*` | 0, the echo without the two parameters |
 * | `/envelope/api/fail/:code` | that code |
 * | `GET /envelope/api/text` | 0, a string |
 *
 * Below `/envelope/api` a dead token is what the switch `expiredCode` says, and the key of anyone but the token's user 41002.
 * A parameter that is there twice is 40035: half of the servers would read the one, half the other.
 */

import { echoed, field, login, newRoutes, protectedRoutes, renew, userOf } from './shared.js';

/**
 * @import { TenantContext } from '../env.js'
 */

const REFUSED = 40029;
const TWICE = 40035;
const NO_APP_KEY = 41002;
const NO_NAME = 47001;
const BUSY = -1;

/** @param {string} user */
const appKeyOf = (user) => `key-of-${user}`;

/**
 * @param {TenantContext} c
 * @param {unknown} data
 */
const good = (c, data) => c.json({ errcode: 0, errmsg: 'ok', data });

/**
 * @param {TenantContext} c
 * @param {number} errcode
 * @param {string} errmsg
 */
const bad = (c, errcode, errmsg) => c.json({ errcode, errmsg, data: null });

/**
 * @param {TenantContext} c
 * @param {string} name
 */
const isTwice = (c, name) => (c.req.queries(name) ?? []).length > 1;

const api = protectedRoutes(
  (c) => c.req.query('token'),
  (c) => bad(c, c.var.tenant.switches.values.expiredCode, 'token expired'),
);
api.use((c, next) => {
  if (isTwice(c, 'token') || isTwice(c, 'appkey')) {
    return Promise.resolve(bad(c, TWICE, 'a parameter is there twice'));
  }
  const isMine = c.req.query('appkey') === appKeyOf(c.var.user);
  return isMine ? next() : Promise.resolve(bad(c, NO_APP_KEY, 'appkey missing or wrong'));
});
api.all('/echo/*', async (c) => {
  const whole = await echoed(c);
  const { token: _token, appkey: _appkey, ...query } = whole.query;
  return good(c, { ...whole, query, appkey: true });
});
api.all('/fail/:code{-?[0-9]+}', (c) => {
  const code = c.req.param('code') ?? '';
  return bad(c, Number(code), `failure ${code}`);
});
api.get('/text', (c) => good(c, `Grüezi, ${c.var.user}`));

export const envelopeRoutes = newRoutes().route('/api', api);

envelopeRoutes.post('/login', async (c) => {
  const answer = await login(c, ({ access_token, refresh_token, expires_in }) =>
    good(c, { access_token, refresh_token, expires_in, app_key: appKeyOf(userOf(access_token)) }),
  );
  return answer.ok ? answer : bad(c, NO_NAME, 'a JSON body with a username is wanted');
});

envelopeRoutes.post('/refresh', async (c) =>
  renew(c, await field(c, 'refresh_token'), {
    granted: ({ access_token, refresh_token, expires_in }) =>
      good(c, { access_token, refresh_token, expires_in }),
    refused: () => bad(c, REFUSED, 'refresh token is not good'),
    // What a gateway in front of it answers is no envelope.
    failed: (answer) => (answer.status >= 500 || answer.status === 429 ? answer : bad(c, BUSY, 'busy')),
  }),
);
