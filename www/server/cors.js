/**
 * Lets pages from any other port of this machine use the tenants: test runners serve their pages from a port of their own.
 *
 * Written here because hono's middleware answers every OPTIONS request as a preflight, and the API has to answer the real ones.
 */

/**
 * @import { TenantMiddleware } from './env.js'
 */

const EXPOSED = 'WWW-Authenticate, Retry-After, Date';
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

/** @param {string | undefined} origin */
function isLoopback(origin) {
  if (!origin || !URL.canParse(origin)) return false;
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** @type {TenantMiddleware} */
export const cors = async (c, next) => {
  const origin = c.req.header('origin');
  if (!origin || !isLoopback(origin)) return next();

  const preflight = c.req.method === 'OPTIONS' && c.req.header('access-control-request-method');
  if (preflight) {
    c.header('Access-Control-Allow-Methods', METHODS);
    c.header('Access-Control-Allow-Headers', c.req.header('access-control-request-headers') ?? '');
    c.header('Access-Control-Max-Age', '600');
    c.res = c.body(null, 204);
  } else {
    await next();
  }
  c.header('Access-Control-Allow-Origin', origin);
  c.header('Access-Control-Allow-Credentials', 'true');
  c.header('Access-Control-Expose-Headers', EXPOSED);
  c.header('Vary', 'Origin', { append: true });
};
