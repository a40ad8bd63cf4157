/** Tells a client what arrived of its request. */

import { createHash } from 'node:crypto';

/**
 * @import { TenantContext } from './env.js'
 */

const TEXT_LIMIT = 64 * 1024;

/** @param {TenantContext} c */
export async function echo(c) {
  const body = Buffer.from(await c.req.arrayBuffer());
  const query = Object.entries(c.req.queries()).map(([name, values]) => [
    name,
    values.length === 1 ? values[0] : values,
  ]);
  return {
    method: c.req.method,
    path: c.var.path,
    query: Object.fromEntries(query),
    contentType: c.req.header('content-type') ?? null,
    length: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
    text: body.subarray(0, TEXT_LIMIT).toString('utf8'),
  };
}
