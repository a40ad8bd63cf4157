/** What is asked is what is sent: headers and URLs are those of the call, at each attempt. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { json, server, settled } from '../support/double.js';

const BASE = 'https://api.example.com';

test('the headers of a Request that its caller changes are those of the call at each attempt', async () => {
  for (const onRequest of [undefined, async () => void (await settled())]) {
    for (const init of [{}, { method: 'PUT', body: 'whole' }]) {
      const { fetch, sent } = server((_, number) => json({}, number === 1 ? 503 : 200));
      const request = new Request(`${BASE}/x`, { ...init, headers: { 'x-own': 'first' } });
      const call = createApiFetch({ fetch, retryDelay: 0, retry: 1 })(request, onRequest && { onRequest });
      request.headers.set('x-own', 'second');
      await call;
      assert.deepEqual(
        sent.map(({ headers }) => headers['x-own']),
        ['first', 'first'],
      );
    }
  }
});

test('a hook that leaves a Request without headers of its own sends those of the Request that it puts in its place', async () => {
  const { fetch, sent } = server(() => json({}));
  const request = new Request(`${BASE}/x`, { headers: { 'x-own': 'first' } });
  await createApiFetch({ fetch })(request, {
    onRequest: (context) => {
      context.request = new Request(`${BASE}/y`, { headers: { 'x-own': 'second' } });
      Object.assign(context.options, { headers: undefined });
    },
  });
  assert.deepEqual([sent[0]?.url, sent[0]?.headers['x-own']], [`${BASE}/y`, 'second']);
});

test('a URL object that its caller changes leads to where it led', async () => {
  const { fetch, sent } = server((_, number) => json({}, number === 1 ? 503 : 200));
  const url = new URL(`${BASE}/x`);
  const request = createApiFetch({ fetch, retryDelay: 0 })(url, {
    onRequest: async () => void (await settled()),
  });
  url.pathname = '/elsewhere';
  await request;
  assert.deepEqual(
    sent.map((one) => one.url),
    [`${BASE}/x`, `${BASE}/x`],
  );
});
