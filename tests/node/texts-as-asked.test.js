/** Bodies of which a text is made are sent as the text that they had when the call was made; others reach `fetch` as they are. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { createApiFetch } from '../../dist/index.js';
import { json, server, settled } from '../support/double.js';
import { Money } from '../support/money.js';

const BASE = 'https://api.example.com';

/** Bodies of which `fetch` makes a text, and what a caller may do with one. @type {Record<string, { make: () => any, change: (body: any) => void, text: string }>} */
const AS_TEXT = {
  'an instance of a class': { make: () => new Money(5), change: (body) => (body.cents = 6), text: '5c' },
  'an instance of another realm': {
    make: () => runInNewContext('new (class { cents = 5; toString() { return this.cents + "c"; } })()'),
    change: (body) => (body.cents = 6),
    text: '5c',
  },
  'a function that has a text': {
    make: () => Object.assign(() => 0, { said: 'first', toString: () => 'first' }),
    change: (body) => (body.toString = () => 'second'),
    text: 'first',
  },
};

/** What JSON would be made of, were it not for `api.fetch`, or for the method. @type {typeof AS_TEXT} */
const AS_TEXT_TOO = {
  ...AS_TEXT,
  'a URL': {
    make: () => new URL(`${BASE}/first`),
    change: (body) => (body.pathname = '/second'),
    text: `${BASE}/first`,
  },
  'a list': { make: () => [1, [2]], change: (body) => body.push(3), text: '1,2' },
  'an object with a text': {
    make: () => ({ toString: () => 'first' }),
    change: (body) => (body.toString = () => 'second'),
    text: 'first',
  },
  'a list of instances': { make: () => [new Money(5)], change: ([body]) => (body.cents = 6), text: '5c' },
  'a date': {
    make: () => new Date(0),
    change: (body) => body.setFullYear(2000),
    text: String(new Date(0)),
  },
  'an empty list': { make: () => [], change: (body) => body.push(1), text: '' },
};

/** Where a request has to wait for a refresh. */
async function waiting() {
  const { fetch, sent } = server(() => json({}));
  /** @type {(tokens: any) => void} */
  let refreshed = () => {};
  const api = createApiFetch({
    ...{ baseURL: BASE, fetch },
    session: { storage: 'memory', refresh: () => new Promise((resolve) => (refreshed = resolve)) },
  });
  await api.session.set({ access_token: 'first', refresh_token: 'r' });
  api.session.refresh();
  return { api, sent, refresh: () => refreshed({ access_token: 'second', expires_in: 3600 }) };
}

for (const [what, { make, change, text }] of Object.entries(AS_TEXT_TOO)) {
  test(`${what} that api.fetch is given is sent as the text that it was then, and so it is by a method of one’s own`, async () => {
    for (const method of ['POST', 'QUERY']) {
      const { api, sent, refresh } = await waiting();
      const body = make();
      const request =
        method === 'POST' ? api.fetch(`${BASE}/x`, { method, body }) : api('/x', { method, body });
      change(body);
      await settled();
      assert.equal(sent.length, 0);
      refresh();
      await request;
      assert.deepEqual([sent[0]?.body, sent[0]?.headers['content-type']], [text, 'text/plain;charset=UTF-8']);
    }
  });

  test(`${what} that a method of one’s own sends is the same text at a retry`, async () => {
    const { fetch, sent } = server((_, number) => json({}, number === 1 ? 503 : 200));
    const body = make();
    const api = createApiFetch({ baseURL: BASE, fetch, retryDelay: 0 });
    const request = api('/x', { method: 'QUERY', body });
    change(body);
    await request;
    assert.deepEqual(
      sent.map((one) => one.body),
      [text, text],
    );
  });
}

for (const [what, { make, change, text }] of Object.entries(AS_TEXT)) {
  test(`${what} goes out as the text that it was: with a session, and at each attempt`, async () => {
    const held = await waiting();
    const first = make();
    const request = held.api('/x', { method: 'POST', body: first });
    change(first);
    await settled();
    held.refresh();
    await request;
    const { fetch, sent } = server((_, number) => json({}, number === 1 ? 503 : 200));
    const second = make();
    const api = createApiFetch({ baseURL: BASE, fetch, retryDelay: 0, retry: 1 });
    const retried = api('/x', { method: 'POST', body: second });
    change(second);
    await retried;
    for (const one of [...held.sent, ...sent])
      assert.deepEqual([one.body, one.headers['content-type']], [text, 'text/plain;charset=UTF-8']);
    assert.equal(sent.length, 2);
  });
}

test('a body whose text can not be made rejects as it does in fetch, with a session and without', async () => {
  const cause = new Error('no text');
  class Silent {
    toString() {
      throw cause;
    }
  }
  for (const session of [true, false]) {
    const { api, sent, refresh } = await waiting();
    const under = session ? api : createApiFetch({ baseURL: BASE });
    const body = /** @type {any} */ (new Silent());
    const calls = [
      under.fetch(`${BASE}/x`, { method: 'POST', body }),
      under.fetch(`${BASE}/x`, { method: 'POST', body: /** @type {any} */ ([body]) }),
      under('/x', { method: 'POST', body }),
    ];
    refresh();
    const [first, second, third] = await Promise.allSettled(calls);
    assert.equal(first?.status === 'rejected' && first.reason, cause);
    assert.equal(second?.status === 'rejected' && second.reason, cause);
    assert.equal(third?.status === 'rejected' && third.reason.name, 'FetchError');
    assert.equal(third?.status === 'rejected' && third.reason.cause, cause);
    assert.equal(sent.length, 0);
  }
});

test('what a platform takes for a body, or an app for one of its own, reaches fetch as it is', async () => {
  class FormOfAnother {
    append() {}
    getAll() {}
    toString() {
      return 'a=1';
    }
  }
  class BlobOfAnother {
    get [Symbol.toStringTag]() {
      return 'Blob';
    }
  }
  for (const body of [
    new Blob(['a']),
    new FormOfAnother(),
    new BlobOfAnother(),
    new (class Unknown {})(),
    { uri: 'file:///a' },
  ]) {
    /** @type {unknown[]} */
    const given = [];
    const fetch = async (/** @type {any} */ _, /** @type {any} */ init) => {
      given.push(init.body);
      return json({});
    };
    const api = createApiFetch({ fetch, session: { storage: 'memory', refresh: false, origins: [BASE] } });
    await api.session.set({ access_token: 'first' });
    await api.fetch(`${BASE}/x`, { method: 'POST', body: /** @type {any} */ (body) });
    assert.equal(given[0], body);
  }
});

test('a hook is shown an instance of a class as it is, and what it leaves is sent', async () => {
  const { fetch, sent } = server((_, number) => json({}, number === 1 ? 503 : 200));
  const body = new Money(5);
  const query = { price: new Money(7) };
  await createApiFetch({ baseURL: BASE, fetch, retryDelay: 0 })('/x', {
    ...{ method: 'POST', body, query, retry: 1 },
    onRequest: ({ options }) => {
      const { body: shown, query: asked } = /** @type {any} */ (options);
      assert.equal(shown, body);
      assert.equal(asked.price, query.price);
      asked.price = `${asked.price}`;
      options.body = `${shown}`.toUpperCase();
    },
  });
  assert.deepEqual(
    sent.map((one) => [one.body, one.url]),
    Array(2).fill(['5C', `${BASE}/x?price=7c`]),
  );
});
