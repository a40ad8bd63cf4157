/** The process: how it starts, what it serves beside the tenants, and how it ends. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer, tenant } from '../support/server.js';
import { json } from './support/client.js';

test('it answers a ping, serves an empty page, and says what is not there', async (t) => {
  const { origin, stop } = await startServer();
  t.after(stop);

  const ping = await json(await fetch(`${origin}/ping`));
  assert.equal(ping.name, 'wasm-api-fetch');
  assert.ok(ping.build === null || /^[0-9a-f]{12}$/.test(ping.build));

  const blank = await fetch(`${origin}/blank`);
  assert.match(blank.headers.get('content-type') ?? '', /^text\/html/);
  assert.match(await blank.text(), /<body><\/body>/);

  const built = await fetch(`${origin}/dist/index.js`);
  assert.equal(built.headers.get('cache-control'), 'no-store');
  if (ping.build === null) {
    assert.equal(built.status, 404);
    assert.match(await built.text(), /npm run build/);
  } else {
    assert.match(built.headers.get('content-type') ?? '', /^text\/javascript/);
  }

  assert.equal((await fetch(`${origin}/dist/../package.json`)).status, 404);
  assert.equal((await fetch(`${origin}/t/no%20name/books`)).status, 400);
  assert.equal((await fetch(`${origin}/t/some/nothing`)).status, 404);
});

test('it ends although answers are held and clients are connected', async () => {
  const { origin, stop } = await startServer();
  const client = tenant(origin, 'ends');
  const { access_token } = await client.login();
  await client.control({ hold: { api: true } });
  const held = fetch(`${client.url}/api/text`, { headers: { authorization: `Bearer ${access_token}` } });
  const failed = assert.rejects(held, TypeError);
  await client.held('api', 1);

  await stop();

  await failed;
  await assert.rejects(fetch(`${origin}/ping`));
});

test('a port that is taken is said so', async (t) => {
  const { origin, stop } = await startServer();
  t.after(stop);
  await assert.rejects(startServer({ port: Number(new URL(origin).port) }), /exit code 1/);
});
