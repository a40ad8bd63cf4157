/** Callers that hand over what no caller should: each call is settled with an error that can be foretold, and no other one notices. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { createApiFetch } from '../../dist/index.js';
import { ask, assertUnharmed, ORIGIN, outcome, SHAPES, signedIn } from '../support/callers.js';
import { json, server, settled } from '../support/double.js';
import { Hostility, INITS, INPUTS, SIGNALS, snapshot, thenable } from '../support/fuzz/hostile.js';
import { watchSettlements } from '../support/settlements.js';

/** What can not be read is the caller's own error, from every shape of a call. */
/** @type {[what: string, args: () => any[]][]} */
const UNREADABLE = [
  ['an init whose getter throws', () => [`${ORIGIN}/x`, INITS['getter that throws']?.(0)]],
  ['an init with an unknown getter that throws', () => ['/x', INITS['unknown getter that throws']?.(0)]],
  ['headers whose getter throws', () => ['/x', INITS['headers that throw']?.(0)]],
  ['a proxy that throws', () => ['/x', INITS.tiring?.(0)]],
  ['a proxy that throws at the second look', () => ['/x', INITS.tiring?.(1)]],
  ['a body that throws', () => ['/x', INITS['double of a body']?.(0)]],
  ['a URL that throws', () => [INPUTS['text that throws']?.('', 0)]],
  ['a double of a Request that throws', () => [INPUTS['double of a Request']?.('/x', 0)]],
  ['a signal that throws', () => ['/x', { signal: SIGNALS.tiring?.(new AbortController(), 0) }]],
];

for (const [what, args] of UNREADABLE) {
  for (const shape of SHAPES) {
    test(`${what}: its own error (${shape}), once, nothing is sent, nobody else notices`, async (t) => {
      const assertOnce = watchSettlements(t);
      const { api, sent } = signedIn();
      const neighbour = api('/neighbour');
      const call = ask(api, shape)(...args());
      const error = await outcome(call);
      // Of a signal the platform speaks first.
      const isTheirs = shape === 'fetch' && what.startsWith('a signal') && error instanceof TypeError;
      assert.ok(isTheirs || error instanceof Hostility || error.cause instanceof Hostility, String(error));
      await assertUnharmed(api, neighbour);
      assertOnce(call);
      assert.deepEqual(
        sent.filter(({ url }) => url.endsWith('/x')),
        [],
      );
    });
  }
}

/** @type {[what: string, args: () => any[]][]} */
const REVOKED = [
  ['input', () => [INPUTS['revoked proxy']?.('/x', 0)]],
  ['init', () => ['/x', INITS['revoked proxy']?.(0)]],
  ['headers', () => ['/x', { headers: INITS['revoked proxy']?.(0) }]],
  ['body', () => ['/x', { method: 'POST', body: INITS['revoked proxy']?.(0) }]],
  ['signal', () => ['/x', { signal: INITS['revoked proxy']?.(0) }]],
];

for (const [what, args] of REVOKED) {
  for (const shape of SHAPES) {
    test(`a revoked proxy as ${what} is a TypeError (${shape}), and nobody else notices`, async () => {
      const { api } = signedIn();
      const neighbour = api('/neighbour');
      const error = await outcome(ask(api, shape)(...args()));
      assert.ok(error instanceof TypeError || error.cause instanceof TypeError, String(error));
      await assertUnharmed(api, neighbour);
    });
  }
}

for (const shape of SHAPES) {
  test(`a Request that stops to be readable, at whatever look, fails alone (${shape})`, async () => {
    for (let looks = 0; looks < 40; looks++) {
      let isFirst = true;
      const api = createApiFetch({
        async fetch(input) {
          const isRejected = typeof input !== 'string' && isFirst;
          if (isRejected) isFirst = false;
          return json({ fine: true }, isRejected ? 401 : 200);
        },
        baseURL: ORIGIN,
        retry: 0,
        session: { storage: 'memory', refresh: async () => ({ access_token: 'second' }) },
      });
      api.session.set({ access_token: 'first', refresh_token: 'r' });
      const neighbour = api('/neighbour');
      const error = await outcome(ask(api, shape)(INPUTS['double of a Request']?.('/x', looks)));
      assert.doesNotMatch(String(error?.message), /engine has stopped/, `after ${looks} looks`);
      assert.deepEqual(await neighbour, { fine: true });
      assert.equal(api.session.pending, 0);
    }
  });
}

test('a Request that can not be copied for the app’s own judge is no replay, and stops nothing', async (t) => {
  /** @type {unknown[]} */
  const reported = [];
  Object.assign(globalThis, { reportError: (/** @type {unknown} */ error) => reported.push(error) });
  t.after(() => Reflect.deleteProperty(globalThis, 'reportError'));
  let copies = 0;
  const request = {
    url: `${ORIGIN}/x`,
    method: 'GET',
    headers: new Headers(),
    clone() {
      copies += 1;
      if (copies > 2) throw new Hostility('no more copies');
      return request;
    },
  };
  let asked = 0;
  const api = createApiFetch({
    fetch: async () => json({ fine: true }, ++asked === 1 ? 401 : 200),
    session: {
      storage: 'memory',
      replay: () => true,
      refresh: async () => ({ access_token: 'second' }),
      origins: [ORIGIN],
    },
  });
  api.session.set({ access_token: 'first', refresh_token: 'r' });
  assert.equal((await api.fetch(/** @type {any} */ (request))).status, 401);
  assert.ok(reported[0] instanceof Hostility);
  assert.deepEqual(await api(`${ORIGIN}/plain`), { fine: true });
});

test('frozen and sealed options, headers and bodies are as good as others, and stay as they were', async () => {
  const { api, sent } = signedIn((_, number) => json({ fine: true }, number === 1 ? 401 : 200));
  for (const keep of [Object.freeze, Object.seal, Object.preventExtensions]) {
    const options = keep({
      method: 'POST',
      body: keep({ a: keep([1]) }),
      headers: keep({ 'x-own': '1' }),
      query: keep({ q: 1 }),
    });
    const before = snapshot(options);
    assert.deepEqual(await api('/x', options), { fine: true });
    await api.fetch(`${ORIGIN}/x`, keep({ method: 'POST', body: 'text', headers: keep({ 'x-own': '1' }) }));
    assert.deepEqual(snapshot(options), before);
  }
  assert.deepEqual(new Set(sent.map(({ headers }) => headers['x-own'])), new Set(['1']));
});

test('thenables are never asked to be promises: as a URL a text, as options unknown, as a body JSON', async () => {
  const { api, sent } = signedIn();
  const never = () => {
    throw new Hostility('asked');
  };
  const text = await outcome(api(/** @type {any} */ (thenable(never))));
  assert.match(text.message, /^\[GET\] "\[object Object\]": <no response> /);
  await api('/x', /** @type {any} */ (thenable(never)));
  await api('/x', { method: 'POST', body: thenable(never) });
  await api('/x', { headers: /** @type {any} */ (thenable(/** @type {any} */ ('text'))) });
  await api.fetch(`${ORIGIN}/x`, /** @type {any} */ (thenable(never)));
  assert.deepEqual(
    sent.map(({ url, body, headers }) => [url, body, headers.then]),
    [
      [`${ORIGIN}/x`, '', undefined],
      [`${ORIGIN}/x`, '{}', undefined],
      [`${ORIGIN}/x`, '', 'text'],
      [`${ORIGIN}/x`, '', undefined],
    ],
  );
});

test('symbols among what fetch is given reach it, and what they hold is not asked', async () => {
  const own = Symbol('own');
  /** @type {any[]} */
  const inits = [];
  const api = createApiFetch({
    fetch: async (_, init) => {
      inits.push(init);
      return json(1);
    },
  });
  const init = {
    [own]: 'kept',
    [Symbol.toPrimitive]: () => {
      throw new Hostility('asked');
    },
  };
  await api.fetch(`${ORIGIN}/x`, /** @type {any} */ (init));
  assert.equal(inits[0][own], 'kept');
});

test('fetch reads what an init has inherited, and so does api.fetch', async () => {
  class Init {
    get method() {
      return 'PUT';
    }
    get credentials() {
      return 'omit';
    }
    get redirect() {
      return 'manual';
    }
  }
  /** @type {any[]} */
  const inits = [];
  const api = createApiFetch({
    fetch: async (_, init) => {
      inits.push(init);
      return json(1);
    },
  });
  await api.fetch(`${ORIGIN}/x`, /** @type {any} */ (new Init()));
  await api.fetch(`${ORIGIN}/x`, Object.create({ method: 'PUT', credentials: 'omit', redirect: 'manual' }));
  await api.fetch(
    `${ORIGIN}/x`,
    runInNewContext("({ method: 'PUT', credentials: 'omit', redirect: 'manual' })"),
  );
  for (const { method, credentials, redirect } of inits)
    assert.deepEqual([method, credentials, redirect], ['PUT', 'omit', 'manual']);
});

test('names of prototypes among the options are nobody’s prototype', async () => {
  const { api, sent } = signedIn();
  const options = JSON.parse(
    '{"__proto__":{"method":"DELETE"},"constructor":1,"toString":2,"hasOwnProperty":3}',
  );
  await api('/x', options);
  await api.fetch(`${ORIGIN}/x`, options);
  await api('/x', { query: JSON.parse('{"__proto__":"1"}') });
  assert.deepEqual(
    sent.map(({ method, url }) => [method, url.slice(ORIGIN.length)]),
    [
      ['GET', '/x'],
      ['GET', '/x'],
      ['GET', '/x?__proto__=1'],
    ],
  );
  assert.equal(/** @type {any} */ ({}).method, undefined);
});

test('a Request that claims to go to the own origin gets no token for another', async () => {
  const { api, sent } = signedIn();
  const foreign = () => new Request('https://elsewhere.example/steal');
  class Claiming extends Request {
    /** @override */
    get url() {
      return `${ORIGIN}/own`;
    }
  }
  const claims = [
    Object.defineProperty(foreign(), 'url', { value: `${ORIGIN}/own` }),
    new Claiming('https://elsewhere.example/steal'),
  ];
  for (const request of claims) {
    await api.fetch(request);
    await api(request);
  }
  assert.deepEqual(
    sent.map(({ headers }) => headers.authorization),
    [undefined, undefined, undefined, undefined],
  );
});

test('bodies of another realm are sent as those of this one, and again after a refresh', async () => {
  const made = runInNewContext(
    `({ bytes: new Uint8Array([65, 66]), buffer: new Uint8Array([67, 68]).buffer, list: [1, { a: 2 }], object: { a: 1 } })`,
  );
  const { api, sent } = signedIn(({ headers }) =>
    json({}, headers.authorization === 'Bearer first' ? 401 : 200),
  );
  /** @type {[any, string][]} */
  const bodies = [
    [made.bytes, 'AB'],
    [made.buffer, 'CD'],
    [made.list, '[1,{"a":2}]'],
    [made.object, '{"a":1}'],
  ];
  for (const [body, text] of bodies) {
    api.session.set({ access_token: 'first', refresh_token: 'r' });
    await api('/x', { method: 'POST', body });
    assert.deepEqual(
      sent.splice(0).map((one) => one.body),
      [text, text],
    );
  }
});

test('a buffer of another realm is sent as it was when it was handed over', async () => {
  const { buffer, fill } = runInNewContext(
    '(() => { const bytes = new Uint8Array([65, 65]); return { buffer: bytes.buffer, fill: () => bytes.fill(66) } })()',
  );
  /** @type {(value: any) => void} */
  let renew = () => {};
  const double = server(({ headers }) => json({}, headers.authorization === 'Bearer first' ? 401 : 200));
  const api = createApiFetch({
    fetch: /** @type {typeof fetch} */ (double.fetch),
    session: {
      storage: 'memory',
      origins: [ORIGIN],
      refresh: () => new Promise((resolve) => (renew = resolve)),
    },
  });
  api.session.set({ access_token: 'first', refresh_token: 'r' });
  const call = api.fetch(`${ORIGIN}/x`, { method: 'POST', body: buffer });
  await settled();
  fill();
  renew({ access_token: 'second' });
  assert.equal((await call).status, 200);
  assert.deepEqual(
    double.sent.map((one) => one.body),
    ['AA', 'AA'],
  );
});
