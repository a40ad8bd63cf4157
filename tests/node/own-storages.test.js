/** Storages of the app's own that do odd things: they call back, throw where nobody expects it, or are under way when the engine traps. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { json, settled } from '../support/double.js';
import { thenable } from '../support/fuzz/hostile.js';
import { interruptedStorage } from '../support/interrupted-storage.js';
import { messageOf, ORIGIN, signedIn, storageOf } from '../support/rotating.js';
import { trapIn } from '../support/trap.js';

/**
 * A storage each of whose steps waits for `release`.
 *
 * @param {Map<string, string>} items
 */
function heldStorage(items) {
  /** @type {(() => void)[]} */
  const waiting = [];
  const step = (/** @type {() => any} */ work) =>
    new Promise((resolve) => waiting.push(() => resolve(work())));
  return {
    waiting,
    async release() {
      while (waiting.length > 0) {
        waiting.shift()?.();
        await settled();
      }
    },
    storage: {
      getItem: (/** @type {string} */ key) => step(() => items.get(key) ?? null),
      setItem: (/** @type {string} */ key, /** @type {string} */ value) =>
        step(() => void items.set(key, value)),
      removeItem: (/** @type {string} */ key) => step(() => void items.delete(key)),
    },
  };
}

for (const steps of [0, 1]) {
  test(`a writing that is under way when the engine traps is done by the next engine (after ${steps} steps)`, async () => {
    /** @type {Map<string, string>} */
    const items = new Map();
    const { storage, waiting, release } = heldStorage(items);
    const { session } = createApiFetch({ session: { storage, key: 'k', refresh: async () => null } });
    const ready = session.ready;
    await release();
    await ready;
    const set = session.set({ access_token: 'first', refresh_token: 'r' });
    await settled();
    for (let step = 0; step < steps; step++) {
      waiting.shift()?.();
      await settled();
    }
    assert.equal(items.size, 0, 'nothing is written yet');
    // What is still to come for the engine that was is nobody's.
    const stale = waiting.splice(0);
    await messageOf(trapIn(() => session.valid()));
    assert.equal(session.status, 'loading');
    const again = session.ready;
    let isSet = false;
    const whenSet = set.then(() => {
      isSet = true;
    });
    await settled();
    assert.equal(isSet, false, 'it is not stored yet');
    await release();
    await Promise.all([again, whenSet]);
    assert.equal(JSON.parse(items.get('k') ?? '{}').accessToken, 'first');
    assert.equal(session.tokens?.accessToken, 'first');
    for (const go of stale) go();
    await settled();
    assert.equal(JSON.parse(items.get('k') ?? '{}').accessToken, 'first');
    session.dispose();
  });
}

for (const name of /** @type {const} */ (['getItem', 'setItem', 'removeItem'])) {
  test(`a storage whose ${name} asks the session, and signs in by it, is heard and harms nobody`, async () => {
    /** @type {Map<string, string>} */
    const items = new Map();
    const inner = storageOf(items);
    /** Once after each thing that is done, or it would go on for ever. */
    let isCallingBack = false;
    /** @type {any} */
    let api;
    /** @type {unknown[]} */
    const seen = [];
    const storage = {
      ...inner,
      [name](/** @type {[string, string]} */ ...args) {
        if (isCallingBack) {
          isCallingBack = false;
          seen.push(api.session.status, api.session.pending);
          api.session.set({ access_token: 'of the storage' }, { sameUser: true });
        }
        return /** @type {any} */ (inner)[name](...args);
      },
    };
    ({ api } = await signedIn({ storage, key: 'k' }));
    const steps = [
      () => api.session.set({ access_token: 'second', refresh_token: 'r1' }),
      () => api.session.signOut(),
      () => api.session.set({ access_token: 'third', refresh_token: 'r1' }),
    ];
    for (const step of steps) {
      isCallingBack = true;
      await step();
      const stored = JSON.parse(items.get('k') ?? '{}').accessToken;
      assert.equal(stored, api.session.tokens?.accessToken);
    }
    assert.ok(seen.length > 0);
    assert.deepEqual([api.session.pending, api.session.waiting], [0, 0]);
  });
}

const PLAIN = { access: 'a', refresh: 'r' };

/** @type {[what: string, value: () => unknown][]} */
const ODD = [
  ['throws when it is looked at', () => Object.defineProperty({}, 'then', { get: thrown })],
  ['is a thenable that throws', () => thenable(thrown)],
  ['is no text and throws as one', () => ({ toString: thrown })],
  ['is a number', () => 17],
  ['is a symbol', () => Symbol('odd')],
];

function thrown() {
  throw new Error('odd');
}

for (const key of ['k', PLAIN]) {
  for (const [what, value] of ODD) {
    test(`a value that ${what} traps nothing, under ${typeof key === 'string' ? 'one name' : 'names of its own'}`, async () => {
      const storage = { getItem: /** @type {any} */ (value), setItem() {}, removeItem() {} };
      const { session } = createApiFetch({ session: { storage, key, refresh: false } });
      await session.ready;
      assert.match(session.status, /^(?:active|signed-out)$/);
      await session.set({ access_token: 'good' });
      assert.equal(session.tokens?.accessToken, 'good');
      await session.signOut();
      assert.equal(session.tokens, null);
    });
  }
}

test('a token in a String object is a token, also under a name of its own', async () => {
  const getItem = (/** @type {string} */ name) => (name === 'a' ? new String('good') : null);
  const storage = { getItem: /** @type {any} */ (getItem), setItem() {}, removeItem() {} };
  const { session } = createApiFetch({ session: { storage, key: PLAIN, refresh: false } });
  await session.ready;
  assert.equal(session.tokens?.accessToken, 'good');
});

for (const [method, after] of /** @type {const} */ ([
  ['getItem', 0],
  ['getItem', 2],
  ['setItem', 0],
])) {
  for (const isAsync of [true, false]) {
    test(`a sign-out within ${method} (${after} before it) of ${isAsync ? 'an asynchronous' : 'a synchronous'} storage comes after the saving that has begun`, async () => {
      /** @type {Map<string, string>} */
      const items = new Map();
      const { plan, calls, storage } = interruptedStorage(items, isAsync);
      const { api, books } = await signedIn({ storage, key: PLAIN, crossTab: false });
      books.expire();
      /** @type {Promise<void> | undefined} */
      let out;
      calls.length = 0;
      Object.assign(plan, { method, after, inside: () => (out = api.session.signOut()) });
      await messageOf(api('/x'));
      await out;
      assert.ok(out);
      const isRemoval = (/** @type {string} */ call) => call.startsWith('removeItem');
      const removed = calls.findIndex(isRemoval);
      assert.ok(removed > 0 && calls.slice(removed).every(isRemoval), calls.join());
      assert.deepEqual([[...items], api.session.status], [[], 'signed-out']);
    });
  }
}

test('with an asynchronous storage, too, the requests that wait are sent before the listeners hear of the tokens', async () => {
  /** @type {string[]} */
  const order = [];
  const fetch = async (/** @type {any} */ input, /** @type {RequestInit | undefined} */ init) => {
    const { url, headers } = new Request(input, init);
    const { pathname } = new URL(url);
    order.push(pathname);
    if (pathname === '/token') return json({ access_token: 'second', refresh_token: 'r2' });
    return json({}, headers.get('authorization') === 'Bearer second' ? 200 : 401);
  };
  const session = { storage: storageOf(new Map(), true), refresh: '/token', crossTab: false };
  const onRefresh = () => order.push('onRefresh');
  const api = createApiFetch({ fetch, baseURL: ORIGIN, session: { ...session, onRefresh } });
  await api.session.set({ access_token: 'first', refresh_token: 'r1' });
  api.session.on('change', ({ tokens }) => {
    order.push(tokens?.accessToken ?? '');
  });
  await Promise.all([api('/x'), api('/y')]);
  const asSent = ['/x', '/y', 'first', '/token', 'second'];
  assert.deepEqual(order, [...asSent, '/x', '/y', 'onRefresh', 'second']);
});

test('a writing whose answer comes after the page was left does not replace what was then written at once', async () => {
  /** @type {Map<string, () => void>} */
  const heard = new Map();
  const page = /** @type {any} */ (globalThis);
  page.addEventListener = (/** @type {string} */ name, /** @type {() => void} */ work) =>
    heard.set(name, work);
  /** @type {Map<string, string>} */
  const items = new Map();
  const { storage, waiting, release } = heldStorage(items);
  const plain = storageOf(items);
  let isLeft = false;
  let writings = 0;
  const setItem = (/** @type {[string, string]} */ ...args) => {
    writings += 1;
    return (isLeft ? plain : storage).setItem(...args);
  };
  const { session } = createApiFetch({
    session: { storage: { ...storage, setItem }, key: 'k', refresh: async () => null, crossTab: false },
  });
  const ready = session.ready;
  await release();
  await ready;
  const older = session.set({ access_token: 'older' });
  const newer = session.set({ access_token: 'newer' });
  // Two readings: one for the login, and one before the writing.
  for (let reading = 0; reading < 2; reading++) {
    waiting.shift()?.();
    await settled();
  }
  assert.deepEqual([writings, items.size], [1, 0], 'the older one is being written');
  isLeft = true;
  heard.get('pagehide')?.();
  delete page.addEventListener;
  assert.equal(JSON.parse(items.get('k') ?? '{}').accessToken, 'newer');
  await release();
  await Promise.all([older, newer]);
  assert.equal(JSON.parse(items.get('k') ?? '{}').accessToken, 'newer');
});
