/** Doubles of `fetch`, in the options or in place of the global one, that give what no server does, never answer, or call the instance back. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { assertEngineLives } from '../support/alive.js';
import { settled } from '../support/double.js';
import { broken, FAULTS, ODD_PROMISES, throwing } from '../support/faults.js';
import { watchSettlements } from '../support/settlements.js';

/** @import { TestContext } from 'node:test' */
/** @typedef {(api: any, init: any) => any} Double */

const ORIGIN = 'https://api.example.com';
const own = () => Response.json({ fine: true });

/**
 * A signed-in instance over a double for `/x`; everything else is answered as usual.
 *
 * @param {TestContext} t
 * @param {'option' | 'global'} place
 * @param {Double} double
 * @param {object} [session]
 */
function app(t, place, double, session) {
  /** @type {any} */
  let api;
  let calls = 0;
  const fetch = (/** @type {any} */ input, /** @type {any} */ init) => {
    if (!String(input.url ?? input).endsWith('/x')) return Promise.resolve(own());
    calls += 1;
    return double(api, init);
  };
  if (place === 'global') t.mock.method(globalThis, 'fetch', fetch);
  api = createApiFetch({
    ...(place === 'option' && { fetch: /** @type {any} */ (fetch) }),
    baseURL: ORIGIN,
    retry: 0,
    session: { storage: 'memory', refresh: async () => ({ access_token: 'second' }), ...session },
  });
  api.session.set({ access_token: 'first', refresh_token: 'r' });
  return { api, calls: () => calls };
}

async function assertUnharmed(/** @type {any} */ api) {
  assert.deepEqual(await api('/plain'), { fine: true });
  assert.deepEqual([api.session.pending, api.session.waiting], [0, 0]);
}

for (const place of /** @type {const} */ (['option', 'global'])) {
  for (const [what, double, isIt] of [...FAULTS, ...ODD_PROMISES]) {
    test(`a ${place} fetch that ${what}: api.fetch rejects with just that, api with a FetchError of it, once`, async (t) => {
      const assertOnce = watchSettlements(t);
      const { api, calls } = app(t, place, double);
      const fetched = api.fetch(`${ORIGIN}/x`);
      await assert.rejects(fetched, isIt);
      for (const call of [api('/x'), api.raw('/x')]) {
        const error = await call.catch((/** @type {unknown} */ error) => error);
        assert.deepEqual([error.name, error.status, isIt(error.cause)], ['FetchError', undefined, true]);
        await assertEngineLives();
        assertOnce(call);
      }
      assertOnce(fetched);
      assert.equal(calls(), 3);
      await assertUnharmed(api);
    });
  }
}

for (const shape of ['data', 'fetch']) {
  test(`a fetch that never answers, and does not heed its signal, is ended by it (${shape})`, async (t) => {
    const { api } = app(t, 'option', () => new Promise(() => {}));
    const controller = new AbortController();
    const reason = new Error('enough');
    const call = (shape === 'data' ? api : api.fetch)(`${ORIGIN}/x`, { signal: controller.signal });
    const ended = call.catch((/** @type {any} */ error) => error);
    await settled();
    assert.equal(api.session.pending, 1);
    controller.abort(reason);
    const error = await ended;
    assert.equal(shape === 'data' ? error.cause : error, reason);
    await assertUnharmed(api);
  });
}

test('what a deaf fetch still answers, after the call was given up, is let go and is nobody’s', async (t) => {
  /** @type {(answer: any) => void} */
  let answer = () => {};
  let cancelled = 0;
  const { api } = app(t, 'option', () => new Promise((resolve) => (answer = resolve)));
  const controller = new AbortController();
  const call = api('/x', { signal: controller.signal });
  await settled();
  controller.abort();
  await assert.rejects(call, { name: 'FetchError' });
  const next = api('/plain');
  answer({ status: 401, headers: new Headers(), body: { cancel: async () => void cancelled++ } });
  assert.deepEqual(await next, { fine: true });
  assert.equal(cancelled, 1);
  assert.equal(api.session.tokens.accessToken, 'first', 'no refresh for it');
});

test('an answer whose body was read before is handed on by api.fetch, and a FetchError from api', async (t) => {
  const used = own();
  await used.text();
  const { api } = app(t, 'option', async () => used);
  assert.equal(await api.fetch(`${ORIGIN}/x`), used);
  await assert.rejects(api('/x'), (/** @type {any} */ error) => {
    assert.deepEqual([error.name, error.status, error.cause.name], ['FetchError', 200, 'TypeError']);
    return true;
  });
  await assertUnharmed(api);
});

test('one and the same 401 given again and again is refreshed once, and then handed on', async (t) => {
  const denied = new Response('denied', { status: 401 });
  await denied.text();
  const { api, calls } = app(t, 'option', async () => denied);
  assert.equal(await api.fetch(`${ORIGIN}/x`), denied);
  assert.deepEqual([calls(), api.session.tokens.accessToken], [2, 'second']);
  await assertUnharmed(api);
});

test('Response.error() given as an answer has the status 0: handed on, and no failure of the session', async (t) => {
  const { api } = app(t, 'option', async () => Response.error());
  const answer = await api.fetch(`${ORIGIN}/x`);
  assert.deepEqual([answer.type, answer.status], ['error', 0]);
  assert.equal(await api('/x'), undefined);
  assert.equal(api.session.tokens.accessToken, 'first');
  await assertUnharmed(api);
});

/** @type {[what: string, answer: () => object][]} */
const BODIES = [
  ['text() that throws', () => ({ text: throwing })],
  ['text() that rejects', () => ({ text: () => Promise.reject(broken) })],
  ['text that is no function', () => ({ text: 'text' })],
  ['a getter for text that throws', () => Object.defineProperty({}, 'text', { get: throwing })],
];

for (const [what, more] of BODIES) {
  test(`an answer with ${what} after a refresh is a FetchError with its status`, async (t) => {
    let calls = 0;
    const { api } = app(t, 'option', async () => {
      const answer = { status: calls++ ? 200 : 401, headers: new Headers(), body: {} };
      return Object.defineProperties(answer, Object.getOwnPropertyDescriptors(more()));
    });
    await assert.rejects(api('/x'), { name: 'FetchError', status: 200 });
    assert.equal(api.session.tokens.accessToken, 'second');
    await assertUnharmed(api);
  });
}

test('a proxy of a Response serves as one', async (t) => {
  const { api } = app(t, 'option', async () => {
    const answer = own();
    return new Proxy(answer, {
      get(_, name) {
        const value = Reflect.get(answer, name, answer);
        return typeof value === 'function' ? value.bind(answer) : value;
      },
    });
  });
  assert.deepEqual(await api('/x'), { fine: true });
  assert.deepEqual((await api.raw('/x'))._data, { fine: true });
  await assertUnharmed(api);
});

test('a revoked proxy for an answer is a failure like any other', async (t) => {
  const { proxy, revoke } = Proxy.revocable(own(), {});
  revoke();
  const { api } = app(t, 'option', () => proxy);
  await assert.rejects(api.fetch(`${ORIGIN}/x`), { name: 'TypeError' });
  await assert.rejects(api('/x'), { name: 'FetchError' });
  await assertUnharmed(api);
});

/** @type {[what: string, callBack: (api: any, inner: Promise<any>[]) => void, token: string | undefined][]} */
const CALLBACKS = [
  ['api', (api, inner) => void inner.push(api('/inner')), 'first'],
  ['api.fetch', (api, inner) => void inner.push(api.fetch(`${ORIGIN}/inner`)), 'first'],
  ['session.refresh()', (api, inner) => void inner.push(api.session.refresh()), 'second'],
  ['session.valid()', (api, inner) => void inner.push(api.session.valid()), 'first'],
  ['session.set()', (api) => void api.session.set({ access_token: 'third' }, { sameUser: true }), 'third'],
  ['session.signOut()', (api) => void api.session.signOut(), undefined],
];

for (const [what, callBack, token] of CALLBACKS) {
  test(`a fetch that calls ${what} while it sends: its own call has its answer, and so has the other one`, async (t) => {
    /** @type {Promise<any>[]} */
    const inner = [];
    const { api } = app(t, 'option', (instance) => {
      if (inner.length === 0) callBack(instance, inner);
      return own();
    });
    const other = api('/other');
    assert.deepEqual(await api('/x', { method: 'POST', body: 'once' }), { fine: true });
    assert.deepEqual(await other, { fine: true });
    assert.ok((await Promise.allSettled(inner)).every(({ status }) => status === 'fulfilled'));
    assert.equal(api.session.tokens?.accessToken, token);
    await assertUnharmed(api);
  });
}

test('a fetch that disposes of the session while it sends: that instance ends, a sibling goes on', async (t) => {
  const { api } = app(t, 'option', (instance) => {
    instance.session.dispose();
    return own();
  });
  const child = api.create();
  const [first, next] = await Promise.allSettled([api.fetch(`${ORIGIN}/x`), api('/plain')]);
  assert.equal(first.status, 'fulfilled', 'what was sent has its answer');
  assert.equal(next.status === 'rejected' && next.reason.code, 'SIGNED_OUT');
  await assertUnharmed(child);
});

test('a fetch that calls the instance back without end, each time in its own turn, keeps nobody else waiting', async (t) => {
  let depth = 0;
  const { api } = app(t, 'option', async (instance) => {
    depth += 1;
    return depth < 50 ? instance.fetch(`${ORIGIN}/x`) : own();
  });
  const call = api('/x');
  assert.deepEqual(await api('/plain'), { fine: true });
  assert.deepEqual([await call, depth], [{ fine: true }, 50]);
  await assertUnharmed(api);
});

test('a refresh whose fetch signs out, signs in, or calls the instance is over when they say so', async () => {
  for (const what of ['signOut', 'set', 'call']) {
    /** @type {any} */
    let api;
    /** @type {Promise<any>[]} */
    const inner = [];
    const fetch = async (/** @type {any} */ input, /** @type {any} */ init) => {
      if (String(input).endsWith('/token')) {
        if (what === 'signOut') api.session.signOut();
        if (what === 'set') api.session.set({ access_token: 'third' }, { sameUser: true });
        if (what === 'call') inner.push(api('/inner'));
        return Response.json({ access_token: 'second' });
      }
      const token = init.headers.get('authorization');
      return token === 'Bearer first' ? new Response('', { status: 401 }) : own();
    };
    api = createApiFetch({
      fetch: /** @type {any} */ (fetch),
      baseURL: ORIGIN,
      session: { storage: 'memory', refresh: '/token' },
    });
    api.session.set({ access_token: 'first', refresh_token: 'r' });
    const error = await api('/x').catch((/** @type {any} */ error) => error);
    if (what === 'signOut') assert.equal(error.code, 'SIGNED_OUT');
    else assert.deepEqual(error, { fine: true }, what);
    assert.deepEqual(
      await Promise.all(inner),
      inner.map(() => ({ fine: true })),
    );
    assert.equal(api.session.pending, 0, what);
  }
});
