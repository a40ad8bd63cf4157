/** The app's own code may call the instance at any time, from within a callback, a listener or a getter. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useApps } from '../support/app.js';

/**
 * @import { TokenReply } from '../support/server.js'
 * @import { TestApi } from '../support/in-page.js'
 * @typedef {(api: TestApi, act: () => unknown) => unknown} Arrange
 */

const openApp = useApps();

/**
 * Where in the course of a refresh the app acts; each runs in the page.
 *
 * @type {[place: string, arrange: Arrange][]}
 */
const PLACES = [
  ['a refresh listener', (api, act) => api.session?.on('refresh', act)],
  [
    'a change listener, once the session is active',
    (api, act) => api.session?.on('change', ({ status }) => status === 'active' && act()),
  ],
  [
    'a trace listener, at the refresh’s end',
    (api, act) => api.session?.on('trace', ({ step }) => step === 'refreshed' && act()),
  ],
  [
    'a trace listener, at a replay',
    (api, act) => api.session?.on('trace', ({ step }) => step === 'replayed' && act()),
  ],
  [
    'a trace listener, at a sending',
    (api, act) => api.session?.on('trace', ({ step, path }) => step === 'sent' && /2$/.test(path) && act()),
  ],
];

for (const [place, arrange] of PLACES) {
  test(`another user's set() in ${place}: no earlier request goes out as the new user`, async (t) => {
    const app = await openApp(t);
    await app.tenant.expire();
    const grace = await app.tenant.login('grace');
    const act = new Function(
      'kit',
      'grace',
      `(${arrange})(kit.api, () => {
         if (kit.seen.changedAt === undefined) kit.api.session.set(grace);
         kit.seen.changedAt ??= kit.seen.asked;
       });`,
    );
    await app.run(/** @type {(kit: object, grace: TokenReply) => void} */ (act), grace);
    const { ends, changedAt } = await app.run(async ({ storm, outcome, seen }) => {
      const calls = storm(4, (number) => {
        Object.assign(seen, { asked: number });
        return number === 2 ? { method: 'POST', body: 'ada’s' } : {};
      });
      return { ends: await Promise.all(calls.map(outcome)), .../** @type {{ changedAt?: number }} */ (seen) };
    });
    assert.ok(changedAt);
    for (const { value, error } of ends.slice(0, changedAt)) {
      assert.ok(value?.user === 'ada' || error?.code === 'SESSION_CHANGED', value?.user ?? error?.message);
    }
    assert.equal((await app.run(({ api }) => api('/api/echo/new'))).user, 'grace');
  });

  test(`signOut() in ${place}: nobody is left waiting, and nothing is sent without its token`, async (t) => {
    const app = await openApp(t);
    await app.tenant.expire();
    const act = new Function('kit', `(${arrange})(kit.api, () => kit.api.session.signOut());`);
    await app.run(/** @type {(kit: object) => void} */ (act));
    const unsigned = await app.run(async ({ create, api, outcome, recorder, sent }) => {
      const recorded = create({}, { fetch: recorder });
      const calls = [1, 2, 3, 4].map((number) =>
        outcome(recorded(`/api/echo/${number}`, { method: 'POST' })),
      );
      const ends = await Promise.all(calls);
      const bare = sent.filter(({ url, headers }) => url.includes('/api/') && !headers.authorization);
      // Whoever was asked for after the sign-out is sent as what it is.
      const after = ends.filter(({ error }) => error?.name === 'FetchError').length;
      return { bare: bare.length - after, pending: api.session?.pending, status: api.session?.status };
    });
    assert.deepEqual(unsigned, { bare: 0, pending: 0, status: 'signed-out' });
  });
}

test('onRefresh, onSignOut and listeners may call the instance', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const reply = await app.tenant.login();
  const result = await app.run(async ({ create, base }, login) => {
    /** @type {Promise<any>[]} */
    const inner = [];
    const api = create({
      onRefresh: () => inner.push(api('/api/echo/refresh')),
      onSignOut: () => inner.push(api('/open/echo/signout')),
    });
    await api.session?.set(login);
    let traced = 0;
    api.session?.on('trace', () => traced++ < 3 && inner.push(api('/api/echo/trace')));
    let heard = 0;
    api.session?.on('busy', () => heard++ < 2 && inner.push(api('/api/echo/busy')));
    await fetch(`${base}/expire`, { method: 'POST' });
    await api('/api/echo/1');
    await Promise.all(inner);
    await api.session?.signOut();
    const paths = (await Promise.all(inner)).map(({ path }) => path);
    return [[...new Set(paths)].sort(), api.session?.pending];
  }, reply);
  const paths = ['/api/echo/busy', '/api/echo/refresh', '/api/echo/trace', '/open/echo/signout'];
  assert.deepEqual(result, [paths, 0]);
});

test('a getter and a toJSON among the options may call the instance', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const paths = await app.run(async ({ api }) => {
    /** @type {Promise<any>[]} */
    const inner = [];
    const outer = await api('/api/echo/1', {
      method: 'POST',
      get headers() {
        inner.push(api('/api/echo/2', { method: 'PUT', body: 'inner' }));
        return { 'x-own': '1' };
      },
      body: {
        toJSON() {
          inner.push(api('/api/echo/3'));
          return { a: 1 };
        },
      },
    });
    return [outer, ...(await Promise.all(inner))].map(({ method, path, text }) => [method, path, text]);
  });
  assert.deepEqual(paths, [
    ['POST', '/api/echo/1', '{"a":1}'],
    ['PUT', '/api/echo/2', 'inner'],
    ['GET', '/api/echo/3', ''],
  ]);
});

test('a new sign-in in onSignOut holds', async (t) => {
  const app = await openApp(t);
  const { status, tokens } = await app.run(async ({ api }) => {
    api.session?.on('signout', () => api.session?.set({ access_token: 'again' }));
    await api.session?.signOut();
    return { ...api.session, tokens: api.session?.tokens };
  });
  assert.deepEqual([status, tokens?.accessToken], ['active', 'again']);
});

test('dispose() and an abort from within a listener end who waits, and nobody hangs', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const ends = await app.run(async ({ create, api, outcome }) => {
    const controller = new AbortController();
    const other = create();
    other.session?.on('trace', ({ step, path }) => {
      if (step === 'rejected' && path.endsWith('/1')) controller.abort();
    });
    const first = await Promise.all([
      outcome(api('/api/echo/1', { signal: controller.signal })),
      outcome(api('/api/echo/2')),
    ]);
    other.session?.dispose();
    api.session?.on('busy', () => api.session?.dispose());
    const second = await Promise.all([outcome(api('/api/echo/3')), outcome(api.session?.refresh())]);
    return [...first, ...second].map(({ value, error }) => error?.cause?.name ?? error?.name ?? value?.path);
  });
  assert.deepEqual(ends, ['AbortError', '/api/echo/2', 'AuthError', 'AuthError']);
});

test('what throws while a request is made rejects it, and it is not pending', async (t) => {
  const app = await openApp(t);
  const ends = await app.run(async ({ api, outcome }) => {
    const fail = () => {
      throw new RangeError('no');
    };
    /** @type {any} */
    const cycle = {};
    cycle.cycle = cycle;
    const calls = [
      api('/api/echo/1', Object.defineProperty({}, 'headers', { get: fail, enumerable: true })),
      api('/api/echo/1', { method: 'POST', body: { toJSON: fail } }),
      api('/api/echo/1', { method: 'POST', body: cycle }),
      api('/api/echo/1', { headers: { 'not a name': '1' } }),
      api('/api/echo/1', { method: 'NOT A METHOD' }),
      api('/api/echo/1', { body: 'with GET' }),
      api('/api/echo/1', { signal: /** @type {any} */ ({}) }),
      api.fetch('http://[nonsense'),
    ];
    const names = [];
    for (const { error } of await Promise.all(calls.map(outcome)))
      names.push(error?.cause?.name ?? error?.name);
    return { names, pending: api.session?.pending, works: (await api('/api/echo/2')).path };
  });
  const [first, second, ...rest] = ends.names;
  assert.deepEqual([first, second], ['RangeError', 'RangeError']);
  assert.deepEqual(rest, Array(6).fill('TypeError'));
  assert.deepEqual([ends.pending, ends.works], [0, '/api/echo/2']);
});
