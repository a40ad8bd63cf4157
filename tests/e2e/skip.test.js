/** `session.skip`: requests that the session has no part in; and what a refresh function asks for, which is part of the refresh. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

/**
 * @import { RefreshContext, SessionOptions } from '../../src/npm/types.js'
 * @import { Kit, SessionPatch } from '../support/in-page.js'
 * @typedef {(kit: Kit) => SessionOptions['skip']} MakeSkip
 */

const openApp = useApps();

/** @type {[rule: string, makeSkip: MakeSkip, skipped: string[], others: string[]][]} */
const RULES = [
  [
    'a path as written',
    () => ['/open/echo/1', 'open/echo/a.b/'],
    [
      ...['/open/echo/1', 'open/echo/1', '/open/echo/1/', '/open/echo/1?a=1', '/open/echo/1/?a=1#b'],
      ...['/open/echo/1#/open/echo/2', 'open/echo/a.b'],
    ],
    [
      '/open/echo/12',
      '/open/echo/1/2',
      '/open/echo/2?/open/echo/1',
      '/open/echo/axb',
      '/open/ECHO/../echo/2',
    ],
  ],
  [
    'a path as joined',
    ({ base }) => [`${base}/open/echo/1`],
    ['/open/echo/1', '/open/echo/1/?a=1'],
    ['/open/echo/12', '/open/echo/2'],
  ],
  [
    'a path with *',
    () => ['/open/echo/*/1', '/open/echo/all*'],
    ['/open/echo/2/1', '/open/echo/2/3/1/', '/open/echo/all', '/open/echo/all/of?a=1'],
    ['/open/echo/1', '/open/echo/2/10', '/open/echo/2'],
  ],
  [
    'a RegExp, on the whole URL',
    () => [/echo\/\d$/, /[?&]public\b/],
    ['/open/echo/1', '/open/echo/a?public=1'],
    ['/open/echo/12', '/open/echo/public'],
  ],
  [
    'a RegExp with a memory',
    () => [/echo\/1/g, /.*echo\/2/gy],
    ['/open/echo/1', '/open/echo/1', '/open/echo/1', '/open/echo/2', '/open/echo/2'],
    ['/open/echo/3'],
  ],
  [
    'a predicate',
    () => [({ request }) => String(request).endsWith('1'), ({ request }) => /2$/.test(String(request))],
    ['/open/echo/1', '/open/echo/2'],
    ['/open/echo/3'],
  ],
];

for (const [rule, makeSkip, skipped, others] of RULES) {
  test(`${rule}: what it fits carries no token, anything else does`, async (t) => {
    const app = await openApp(t);
    const ask = /** @type {(kit: Kit, paths: string[]) => Promise<string[]>} */ (
      new Function(
        'kit',
        'paths',
        `const api = kit.create({ skip: (${makeSkip})(kit) });
         return Promise.all(paths.map(async (path) =>
           (await api(path)).headers.authorization ? 'with ' + path : 'without ' + path));`,
      )
    );
    assert.deepEqual(await app.run(ask, [...skipped, ...others]), [
      ...skipped.map((path) => `without ${path}`),
      ...others.map((path) => `with ${path}`),
    ]);
  });
}

test('what is skipped gets its own 401, waits for nobody, and starts no refresh', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const waiting = await app.begin(({ api }) => api('/api/echo/waiting'));
  await app.tenant.held('refresh', 1);
  const ends = await app.run(async ({ create, outcome, base }) => {
    const api = create({ skip: ['/api/echo/1', `${base}/api/echo/2`] });
    const url = `${base}/api/echo/2`;
    const { error } = await outcome(api('/api/echo/1'));
    return [
      [error?.name, error?.status],
      ...[await api.fetch(url), await api.fetch(new URL(url, location.href))].map(({ status }) => status),
      (await api.fetch(new Request(url))).status,
    ];
  });
  assert.deepEqual(ends, [['FetchError', 401], 401, 401, 401]);
  await waiting.isPending();
  await app.tenant.release('refresh');
  assert.equal((await waiting.outcome()).value.path, '/api/echo/waiting');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a predicate is told of the request as it is joined, with its method and headers', async (t) => {
  const app = await openApp(t);
  const told = await app.run(async ({ create, base }) => {
    /** @type {unknown[]} */
    const told = [];
    const api = create({
      skip: [
        ({ request, options }) => {
          const url = typeof request === 'string' ? request : `a Request: ${request.url}`;
          told.push([url.replace(location.origin, '').replace(base, ''), options.method]);
          return options.headers.has('x-public');
        },
      ],
    });
    const headers = { 'X-Public': '1' };
    const replies = [
      await api('open/echo/1', { method: 'post', headers }),
      await api(new Request(`${base}/open/echo/2`, { method: 'PUT', headers })),
      await (await api.fetch(`${base}/open/echo/3`)).json(),
    ];
    return [told, replies.map((reply) => reply.headers.authorization?.slice(0, 6))];
  });
  assert.deepEqual(told, [
    [
      ['/open/echo/1', 'POST'],
      ['a Request: /open/echo/2', 'PUT'],
      ['/open/echo/3', 'GET'],
    ],
    [undefined, undefined, 'Bearer'],
  ]);
});

test('a predicate that throws: the request fails with what it says and is not sent, and nothing hangs', async (t) => {
  const app = await openApp(t);
  const { ends, good, pending } = await app.run(async ({ create, outcome, base }) => {
    const skip = [
      (/** @type {{ request: unknown }} */ { request }) => {
        if (/bad/.test(String(request))) throw new RangeError('no luck');
        return false;
      },
    ];
    const api = create({ skip });
    const calls = [api('/api/echo/bad'), api.raw('/api/echo/bad'), api.fetch(`${base}/api/echo/bad`)];
    const ends = await Promise.all(calls.map(outcome));
    return { ends, good: await outcome(api('/api/echo/good')), pending: api.session?.pending };
  });
  for (const { error } of ends) assert.match(JSON.stringify(error), /RangeError.*no luck/);
  assert.equal(good.value.path, '/api/echo/good');
  assert.equal(pending, 0);
  assert.deepEqual(await app.hits('/api/echo/bad'), {});
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

/** @type {[what: string, session: SessionPatch, ask: (kit: Kit, context: RefreshContext, init: object) => Promise<any>][]} */
const PARTS = [
  ['carries its signal', {}, ({ api }, { signal }, init) => api('/oidc/token', { ...init, signal })],
  [
    'carries its signal by api.fetch',
    {},
    async ({ api, base }, { signal }, init) =>
      (await api.fetch(`${base}/oidc/token`, { ...init, signal })).json(),
  ],
  [
    'carries its signal by a child',
    {},
    ({ api }, { signal }, init) => api.create({})('/oidc/token', { ...init, signal }),
  ],
  ['goes by its api', {}, (_, { api }, init) => api('/oidc/token', init)],
  ['has session: false', {}, ({ api }, _, init) => api('/oidc/token', { ...init, session: false })],
  ['matches skip', { skip: ['/oidc/*'] }, ({ api }, _, init) => api('/oidc/token', init)],
];

for (const [what, session, ask] of PARTS) {
  test(`what ${what} is part of the refresh, also after the function's first await`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    const login = await app.tenant.login();
    const use = new Function(
      'kit',
      '[session, login]',
      `const refresh = async ({ refreshToken }, context) => {
         await new Promise((resolve) => setTimeout(resolve));
         const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'app', refresh_token: refreshToken });
         return (${ask})(kit, context, { method: 'POST', body });
       };
       return kit.use(refresh, { ...session, refreshTimeout: 5000 }, login);`,
    );
    await app.run(/** @type {(kit: Kit, arg: unknown) => void} */ (use), [session, login]);
    await app.tenant.expire();
    assert.deepEqual(await app.run(({ storm, tally }) => tally(storm(50))), { 'own reply': 50 });
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  });
}

test('what goes by the instance itself after the first await waits, until REFRESH_TIMEOUT ends both', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const login = await app.tenant.login();
  await app.run((kit, login) => {
    const refresh = async () => {
      await new Promise((resolve) => setTimeout(resolve));
      const inner = kit.api('/api/echo/inner');
      Object.assign(globalThis, { inner: kit.outcome(inner) });
      return inner;
    };
    return kit.use(refresh, { refreshTimeout: 1000 }, login);
  }, login);
  await app.tenant.expire();
  const outer = await app.begin(({ api }) => api('/api/echo/outer'));
  await app.until(({ api }) => api.session?.waiting === 2);
  await outer.isPending();
  const { error } = await outer.outcome();
  assert.equal(error?.code, 'REFRESH_TIMEOUT');
  assert.match(String(error?.message), /refresh function/);
  const inner = await app.page.evaluate('inner');
  assert.equal(/** @type {any} */ (inner).error.code, 'REFRESH_TIMEOUT');
  assert.deepEqual(await app.hits('/api/echo/inner'), {});
  assert.deepEqual(await app.run(({ api }) => [api.session?.pending, api.session?.status]), [0, 'active']);
});
