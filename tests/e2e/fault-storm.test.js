/** The storm of faults in Chromium: in a page, and in three tabs that share each session. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { useBrowser } from '../support/browser.js';
import { bundle } from '../support/bundle.js';
import { LONG } from '../support/long.js';
import { openFaultServer } from '../support/storm/server.js';

/** @import { Page } from 'playwright-core' */

const { STORM_SEED, STORM_CALLS = LONG ? 20_000 : 1000, STORM_LIFE } = process.env;

const browser = useBrowser({ inWindows: true });
/** @type {Awaited<ReturnType<typeof openFaultServer>>} */
let server;
/** @type {string} */
let script;
before(async () => {
  server = await openFaultServer();
  script = await bundle(new URL('../support/storm/storm.js', import.meta.url), 'storms');
});
after(() => server.close());

const ownSeed = () => Number(STORM_SEED ?? Date.now() % 0x7fff_ffff);

/**
 * @param {Page} page
 * @param {number} seed
 * @param {object} more
 */
async function play(page, seed, more) {
  await page.goto(server.origin);
  await page.addScriptTag({ content: script });
  const order = {
    ...{ origin: server.origin, seed, ...more },
    ...(STORM_LIFE !== undefined && { life: Number(STORM_LIFE) }),
  };
  return page.evaluate((given) => /** @type {any} */ (globalThis).storms.storm(given), order);
}

test('a storm of faults in a page: every call is settled once, with its own answer, under its own user', async (t) => {
  const seed = ownSeed();
  t.diagnostic(`STORM_SEED=${seed} STORM_CALLS=${STORM_CALLS}`);
  const { page } = await browser.open(t);
  const more = {
    calls: Number(STORM_CALLS),
    abreast: 2,
    storages: ['memory', 'local', 'session', 'in turn'],
  };
  const { faults, ...books } = await play(page, seed, more);
  t.diagnostic(JSON.stringify(books));
  assert.deepEqual(faults, []);
  assert.equal(books.asked, books.answered + books.rejected);
  if (STORM_LIFE !== undefined) return;
  assert.ok(books.answered > books.asked / 5 && books.rejected > books.asked / 5, 'of both kinds');
});

test('a storm of faults in three tabs that share each session: the books balance', async (t) => {
  const seed = ownSeed();
  t.diagnostic(`STORM_SEED=${seed} STORM_CALLS=${STORM_CALLS}`);
  const { page, openPage } = await browser.open(t);
  const pages = [page, await openPage(), await openPage()];
  const more = { calls: Math.ceil(Number(STORM_CALLS) / 3), abreast: 1, storages: ['local'] };
  const results = await Promise.all(
    pages.map((one, index) => play(one, seed, { ...more, tab: { index, of: 3 } })),
  );
  for (const { faults, ...books } of results) {
    t.diagnostic(JSON.stringify(books));
    assert.equal(books.asked, books.answered + books.rejected);
  }
  assert.deepEqual(
    results.flatMap(({ faults }) => faults),
    [],
  );
});
