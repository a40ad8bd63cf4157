/** The remote control of a tenant, and its books. These answer at once: nothing here is held, delayed or counted. */

import { Hono } from 'hono';
import { SwitchError } from './switches.js';

/**
 * @import { TenantEnv } from './env.js'
 */

/** @type {Hono<TenantEnv>} */
export const controlRoutes = new Hono();

controlRoutes.get('/books', (c) => c.json(c.var.tenant.report()));

controlRoutes.post('/control', async (c) => {
  const { switches } = c.var.tenant;
  const patch = await c.req.json().catch(() => undefined);
  try {
    switches.merge(patch);
  } catch (error) {
    if (error instanceof SwitchError) return c.json({ error: error.message }, 400);
    throw error;
  }
  return c.json(switches.values);
});

controlRoutes.post('/expire', (c) => {
  c.var.tenant.expire();
  return c.json({ generation: c.var.tenant.generation });
});

controlRoutes.post('/release', async (c) => {
  const { held } = c.var.tenant;
  const { what, count } = await c.req.json().catch(() => ({}));
  const room = what === 'refresh' ? held.refresh : what === 'api' ? held.api : undefined;
  if (!room) return c.json({ error: 'what must be "refresh" or "api"' }, 400);
  if (count !== undefined && !(Number.isSafeInteger(count) && count > 0)) {
    return c.json({ error: 'count must be a whole number from 1' }, 400);
  }
  return c.json({ released: room.release(count) });
});
