/** All routes put together: one origin for the page, the package's files, the authorization servers and the APIs. */

import { Hono } from 'hono';
import { apiRoutes } from './api.js';
import { controlRoutes } from './control.js';
import { cors } from './cors.js';
import { dialectRoutes } from './dialects/index.js';
import { buildId, projectRoutes, staticRoutes } from './static.js';
import { Tenants } from './tenant.js';
import { tokenRoutes } from './token.js';

/**
 * @import { TenantContext, TenantEnv } from './env.js'
 */

const TENANT_NAME = /^[\w-]{1,100}$/;

/** @param {TenantContext} c */
const nameIn = (c) => c.req.param('tenant') ?? '';

/**
 * @param {string} origin where the server is reached; issuers are named after it
 * @param {{ project?: boolean | undefined }} [options] whether all of the project's files are served, below `/project`
 */
export function createApp(origin, { project = false } = {}) {
  const tenants = new Tenants(origin);

  /** @type {Hono<TenantEnv>} */
  const tenantRoutes = new Hono();
  tenantRoutes.use(cors);
  tenantRoutes.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });
  tenantRoutes.use((c, next) =>
    TENANT_NAME.test(nameIn(c))
      ? next()
      : Promise.resolve(c.json({ error: 'a tenant is named by letters, digits, "_" and "-"' }, 400)),
  );
  // Ahead of what brings a tenant into being.
  tenantRoutes.delete('/', (c) => c.json({ forgotten: tenants.forget(nameIn(c)) }));
  tenantRoutes.use((c, next) => {
    const name = nameIn(c);
    c.set('tenant', tenants.get(name));
    c.set('path', new URL(c.req.url).pathname.slice(`/t/${name}`.length));
    return next();
  });
  tenantRoutes.route('/', tokenRoutes);
  tenantRoutes.route('/', apiRoutes);
  tenantRoutes.route('/', dialectRoutes);
  tenantRoutes.route('/', controlRoutes);

  /** @type {Hono<TenantEnv>} */
  const app = new Hono();
  app.get('/ping', async (c) => c.json({ name: 'wasm-api-fetch', build: await buildId() }));
  app.route('/t/:tenant', tenantRoutes);
  if (project) app.route('/', projectRoutes);
  app.route('/', staticRoutes);
  app.notFound((c) => c.json({ error: `there is nothing at ${c.req.method} ${c.req.path}` }, 404));
  app.onError((error, c) => {
    // A body that breaks off is the client's doing, and there is nobody left to answer.
    if (!c.env.outgoing.destroyed) console.error(error);
    return c.json({ error: 'server_error' }, 500);
  });
  return app;
}
