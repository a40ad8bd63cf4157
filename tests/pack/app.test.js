/** An app outside the repository: Vite and TypeScript, no plugin, no initialisation. */

import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { useBrowser } from '../support/browser.js';
import { startServer, tenant } from '../support/server.js';
import { install, run, scratchFolder } from './support/scratch.js';

const APP = fileURLToPath(new URL('app', import.meta.url));
const COUNT = 20;

const browser = useBrowser();

test('it type-checks strictly, builds, and answers each request with its own reply after one refresh', async (t) => {
  const folder = await scratchFolder(t);
  await cp(APP, folder, { recursive: true });
  await install(folder, 'typescript', 'vite');
  await run(folder, 'npx', '--no-install', 'tsc');
  await run(folder, 'npx', '--no-install', 'vite', 'build', '--base', '/app/');

  const server = await startServer();
  t.after(server.stop);
  const page = await browser.newPage(t);
  // The built files appear on the server's own origin, as in a deployment.
  await page.route(`${server.origin}/app/**`, (route) => {
    const path = new URL(route.request().url()).pathname.replace('/app/', '');
    return route.fulfill({ path: join(folder, 'dist', path || 'index.html') });
  });
  await page.goto(`${server.origin}/app/`);
  await page.waitForFunction(() => 'storm' in window);

  for (const storm of /** @type {const} */ (['storm', 'axiosStorm'])) {
    const { url, books } = tenant(server.origin, `pack-${storm.toLowerCase()}`);
    const paths = await page.evaluate(
      ([storm, name, count]) => window[storm](name, count),
      /** @type {const} */ ([storm, url, COUNT]),
    );
    assert.deepEqual(
      paths,
      Array.from({ length: COUNT }, (_, index) => `/api/echo/${index}`),
    );
    const { refreshes, reused } = await books();
    assert.deepEqual({ refreshes, reused }, { refreshes: 1, reused: 0 }, storm);
  }
});
