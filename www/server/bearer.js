/** The check of the Bearer token (RFC 6750) in front of the protected routes. */

/**
 * @import { TenantMiddleware } from './env.js'
 */

/** @type {TenantMiddleware} */
export const bearer = async (c, next) => {
  const token = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const verified = token === undefined ? undefined : await c.var.tenant.verify(token);
  if (!verified) {
    // RFC 6750 §3.1: no error code for a request that brought no token at all.
    c.header('WWW-Authenticate', token === undefined ? 'Bearer' : 'Bearer error="invalid_token"');
    return c.json({ error: token === undefined ? 'missing_token' : 'invalid_token' }, 401);
  }
  c.set('user', verified.user);
  c.set('generation', verified.generation);
  return next();
};
