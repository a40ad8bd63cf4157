/** What is asked is what is sent: queries are those of the call, at each attempt. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { json, server } from '../support/double.js';
import { Money } from '../support/money.js';

const BASE = 'https://api.example.com';

test('a query whose values its caller changes is that of the call at each attempt', async () => {
  const { fetch, sent } = server((_, number) => json({}, number === 1 ? 503 : 200));
  const query = { ids: [1], filter: { by: 'name' } };
  const request = createApiFetch({ baseURL: BASE, fetch, retryDelay: 0 })('/x', { query });
  query.ids.push(2);
  query.filter.by = 'age';
  await request;
  assert.equal(sent.length, 2);
  assert.equal(sent[1]?.url, sent[0]?.url);
  assert.ok(sent[0]?.url.includes('name'));
});

test('instances in a query are those of the call at each attempt', async () => {
  const { fetch, sent } = server((_, number) => json({}, number < 3 ? 503 : 200));
  const [one, two, three] = [new Money(1), new Money(2), new Money(3)];
  const query = { one, list: [two], deep: { three } };
  const request = createApiFetch({ baseURL: BASE, fetch, retryDelay: 0 })('/x?own=1#hash', {
    query,
    retry: 2,
  });
  for (const money of [one, two, three]) money.cents = 9;
  await request;
  assert.equal(sent.length, 3);
  for (const { url } of sent)
    assert.equal(
      decodeURIComponent(url),
      `${BASE}/x?own=1&one={"cents":1}&list={"cents":2}&deep={"three":{"cents":3}}#hash`,
    );
});

test('a hook that changes what is deep in a query changes it for its own attempt, and for no other call', async () => {
  const { fetch, sent } = server((_, number) => json({}, number === 1 ? 503 : 200));
  const api = createApiFetch({
    ...{ baseURL: BASE, fetch, retryDelay: 0, query: { deep: { count: 1 } } },
    onRequest: ({ options }) => {
      /** @type {any} */ (options.query).deep.count += 1;
    },
  });
  await api('/x');
  await api('/x');
  assert.deepEqual(
    sent.map(({ url }) => decodeURIComponent(url)),
    Array(3).fill(`${BASE}/x?deep={"count":2}`),
  );
});
