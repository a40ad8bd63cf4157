/**
 * The built files: the site at `/`, the package below `/dist`, the recipes as they are, and an empty page. Nothing is cached, so that a reload after a
 * build shows that build.
 */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const PACKAGE_ENTRY = `${PROJECT}dist/index.js`;
const SITE_ENTRY = `${PROJECT}www/dist/index.html`;
const NOT_BUILT = 'Nothing is built yet: run `npm run build`, then load this again.\n';

// With an icon of its own, so that no browser asks for one.
const BLANK =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>blank</title>' +
  '<link rel="icon" href="data:,"></head><body></body></html>';

/** @returns {Promise<string | null>} a name for the package's build, `null` before there is one */
export async function buildId() {
  const entry = await readFile(PACKAGE_ENTRY).catch(() => undefined);
  return entry ? createHash('sha256').update(entry).digest('hex').slice(0, 12) : null;
}

/** All of the project's files, service workers for the whole origin among them. */
export const projectRoutes = new Hono();
projectRoutes.get(
  '/project/*',
  serveStatic({
    root: PROJECT,
    rewriteRequestPath: (path) => path.slice('/project'.length),
    onFound: (_, c) => {
      c.header('Service-Worker-Allowed', '/');
      c.header('Cache-Control', 'no-store');
    },
  }),
);

export const staticRoutes = new Hono();

staticRoutes.get('/blank', (c) => c.html(BLANK));

staticRoutes.use(async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
});
staticRoutes.get('/dist/*', serveStatic({ root: PROJECT }), (c) =>
  existsSync(PACKAGE_ENTRY) ? c.notFound() : c.text(NOT_BUILT, 404),
);
staticRoutes.get('/recipes/*', serveStatic({ root: `${PROJECT}www` }));
staticRoutes.get(
  '/*',
  serveStatic({ root: `${PROJECT}www`, rewriteRequestPath: (path) => `/dist${path}` }),
  (c) => (existsSync(SITE_ENTRY) ? c.notFound() : c.text(NOT_BUILT, 404)),
);
