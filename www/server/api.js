/**
 * The API: protected routes below `/api`, and an open one that says what was sent to it.
 *
 * A held answer is decided when its request arrives: a test can hold it, let the token expire, and release it late.
 * Holds and latency are for the protected routes, those of the dialects too; all of them are counted.
 */

import { Hono } from 'hono';
import { bearer } from './bearer.js';
import { echo } from './echo.js';
import { graphqlRoutes } from './graphql.js';
import { pause } from './waiting.js';

/**
 * @import { ContentfulStatusCode } from 'hono/utils/http-status'
 * @import { TenantContext, TenantEnv, TenantMiddleware } from './env.js'
 */

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const WITHOUT_BODY = [204, 205, 304];

/** @param {TenantContext} c */
function count(c) {
  c.var.tenant.books.hit(c.req.method, c.var.path, c.res.status);
}

/** @type {TenantMiddleware} */
export const heldAndDelayed = async (c, next) => {
  const { switches, held, books } = c.var.tenant;
  const { outgoing } = c.env;
  await next();
  const stayed =
    (!switches.values.hold.api || (await held.api.wait(outgoing))) &&
    (await pause(outgoing, switches.values.latency));
  if (stayed) count(c);
  else books.aborted += 1;
};

/** @type {Hono<TenantEnv>} */
const api = new Hono();
api.use(heldAndDelayed, bearer);
api.all('/echo/*', async (c) =>
  c.json({ ...(await echo(c)), user: c.var.user, generation: c.var.generation }),
);
api.all('/status/:code{[2-5][0-9][0-9]}', (c) => {
  const status = Number(c.req.param('code'));
  return WITHOUT_BODY.includes(status)
    ? new Response(null, { status })
    : c.json({ status }, /** @type {ContentfulStatusCode} */ (status));
});
api.get('/text', (c) => c.text(`Grüezi, ${c.var.user}`));
api.get('/blob', (c) => c.body(PIXEL, 200, { 'content-type': 'image/png' }));
api.all('/empty', (c) => c.body(null, 204));
api.route('/', graphqlRoutes);
api.all('/forbidden', (c) => {
  c.header('WWW-Authenticate', 'Bearer error="insufficient_scope"');
  return c.json({ error: 'insufficient_scope' }, 403);
});

/** @type {Hono<TenantEnv>} */
const open = new Hono();
open.use(async (c, next) => {
  await next();
  count(c);
});
open.all('/echo/*', async (c) =>
  c.json({ ...(await echo(c)), user: null, generation: null, headers: c.req.header() }),
);

/** @type {Hono<TenantEnv>} */
export const apiRoutes = new Hono();
apiRoutes.route('/api', api);
apiRoutes.route('/open', open);
