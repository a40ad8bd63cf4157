/**
 * What the dialects have in common. Each is a way of asking and answering that real apps have grown; below all of them are the
 * tenant's own provider, switches and books.
 */

import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { decodeJwt } from 'jose';
import { heldAndDelayed } from '../api.js';
import { echo } from '../echo.js';
import { refresh, signIn } from '../grants.js';

/**
 * @import { TenantContext, TenantEnv, TenantMiddleware } from '../env.js'
 * @typedef {{ access_token: string, refresh_token: string, expires_in: number }} Tokens
 * @typedef {(tokens: Partial<Tokens>) => Response} Granted says it in the dialect's words; with the switch's `empty` no token is there
 */

/** @returns {Hono<TenantEnv>} */
export const newRoutes = () => new Hono();

/**
 * A value of the request's JSON body.
 *
 * @param {TenantContext} c
 * @param {string} name
 * @returns {Promise<string>} empty where there is none
 */
export async function field(c, name) {
  const input = await c.req.json().catch(() => undefined);
  return String(input?.[name] ?? '');
}

/**
 * @param {TenantContext} c
 * @param {(tokens: Tokens) => Response} granted
 */
export async function login(c, granted) {
  const answer = await signIn(c);
  return answer.ok ? granted(/** @type {Tokens} */ (await answer.json())) : answer;
}

/**
 * @param {TenantContext} c
 * @param {string} refreshToken
 * @param {object} answers
 * @param {Granted} answers.granted
 * @param {() => Response} answers.refused where the provider does not take the token
 * @param {(answer: Response) => Response} [answers.failed] any other failure; passed on as it is unless given
 */
export async function renew(c, refreshToken, { granted, refused, failed = (answer) => answer }) {
  const answer = await refresh(c, refreshToken);
  if (!answer) return RESPONSE_ALREADY_SENT;
  const reply = await answer.clone().json();
  if (answer.ok) return granted(reply);
  // The provider says `invalid_request` where no token was presented at all.
  return ['invalid_grant', 'invalid_request'].includes(reply.error) ? refused() : failed(answer);
}

/** @param {string} accessToken */
export const userOf = (accessToken) => String(decodeJwt(accessToken).sub);

/**
 * Routes that are held, delayed, counted, and closed to whoever brings no good access token.
 *
 * @param {(c: TenantContext) => string | undefined} tokenOf
 * @param {(c: TenantContext) => Response} dead
 */
export function protectedRoutes(tokenOf, dead) {
  /** @type {TenantMiddleware} */
  const checked = async (c, next) => {
    const verified = await c.var.tenant.verify(tokenOf(c) ?? '');
    if (!verified) return dead(c);
    c.set('user', verified.user);
    c.set('generation', verified.generation);
    return next();
  };
  return newRoutes().use(heldAndDelayed, checked);
}

/** @param {TenantContext} c behind the check */
export const echoed = async (c) => ({
  ...(await echo(c)),
  user: c.var.user,
  generation: c.var.generation,
});
