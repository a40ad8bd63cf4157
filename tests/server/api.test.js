/** The API: what it lets in, what it answers, and what it writes into the books. */

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { startServer } from '../support/server.js';
import { json, newClient } from './support/client.js';

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

/** @param {string | Uint8Array} data */
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

test('a request is echoed as it came', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login('ada');
  const body = JSON.stringify({ name: 'Grüezi ✓' });

  const response = await client.send('/api/echo/a%20b/c?x=1&y=2&y=%C3%A9', access_token, {
    method: 'PATCH',
    body,
    headers: { 'content-type': 'application/json' },
  });

  assert.deepEqual(await json(response), {
    method: 'PATCH',
    path: '/api/echo/a%20b/c',
    query: { x: '1', y: ['2', 'é'] },
    contentType: 'application/json',
    length: Buffer.byteLength(body),
    sha256: sha256(body),
    text: body,
    user: 'ada',
    generation: 1,
  });
});

test('a query and a mutation are answered with what they brought, and only with a token', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login('ada');
  const ask = (/** @type {string} */ query, /** @type {object} */ variables, token = access_token) =>
    client.send('/api/graphql', token, { method: 'POST', body: JSON.stringify({ query, variables }) });

  const query = 'query ($number: Int!) { echo(number: $number) { number note user } }';
  assert.deepEqual(await json(await ask(query, { number: 7 })), {
    data: { echo: { number: 7, note: null, user: 'ada' } },
  });
  const mutation = 'mutation ($note: String!) { keep(number: 8, note: $note) { number note user } }';
  assert.deepEqual(await json(await ask(mutation, { note: 'Grüezi ✓' })), {
    data: { keep: { number: 8, note: 'Grüezi ✓', user: 'ada' } },
  });
  assert.match((await json(await ask('{ nothing }', {}))).errors[0].message, /Cannot query field/);

  await client.expire();
  assert.equal((await ask(query, { number: 9 })).status, 401);
  assert.deepEqual((await client.books()).hits['POST /api/graphql'], { 200: 3, 401: 1 });
});

test('a binary body is hashed as its raw bytes', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login();
  for (const length of [0, 1, 65_536, 3_000_000]) {
    const body = randomBytes(length);
    const response = await client.send('/api/echo/bytes', access_token, { method: 'POST', body });
    const echo = await json(response);
    assert.equal(echo.length, length);
    assert.equal(echo.sha256, sha256(body));
    assert.ok(echo.text.length <= 65_536);
  }
});

test('every method is echoed, a real OPTIONS too, and HEAD without a body', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login();
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const echo = await json(await client.send('/api/echo/any', access_token, { method }));
    assert.equal(echo.method, method);
    assert.equal(echo.contentType, null);
  }
  const head = await client.send('/api/echo/any', access_token, { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(await head.text(), '');
  assert.equal((await client.books()).hits['HEAD /api/echo/any']?.[200], 1);
});

test('answers of other kinds', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login('ada');

  const text = await client.send('/api/text', access_token);
  assert.match(text.headers.get('content-type') ?? '', /^text\/plain/);
  assert.equal(await text.text(), 'Grüezi, ada');

  const blob = await client.send('/api/blob', access_token);
  assert.equal(blob.headers.get('content-type'), 'image/png');
  assert.equal(Buffer.from(await blob.arrayBuffer()).toString('latin1', 1, 4), 'PNG');

  const empty = await client.send('/api/empty', access_token);
  assert.equal(empty.status, 204);
  assert.equal(await empty.text(), '');

  for (const status of [200, 205, 304, 404, 418, 503, 599]) {
    const response = await client.send(`/api/status/${status}`, access_token, { method: 'POST' });
    assert.equal(response.status, status);
    assert.equal(await response.text(), status === 205 || status === 304 ? '' : `{"status":${status}}`);
  }
  assert.equal((await client.send('/api/status/99', access_token)).status, 404);
});

test('WWW-Authenticate says what is wrong with the token', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login();
  const [header, payload, signature] = access_token.split('.');
  const other = signature?.startsWith('A') ? 'B' : 'A';
  const forged = [header, payload, other + signature?.slice(1)].join('.');

  /** @param {RequestInit} init */
  const answerTo = async (init, path = '/api/text') => {
    const response = await fetch(client.url + path, init);
    return [response.status, response.headers.get('www-authenticate'), (await json(response)).error];
  };
  /** @param {string} authorization */
  const withHeader = (authorization) => ({ headers: { authorization } });

  const invalid = [401, 'Bearer error="invalid_token"', 'invalid_token'];
  assert.deepEqual(await answerTo({}), [401, 'Bearer', 'missing_token']);
  assert.deepEqual(await answerTo(withHeader('Basic YTpi')), [401, 'Bearer', 'missing_token']);
  assert.deepEqual(await answerTo(withHeader('Bearer nonsense')), invalid);
  assert.deepEqual(await answerTo(withHeader(`Bearer ${forged}`)), invalid);
  assert.deepEqual(await answerTo(withHeader(`Bearer ${access_token}`), '/api/forbidden'), [
    403,
    'Bearer error="insufficient_scope"',
    'insufficient_scope',
  ]);
  await client.expire();
  assert.deepEqual(await answerTo(withHeader(`Bearer ${access_token}`)), invalid);
  assert.deepEqual(await answerTo({}, '/api/forbidden'), [401, 'Bearer', 'missing_token']);
});

test('the open echo needs no token and shows the headers', async () => {
  const client = newClient(server.origin);
  const response = await client.send('/open/echo/x?q=1', undefined, {
    method: 'PUT',
    body: 'hello',
    headers: { 'x-mine': 'yes' },
  });
  const echo = await json(response);
  assert.equal(response.status, 200);
  assert.equal(echo.path, '/open/echo/x');
  assert.equal(echo.text, 'hello');
  assert.equal(echo.headers['x-mine'], 'yes');
  assert.equal('authorization' in echo.headers, false);
});

test('the books count answers by method, path and status', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login();
  await client.send('/api/echo/1?query=is-no-part', access_token);
  await client.send('/api/echo/1', 'bad');
  await client.send('/api/echo/1', access_token, { method: 'POST' });
  await client.send('/api/status/500', access_token);
  await client.send('/open/echo/1');

  const { hits, statuses, aborted, held } = await client.books();

  assert.deepEqual(hits, {
    'GET /api/echo/1': { 200: 1, 401: 1 },
    'POST /api/echo/1': { 200: 1 },
    'GET /api/status/500': { 500: 1 },
    'GET /open/echo/1': { 200: 1 },
  });
  assert.deepEqual(statuses, { 200: 3, 401: 1, 500: 1 });
  assert.equal(aborted, 0);
  assert.deepEqual(held, { refresh: 0, api: 0 });
});

test('a client that goes away in the middle of its body is counted as aborted', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login();
  const upload = request(`${client.url}/api/echo/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access_token}`, 'content-length': 1_000_000 },
  });
  const broken = once(upload, 'error');
  upload.write('only the beginning', () => upload.destroy(new Error('gone')));
  await broken.catch(() => {});

  const { statuses } = await client.booksWhere((books) => books.aborted === 1);
  assert.deepEqual(statuses, {});
});

test('a page from another port of this machine may use a tenant, and preflights are not counted', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login();
  await client.control({ hold: { api: true, refresh: true }, latency: 3_600_000 });

  for (const origin of ['http://localhost:9', 'http://127.0.0.1:5173', 'http://[::1]:80']) {
    for (const path of ['/api/echo/1', '/oidc/token', '/login', '/books', '/open/echo/1']) {
      const preflight = await fetch(client.url + path, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'PUT',
          'access-control-request-headers': 'authorization, content-type',
        },
      });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers.get('access-control-allow-origin'), origin);
      assert.equal(preflight.headers.get('access-control-allow-credentials'), 'true');
      assert.equal(preflight.headers.get('access-control-allow-headers'), 'authorization, content-type');
      assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /\bPUT\b/);
    }
  }
  const { hits, presentations } = await client.books();
  assert.deepEqual({ hits, presentations }, { hits: {}, presentations: 0 });

  await client.control({ hold: { api: false, refresh: false }, latency: 0 });
  const headers = { origin: 'http://localhost:9' };
  const answers = [
    await client.send('/api/echo/1', access_token, { headers, method: 'OPTIONS' }),
    await client.send('/api/echo/1', 'bad', { headers }),
    await client.present('unknown', { headers }),
    await client.send('/oidc/jwks', undefined, { headers }),
  ];
  assert.deepEqual(
    answers.map((answer) => [answer.status, answer.headers.get('access-control-allow-origin')]),
    [200, 401, 400, 200].map((status) => [status, 'http://localhost:9']),
  );
  assert.match(answers[1]?.headers.get('access-control-expose-headers') ?? '', /WWW-Authenticate/);
});

test('a page from anywhere else may not', async () => {
  const client = newClient(server.origin);
  for (const origin of [
    'https://example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.nip.io',
    'null',
  ]) {
    const response = await client.send('/open/echo/1', undefined, { headers: { origin } });
    assert.equal(response.headers.get('access-control-allow-origin'), null, origin);
  }
});

test('three thousand held requests are all answered when they are released', async () => {
  const client = newClient(server.origin);
  const { access_token } = await client.login();
  await client.control({ hold: { api: true } });
  const requests = Array.from({ length: 3_000 }, (_, index) =>
    client.send(`/api/echo/${index}`, access_token),
  );

  await client.held('api', requests.length);
  assert.equal(await client.release('api'), requests.length);

  const statuses = (await Promise.all(requests)).map((response) => response.status);
  assert.ok(statuses.every((status) => status === 200));
  assert.deepEqual((await client.books()).statuses, { 200: requests.length });
});
