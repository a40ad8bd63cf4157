/** The dialects of real apps: one provider, one set of switches and books, and five ways to ask and answer. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../support/server.js';
import { json, newClient } from './support/client.js';
import { cookiesOf, dialects, post } from './support/dialects.js';

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

/** @param {Response} response */
const answerOf = async (response) => [response.status, await json(response)];

for (const [name, dialect] of Object.entries(dialects)) {
  const { login, send, refresh, keep, dead, refused, echoIn } = dialect;
  const echo = (/** @type {string} */ below) => `${dialect.echo}/${below}`;

  test(`${name}: a token is good until it expires, and a refresh gives another one`, async () => {
    const client = newClient(server.origin);
    const first = await keep(await login(client, 'ada'));

    const good = await send(client, first, echo('1'), { method: 'PUT', body: 'hello' });
    const { method, path, user, generation } = echoIn(await json(good));
    assert.deepEqual(
      { method, path, user, generation },
      { method: 'PUT', path: echo('1'), user: 'ada', generation: 1 },
    );

    await client.expire();
    const late = await send(client, first, echo('2'));
    assert.deepEqual(await answerOf(late), dead);
    if (name !== 'spans') assert.equal(late.headers.get('www-authenticate'), null);
    const nothing = Object.fromEntries(Object.keys(first).map((key) => [key, '']));
    assert.equal((await send(client, nothing, echo('3'))).status, dead[0]);

    const second = await keep(await refresh(client, first));
    assert.equal(echoIn(await json(await send(client, second, echo('4')))).generation, 2);

    const { logins, refreshes, presentations, reused, hits } = await client.books();
    assert.deepEqual(
      { logins, refreshes, presentations, reused },
      { logins: 1, refreshes: 1, presentations: 1, reused: 0 },
    );
    assert.deepEqual(hits, {
      [`PUT ${echo('1')}`]: { 200: 1 },
      [`GET ${echo('2')}`]: { [dead[0]]: 1 },
      [`GET ${echo('3')}`]: { [dead[0]]: 1 },
      [`GET ${echo('4')}`]: { 200: 1 },
    });
  });

  test(`${name}: what is spent is refused, counted, and ends the grant`, async () => {
    const client = newClient(server.origin);
    const first = await keep(await login(client));
    const second = await keep(await refresh(client, first));

    assert.deepEqual(await answerOf(await refresh(client, first)), refused);
    assert.deepEqual(await answerOf(await refresh(client, second)), refused);
    assert.deepEqual(await answerOf(await refresh(client, {})), refused, 'nothing was presented');

    const { refreshes, presentations, reused } = await client.books();
    assert.deepEqual({ refreshes, presentations, reused }, { refreshes: 1, presentations: 4, reused: 1 });
  });

  test(`${name}: the switches`, async () => {
    const client = newClient(server.origin);
    const first = await keep(await login(client));
    /** @param {import('../../www/server/switches.js').RefreshMode} mode */
    const withMode = async (mode) => {
      await client.control({ refresh: { mode, times: 1, retryAfter: 7 } });
      return refresh(client, first);
    };

    for (const mode of /** @type {const} */ (['500', '429'])) {
      const failed = await withMode(mode);
      assert.deepEqual([String(failed.status), failed.headers.get('retry-after')], [mode, '7']);
    }
    assert.deepEqual(await answerOf(await withMode('invalid_grant')), refused);
    assert.deepEqual(
      await answerOf(await withMode('invalid_client')),
      name === 'envelope'
        ? [200, { errcode: -1, errmsg: 'busy', data: null }]
        : [401, { error: 'invalid_client' }],
    );
    const empty = await withMode('empty');
    assert.ok(empty.ok);
    assert.doesNotMatch((await empty.text()) + empty.headers.getSetCookie(), /token|access|refresh|expire/);
    await assert.rejects(withMode('drop'), TypeError);
    await assert.rejects(withMode('lost'), TypeError);
    assert.deepEqual(await answerOf(await refresh(client, first)), refused, 'the lost one has rotated it');
  });

  test(`${name}: refreshes and answers are held, delayed, and given up`, async () => {
    const client = newClient(server.origin);
    const first = await keep(await login(client));
    await client.control({ hold: { refresh: true, api: true } });

    const answer = send(client, first, echo('held'));
    await client.held('api', 1);
    await client.expire();
    const renewed = refresh(client, first);
    await client.held('refresh', 1);
    assert.equal((await client.books()).refreshes, 0);
    await client.release('api');
    await client.release('refresh');
    assert.equal(echoIn(await json(await answer)).path, echo('held'));
    const second = await keep(await renewed);

    await client.control({ hold: { refresh: false, api: false }, latency: 3_600_000 });
    const giveUp = new AbortController();
    const { signal } = giveUp;
    const late = [refresh(client, second, { signal }), send(client, second, echo('late'), { signal })];
    await client.booksWhere((books) => books.refreshes === 2);
    giveUp.abort();
    for (const one of late) await assert.rejects(one, { name: 'AbortError' });
    await client.booksWhere((books) => books.aborted === 1);
  });
}

test('cookie: the cookies are for no script and for this tenant, and are cleared with the session', async () => {
  const client = newClient(server.origin);
  const path = `${new URL(client.url).pathname}/cookie`;
  const login = await post(client, '/cookie/login', { username: 'ada' });

  assert.deepEqual(await json(login), { user: 'ada' });
  const given = login.headers.getSetCookie();
  assert.equal(given.length, 2);
  for (const cookie of given) {
    assert.match(cookie, /^(access|refresh)=[\w.-]+; /);
    assert.deepEqual(cookie.split('; ').slice(1).sort(), ['HttpOnly', `Path=${path}`, 'SameSite=Lax']);
  }

  const renewed = await post(client, '/cookie/auth/Refresh-Token', undefined, {
    headers: { cookie: given.map((cookie) => cookie.split(';')[0]).join('; ') },
  });
  assert.equal(renewed.status, 204);
  assert.equal(await renewed.text(), '');
  assert.notEqual(cookiesOf(renewed).access, cookiesOf(login).access);
  assert.notEqual(cookiesOf(renewed).refresh, cookiesOf(login).refresh);

  for (const route of ['/cookie/logout', '/cookie/auth/Refresh-Token']) {
    const cleared = (await post(client, route)).headers.getSetCookie().sort();
    assert.deepEqual(cleared, [`access=; Max-Age=0; Path=${path}`, `refresh=; Max-Age=0; Path=${path}`]);
  }
  assert.equal((await post(client, '/cookie/login', {})).status, 400);
});

test('envelope: errcode tells, and the echo shows neither token nor key', async () => {
  const client = newClient(server.origin);
  const reply = await json(await post(client, '/envelope/login', { username: 'ada' }));
  const { access_token: token, refresh_token, app_key: appkey } = reply.data;
  assert.deepEqual(Object.keys(reply.data), ['access_token', 'refresh_token', 'expires_in', 'app_key']);
  assert.deepEqual([reply.errcode, reply.errmsg, reply.data.expires_in], [0, 'ok', 600]);
  /** @param {Record<string, string> | [string, string][]} query */
  const ask = async (path = '/envelope/api/echo/1', query = { token, appkey }) => {
    const response = await client.send(`${path}?${new URLSearchParams(query)}`);
    assert.equal(response.status, 200);
    return json(response);
  };
  const path = '/envelope/api/echo/1';

  const { data, ...good } = await ask(path, { page: '2', token, appkey });
  assert.deepEqual(good, { errcode: 0, errmsg: 'ok' });
  assert.deepEqual([data.query, data.appkey, data.user], [{ page: '2' }, true, 'ada']);
  assert.equal(JSON.stringify(data).includes(token), false);

  assert.equal((await ask(path, { token })).errcode, 41002);
  assert.equal((await ask(path, { token, appkey: 'key-of-grace' })).errcode, 41002);
  assert.equal((await ask(path, { appkey })).errcode, 40001);
  assert.equal((await ask(`${path}?token=${token}&appkey=${appkey}&`)).errcode, 40035);
  const failed = { errcode: 50012, errmsg: 'failure 50012', data: null };
  assert.deepEqual(await ask('/envelope/api/fail/50012'), failed);
  assert.equal((await ask('/envelope/api/fail/-1')).errcode, -1);
  assert.deepEqual(await ask('/envelope/api/text'), { errcode: 0, errmsg: 'ok', data: 'Grüezi, ada' });

  await client.expire();
  for (const expiredCode of [42001, 30001, 40014]) {
    await client.control({ expiredCode });
    assert.equal((await ask('/envelope/api/fail/7')).errcode, expiredCode);
  }
  const renewed = await json(await post(client, '/envelope/refresh', { refresh_token }));
  assert.deepEqual(Object.keys(renewed.data), ['access_token', 'refresh_token', 'expires_in']);
  assert.equal((await json(await post(client, '/envelope/login', {}))).errcode, 47001);
});

test("dated: the expiry is a date by the server's clock, however wrong that is", async () => {
  const client = newClient(server.origin);
  for (const clockSkew of [0, -7200, 3600]) {
    await client.control({ clockSkew, accessTtl: 600 });
    const login = await post(client, '/dated/login', { username: 'ada' });
    const first = await json(login);
    const renewal = await post(client, '/dated/refresh', { refreshToken: first.refreshToken });
    const second = await json(renewal);

    const seconds = (/** @type {string | null} */ date) => Date.parse(date ?? '') / 1000;
    for (const [{ headers }, reply] of /** @type {const} */ ([
      [login, first],
      [renewal, second],
    ])) {
      assert.deepEqual(Object.keys(reply), ['token', 'refreshToken', 'expire_time']);
      assert.match(reply.expire_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      const lifetime = seconds(reply.expire_time) - seconds(headers.get('date'));
      assert.ok(lifetime > 590 && lifetime <= 600, String(lifetime));
    }
    const echo = await client.send('/dated/api/echo/1', undefined, {
      headers: { ContentToken: second.token },
    });
    const skew = seconds(echo.headers.get('date')) - Date.now() / 1000;
    assert.ok(Math.abs(skew - clockSkew) < 60, String(skew));
    assert.equal(echo.status, 200);
  }
});

test('xtoken: the old access token is what a new one is given for', async () => {
  const client = newClient(server.origin);
  const login = await json(await post(client, '/xtoken/login', { username: 'ada' }));
  assert.deepEqual(Object.keys(login.data), ['token', 'expires', 'name']);
  assert.deepEqual([login.code, login.data.expires, login.data.name], [0, 600, 'ada']);

  const headers = { 'X-Token': login.data.token };
  const renewed = await json(await post(client, '/xtoken/refresh', undefined, { headers }));
  assert.deepEqual(Object.keys(renewed.data), ['token', 'expires', 'name']);
  assert.equal(renewed.data.name, 'ada');
  assert.notEqual(renewed.data.token, login.data.token);
  const unknown = await post(client, '/xtoken/refresh', undefined, { headers: { 'X-Token': 'unknown' } });
  assert.equal(unknown.status, 401);
  assert.equal((await client.books()).reused, 0);
});

test('spans: both lifetimes are in the reply, and other ports may ask', async () => {
  const client = newClient(server.origin);
  const headers = { origin: 'http://127.0.0.1:9' };
  const login = await post(client, '/spans/login', { username: 'ada' }, { headers });
  const reply = await json(login);

  assert.equal(login.headers.get('access-control-allow-origin'), headers.origin);
  assert.equal(login.headers.get('cache-control'), 'no-store');
  const names = ['access_token', 'refresh_token', 'expires_in', 'refresh_expires_in'];
  assert.deepEqual(Object.keys(reply), names);
  assert.deepEqual([reply.expires_in, reply.refresh_expires_in], [600, 30 * 24 * 3600]);
  const { refresh_token } = reply;
  assert.deepEqual(Object.keys(await json(await post(client, '/spans/renew', { refresh_token }))), names);
});
