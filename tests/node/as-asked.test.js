/** What is asked is what is sent: bodies, queries and URLs are those of the call, at each attempt and whatever `retry` says. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { createApiFetch } from '../../dist/index.js';
import { json, server, settled } from '../support/double.js';

const BASE = 'https://api.example.com';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

class Money {
  constructor(/** @type {number} */ cents) {
    this.cents = cents;
  }
  toString() {
    return `${this.cents}c`;
  }
}

/** Bodies as a caller gives them, made anew for each call. @type {Record<string, () => any>} */
const AS_JSON = {
  'a date': () => new Date(0),
  'a number': () => 1.5,
  'an object of all kinds': () => ({
    a: Number.NaN,
    b: undefined,
    c: null,
    d: new Date(0),
    e: [undefined, 1],
    f: -0,
  }),
  'an object with toJSON': () => ({ toJSON: () => ({ said: true }) }),
  'an object whose class has toJSON': () =>
    new (class {
      toJSON() {
        return 'text';
      }
    })(),
  'an object that inherits': () => Object.create({ toJSON: () => 'inherited', constructor: Object }),
  'a list with holes': () => {
    const list = [1];
    list[3] = 4;
    return list;
  },
  'a list that says its JSON': () => Object.assign([1, 2], { toJSON: () => 'list' }),
  'an instance inside': () => ({ money: new Money(5), list: [new Money(6)] }),
  'an own __proto__': () => JSON.parse('{"__proto__": {"x": 1}, "y": 2}'),
};

/** @type {Record<string, () => any>} */
const AS_FORM = {
  'a number that is none': () => ({ a: Number.NaN, b: Number.POSITIVE_INFINITY }),
  'what is not there': () => ({ a: undefined, b: null }),
  'objects with a text': () => ({
    price: new Money(5),
    at: new Date(0),
    plain: { toString: () => 'own' },
    none: {},
  }),
  'a bigint': () => ({ id: 12345678901234567890n }),
  pairs: () => [
    ['a', '1'],
    ['a', '2'],
  ],
};

/**
 * What each of two attempts sends.
 *
 * @param {() => any} make
 * @param {any} options
 */
async function sentBy(make, options) {
  const { fetch, sent } = server((_, number) => json({}, number === 1 ? 503 : 200));
  const api = createApiFetch({ baseURL: BASE, fetch, retryDelay: 0 });
  await api('/x', { method: 'POST', body: make(), ...options }).catch(
    (/** @type {unknown} */ error) => error,
  );
  return sent.map(({ body, headers }) => [body, headers['content-type']]);
}

for (const [kind, bodies, headers] of /** @type {const} */ ([
  ['JSON', AS_JSON, {}],
  ['a form', AS_FORM, FORM],
])) {
  for (const [what, make] of Object.entries(bodies)) {
    test(`${what} as ${kind} is the same bytes whatever retry says, and whether there are hooks`, async () => {
      const value = make();
      const expected = kind === 'JSON' ? JSON.stringify(value) : String(new URLSearchParams(value));
      const [once] = await sentBy(make, { headers });
      assert.equal(once?.[0], expected);
      assert.deepEqual(await sentBy(make, { headers, retry: 0 }), [once]);
      assert.deepEqual(await sentBy(make, { headers, retry: 1 }), [once, once]);
      assert.deepEqual(await sentBy(make, { headers, retry: 1, onRequest: () => {} }), [once, once]);
      assert.deepEqual(await sentBy(make, { headers, retry: 0, onRequest: async () => {} }), [once]);
    });
  }
}

test('a body that can not be JSON rejects whatever retry says', async () => {
  /** @type {any} */
  const cycle = {};
  cycle.self = cycle;
  for (const body of [cycle, { id: 1n }]) {
    for (const options of [{}, { retry: 1 }, { retry: 1, onRequest: () => {} }]) {
      const { fetch, sent } = server(() => json({}));
      await assert.rejects(
        createApiFetch({ baseURL: BASE, fetch })('/x', { method: 'POST', body, ...options }),
        TypeError,
      );
      assert.deepEqual(sent, []);
    }
  }
});

/** What a caller may do with a body that it has given. @type {Record<string, { make: () => any, change: (body: any) => void }>} */
const CHANGES = {
  'an object': { make: () => ({ deep: { list: [1] } }), change: (body) => body.deep.list.push(2) },
  'a list': { make: () => [1], change: (body) => body.push(2) },
  'a date inside': { make: () => ({ at: new Date(0) }), change: (body) => body.at.setFullYear(2000) },
  bytes: { make: () => new Uint8Array([65]), change: (body) => body.fill(66) },
  'a buffer': { make: () => new Uint8Array([65]).buffer, change: (body) => new Uint8Array(body).fill(66) },
  'search parameters': { make: () => new URLSearchParams('a=1'), change: (body) => body.append('b', '2') },
};

for (const [what, { make, change }] of Object.entries(CHANGES)) {
  for (const retry of [0, 1]) {
    for (const [who, session] of Object.entries({ 'with a session': true, 'without one': false })) {
      test(`${what} that its caller changes goes out as it was: while a hook waits, before a retry, ${who}, retry ${retry}`, async () => {
        const settings = session
          ? { session: { storage: /** @type {const} */ ('memory'), refresh: '/refresh' } }
          : {};
        for (const hooked of [true, false]) {
          /** @type {(value?: unknown) => void} */
          let open = () => {};
          const opened = new Promise((resolve) => {
            open = resolve;
          });
          const { fetch, sent } = server((_, number) => json({}, number <= retry ? 503 : 200));
          const api = createApiFetch({ baseURL: BASE, fetch, retryDelay: 0, ...settings });
          await api.session?.set({ access_token: 'a' });
          const body = make();
          const request = api('/x', {
            ...{ method: 'POST', body, retry },
            ...(hooked && { onRequest: () => /** @type {any} */ (opened) }),
          });
          change(body);
          await settled();
          assert.equal(sent.length, hooked ? 0 : retry + 1);
          open();
          await request;
          const expected = await new Response(
            ['object', 'list', 'date'].some((word) => what.includes(word)) ? JSON.stringify(make()) : make(),
          ).text();
          assert.deepEqual(
            sent.map((one) => one.body),
            Array(retry + 1).fill(expected),
          );
        }
      });
    }
  }
}

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

test('bytes inside a body are those of the call while a hook waits, of the kind that they were', async () => {
  /** @type {[make: () => any, change: (value: any) => void][]} */
  const kinds = [
    [() => new Uint8Array([1, 2, 3]).subarray(1), (value) => value.fill(9)],
    [() => new Float64Array([1.5]), (value) => value.fill(9)],
    [() => Buffer.from([1, 2]), (value) => value.fill(9)],
    [() => new Uint8Array(), () => {}],
    [() => new Uint8Array([1, 2]).buffer, (value) => new Uint8Array(value).fill(9)],
    [() => new DataView(new ArrayBuffer(2)), () => {}],
    [() => ({ byteLength: 2, deep: [1] }), (value) => value.deep.push(2)],
    [() => new (class Tagged extends Uint8Array {})([1]), () => {}],
    [
      () => {
        const view = new Uint8Array(2);
        structuredClone(view.buffer, { transfer: [view.buffer] });
        return view;
      },
      () => {},
    ],
  ];
  for (const [make, change] of kinds) {
    const { fetch, sent } = server(() => json({}));
    const inside = make();
    /** @type {any} */
    let shown;
    const request = createApiFetch({ baseURL: BASE, fetch })('/x', {
      ...{ method: 'POST', body: { list: [inside] } },
      onRequest: async ({ options }) => {
        await settled();
        shown = /** @type {any} */ (options.body).list[0];
      },
    });
    change(inside);
    await request;
    assert.equal(sent[0]?.body, JSON.stringify({ list: [make()] }));
    assert.equal(inspect(shown), inspect(make()));
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

test('a hook may change the body that it is shown, for its own attempt alone', async () => {
  const { fetch, sent } = server((_, number) => json({}, number === 1 ? 503 : 200));
  const api = createApiFetch({ baseURL: BASE, fetch, retryDelay: 0 });
  const body = { count: 1 };
  await api('/x', {
    ...{ method: 'POST', body, retry: 1 },
    onRequest: ({ options }) => {
      /** @type {any} */ (options.body).count += 1;
    },
  });
  assert.deepEqual(
    sent.map((one) => one.body),
    ['{"count":2}', '{"count":2}'],
  );
  assert.deepEqual(body, { count: 1 }, "the caller's own is left alone");
});

test('a form that its caller changes goes out as it was, at each attempt', async () => {
  const { fetch, sent } = server((_, number) => json({}, number === 1 ? 503 : 200));
  const form = new FormData();
  form.append('a', '1');
  const request = createApiFetch({ baseURL: BASE, fetch, retryDelay: 0 })('/x', {
    method: 'POST',
    body: form,
    retry: 1,
  });
  form.append('b', '2');
  await request;
  assert.equal(sent.length, 2);
  for (const { body } of sent) assert.ok(body.includes('name="a"') && !body.includes('name="b"'));
});

test('a Request whose body its caller reads while a hook waits is sent whole', async () => {
  const { fetch, sent } = server(() => json({}));
  const request = new Request(`${BASE}/x`, { method: 'POST', body: 'whole' });
  const call = createApiFetch({ fetch })(request, { onRequest: async () => void (await settled()) });
  await request.text();
  await call;
  assert.equal(sent[0]?.body, 'whole');
});

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

test('each sending has a signal of its own: what a fetch leaves on one is called for that one alone', async () => {
  let isDead = false;
  /** @type {(AbortSignal | undefined)[]} */
  const given = [];
  /** @type {string[]} */
  const called = [];
  /** @type {(response: Response) => void} */
  let answerFirst = () => {};
  const answer = server(({ headers }) =>
    json({}, isDead && headers.authorization === 'Bearer first' ? 401 : 200),
  );
  const fetch = (/** @type {any} */ input, /** @type {any} */ init) => {
    const { signal } = init;
    given.push(signal);
    signal?.addEventListener('abort', () => called.push(String(input)));
    if (given.length === 1)
      return new Promise((resolve) => {
        answerFirst = resolve;
      });
    if (String(input).endsWith('/held') && init.headers.get('authorization') === 'Bearer first')
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    return answer.fetch(input, init);
  };
  const api = createApiFetch({
    ...{ baseURL: BASE, fetch },
    session: { storage: 'memory', refresh: async () => ({ access_token: 'second' }) },
  });
  await api.session.set({ access_token: 'first', refresh_token: 'r' });
  // What is sent while this one has no answer may have to be taken back for its sake.
  const first = api('/first');
  for (let count = 0; count < 100; count++) await api(`/answered/${count}`);
  assert.equal(given[0], undefined, 'nobody will want it back');
  assert.equal(new Set(given.slice(1)).size, 100);
  isDead = true;
  const held = api('/held');
  answerFirst(json({}, 401));
  await Promise.all([first, held]);
  assert.deepEqual(called, [`${BASE}/held`], 'nobody hears of requests that were answered before');
});
