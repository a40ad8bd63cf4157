/** The switches: how refreshes are made to fail, and how answers are held. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../support/server.js';
import { json, newClient } from './support/client.js';

/**
 * @import { RefreshMode } from '../../www/server/switches.js'
 */

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

/** @type {{ mode: RefreshMode, status: number, body: unknown }[]} */
const ANSWERS = [
  { mode: '500', status: 500, body: { error: 'server_error' } },
  { mode: '429', status: 429, body: { error: 'temporarily_unavailable' } },
  { mode: 'invalid_grant', status: 400, body: { error: 'invalid_grant' } },
  { mode: 'invalid_client', status: 401, body: { error: 'invalid_client' } },
  { mode: 'empty', status: 200, body: {} },
];

for (const { mode, status, body } of ANSWERS) {
  test(`mode ${mode}: answered without the provider, so that the token stays good`, async () => {
    const client = newClient(server.origin);
    const { refresh_token } = await client.login();
    await client.control({ refresh: { mode } });

    for (let times = 0; times < 2; times += 1) {
      const response = await client.present(refresh_token);
      assert.equal(response.status, status);
      assert.equal(response.headers.get('retry-after'), null);
      assert.deepEqual(await json(response), body);
    }

    await client.control({ refresh: { mode: 'ok' } });
    assert.equal((await client.present(refresh_token)).status, 200);
    const { refreshes, presentations, reused } = await client.books();
    assert.deepEqual({ refreshes, presentations, reused }, { refreshes: 1, presentations: 3, reused: 0 });
  });
}

test('mode drop: the connection breaks and nothing is rotated', async () => {
  const client = newClient(server.origin);
  const { refresh_token } = await client.login();
  await client.control({ refresh: { mode: 'drop', times: 1 } });

  await assert.rejects(client.present(refresh_token), TypeError);

  assert.equal((await client.present(refresh_token)).status, 200);
  assert.equal((await client.books()).reused, 0);
});

test('mode lost: the token is rotated, then the connection breaks', async () => {
  const client = newClient(server.origin);
  const { refresh_token } = await client.login();
  await client.control({ refresh: { mode: 'lost', times: 1 } });

  await assert.rejects(client.present(refresh_token), TypeError);

  assert.equal((await client.present(refresh_token)).status, 400);
  const { refreshes, presentations, reused } = await client.books();
  assert.deepEqual({ refreshes, presentations, reused }, { refreshes: 1, presentations: 2, reused: 1 });
});

test('mode hang: there is no answer until the client gives up or the tenant is forgotten', async () => {
  const client = newClient(server.origin);
  const { refresh_token } = await client.login();
  await client.control({ refresh: { mode: 'hang', times: 2 } });

  const giveUp = new AbortController();
  const aborted = client.present(refresh_token, { signal: giveUp.signal });
  const forgotten = client.present(refresh_token);
  await client.booksWhere((books) => books.presentations === 2);
  assert.equal(await client.release('refresh'), 0);
  giveUp.abort();
  await assert.rejects(aborted, { name: 'AbortError' });
  assert.equal((await client.present(refresh_token)).status, 200, 'a hanging refresh blocks no other');

  const broken = assert.rejects(forgotten, TypeError);
  await client.drop();
  await broken;
});

test('Retry-After is sent with 429 and 500', async () => {
  const client = newClient(server.origin);
  for (const mode of /** @type {const} */ (['429', '500'])) {
    await client.control({ refresh: { mode, retryAfter: 7 } });
    assert.equal((await client.present('any')).headers.get('retry-after'), '7');
  }
});

test('times: so many presentations, then all is back at its defaults', async () => {
  const client = newClient(server.origin);
  const { refresh_token } = await client.login();
  await client.control({ refresh: { mode: '500', times: 2, retryAfter: 1 } });

  const statuses = [];
  for (let times = 0; times < 3; times += 1) statuses.push((await client.present(refresh_token)).status);

  assert.deepEqual(statuses, [500, 500, 200]);
  assert.deepEqual((await client.control({})).refresh, { mode: 'ok', times: null, retryAfter: null });
});

test('a held refresh is carried out when it is released', async () => {
  const client = newClient(server.origin);
  const { refresh_token } = await client.login();
  await client.control({ hold: { refresh: true } });

  const giveUp = new AbortController();
  const abandoned = client.present(refresh_token, { signal: giveUp.signal });
  await client.held('refresh', 1);
  assert.equal((await client.books()).refreshes, 0);
  giveUp.abort();
  await assert.rejects(abandoned, { name: 'AbortError' });
  await client.booksWhere((books) => books.held.refresh === 0);

  const kept = client.present(refresh_token);
  await client.held('refresh', 1);
  assert.equal(await client.release('refresh'), 1);
  assert.equal((await kept).status, 200);

  const { refreshes, presentations, reused, aborted } = await client.books();
  assert.deepEqual(
    { refreshes, presentations, reused, aborted },
    { refreshes: 1, presentations: 2, reused: 0, aborted: 0 },
  );
});

test('a held api answer is decided when the request arrives', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login();
  await client.control({ hold: { api: true } });

  const early = client.send('/api/echo/early', access_token);
  await client.held('api', 1);
  await client.expire();
  const late = client.send('/api/echo/late', access_token);
  await client.held('api', 2);
  assert.deepEqual((await client.books()).hits, {}, 'a held answer is no hit yet');

  assert.equal(await client.release('api', 1), 1);
  assert.equal((await early).status, 200);
  assert.equal(await client.release('api'), 1);
  assert.equal((await late).status, 401);
  assert.deepEqual((await client.books()).hits, {
    'GET /api/echo/early': { 200: 1 },
    'GET /api/echo/late': { 401: 1 },
  });
});

test('release with a count lets the oldest go, and switches nothing off', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login();
  await client.control({ hold: { api: true } });
  const order = /** @type {string[]} */ ([]);
  const all = [];
  for (const path of ['/api/echo/1', '/api/echo/2', '/api/echo/3']) {
    all.push(client.send(path, access_token).then(() => order.push(path)));
    await client.held('api', all.length);
  }

  for (let left = 3; left > 0; left -= 1) {
    assert.equal(await client.release('api', 1), 1);
    await all[3 - left];
  }

  assert.deepEqual(order, ['/api/echo/1', '/api/echo/2', '/api/echo/3']);
  assert.equal((await client.control({})).hold.api, true);
});

test('a client that goes away while its answer is held is counted as aborted', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login();
  await client.control({ hold: { api: true } });
  const giveUp = new AbortController();
  const gone = client.send('/api/echo/gone', access_token, { signal: giveUp.signal });
  const kept = client.send('/api/echo/kept', access_token);
  await client.held('api', 2);

  giveUp.abort();
  await assert.rejects(gone, { name: 'AbortError' });
  await client.booksWhere((books) => books.aborted === 1 && books.held.api === 1);

  assert.equal(await client.release('api'), 1);
  assert.equal((await kept).status, 200);
  assert.deepEqual((await client.books()).hits, { 'GET /api/echo/kept': { 200: 1 } });
});

test('latency delays api and token answers, a client may leave meanwhile, and control answers at once', async () => {
  const client = newClient(server.origin);
  const { access_token, refresh_token } = await client.login();
  const latency = 3_600_000;
  await client.control({ latency });

  const giveUp = new AbortController();
  const { signal } = giveUp;
  const late = [
    client.send('/api/text', access_token, { signal }),
    client.present(refresh_token, { signal }),
  ];
  await client.booksWhere((books) => books.refreshes === 1);
  assert.equal((await client.control({})).latency, latency);
  giveUp.abort();
  for (const answer of late) await assert.rejects(answer, { name: 'AbortError' });
  const { statuses } = await client.booksWhere((books) => books.aborted === 1);
  assert.deepEqual(statuses, {});

  await client.control({ latency: 20 });
  const start = performance.now();
  assert.equal((await client.send('/api/text', access_token)).status, 200);
  assert.ok(performance.now() - start >= 19);
});

test('a forgotten tenant lets its held answers go, and starts anew', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login();
  await client.control({ hold: { api: true } });
  const held = client.send('/api/text', access_token);
  await client.held('api', 1);

  assert.deepEqual(await client.drop(), { forgotten: true });

  assert.equal((await held).status, 200);
  assert.equal((await client.books()).logins, 0);
  assert.equal((await client.control({})).hold.api, false);
  assert.equal(
    (await client.send('/api/text', access_token)).status,
    401,
    'generations start anew, grants too',
  );
});

test('a patch changes what it names and nothing else', async () => {
  const client = newClient(server.origin);
  await client.control({ accessTtl: 5, refresh: { retryAfter: 3 } });
  assert.deepEqual(await client.control({ refresh: { mode: '429' }, hold: { api: true } }), {
    accessTtl: 5,
    latency: 0,
    refresh: { mode: '429', times: null, retryAfter: 3 },
    hold: { refresh: false, api: true },
    expiredCode: 40001,
    clockSkew: 0,
  });
});

test('a wrong patch is refused as a whole, and the message names the switch', async () => {
  const client = newClient(server.origin);
  /** @type {[unknown, RegExp][]} */
  const wrong = [
    [{ latency: 5, speed: 1 }, /unknown switch speed.*latency/],
    [{ latency: 5, refresh: { mood: 'ok' } }, /unknown switch refresh\.mood.*mode/],
    [{ latency: 5, constructor: 1 }, /unknown switch constructor/],
    [{ latency: 5, refresh: { mode: 500 } }, /refresh\.mode must be one of "ok", "500"/],
    [{ latency: 5, refresh: { times: 0 } }, /refresh\.times must be a whole number from 1, or null, not 0/],
    [{ latency: 5, hold: true }, /hold must be an object/],
    [{ latency: 5, hold: { api: 1 } }, /hold\.api must be true or false, not 1/],
    [{ latency: -1 }, /latency must be a whole number from 0, not -1/],
    [{ accessTtl: 0 }, /accessTtl must be a whole number from 1/],
    [{ expiredCode: 401 }, /expiredCode must be one of 40001, 42001, 30001, 40014, not 401/],
    [{ clockSkew: 0.5 }, /clockSkew must be a whole number from -31536000 to 31536000, not 0\.5/],
    [{ clockSkew: '60' }, /clockSkew must be/],
    [[], /must be an object/],
    [undefined, /must be an object/],
  ];
  for (const [patch, message] of wrong) {
    const response = await fetch(`${client.url}/control`, {
      method: 'POST',
      ...(patch === undefined ? {} : { body: JSON.stringify(patch) }),
    });
    assert.equal(response.status, 400);
    assert.match((await json(response)).error, message);
  }
  assert.equal((await client.control({})).latency, 0);

  for (const body of [{}, { what: 'login' }, { what: 'api', count: 0 }, { what: 'api', count: 'all' }]) {
    const response = await fetch(`${client.url}/release`, { method: 'POST', body: JSON.stringify(body) });
    assert.equal(response.status, 400);
  }
});
