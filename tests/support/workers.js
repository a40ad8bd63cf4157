/** Workers of a page: dedicated ones with a kit of their own, and a service worker that answers the page's requests. */

import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { makeKit } from './in-page.js';

/**
 * @import { App } from './app.js'
 * @import { Kit } from './in-page.js'
 */

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Puts a script of `tests/pages` and all that it imports into one without modules, as apps do for a classic worker.
 *
 * @param {string} name
 * @returns {Promise<string>} its path on the server
 */
export async function bundled(name) {
  const bundle = await rolldown({ input: `${PROJECT}tests/pages/${name}.js` });
  const file = `target/pages/${name}-${process.pid}.js`;
  await bundle.write({ file: PROJECT + file, format: 'iife' });
  await bundle.close();
  return `/project/${file}`;
}

/**
 * Starts a service worker for the whole origin, and waits until it has the page.
 *
 * @param {App} app
 * @param {{ script?: string, storage?: string, type?: 'module' | 'classic' }} [options] where it keeps its tokens, unless in a storage of its own
 */
export async function startServiceWorker(app, options = {}) {
  const { script = '/project/tests/pages/service-worker.js', storage, type = 'module' } = options;
  const url = new URL(script, app.origin);
  url.searchParams.set('base', new URL(app.tenant.url).pathname);
  if (storage) url.searchParams.set('storage', storage);
  const started = app.page.context().waitForEvent('serviceworker');
  const registered = app.page.evaluate(
    async ({ url, type }) => {
      const isControlled = new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('controllerchange', resolve);
      });
      await navigator.serviceWorker.register(url, { type, scope: '/' });
      await isControlled;
    },
    { url: url.href, type },
  );
  const [worker] = await Promise.all([started, registered]);
  return worker;
}

/**
 * Starts a dedicated worker with an instance of the package in it.
 *
 * @param {App} app
 * @param {{ session?: object, script?: string, type?: 'module' | 'classic' }} [options]
 */
export async function startWorker(app, options = {}) {
  const { script = '/project/tests/pages/empty.js', type = 'module', session = {} } = options;
  const started = app.page.waitForEvent('worker');
  await app.page.evaluate(
    ({ script, type }) => {
      Object.assign(globalThis, { worker: new Worker(script, { type }) });
    },
    { script, type },
  );
  const worker = await started;
  const kit = await worker.evaluateHandle(makeKit, {
    entry: `${app.origin}/dist/index.js`,
    base: app.tenant.url,
    session,
    defaults: {},
  });
  return {
    /**
     * Runs a function in the worker.
     *
     * @template R
     * @template [A=undefined]
     * @param {(kit: Kit, arg: A) => R} work
     * @param {A} [arg]
     * @returns {Promise<Awaited<R>>}
     */
    run: (work, arg) => kit.evaluate(/** @type {any} */ (work), arg),
    async stop() {
      const closed = worker.waitForEvent('close');
      await app.page.evaluate(() => /** @type {any} */ (globalThis).worker.terminate());
      await closed;
    },
  };
}

/**
 * Stops a service worker, as the browser does with one that is idle.
 *
 * @param {App} app
 */
export async function stopServiceWorker(app) {
  const devtools = await app.page.context().newCDPSession(app.page);
  /** @type {Promise<void>} */
  const stopped = new Promise((resolve) => {
    devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      if (versions.some(({ runningStatus }) => runningStatus === 'stopped')) resolve();
    });
  });
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.stopAllWorkers');
  await stopped;
  await devtools.detach();
}
