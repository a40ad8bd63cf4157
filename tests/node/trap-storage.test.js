/** A trap within a storage of the app's: what was to be stored is stored, and nobody waits for it in vain. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { settled } from '../support/double.js';
import { interruptedStorage } from '../support/interrupted-storage.js';
import { messageOf, signedIn, storageOf } from '../support/rotating.js';
import { trapIn } from '../support/trap.js';

const PLAIN = { access: 'a', refresh: 'r' };

const CHANGES = {
  signOut: (/** @type {any} */ session) => session.signOut(),
  set: (/** @type {any} */ session) => session.set({ access_token: 'new', refresh_token: 'r2' }),
};

for (const [what, change] of Object.entries(CHANGES)) {
  for (const [method, after] of /** @type {[string, number][]} */ ([
    ['getItem', 3],
    ['getItem', 5],
    [what === 'set' ? 'setItem' : 'removeItem', 0],
    [what === 'set' ? 'setItem' : 'removeItem', 2],
  ])) {
    for (const isAsync of [true, false]) {
      const kind = isAsync ? 'an asynchronous' : 'a synchronous';
      test(`${what}: a trap within ${method} (${after} before it) of ${kind} storage leaves no half of it`, async () => {
        /** @type {Map<string, string>} */
        const items = new Map();
        const { plan, storage } = interruptedStorage(items, isAsync);
        const { api } = await signedIn({ storage, key: PLAIN, crossTab: false });
        let hasTrapped = false;
        const inside = () => {
          hasTrapped = true;
          assert.throws(() => trapIn(() => api.session.status), /a trap/);
        };
        Object.assign(plan, { method, after, inside });
        let outcome = 'pending';
        // Nobody calls the session again: what has trapped is finished without that.
        messageOf(change(api.session)).then((message) => {
          outcome = message;
        });
        for (let turn = 0; turn < 4; turn++) await settled();
        const token = what === 'set' ? 'new' : undefined;
        assert.deepEqual([hasTrapped, outcome, items.get('a')], [true, 'answered', token]);
        assert.equal(items.get('r'), what === 'set' ? 'r2' : undefined);
        assert.equal(api.session.tokens?.accessToken, token);
      });
    }
  }
}

test('a refresh that traps while its tokens are stored is stored by the next engine, which nobody has to call', async () => {
  /** @type {Map<string, string>} */
  const items = new Map();
  const { plan, storage } = interruptedStorage(items, true);
  const { api, books } = await signedIn({ storage, key: PLAIN, crossTab: false, refreshTimeout: 1_000 });
  books.expire();
  const inside = () => assert.throws(() => trapIn(() => api.session.status), /a trap/);
  Object.assign(plan, { method: 'setItem', after: 1, inside });
  assert.match(await messageOf(api('/x')), /the engine has stopped/);
  for (let turn = 0; turn < 4; turn++) await settled();
  assert.deepEqual([items.get('a'), items.get('r')], ['access of r1', 'after r1']);
});

for (const before of [0, 1]) {
  test(`what a storage rejects after a trap within it is nobody's unhandled rejection (${before} calls before it)`, async () => {
    /** @type {unknown[]} */
    const unhandled = [];
    const note = (/** @type {unknown} */ error) => unhandled.push(error);
    process.on('unhandledRejection', note);
    let calls = 0;
    /** @type {any} */
    let api;
    const getItem = () => {
      if (calls++ === before) assert.throws(() => trapIn(() => api.session.status), /a trap/);
      return calls > before + 1 ? Promise.resolve(null) : Promise.reject(new Error('the storage is down'));
    };
    const storage = { ...storageOf(new Map(), true), getItem };
    api = createApiFetch({ session: { storage, key: PLAIN, refresh: false } });
    await messageOf(api.session.valid());
    for (let turn = 0; turn < 4; turn++) await settled();
    process.off('unhandledRejection', note);
    assert.deepEqual(unhandled, []);
    await api.session.ready;
    assert.equal(api.session.status, 'signed-out');
  });
}
