/** How tokens go into a request, seen by a server that tells what has arrived. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

const openApp = useApps();

/**
 * @typedef {import('../../src/js/types.js').Attach} Attach
 * @typedef {{ headers: Record<string, string>, query: Record<string, string>, text: string }} Echo
 */

/** @type {[name: string, attach: Attach, header: string, value: string][]} */
const HEADERS = [
  ["'bearer'", 'bearer', 'authorization', 'Bearer one'],
  ['a header', { header: 'X-Token' }, 'x-token', 'one'],
  ['a header with an empty scheme', { header: 'ContentToken', scheme: '' }, 'contenttoken', 'one'],
  ['a header with a scheme', { header: 'Authorization', scheme: 'Token' }, 'authorization', 'Token one'],
];

for (const [name, attach, header, value] of HEADERS) {
  test(`${name} carries the token`, async (t) => {
    const app = await openApp(t, { signedIn: false, session: { attach } });
    await app.run(({ api }) => api.session?.set({ access_token: 'one' }));
    const replies = await app.run(async ({ api, base }) => [
      await api('/open/echo/1', { headers: { 'X-Own': 'mine' } }),
      await api
        .fetch(`${base}/open/echo/2`, { headers: { 'X-Own': 'mine' } })
        .then((answer) => answer.json()),
    ]);
    for (const { headers } of replies) {
      assert.equal(headers[header], value);
      assert.equal(headers['x-own'], 'mine');
    }
  });
}

test('parameters of the query go before the hash, beside those of the caller, also into a Request', async (t) => {
  const attach = { query: { token: 'accessToken', appkey: 'app.key', none: 'missing' } };
  const app = await openApp(t, { signedIn: false, session: { attach } });
  await app.run(({ api }) => api.session?.set({ access_token: 'a&b', app: { key: 'k=1' } }));
  const replies = await app.run(async ({ api, base }) => [
    await api('/open/echo/1'),
    await api('/open/echo/2?a=1&b=%20#hash'),
    await api(new Request(`${base}/open/echo/3?a=1`, { method: 'POST', body: 'text' })),
    await api.fetch(`${base}/open/echo/4?`).then((answer) => answer.json()),
  ]);
  const tokens = { token: 'a&b', appkey: 'k=1' };
  const queries = replies.map(({ query }) => query);
  assert.deepEqual(queries, [tokens, { a: '1', b: ' ', ...tokens }, { a: '1', ...tokens }, tokens]);
  assert.equal(replies[2].text, 'text');
});

test('a function changes headers and URL, also when it takes its time', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const replies = await app.run(async ({ create }) => {
    const sync = create({
      key: 'sync',
      attach: (context, tokens) => {
        context.options.headers.set('x-token', tokens.accessToken);
        context.request = `${context.request}?signed=${context.options.method}`;
      },
    });
    const slow = create({
      key: 'slow',
      attach: async ({ options }, { accessToken }) => {
        await crypto.subtle.digest('SHA-256', new Uint8Array(1));
        options.headers.set('x-token', accessToken);
      },
    });
    await sync.session?.set({ access_token: 'one' });
    await slow.session?.set({ access_token: 'two' });
    return [await sync('/open/echo/1', { method: 'POST', body: { a: 1 } }), await slow('/open/echo/2')];
  });
  assert.equal(replies[0].headers['x-token'], 'one');
  assert.deepEqual(replies[0].query, { signed: 'POST' });
  assert.equal(replies[0].text, '{"a":1}');
  assert.equal(replies[1].headers['x-token'], 'two');
});

test('a function that throws is the error of its request, and of no other', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const outcomes = await app.run(async ({ create, outcome, base }) => {
    let calls = 0;
    const api = create({
      attach: () => {
        calls += 1;
        if (calls < 3) throw new Error(`attach ${calls}`);
      },
    });
    await api.session?.set({ access_token: 'one' });
    return [
      await outcome(api('/open/echo/1')),
      await outcome(api.fetch(`${base}/open/echo/2`)),
      await outcome(api('/open/echo/3').then(() => 'fine')),
    ];
  });
  assert.equal(outcomes[0]?.error?.name, 'FetchError');
  assert.equal(outcomes[0]?.error?.cause?.message, 'attach 1');
  assert.equal(outcomes[1]?.error?.message, 'attach 2');
  assert.equal(outcomes[2]?.value, 'fine');
});

test('it is done anew at every sending: a replay carries the new token, and no trace of the old one', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const seen = await app.run(async ({ create, base }) => {
    /** @type {string[]} */
    const seen = [];
    const api = create({
      attach: ({ options }, { accessToken }) => {
        seen.push(options.headers.get('authorization') ?? 'none');
        options.headers.append('authorization', `Bearer ${accessToken}`);
      },
    });
    await api(`${base}/api/echo/1`);
    return seen;
  });
  assert.deepEqual(seen, ['none', 'none']);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

/** @type {[name: string, attach: Attach, url: string, headers: Record<string, string>][]} */
const OWN = [
  ['an Authorization', 'bearer', '/api/echo/1', { Authorization: 'Bearer own' }],
  ['an X-Token', { header: 'X-Token' }, '/api/echo/1', { 'x-token': 'own' }],
  ['a parameter', { query: { token: 'accessToken' } }, '/api/echo/1?token=own', {}],
];

for (const [name, attach, url, headers] of OWN) {
  test(`${name} of the caller's own is left alone and starts no refresh, with one warning`, async (t) => {
    const app = await openApp(t, { session: { attach } });
    const { codes, statuses, own } = await app.run(
      async ({ api, base }, { url, headers }) => {
        /** @type {string[]} */
        const codes = [];
        api.session?.on('warning', ({ code }) => codes.push(code));
        const ask = () => api(url, { headers }).catch((error) => error.status);
        const statuses = [await ask(), await ask()];
        statuses.push((await api.fetch(base + url, { headers })).status);
        return { codes, statuses, own: await api(url.replace('/api/', '/open/'), { headers }) };
      },
      { url, headers },
    );
    assert.deepEqual(statuses, [401, 401, 401]);
    assert.deepEqual(codes, ['own-credentials']);
    assert.deepEqual(await app.refreshes(), NO_REFRESH);
    assert.match(JSON.stringify(own), /own/);
  });
}

test('a token in the query is in no error and no trace', async (t) => {
  const attach = { query: { token: 'accessToken' } };
  const app = await openApp(t, { signedIn: false, session: { attach, refresh: false } });
  await app.page.route('**/open/echo/lost*', (route) => route.abort('internetdisconnected'));
  const credentials = app.origin.replace('//', '//user:password@');
  const told = await app.run(async ({ api, outcome, base }, credentials) => {
    /** @type {unknown[]} */
    const told = [];
    api.session?.on('trace', (record) => told.push(record));
    await api.session?.set({ access_token: 'secret' });
    for (const url of ['/api/forbidden', '/open/echo/1', '/open/echo/lost', `${credentials}/`]) {
      const options = { ignoreResponseError: false };
      told.push(await outcome(api(url, options)));
      told.push(await outcome(api.fetch(url.startsWith('/') ? base + url : url)).then(({ error }) => error));
      const error = await api(url, options).catch((reason) => reason);
      told.push(error.stack, JSON.stringify(error), JSON.stringify(error.options));
    }
    return JSON.stringify(told);
  }, credentials);
  assert.match(told, /FetchError/);
  assert.doesNotMatch(told.replaceAll(/"query":\{[^}]*\}/g, ''), /secret/);
});
