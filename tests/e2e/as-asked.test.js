/** Where a request goes, and whose it is, is settled at the call: what becomes of the page while it waits changes neither. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

/** @import { App } from '../support/app.js' */

const openApp = useApps({ inWindows: true });

/** A path of the tenant's, as a page at `/blank` may write it. */
const pathOf = (/** @type {App} */ app, /** @type {string} */ end) =>
  `${new URL(app.tenant.url).pathname}${end}`;

/** What moves a page while its requests wait. */
const MOVES = {
  'its address changes': () => history.pushState({}, '', '/elsewhere/deep/down'),
  'a <base> comes that leads to another origin': () => {
    const base = document.createElement('base');
    base.href = 'http://127.0.0.1:1/';
    document.head.append(base);
  },
};

for (const [what, move] of Object.entries(MOVES)) {
  for (const isRelative of [true, false]) {
    const written = isRelative ? 'a relative URL' : 'a path';
    test(`${written} leads to where it led, though ${what} during a refresh`, async (t) => {
      const app = await openApp(t);
      const url = pathOf(app, '/api/echo/1').slice(isRelative ? 1 : 0);
      await app.tenant.control({ hold: { refresh: true } });
      await app.tenant.expire();
      const waiting = await app.begin(({ create }, path) => create({}, { baseURL: '' })(path), url);
      const raw = await app.begin(
        async ({ create }, path) => (await create({}, { baseURL: '' }).fetch(path)).json(),
        url,
      );
      await app.tenant.held('refresh', 1);
      await app.page.evaluate(move);
      await app.tenant.control({ hold: { refresh: false } });
      await app.tenant.release('refresh');
      for (const call of [waiting, raw]) {
        const { value, error } = await call.outcome();
        assert.equal(error, undefined);
        assert.equal(value.path, '/api/echo/1');
        assert.equal(value.user, 'ada');
      }
      assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    });

    test(`${written} leads to where it led, though ${what} while a hook waits, and before a retry`, async (t) => {
      const app = await openApp(t);
      const url = pathOf(app, '/open/echo/1').slice(isRelative ? 1 : 0);
      const replies = await app.run(
        async ({ create }, [path, work]) => {
          const move = () => new Function(`return (${work})()`)();
          const api = create({}, { baseURL: '' });
          const hooked = await api(path, { onRequest: async () => void (await move()) });
          document.querySelector('base')?.remove();
          history.replaceState({}, '', '/blank');
          let attempts = 0;
          const flaky = create(
            {},
            {
              baseURL: '',
              retryDelay: async () => {
                await move();
                return 0;
              },
              fetch: (input, init) =>
                attempts++ === 0 ? Promise.reject(new TypeError('lost')) : fetch(input, init),
            },
          );
          return [hooked, await flaky(path)];
        },
        /** @type {const} */ ([url, String(move)]),
      );
      for (const reply of replies) {
        assert.equal(reply.path, '/open/echo/1');
        assert.match(reply.headers.authorization, /^Bearer ./, 'judged by the URL as it was asked');
      }
    });
  }
}

test('the axios facade too sends to where its URL led at the call, and judges it by that', async (t) => {
  const app = await openApp(t);
  const reply = await app.run(
    async (_, [entry, path, key]) => {
      const { default: axios } = await import(entry);
      const api = axios.create({ session: { refresh: '/never', key } });
      await api.session.set({ access_token: 'good' });
      api.interceptors.request.use(async (/** @type {any} */ config) => {
        const base = document.createElement('base');
        base.href = 'http://127.0.0.1:1/';
        document.head.append(base);
        return config;
      });
      return (await api.get(path)).data;
    },
    /** @type {const} */ (['/dist/axios.js', pathOf(app, '/open/echo/1'), 'facade']),
  );
  assert.equal(reply.headers.authorization, 'Bearer good');
});

test('a call that is made after the page has moved is resolved where the page is then', async (t) => {
  const app = await openApp(t);
  const paths = await app.run(
    async ({ create }, path) => {
      const api = create({}, { baseURL: '' });
      const first = await api(`${path.slice(1)}/1`);
      history.pushState({}, '', `${path}/`);
      return [first.path, (await api('2')).path];
    },
    pathOf(app, '/open/echo'),
  );
  assert.deepEqual(paths, ['/open/echo/1', '/open/echo/2']);
});

test('a switch of users in another tab while a hook waits: the request rejects, and the server never sees it', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const other = await app.openTab();
  await app.signIn('ada');
  const waiting = await app.begin(({ api }) => {
    const opened = new Promise((resolve) => Object.assign(globalThis, { open: resolve }));
    return api('/api/echo/1', {
      method: 'POST',
      body: { a: 1 },
      onRequest: () => /** @type {any} */ (opened),
    });
  });
  await other.signIn('grace');
  await app.until(({ api }) => Boolean(api.session?.tokens));
  await waiting.isPending();
  await app.run(() => /** @type {any} */ (globalThis).open());
  assert.equal((await waiting.outcome()).error?.code, 'SESSION_CHANGED');
  assert.deepEqual(await app.hits('/api/echo/1', 'POST'), {});
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});
