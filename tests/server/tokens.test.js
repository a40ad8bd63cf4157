/** The authorization server: what it gives, rotates, refuses and revokes. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { startServer } from '../support/server.js';
import { json, newClient } from './support/client.js';

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

/** @param {Response} response */
const errorOf = async (response) => [response.status, (await json(response)).error];

test('a login gives a JWT of the tenant and a refresh token', async () => {
  const client = newClient(server.origin);
  await client.control({ accessTtl: 77 });

  const reply = await client.login('grace');

  assert.deepEqual(Object.keys(reply).sort(), [
    'access_token',
    'expires_in',
    'refresh_token',
    'scope',
    'token_type',
  ]);
  assert.equal(reply.expires_in, 77);
  assert.equal(reply.token_type, 'Bearer');
  const claims = decodeJwt(reply.access_token);
  assert.equal(claims.iss, `${client.url}/oidc`);
  assert.equal(claims.sub, 'grace');
  assert.equal(Number(claims.exp) - Number(claims.iat), 77);
});

test('a refresh rotates the refresh token, and both access tokens are good', async () => {
  const client = newClient(server.origin);
  const first = await client.login();

  const response = await client.present(first.refresh_token);

  assert.equal(response.status, 200);
  const second = await json(response);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.notEqual(second.access_token, first.access_token);
  assert.deepEqual(Object.keys(second).sort(), Object.keys(first).sort());
  assert.equal((await client.send('/api/text', first.access_token)).status, 200);
  assert.equal((await client.send('/api/text', second.access_token)).status, 200);
});

test('the reuse of a spent refresh token revokes the whole grant', async () => {
  const client = newClient(server.origin);
  const first = await client.login();
  const second = await json(await client.present(first.refresh_token));

  assert.deepEqual(await errorOf(await client.present(first.refresh_token)), [400, 'invalid_grant']);
  assert.deepEqual(await errorOf(await client.present(second.refresh_token)), [400, 'invalid_grant']);

  const another = await client.login();
  assert.equal((await client.present(another.refresh_token)).status, 200, 'a new login is a new grant');
});

test('of simultaneous presentations of one refresh token exactly one succeeds', async () => {
  const client = newClient(server.origin);
  const { refresh_token } = await client.login();
  // Released together, they reach the provider in the same turn of its event loop.
  await client.control({ hold: { refresh: true } });
  const presentations = Array.from({ length: 4 }, () => client.present(refresh_token));
  await client.held('refresh', 4);
  assert.equal(await client.release('refresh'), 4);
  const responses = await Promise.all(presentations);

  assert.deepEqual(responses.map((response) => response.status).sort(), [200, 400, 400, 400]);
  const { refreshes, reused } = await client.books();
  assert.deepEqual({ refreshes, reused }, { refreshes: 1, reused: 3 });

  await client.control({ hold: { refresh: false } });
  const { refresh_token: next } = await json(responses.find((response) => response.ok));
  assert.deepEqual(await errorOf(await client.present(next)), [400, 'invalid_grant'], 'the grant is revoked');
});

test('every reuse is counted, also those after the grant is gone', async () => {
  const client = newClient(server.origin);
  const { refresh_token } = await client.login();
  for (let times = 0; times < 4; times += 1) await client.present(refresh_token);
  await client.present('never-given');

  const { logins, refreshes, presentations, reused } = await client.books();
  assert.deepEqual(
    { logins, refreshes, presentations, reused },
    { logins: 1, refreshes: 1, presentations: 5, reused: 3 },
  );
});

test('expire rejects the tokens given so far and accepts those given after it', async () => {
  const client = newClient(server.origin);
  const first = await client.login();
  assert.equal((await client.send('/api/text', first.access_token)).status, 200);

  await client.expire();

  assert.equal((await client.send('/api/text', first.access_token)).status, 401);
  const second = await json(await client.present(first.refresh_token));
  const echo = await json(await client.send('/api/echo/1', second.access_token));
  assert.equal(echo.generation, 2);
});

test('an access token ends by itself after its lifetime', async () => {
  const client = newClient(server.origin);
  await client.control({ accessTtl: 1 });
  const { access_token } = await client.login();

  const deadline = Date.now() + 5_000;
  let status = (await client.send('/api/text', access_token)).status;
  while (status === 200 && Date.now() < deadline)
    status = (await client.send('/api/text', access_token)).status;

  assert.equal(status, 401);
});

test("a tenant does not take another tenant's tokens", async () => {
  const [one, other] = [newClient(server.origin), newClient(server.origin)];
  const { access_token, refresh_token } = await one.login();

  assert.equal((await other.send('/api/text', access_token)).status, 401);
  assert.equal((await other.present(refresh_token)).status, 400);
  assert.equal((await one.present(refresh_token)).status, 200);
});

test('a tenant that many use first at the same time comes into being once', async () => {
  const client = newClient(server.origin);
  const replies = await Promise.all(Array.from({ length: 20 }, (_, index) => client.login(`user-${index}`)));
  for (const { access_token } of replies) {
    assert.equal((await client.send('/api/text', access_token)).status, 200);
  }
  assert.equal((await client.books()).logins, 20);
});

test('a login without a name is refused', async () => {
  const client = newClient(server.origin);
  for (const body of ['', 'no JSON', '{}', '{"username":""}', '{"username":7}', 'null']) {
    const response = await fetch(`${client.url}/login`, { method: 'POST', body });
    assert.equal(response.status, 400, body);
  }
  assert.equal((await client.books()).logins, 0);
});

test("discovery names the tenant's own endpoints, and they are there", async () => {
  const client = newClient(server.origin);
  const discovery = await json(await client.send('/oidc/.well-known/openid-configuration'));

  assert.equal(discovery.issuer, `${client.url}/oidc`);
  assert.equal(discovery.token_endpoint, `${client.url}/oidc/token`);
  const { keys } = await json(await fetch(discovery.jwks_uri));
  assert.equal(keys.length, 1);
  assert.equal(keys[0].d, undefined);
});
