/** Several instances, and several copies of the package, on one page. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

/** @import { App } from '../support/app.js' */

const openApp = useApps();

/**
 * Two instances on one page; `other` loads the package anew for the second.
 *
 * @param {App} app
 * @param {{ copy?: boolean, forget?: boolean, crossTab?: boolean }} options `forget`: the copies do not find each other
 */
const stormOfTwo = (app, options) =>
  app.run(async ({ create, base, tally, storm, lib }, { copy = false, forget = false, crossTab = true }) => {
    if (forget) {
      for (const place of Object.getOwnPropertySymbols(globalThis)) {
        if (place.description?.startsWith('wasm-api-fetch/')) Reflect.deleteProperty(globalThis, place);
      }
    }
    /** @type {typeof lib} */
    const second = copy ? await import(`/dist/index.js?copy=${Math.random()}`) : lib;
    const session = { refresh: { url: '/oidc/token', clientId: 'app' }, crossTab };
    const other = second === lib ? create({ crossTab }) : second.createApiFetch({ baseURL: base, session });
    const others = Array.from({ length: 50 }, (_, index) => other(`/api/echo/${index + 1}`));
    return [await tally(storm(50)), await tally(others), other.session?.tokens?.accessToken];
  }, options);

for (const [what, options] of /** @type {const} */ ([
  ['two instances', {}],
  ['two instances with crossTab: false', { crossTab: false }],
  ['two copies of the package', { copy: true }],
  ['two copies of the package with crossTab: false', { copy: true, crossTab: false }],
  ['two copies that do not know of each other, as two versions would be', { copy: true, forget: true }],
])) {
  test(`${what} with one key: one refresh for the requests of both`, async (t) => {
    const app = await openApp(t, { session: { crossTab: !('crossTab' in options) } });
    await app.tenant.expire();
    const [first, second, token] = await stormOfTwo(app, options);
    assert.deepEqual([first, second], [{ 'own reply': 50 }, { 'own reply': 50 }]);
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    assert.equal(token, await app.run(({ api }) => api.session?.tokens?.accessToken));
  });
}

test('copies that do not know of each other follow each other’s sign-out', async (t) => {
  const app = await openApp(t);
  await stormOfTwo(app, { copy: true, forget: true });
  await app.run(async ({ base }) => {
    const entry = '/dist/index.js?copy=another';
    /** @type {typeof import('../../src/npm/index.js')} */
    const second = await import(entry);
    const session = { refresh: { url: '/oidc/token', clientId: 'app' } };
    await second.createApiFetch({ baseURL: base, session }).session.signOut();
  });
  await app.until(({ api }) => api.session?.status === 'signed-out');
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

test('the same key with another refresh origin is a TypeError that names the key', async (t) => {
  const app = await openApp(t);
  const messages = await app.run(({ create, outcome }) =>
    Promise.all(
      [
        { refresh: 'https://auth.example/token' },
        { refresh: 'https://auth.example/token', key: 'another.key' },
        { refresh: 'https://auth.example/token', storage: /** @type {const} */ ('session') },
        { refresh: 'https://auth.example/token', storage: /** @type {const} */ ('memory') },
        { refresh: '/elsewhere/token' },
        { refresh: async () => null },
        { refresh: /** @type {const} */ (false) },
      ].map((session) => outcome(Promise.resolve().then(() => Boolean(create(session))))),
    ),
  );
  const [first, ...others] = messages;
  assert.equal(first?.error?.name, 'TypeError');
  assert.match(String(first?.error?.message), /session\.key.*"apifetch\.tokens"/);
  assert.deepEqual(
    others,
    others.map(() => ({ value: true })),
  );
});

test('memory belongs to one instance and its children', async (t) => {
  const app = await openApp(t, { session: { storage: 'memory' } });
  const states = await app.run(async ({ api, create }) => {
    const child = api.create({});
    const stranger = create({ storage: 'memory' });
    return [child, stranger].map(({ session }) => session?.status);
  });
  assert.deepEqual(states, ['active', 'signed-out']);
});

test('an instance that is made, disposed of and made again during a refresh joins it', async (t) => {
  for (const crossTab of [true, false]) {
    const app = await openApp(t, { session: { crossTab } });
    await app.tenant.expire();
    await app.tenant.control({ hold: { refresh: true } });
    const first = await app.begin(({ api }) => api('/api/echo/first'));
    await app.tenant.held('refresh', 1);
    await app.run(({ api }) => api.session?.dispose());
    assert.equal((await first.outcome()).error?.code, 'SIGNED_OUT');
    const second = await app.begin(
      ({ create }, option) => create({ crossTab: option })('/api/echo/second'),
      crossTab,
    );
    await second.isPending();
    await app.tenant.control({ hold: { refresh: false } });
    await app.tenant.release('refresh');
    assert.equal((await second.outcome()).value.path, '/api/echo/second');
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  }
});

test('what a refresh brings after the last instance is gone is stored for whoever comes', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  await app.begin(({ api }) => api('/api/echo/first'));
  await app.tenant.held('refresh', 1);
  const before = await app.run(() => localStorage.getItem('apifetch.tokens'));
  await app.run(({ api }) => api.session?.dispose());
  await app.tenant.control({ hold: { refresh: false } });
  await app.tenant.release('refresh');
  await app.untilBooks(({ refreshes }) => refreshes === 1);
  await app.page.waitForFunction((old) => localStorage.getItem('apifetch.tokens') !== old, before);
  await app.reload();
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('an instance that is made in a listener, right after the last one was disposed of, is a good one', async (t) => {
  for (const crossTab of [true, false]) {
    const app = await openApp(t, { signedIn: false });
    const states = await app.run(async ({ create }, option) => {
      /** @type {ReturnType<typeof create> | undefined} */
      let next;
      const first = create({
        key: 'own',
        crossTab: option,
        onSignOut() {
          first.session?.dispose();
          next = create({ key: 'own', crossTab: option });
        },
      });
      await first.session?.set({ access_token: 'a', refresh_token: 'r' });
      await first.session?.signOut();
      await next?.session?.set({ access_token: 'b', refresh_token: 'r' });
      return [
        next?.session?.status,
        next?.session?.tokens?.accessToken,
        localStorage.getItem('own') !== null,
      ];
    }, crossTab);
    assert.deepEqual(states, ['active', 'b', true]);
  }
});
