/** `session.attach`: where the tokens go in a request, at each of its sendings. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

/**
 * @import { Attach } from '../../src/npm/types.js'
 */

const openApp = useApps();

/** @type {[attach: Attach, name: string, before: string][]} */
const HEADERS = [
  ['bearer', 'authorization', 'Bearer '],
  [{ header: 'Authorization', scheme: 'Token' }, 'authorization', 'Token '],
  [{ header: 'X-Token', scheme: '' }, 'x-token', ''],
  [{ header: 'X-Token' }, 'x-token', ''],
];

for (const [attach, name, before] of HEADERS) {
  test(`${JSON.stringify(attach)}: the token stands in "${name}: ${before}…", whatever the request is`, async (t) => {
    const app = await openApp(t, { session: { attach } });
    const values = await app.run(async ({ api, base }, name) => {
      const url = `${base}/open/echo/1`;
      const replies = [
        await api('/open/echo/1', { headers: { 'X-Own': '1' } }),
        (await api.raw(new URL(url, location.href)))._data,
        await api(new Request(url, { method: 'POST', body: 'x' })),
        await (await api.fetch(url)).json(),
        await (await api.fetch(new Request(url, { headers: { 'X-Own': '1' } }))).json(),
      ];
      return replies.map(({ headers }) => [headers[name], headers['x-own']]);
    }, name);
    const token = before + (await app.run(({ api }) => api.session?.tokens?.accessToken));
    assert.deepEqual(values, [
      [token, '1'],
      [token, undefined],
      [token, undefined],
      [token, undefined],
      [token, '1'],
    ]);
  });
}

test("'none': nothing is attached, though there are tokens", async (t) => {
  const app = await openApp(t, { session: { attach: 'none' } });
  const { headers, query } = await app.run(({ api }) => api('/open/echo/1?a=1'));
  assert.deepEqual([headers.authorization, query], [undefined, { a: '1' }]);
});

test('a header of the app’s own: the replay carries the new token, once', async (t) => {
  const app = await openApp(t, { session: { attach: { header: 'X-Token' } } });
  await app.tenant.expire();
  const { sent, tokens } = await app.run(async ({ api, create, recorder, sent }) => {
    const recorded = create({ attach: { header: 'X-Token' } }, { fetch: recorder });
    const before = api.session?.tokens?.accessToken;
    await recorded('/xtoken/strict/echo/1', { method: 'POST', body: 'x' });
    return { sent, tokens: [before, api.session?.tokens?.accessToken] };
  });
  assert.deepEqual(
    sent.map(({ headers }) => headers['x-token']),
    tokens,
  );
  assert.notEqual(tokens[0], tokens[1]);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

const QUERY = { query: { token: 'accessToken', key: 'app.key', region: 'region' } };
const GIVEN = { access_token: 'a b&c', app: { key: 7 } };
const ADDED = 'token=a+b%26c&key=7';

test('a query: each name that has a value, beside what is there and before the hash', async (t) => {
  const app = await openApp(t, { signedIn: false, session: { attach: QUERY } });
  const paths = ['', '?', '?a=b%20c&a=2', '#part', '?a=%2F#part?b=1', '?key=mine'];
  const urls = await app.run(
    async ({ api, create, recorder, sent, base }, [session, given, paths]) => {
      await api.session?.set(given);
      const recorded = create(session, { fetch: recorder });
      for (const path of paths) await recorded(`/open/echo/1${path}`);
      for (const path of paths) await recorded.fetch(`${base}/open/echo/1${path}`);
      for (const path of paths) await recorded(new Request(`${base}/open/echo/1${path}`));
      return sent.map(({ url }) => url.replace(location.origin + base, ''));
    },
    /** @type {const} */ ([{ attach: QUERY }, GIVEN, paths]),
  );
  const expected = [
    `?${ADDED}`,
    `?${ADDED}`,
    `?a=b%20c&a=2&${ADDED}`,
    `?${ADDED}#part`,
    `?a=%2F&${ADDED}#part?b=1`,
    // A value of the caller's own beside the token's place is no credential.
    '?key=mine&token=a+b%26c',
  ].map((query) => `/open/echo/1${query}`);
  assert.deepEqual(urls, [...expected, ...expected, ...expected]);
});

test('a query: what a Request or a form holds besides its URL travels along', async (t) => {
  const app = await openApp(t, { session: { attach: QUERY } });
  const replies = await app.run(({ api, base }) => {
    const form = new FormData();
    form.set('a', '1');
    const init = { method: 'PUT', body: 'x', headers: { 'X-Own': '1' } };
    return Promise.all([
      api(new Request(`${base}/open/echo/1`, init)),
      api('/open/echo/1', { method: 'POST', body: form, headers: { 'X-Own': '1' } }),
      api('/open/echo/1', { method: 'POST', body: new URLSearchParams('a=1'), headers: { 'X-Own': '1' } }),
      api(new Request(`${base}/open/echo/1`, { method: 'DELETE', headers: { 'X-Own': '1' } })),
      api.fetch(new Request(`${base}/open/echo/1`, init)).then((response) => response.json()),
    ]);
  });
  const token = await app.run(({ api }) => api.session?.tokens?.accessToken);
  for (const { headers, query } of replies) assert.deepEqual([headers['x-own'], query.token], ['1', token]);
  const [request, form, params, empty, fetched] = replies;
  assert.deepEqual(
    [request.method, request.text, request.contentType],
    ['PUT', 'x', 'text/plain;charset=UTF-8'],
  );
  assert.match(form.text, /name="a"\r\n\r\n1\r\n/);
  assert.ok(form.text.startsWith(`--${form.contentType.split('boundary=')[1]}`));
  assert.equal(params.text, 'a=1');
  assert.match(params.contentType, /^application\/x-www-form-urlencoded/);
  assert.deepEqual([empty.method, empty.length, empty.contentType], ['DELETE', 0, null]);
  assert.deepEqual([fetched.method, fetched.text], ['PUT', 'x']);
});

test('a query: each replay carries the new token in the place of the old one', async (t) => {
  const session = {
    attach: { query: { token: 'accessToken', appkey: 'app_key' } },
    expired: { codes: { path: 'errcode', values: [40001] } },
    replay: /** @type {const} */ ('all'),
  };
  const app = await openApp(t, { signedIn: false, session });
  const login = { ...(await app.tenant.login()), app_key: 'key-of-ada' };
  await app.tenant.expire();
  // The server answers with a code of its own where a parameter is there twice.
  const codes = await app.run(async ({ api, base }, login) => {
    await api.session?.set(login);
    const url = `${base}/envelope/api/echo/1?a=1#part`;
    const replies = [
      api('/envelope/api/echo/1?a=1'),
      api(new Request(url, { method: 'POST', body: 'x' })),
      api.fetch(url, { method: 'POST', body: 'x' }).then((response) => response.json()),
    ];
    return (await Promise.all(replies)).map(({ errcode, data }) => [errcode, data.query]);
  }, login);
  assert.deepEqual(codes, Array(3).fill([0, { a: '1' }]));
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

/** @type {[place: string, attach: Attach, path: string, headers: Record<string, string>][]} */
const OWN = [
  ['Authorization', 'bearer', '/api/echo/1', { Authorization: 'Bearer mine' }],
  ['X-Token', { header: 'X-Token' }, '/xtoken/strict/echo/1', { 'x-token': 'mine' }],
  ['query parameter', { query: { token: 'accessToken' } }, '/envelope/api/echo/1?token=mine', {}],
];

for (const [place, attach, path, headers] of OWN) {
  test(`a request's own ${place} is left alone and starts no refresh, with one warning for all`, async (t) => {
    const app = await openApp(t);
    const { warnings, sent } = await app.run(
      async ({ create, recorder, sent, base, outcome }, [attach, path, headers]) => {
        const expired = { status: [401], codes: { path: 'errcode', values: [40001] } };
        const api = create({ attach, expired, key: 'own' }, { fetch: recorder });
        /** @type {string[]} */
        const warnings = [];
        api.session?.on('warning', ({ code }) => warnings.push(code));
        await api.session?.set({ access_token: 'of the session', refresh_token: 'r' });
        await outcome(api(path, { headers }));
        await outcome(api(new Request(base + path, { headers })));
        await api.fetch(base + path, { headers });
        await outcome(api.create({})(path, { headers }));
        return { warnings, sent };
      },
      /** @type {const} */ ([attach, path, headers]),
    );
    assert.deepEqual(warnings, ['own-credentials']);
    assert.equal(sent.length, 4, 'each is sent once');
    for (const { url, headers } of sent) {
      const all = JSON.stringify([url, headers]);
      assert.ok(all.includes('mine') && !all.includes('session'), all);
    }
    assert.deepEqual(await app.refreshes(), NO_REFRESH);
  });
}

test('a token in a query is in no error, and in no trace', async (t) => {
  const app = await openApp(t, { session: { attach: QUERY, refreshRetry: 0 }, defaults: { retry: 0 } });
  await app.page.route('**/open/echo/cut?*', (route) => route.abort('internetdisconnected'));
  await app.page.route('**/open/echo/torn?*', (route) =>
    route.fulfill({ status: 200, contentType: 'application/json', body: '' }),
  );
  await app.tenant.control({ refresh: { mode: 'invalid_client' } });
  const { texts, traces, names, token } = await app.run(async ({ api, base }) => {
    const token = String(api.session?.tokens?.accessToken);
    /** @type {unknown[]} */
    const traces = [];
    api.session?.on('trace', (record) => traces.push(record));
    /** @type {(error: any) => unknown[]} */
    const all = (error) => [
      ...[error.message, error.stack, error.options, error.data, { ...error }, error],
      ...(error.cause ? all(error.cause) : []),
    ];
    const controller = new AbortController();
    const given = { headers: { a: 'b' } };
    const calls = [
      api('/open/nothing', given),
      api('/open/echo/cut', { method: 'POST', body: 'x' }),
      api('/open/echo/torn', { responseType: 'formData' }),
      api('//user:secret@here.example/', given),
      api(`${location.origin.replace('//', '//user:secret@')}${base}/open/echo/1`),
      api('/open/echo/given-up', { ...given, signal: controller.signal }),
      // No bearer token: 401, and then the refresh fails.
      api('/api/echo/1', given),
    ];
    controller.abort();
    const errors = await Promise.all(calls.map((call) => call.then(String, (error) => error)));
    return {
      texts: JSON.stringify(errors.flatMap(all)),
      traces: JSON.stringify(traces),
      names: errors.map(({ name, code }) => [name, code].join(' ').trim()),
      token,
    };
  });
  assert.ok(!texts.includes(token) && !traces.includes(token));
  assert.match(traces, /"path":"[^"]+open\/echo\/cut"/);
  assert.deepEqual(names, [...Array(6).fill('FetchError'), 'AuthError REFRESH_FAILED']);
});
