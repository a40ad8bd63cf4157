/**
 * Three tabs of a strictly rotating server, everything expiring at the same instant, round after round. The full number of
 * rounds is `npm run test:long`'s.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useApps } from '../support/app.js';
import { withBrokenFence, withoutFence, withoutLocks } from '../support/lacking.js';
import { LONG } from '../support/long.js';
import { faultless, playRounds } from '../support/rounds.js';

const openApp = useApps({ inWindows: true });

const ROUNDS = LONG ? 200 : 8;
const FEWER = LONG ? 60 : 4;

for (const persistent of [false, true]) {
  for (const latency of [20, 100]) {
    const profile = persistent ? 'a persistent' : 'an ephemeral';
    test(`3 tabs × ${ROUNDS} rounds at ${latency} ms in ${profile} profile: one refresh a round`, async (t) => {
      const app = await openApp(t, { persistent });
      const tabs = [app, await app.openTab(), await app.openTab()];
      await app.tenant.control({ latency });
      const result = await playRounds(tabs, ROUNDS);
      t.diagnostic(JSON.stringify(result));
      assert.deepEqual(result, faultless(3, ROUNDS));
      for (const tab of tabs) assert.deepEqual(await tab.run(({ seen }) => seen.signOuts), []);
    });
  }
}

for (const [lack, prepare] of /** @type {const} */ ([
  ['Web Locks, by the fence alone', withoutLocks],
  ['IndexedDB, by the lock and a pause', withoutFence],
  ['an IndexedDB that can be written', withBrokenFence],
])) {
  test(`3 tabs × ${FEWER} rounds without ${lack}: one refresh a round`, async (t) => {
    const app = await openApp(t, { prepare });
    const tabs = [app, await app.openTab(), await app.openTab()];
    await app.tenant.control({ latency: 20 });
    const result = await playRounds(tabs, FEWER);
    t.diagnostic(JSON.stringify(result));
    assert.deepEqual(result, faultless(3, FEWER));
    for (const tab of tabs) assert.deepEqual(await tab.run(({ seen }) => seen.signOuts), []);
  });
}
