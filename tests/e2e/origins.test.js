/** A token goes to the session's origins and nowhere else, and a request's own credentials are left alone. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

/** @import { App } from '../support/app.js' */

const openApp = useApps();

/**
 * The same server by another name, which makes it another origin.
 *
 * @param {App} app
 */
const foreign = (app) => app.tenant.url.replace('//localhost', '//127.0.0.1');

const bearer = (/** @type {any} */ reply) => reply.headers.authorization;

test('the page’s own origin gets the token, by path and by URL', async (t) => {
  const app = await openApp(t);
  const replies = await app.run(
    async ({ api }, url) => [
      await api('/open/echo/1'),
      await api(`${url}/open/echo/2`),
      await api(new URL(`${url}/open/echo/3`)),
      await api(new Request(`${url}/open/echo/4`)),
      await (await api.fetch(`${url}/open/echo/5`)).json(),
    ],
    app.tenant.url,
  );
  const token = await app.run(({ api }) => api.session?.tokens?.accessToken);
  assert.deepEqual(
    replies.map(bearer),
    replies.map(() => `Bearer ${token}`),
  );
});

test('another origin gets none, however it is asked', async (t) => {
  const app = await openApp(t);
  const replies = await app.run(
    async ({ api }, url) => [
      await api(`${url}/open/echo/1`),
      await api(new URL(`${url}/open/echo/2`)),
      await api(new Request(`${url}/open/echo/3`)),
      await api('/open/echo/4', { baseURL: url }),
      await (await api.fetch(`${url}/open/echo/5`)).json(),
      (await api.raw(`${url}/open/echo/6`))._data,
    ],
    foreign(app),
  );
  assert.deepEqual(replies.map(bearer), Array(6).fill(undefined));
});

test('a 401 from another origin starts no refresh', async (t) => {
  const app = await openApp(t);
  const { error } = await app.run(({ api, outcome }, url) => outcome(api(`${url}/api/echo/1`)), foreign(app));
  assert.deepEqual([error?.name, error?.status], ['FetchError', 401]);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

test('another origin neither waits for a refresh nor is taken back', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const waiting = await app.begin(({ api }) => api('/api/echo/1'));
  await app.tenant.held('refresh', 1);
  const reply = await app.run(({ api }, url) => api(`${url}/open/echo/1`), foreign(app));
  assert.equal(bearer(reply), undefined);
  await app.tenant.release('refresh');
  assert.equal((await waiting.outcome()).error, undefined);
});

test('no spelling of a URL gets a token past its origin', async (t) => {
  const app = await openApp(t);
  const { host, pathname } = new URL(`${foreign(app)}/open/echo/1`);
  const target = host + pathname;
  const spellings = [
    `//${target}`,
    `/\\${target}`,
    `\\\\${target}`,
    `\\/${target}`,
    `/\t/${target}`,
    `\t//${target}`,
    ` //${target}`,
    `\n/\r/${target}`,
    `/\n\\${target}`,
    `\u0000//${target}`,
    `http:\\\\${target}`,
    `http:////${target}`,
    `HTTP://${target}`,
    `ht\ttp://${target}`,
    ` http://${target}`,
    `\u0001http://${target}`,
    `http://${target.replace('127.0.0.1', '127.1')}`,
    `http://${target.replace('127.0.0.1', '0x7f000001')}`,
    `http://${target.replace('127.0.0.1', '１２７.0.0.1')}`,
    `//${target.replace('127.0.0.1', '127%2e0.0.1')}`,
  ];
  const reached = await app.run(async ({ lib, create }, list) => {
    const withoutBase = create({}, { baseURL: '' });
    const emptyBase = create({}, { baseURL: '/' });
    const perCall = lib.createApiFetch({ session: { refresh: false } });
    const rows = [];
    for (const spelling of list) {
      const isForeign = new URL(spelling, location.href).origin !== location.origin;
      for (const api of [withoutBase, emptyBase, perCall]) {
        const data = await api.fetch(spelling).then((response) => response.json(), String);
        rows.push([spelling, isForeign, data?.headers?.authorization ?? null, Boolean(data?.path)]);
      }
      const data = await withoutBase(spelling).catch(() => undefined);
      rows.push([
        spelling,
        isForeign,
        /** @type {any} */ (data)?.headers?.authorization ?? null,
        Boolean(data),
      ]);
    }
    return rows;
  }, spellings);

  assert.deepEqual(
    reached.filter(([, isForeign, token]) => isForeign && token),
    [],
    'a token for a foreign origin',
  );
  const arrived = reached.filter(([, isForeign, , answered]) => isForeign && answered);
  assert.ok(arrived.length >= spellings.length * 3, `${arrived.length} went to the foreign origin`);
});

test('a spelling of the page’s own origin keeps its token', async (t) => {
  const app = await openApp(t);
  const { host, pathname } = new URL(`${app.tenant.url}/open/echo/1`);
  const spellings = [
    `//${host}${pathname}`,
    `HTTP://${host.toUpperCase()}${pathname}`,
    ` ${pathname}`,
    `\\${pathname.slice(1)}`,
  ];
  const tokens = await app.run(async ({ create }, list) => {
    const api = create({}, { baseURL: '' });
    const replies = [];
    for (const spelling of list) replies.push(/** @type {any} */ (await api(spelling)).headers.authorization);
    return replies;
  }, spellings);
  for (const [index, token] of tokens.entries()) assert.match(String(token), /^Bearer ./, spellings[index]);
});

for (const name of ['base', 'h:base']) {
  test(`a <${name}> that leads paths to another origin takes no token along, whenever it comes`, async (t) => {
    const app = await openApp(t);
    const tokens = await app.run(
      async ({ create }, [element, url]) => {
        const api = create({}, { baseURL: '' });
        const path = `${new URL(String(url)).pathname}/open/echo/1`;
        const before = /** @type {any} */ (await api(path)).headers.authorization;
        const base = document.createElementNS('http://www.w3.org/1999/xhtml', String(element));
        base.setAttribute('href', `${new URL(String(url)).origin}/`);
        document.head.append(base);
        const during = /** @type {any} */ (await api(path)).headers.authorization;
        base.remove();
        return [before, during, /** @type {any} */ (await api(path)).headers.authorization];
      },
      [name, foreign(app)],
    );
    assert.match(String(tokens[0]), /^Bearer ./);
    assert.ok(!tokens[1], 'a token for another origin');
    assert.match(String(tokens[2]), /^Bearer ./);
  });
}

test('elements that cover the page’s own methods do not stop the engine', async (t) => {
  const app = await openApp(t);
  const reply = await app.run(async ({ create }) => {
    document.body.innerHTML = '<img name="getElementsByTagNameNS"><img name="getElementsByTagName">';
    return create({}, {})('/open/echo/1');
  });
  assert.match(String(bearer(reply)), /^Bearer ./);
});

test('origins names all that get a token; the page’s own goes without when it is not named', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const reply = await app.tenant.login();
  const [named, own] = await app.run(
    async ({ create }, [url, tokens]) => {
      const api = create({ origins: [new URL(String(url)).origin] }, {});
      await api.session?.set(/** @type {object} */ (tokens));
      return [await api(`${url}/open/echo/1`), await api('/open/echo/2')];
    },
    /** @type {const} */ ([foreign(app), reply]),
  );
  assert.equal(bearer(named), `Bearer ${reply.access_token}`);
  // The base URL's origin is among them only where `origins` is not given.
  assert.equal(bearer(own), undefined);
});

test('an origin that only begins as a named one does gets no token', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const tokens = await app.run(async ({ create }) => {
    /** @type {[url: string, token: string | null][]} */
    const sent = [];
    const api = create(
      { key: 'own', origins: ['https://api.example'] },
      {
        baseURL: '',
        async fetch(input, init) {
          sent.push([String(input), new Headers(init?.headers).get('authorization')]);
          return new Response(null);
        },
      },
    );
    await api.session?.set({ access_token: 'good' });
    for (const end of [
      '',
      '/',
      '?a',
      '#a',
      '.evil.example/',
      's/',
      '-evil.example',
      ':8443/',
      '@evil.example/',
    ])
      await api(`https://api.example${end}`);
    return sent;
  });
  assert.equal(tokens.length, 9);
  assert.deepEqual(
    tokens.filter(([, token]) => token).map(([url]) => url),
    ['', '/', '?a', '#a'].map((end) => `https://api.example${end}`),
  );
});

test('a base URL given to createApiFetch or create adds its origin, one given to a call does not', async (t) => {
  const app = await openApp(t);
  const replies = await app.run(async ({ api, create }, url) => {
    const another = create({ key: 'another' }, { baseURL: url });
    await another.session?.set(api.session?.tokens ?? {});
    return [
      await api('/open/echo/1', { baseURL: url }),
      await api.create({ baseURL: url })('/open/echo/2'),
      await another('/open/echo/3'),
    ];
  }, foreign(app));
  assert.deepEqual(
    replies.map((reply) => typeof bearer(reply)),
    ['undefined', 'string', 'string'],
  );
});

test('a 401 from a named foreign origin is refreshed and replayed there', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const reply = await app.run(({ api }, url) => api.create({ baseURL: url })('/api/echo/1'), foreign(app));
  assert.equal(reply.user, 'ada');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a request’s own Authorization is left alone, and its 401 starts no refresh', async (t) => {
  const app = await openApp(t);
  const own = { Authorization: 'Basic b3duOm93bg==' };
  const replies = await app.run(
    async ({ api, base }, headers) => [
      await api('/open/echo/1', { headers }),
      await api('/open/echo/2', { headers: new Headers(headers) }),
      await api('/open/echo/3', { headers: [...new Headers(headers)] }),
      await api(new Request(`${base}/open/echo/4`, { headers })),
      await (await api.fetch(`${base}/open/echo/5`, { headers })).json(),
      await (await api.fetch(new Request(`${base}/open/echo/6`, { headers }))).json(),
      await api.create({ headers })('/open/echo/7'),
    ],
    own,
  );
  assert.deepEqual(replies.map(bearer), Array(7).fill(own.Authorization));
  const { error } = await app.run(
    ({ api, outcome }, headers) => outcome(api('/api/echo/1', { headers })),
    own,
  );
  assert.deepEqual([error?.name, error?.status], ['FetchError', 401]);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

test('session: false neither carries a token nor waits nor refreshes', async (t) => {
  const app = await openApp(t);
  const reply = await app.run(({ api }) => api('/open/echo/1', { session: false }));
  assert.equal(bearer(reply), undefined);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const waiting = await app.begin(({ api }) => api('/api/echo/1'));
  await app.tenant.held('refresh', 1);
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/2', { session: false })));
  assert.deepEqual([error?.name, error?.status], ['FetchError', 401]);
  await app.tenant.release('refresh');
  assert.equal((await waiting.outcome()).error, undefined);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});
