/** Tokens under names of the app's own: whoever reads while they are written finds what was there, or all that is new. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { LOOK_AFTER } from '../support/lacking.js';

const KEY = { access: 'access', refresh: 'refresh', expiresAt: 'end' };
const OLD = { access_token: 'old', refresh_token: 'old-r', expires_in: 600, name: 'Ada' };
const NEW = { access_token: 'new', refresh_token: 'new-r', expires_in: 900, name: 'Ada L.' };

test('plain keys are written and removed in an order in which another tab never finds a part of them', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  /** @type {Map<string, string>} */
  const items = new Map();
  /** Each has an object of its own, as each tab has. */
  const open = (changed = () => {}) => {
    const storage = {
      getItem: (/** @type {string} */ name) => items.get(name) ?? null,
      setItem(/** @type {string} */ name, /** @type {string} */ value) {
        items.set(name, value);
        changed();
      },
      removeItem(/** @type {string} */ name) {
        items.delete(name);
        changed();
      },
    };
    return createApiFetch({ session: { storage, key: KEY, crossTab: false, refresh: async () => NEW } })
      .session;
  };

  /** @type {unknown[]} what the other tab finds after each step */
  let found = [];
  const other = open();
  const writer = open(() => {
    t.mock.timers.tick(LOOK_AFTER);
    found.push(other.tokens);
  });

  await writer.set(OLD);
  const before = writer.tokens;
  assert.deepEqual(found.at(-1), before);

  found = [];
  await writer.refresh();
  const after = writer.tokens;
  assert.notDeepEqual(after, before);
  assert.deepEqual(found, [before, before, before, after]);

  found = [];
  await writer.signOut();
  assert.deepEqual(found, [null, null, null, null]);
});
