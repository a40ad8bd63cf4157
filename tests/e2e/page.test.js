/** The site's page, driven as a person would: it shows what the server's books say. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { useBrowser } from '../support/browser.js';
import { startServer, tenant } from '../support/server.js';

/**
 * @import { BrowserContextOptions, Page } from 'playwright-core'
 * @import { TestContext } from 'node:test'
 * @typedef {'ours' | 'recipe'} Side
 */

const browser = useBrowser();

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

/**
 * @param {TestContext} t
 * @param {BrowserContextOptions} [options]
 */
async function openPage(t, options) {
  const page = await browser.newPage(t, options);
  await page.goto(server.origin);
  await state(page, 'idle');
  return page;
}

/**
 * @param {Page} page
 * @param {'idle' | 'running' | 'done'} name
 */
const state = (page, name) => page.locator(`main[data-state="${name}"]`).waitFor();

/**
 * @param {Page} page
 * @param {number} count
 */
async function runStorm(page, count) {
  await page.getByTestId('count').fill(String(count));
  await page.getByTestId('run').click();
  await state(page, 'done');
}

/**
 * @param {Page} page
 * @param {Side} side
 */
async function figures(page, side) {
  const names = ['answered', 'lost', 'refreshes', 'reused', 'rejections'];
  const texts = await Promise.all(names.map((name) => page.getByTestId(`${side}-${name}`).textContent()));
  return Object.fromEntries(names.map((name, index) => [name, Number(texts[index])]));
}

/**
 * @param {Page} page
 * @param {Side} side
 * @param {string} fate
 */
const tally = async (page, side, fate) =>
  Number(await page.getByTestId(`${side}-tally-${fate}`).textContent());

/**
 * @param {Page} page
 * @param {Side} side
 */
const cells = (page, side) =>
  page
    .locator(`#${side} .grid .cell`)
    .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-fate')));

/**
 * @param {Page} page
 * @param {Side} side
 */
async function books(page, side) {
  const name = await page.locator(`#${side}`).getAttribute('data-tenant');
  return tenant(server.origin, String(name)).books();
}

/**
 * @param {Page} page
 * @param {string} path
 */
const account = (page, path) => page.locator(`${path} [data-part="account"]`).textContent();

test('two hundred requests with an expired token: own replies all, one refresh', async (t) => {
  const page = await openPage(t);
  await runStorm(page, 200);

  const shown = await figures(page, 'ours');
  const counted = await books(page, 'ours');
  assert.deepEqual(
    { ...shown, rejections: undefined },
    { answered: 200, lost: 0, refreshes: 1, reused: 0, rejections: undefined },
  );
  assert.equal(counted.refreshes, 1);
  assert.equal(counted.presentations, 1);
  assert.equal(counted.reused, 0);
  assert.equal(shown.rejections, counted.statuses['401']);
  for (let request = 1; request <= 200; request += 1) {
    assert.equal(counted.hits[`GET /api/echo/${request}`]?.['200'], 1, `own reply of request ${request}`);
  }
  assert.deepEqual(new Set(await cells(page, 'ours')), new Set(['answered']));
  assert.ok((await tally(page, 'ours', 'rejected')) >= 1, 'the token was really expired');
  assert.match(String(await page.getByTestId('ours-time').textContent()), /^[\d.]+ m?s$/);
  assert.equal(await page.getByTestId('status').textContent(), 'active');
});

test('the recipe’s figures are the books’ too', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('latency-0').check();
  await runStorm(page, 150);

  const shown = await figures(page, 'recipe');
  const counted = await books(page, 'recipe');
  assert.equal(Number(shown.answered) + Number(shown.lost), 150);
  assert.equal(shown.refreshes, counted.refreshes);
  assert.equal(shown.reused, counted.reused);
  assert.equal(shown.rejections, counted.statuses['401']);
  const own = Object.values(counted.hits).filter((statuses) => statuses['200'] === 1);
  assert.equal(shown.answered, own.length);
});

test('a second storm counts anew', async (t) => {
  const page = await openPage(t);
  await runStorm(page, 30);
  await runStorm(page, 20);

  const { answered, lost, refreshes } = await figures(page, 'ours');
  assert.deepEqual({ answered, lost, refreshes }, { answered: 20, lost: 0, refreshes: 1 });
  assert.equal((await books(page, 'ours')).refreshes, 2);
});

test('every tenth aborted while it waits: the others are answered', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('abort').check();
  await runStorm(page, 200);

  const { answered, lost, refreshes, reused } = await figures(page, 'ours');
  const aborted = await tally(page, 'ours', 'aborted');
  assert.ok(aborted > 0, 'some of every tenth were waiting');
  assert.deepEqual(
    { answered, lost, refreshes, reused },
    { answered: 200 - aborted, lost: 0, refreshes: 1, reused: 0 },
  );
  const fates = await cells(page, 'ours');
  const others = fates.filter((_, index) => (index + 1) % 10 !== 0);
  assert.deepEqual(new Set(others), new Set(['answered']));
});

test('a refused refresh: all reject alike, the session is over, and a new sign-in starts afresh', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('refresh-invalid_grant').check();
  await runStorm(page, 200);

  const { answered, lost, refreshes } = await figures(page, 'ours');
  assert.deepEqual({ answered, lost, refreshes }, { answered: 0, lost: 200, refreshes: 0 });
  assert.match(String(await account(page, '#ours')), /rejected with 200 × AuthError REFRESH_REJECTED\.$/);
  assert.equal(await page.getByTestId('status').textContent(), 'signed-out (onSignOut calls: 1)');
  assert.match(
    String(await page.getByTestId('summary').textContent()),
    /^wasm-api-fetch: .*, and the user is signed out\. The recipe: .*, and the user is signed out\.$/,
  );

  await page.getByTestId('sign-in').click();
  await state(page, 'idle');
  assert.equal(await page.getByTestId('status').textContent(), 'active');
  await page.getByTestId('refresh-ok').check();
  await runStorm(page, 50);
  assert.equal((await figures(page, 'ours')).answered, 50);
});

test('a refresh that fails in passing: all reject alike, and the session stays', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('refresh-500').check();
  await runStorm(page, 100);

  assert.equal((await figures(page, 'ours')).lost, 100);
  assert.match(String(await account(page, '#ours')), /rejected with 100 × AuthError REFRESH_FAILED\.$/);
  assert.equal(await page.getByTestId('status').textContent(), 'active');
  assert.match(
    String(await page.getByTestId('summary').textContent()),
    /^wasm-api-fetch: [^,]*, 100 lost, 0 refreshes, [^,]*\. The recipe: .*, and the user is signed out\.$/,
  );
});

test('everything works by keyboard alone, and the focus stays where it was', async (t) => {
  const page = await openPage(t);
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'count');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('60');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await focused(page), 'latency-0');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'refresh-ok');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  assert.equal(await page.getByTestId('abort').isChecked(), true);
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'run');
  const outline = await page.getByTestId('run').evaluate((node) => getComputedStyle(node).outlineStyle);
  assert.equal(outline, 'solid');

  await page.keyboard.press('Enter');
  await state(page, 'done');
  assert.equal(await focused(page), 'run');
  assert.equal((await figures(page, 'ours')).answered, 60);
  assert.match(String(await page.getByRole('status').textContent()), /60 of 60 answered, 0 lost, 1 refresh,/);
});

/** @param {Page} page */
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));

test('on a phone nothing is wider than the screen', async (t) => {
  const page = await openPage(t, { viewport: { width: 360, height: 800 } });
  const widest = () => page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(await widest(), 360);
  await page.getByTestId('latency-0').check();
  await runStorm(page, 1000);
  assert.equal(await widest(), 360);
  assert.equal((await figures(page, 'ours')).answered, 1000);
  const lefts = await page
    .locator('.panel')
    .evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().left));
  assert.equal(lefts[0], lefts[1], 'one column');
});

test('a number out of range starts nothing', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('count').fill('1001');
  await page.getByTestId('run').click();
  assert.equal(await page.getByTestId('count').evaluate((node) => node.matches(':invalid')), true);
  assert.equal(await page.locator('main').getAttribute('data-state'), 'idle');
  assert.deepEqual((await books(page, 'ours')).hits, {});
});
