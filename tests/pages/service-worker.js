/**
 * A service worker that answers a tenant's requests by `api.fetch`: `?base=/t/name` says whose. Its tokens are in the cache storage,
 * or where `?storage=` says.
 */

import { createApiFetch } from '../../dist/index.js';

const { base, storage } = Object.fromEntries(new URL(location.href).searchParams);
// The compiler knows a page's scope, not a service worker's.
const scope = /** @type {any} */ (globalThis);

/** What a service worker has to keep small things in. */
const cached = {
  async getItem(/** @type {string} */ name) {
    const found = await (await caches.open('tokens')).match(`/${name}`);
    return found ? found.text() : null;
  },
  async setItem(/** @type {string} */ name, /** @type {string} */ value) {
    await (await caches.open('tokens')).put(`/${name}`, new Response(value));
  },
  async removeItem(/** @type {string} */ name) {
    await (await caches.open('tokens')).delete(`/${name}`);
  },
};

/** @type {string[]} */
const warnings = [];
/** @type {{ mode: string, referrer: string, range: string | null }[]} what the platform's own `fetch` was given */
const sent = [];
/** @type {Map<string, AbortController>} by path */
const controllers = new Map();

const api = createApiFetch({
  fetch: (input, init) => {
    const { mode, referrer, headers } = new Request(input instanceof Request ? input.clone() : input, init);
    sent.push({ mode, referrer, range: headers.get('range') });
    return fetch(input, init);
  },
  session: {
    storage: /** @type {any} */ (storage ?? cached),
    refresh: { url: `${base}/oidc/token`, clientId: 'app' },
  },
});
api.session.on('warning', ({ code }) => warnings.push(code));

/** For the test, which knows it by this name. */
Object.assign(scope, { scope, api, warnings, sent, controllers });

scope.addEventListener('install', () => scope.skipWaiting());
scope.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener('fetch', (/** @type {any} */ event) => {
  const { pathname } = new URL(event.request.url);
  const isOurs = ['api', 'open'].some((folder) => pathname.startsWith(`${base}/${folder}/`));
  if (!isOurs) return;
  if (!pathname.includes('/by-hand')) return event.respondWith(api.fetch(event.request));
  const controller = new AbortController();
  controllers.set(pathname, controller);
  event.respondWith(api.fetch(event.request, { signal: controller.signal }));
});
