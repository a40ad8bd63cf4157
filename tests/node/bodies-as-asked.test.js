/** What is asked is what is sent: bodies are those of the call, at each attempt and whatever `retry` says. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { createApiFetch } from '../../dist/index.js';
import { json, server, settled } from '../support/double.js';
import { Money } from '../support/money.js';

const BASE = 'https://api.example.com';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

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
