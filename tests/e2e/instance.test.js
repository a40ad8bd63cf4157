/** The members of an instance: raw, fetch, native, create; and what instances share. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

const openApp = useApps();

test('api.raw resolves to the Response, its body in _data', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const raw = await app.run(async ({ api }) => {
    const response = await api.raw('/api/echo/1');
    return [response instanceof Response, response.status, response.bodyUsed, response._data.path];
  });
  assert.deepEqual(raw, [true, 200, true, '/api/echo/1']);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  const { error } = await app.run(({ api, outcome }) => outcome(api.raw('/api/status/500')));
  assert.deepEqual([error?.name, error?.status], ['FetchError', 500]);
});

test('api.fetch is fetch with the session: every status resolves, the body is unread', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const answers = await app.run(async ({ api, base }) => {
    const rows = [];
    for (const path of [
      '/api/echo/1',
      '/api/status/404',
      '/api/status/500',
      '/api/forbidden',
      '/api/empty',
    ]) {
      const response = await api.fetch(base + path);
      rows.push([response instanceof Response, response.status, response.bodyUsed]);
    }
    const own = await api.fetch(`${base}/api/echo/2`, { method: 'post', body: 'text' });
    const { method, contentType } = await own.json();
    return [...rows, [method, contentType]];
  });
  assert.deepEqual(answers, [
    [true, 200, false],
    [true, 404, false],
    [true, 500, false],
    [true, 403, false],
    [true, 204, false],
    ['POST', 'text/plain;charset=UTF-8'],
  ]);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('api.fetch, where the session fails: the request’s own unread 401, or an AuthError where there is none', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true }, refresh: { mode: 'invalid_grant' } });
  const rejected = await app.begin(async ({ api, base }) => {
    const response = await api.fetch(`${base}/api/echo/1`);
    return [response.status, response.bodyUsed, await response.json()];
  });
  await app.tenant.held('refresh', 1);
  const waiting = await app.begin(({ api, base }) => api.fetch(`${base}/api/echo/2`));
  await waiting.isPending();
  await app.tenant.release('refresh');
  assert.deepEqual((await rejected.outcome()).value, [401, false, { error: 'invalid_token' }]);
  const { error } = await waiting.outcome();
  assert.deepEqual([error?.name, error?.code], ['AuthError', 'REFRESH_REJECTED']);
});

test('api.fetch rejects as fetch does, with the platform’s own error', async (t) => {
  const app = await openApp(t);
  await app.tenant.control({ refresh: { mode: 'drop' } });
  const same = await app.run(async ({ api, base, outcome }) => {
    const body = new URLSearchParams({ grant_type: 'refresh_token' });
    const { error } = await outcome(api.fetch(`${base}/oidc/token`, { method: 'POST', body }));
    const invalid = await outcome(api.fetch('http://[nonsense'));
    const plain = await outcome(fetch('http://[nonsense'));
    const get = await outcome(api.fetch(`${base}/api/echo/1`, { body: 'with GET' }));
    return [error?.name, invalid.error?.name === plain.error?.name, get.error?.name];
  });
  assert.deepEqual(same, ['TypeError', true, 'TypeError']);
});

test('api.fetch can be handed on without its instance', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const user = await app.run(async ({ api, base }) => {
    const { fetch } = api;
    const response = await fetch.call(globalThis, new URL(`${base}/api/echo/1`, location.href));
    return (await response.json()).user;
  });
  assert.equal(user, 'ada');
});

test('api.native is the platform’s fetch, looked up when called', async (t) => {
  const app = await openApp(t);
  const seen = await app.run(async ({ api, base }) => {
    const response = await api.native(`${base}/open/echo/1`);
    const { headers } = await response.json();
    const platform = globalThis.fetch;
    globalThis.fetch = async () => new Response('double');
    const doubled = await (await api.native('/anything')).text();
    const through = await api('/anything');
    globalThis.fetch = platform;
    return [headers.authorization, doubled, through];
  });
  assert.deepEqual(seen, [undefined, 'double', 'double']);
});

test('api.create: a child has its parent’s session, and its own defaults over the parent’s', async (t) => {
  const app = await openApp(t);
  const seen = await app.run(async ({ api, base }) => {
    const parent = api.create({ headers: { 'x-a': 'parent', 'x-b': 'parent' }, method: 'PUT' });
    const child = parent.create({ baseURL: `${base}/open` });
    const { headers, path, method } = await child('/echo/1', { headers: { 'x-b': 'call' } });
    return [headers['x-a'], headers['x-b'], path, method, typeof headers.authorization];
  });
  assert.deepEqual(seen, ['parent', 'call', '/open/echo/1', 'PUT', 'string']);

  await app.tenant.expire();
  const fates = await app.run(({ api, tally }) => {
    const child = api.create({});
    return tally(
      Array.from({ length: 100 }, (_, index) => (index % 2 ? api : child)(`/api/echo/${index + 1}`)),
    );
  });
  assert.deepEqual(fates, { 'own reply': 100 });
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('api.create with a session has that one alone; with session: false it has none', async (t) => {
  const app = await openApp(t);
  const seen = await app.run(async ({ api, base }) => {
    const own = api.create({ session: { key: 'own', storage: 'session', refresh: `${base}/oidc/token` } });
    const none = api.create({ session: false });
    return {
      own: [own.session?.tokens, (await own('/open/echo/1')).headers.authorization],
      none: [none.session, (await none('/open/echo/2')).headers.authorization],
      parent: typeof (await api('/open/echo/3')).headers.authorization,
    };
  });
  assert.deepEqual(seen, { own: [null, undefined], none: [null, undefined], parent: 'string' });
});

test('api.create with a fetch of its own uses it', async (t) => {
  const app = await openApp(t);
  const answers = await app.run(async ({ api }) => {
    const child = api.create({}, { fetch: async () => Response.json('the child’s') });
    const grandchild = child.create({});
    return [await child('/x'), await grandchild('/x'), (await api('/api/echo/1')).path];
  });
  assert.deepEqual(answers, ['the child’s', 'the child’s', '/api/echo/1']);
});

test('two instances with the same storage and key share tokens, queue and refresh', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const [fates, same] = await app.run(async ({ api, create, tally }) => {
    const other = create();
    const requests = Array.from({ length: 200 }, (_, index) =>
      (index % 2 ? api : other)(`/api/echo/${index + 1}`),
    );
    return [await tally(requests), api.session?.tokens?.accessToken === other.session?.tokens?.accessToken];
  });
  assert.deepEqual([fates, same], [{ 'own reply': 200 }, true]);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  // Once for each instance.
  assert.equal(await app.run(({ seen }) => seen.refreshes), 2);
});

test('instances with other keys, and those in memory, have sessions of their own', async (t) => {
  const app = await openApp(t);
  const seen = await app.run(async ({ create }) => {
    const memory = create({ storage: 'memory' });
    await memory.session?.set({ access_token: 'in memory' });
    const others = [create({ key: 'other' }), create({ storage: 'session' }), create({ storage: 'memory' })];
    return [memory.create({}).session?.tokens?.accessToken, ...others.map(({ session }) => session?.tokens)];
  });
  assert.deepEqual(seen, ['in memory', null, null, null]);
});

test('an instance without a session is plain fetch: session is null, no token, no refresh', async (t) => {
  const app = await openApp(t);
  const seen = await app.run(async ({ lib, base, outcome }) => {
    const api = lib.createApiFetch({ baseURL: base });
    const { error } = await outcome(api('/api/echo/1'));
    const { headers } = /** @type {any} */ (await api('/open/echo/1'));
    return [api.session, headers.authorization, error?.name, error?.status];
  });
  assert.deepEqual(seen, [null, undefined, 'FetchError', 401]);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

test('the ready instance takes its defaults once, under each of its names', async (t) => {
  const app = await openApp(t);
  const seen = await app.run(async ({ lib, base }) => {
    const { apiFetch, $fetch, ofetch } = lib;
    apiFetch.configure({ baseURL: base, session: { refresh: '/oidc/token' } });
    const { user } = /** @type {any} */ (await $fetch('/api/echo/1'));
    let second = '';
    try {
      apiFetch.configure({});
    } catch (error) {
      second = /** @type {Error} */ (error).message;
    }
    return [
      user,
      apiFetch === $fetch,
      apiFetch === ofetch,
      typeof apiFetch.session?.tokens?.accessToken,
      second,
    ];
  });
  assert.deepEqual(seen.slice(0, 4), ['ada', true, true, 'string']);
  assert.match(String(seen[4]), /configure/);
});
