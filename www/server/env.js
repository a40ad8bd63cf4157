/**
 * What every handler of a tenant's routes finds in its context.
 *
 * @import { HttpBindings } from '@hono/node-server'
 * @import { Context, MiddlewareHandler } from 'hono'
 * @import { Tenant } from './tenant.js'
 * @typedef {{ Bindings: HttpBindings, Variables: TenantVariables }} TenantEnv
 * @typedef {{
 *   tenant: Tenant,
 *   path: string,
 *   user: string,
 *   generation: number,
 * }} TenantVariables `path` is what follows the tenant's name; `user` and `generation` are the checked token's
 * @typedef {Context<TenantEnv>} TenantContext
 * @typedef {MiddlewareHandler<TenantEnv>} TenantMiddleware
 */

export {};
