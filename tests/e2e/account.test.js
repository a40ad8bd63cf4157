/** The small app on the site's page: what its user sees of the session. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { useBrowser } from '../support/browser.js';
import { startServer, tenant } from '../support/server.js';

/**
 * @import { BrowserContextOptions, Page } from 'playwright-core'
 * @import { TestContext } from 'node:test'
 */

const NOTES = 6;
const ENDED = 'Your session has ended. Please sign in again.';

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
  const { page, openPage: openTab } = await browser.open(t, options);
  await load(page);
  const name = String(await page.locator('#account').getAttribute('data-tenant'));
  /** Another tab of the same browser. */
  const openAnother = async () => {
    const other = await openTab();
    await load(other);
    return other;
  };
  return { page, own: tenant(server.origin, name), openAnother };
}

/** @param {Page} page */
async function load(page) {
  await page.goto(server.origin);
  // The storm's own sign-in is over: it is another session, and its requests move nothing here.
  await page.locator('main[data-state="idle"]').waitFor();
}

/**
 * @param {Page} page
 * @param {string} [name]
 */
async function signIn(page, name = 'ada') {
  await page.getByTestId('account-name').fill(name);
  await page.getByTestId('account-sign-in').click();
  await text(page, 'user', name);
}

/**
 * Resolves once a part of the app says so.
 *
 * @param {Page} page
 * @param {string} part
 * @param {string} expected
 */
const text = (page, part, expected) =>
  page.locator(`[data-testid="account-${part}"]`, { hasText: new RegExp(`^${expected}$`) }).waitFor();

/**
 * @param {Page} page
 * @param {'visible' | 'hidden'} state
 */
const loadingBar = (page, state) => page.getByTestId('loading').waitFor({ state });

/** @param {Page} page */
const form = (page) => page.getByTestId('account-form');

/** @param {Page} page */
const notes = (page) => page.getByTestId('account-notes').getByRole('listitem');

/** @param {Page} page */
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));

/**
 * Keeps every text that the notice ever shows, and how often the loading bar came and went.
 *
 * @param {Page} page
 */
const watch = (page) =>
  page.evaluateHandle(() => {
    /** @type {{ notices: string[], bar: boolean[] }} */
    const seen = { notices: [], bar: [] };
    /** @param {string} name */
    const part = (name) => /** @type {HTMLElement} */ (document.querySelector(`[data-testid="${name}"]`));
    const [notice, bar] = [part('account-notice'), part('loading')];
    new MutationObserver(() => seen.notices.push(String(notice.textContent))).observe(notice, {
      childList: true,
    });
    new MutationObserver((changes) => {
      for (const { oldValue } of changes) seen.bar.push(oldValue !== null);
    }).observe(bar, { attributeFilter: ['hidden'], attributeOldValue: true });
    return seen;
  });

test('signing in: the API says who it is, and a reload does not ask again', async (t) => {
  const { page, own } = await openPage(t);
  assert.equal(await form(page).isVisible(), true);
  assert.equal(await page.getByTestId('account-signed-in').isVisible(), false);
  assert.deepEqual((await own.books()).hits, {}, 'nothing is asked for nobody');

  await signIn(page, 'grace');
  assert.equal(await form(page).isVisible(), false);
  const { logins, hits } = await own.books();
  assert.equal(logins, 1);
  assert.deepEqual(hits, { 'GET /api/echo/me': { 200: 1 } });

  await load(page);
  await text(page, 'user', 'grace');
  assert.equal(await form(page).isVisible(), false);
  assert.equal((await own.books()).logins, 1);
});

test('the loading bar is there as long as a request is out', async (t) => {
  const { page, own } = await openPage(t);
  await signIn(page);
  await loadingBar(page, 'hidden');
  const seen = await watch(page);

  await own.control({ latency: 0, hold: { api: true } });
  await page.getByTestId('account-load').click();
  await own.held('api', NOTES);
  await loadingBar(page, 'visible');
  assert.equal(await page.getByRole('progressbar', { name: 'Loading' }).isVisible(), true);
  await own.release('api', NOTES - 1);
  await own.held('api', 1);
  assert.equal(await page.getByTestId('loading').isVisible(), true, 'one is still out');
  assert.equal(await notes(page).count(), 0);

  await own.release('api');
  await loadingBar(page, 'hidden');
  await text(page, 'news', `${NOTES} notes, by ${NOTES} requests at once\\.`);
  assert.equal(await notes(page).count(), NOTES);
  assert.match(String(await notes(page).first().textContent()), /by ada$/);
  assert.deepEqual((await seen.jsonValue()).bar, [true, false], 'it came and went once');
});

test('the loading bar stays during a refresh, of which nothing else is seen', async (t) => {
  const { page, own } = await openPage(t);
  await signIn(page);
  await own.control({ latency: 0, hold: { refresh: true } });
  await page.getByTestId('account-expire').click();
  await text(page, 'news', 'The server rejects .*');
  const seen = await watch(page);
  await page.getByTestId('account-load').click();
  await own.held('refresh', 1);
  await loadingBar(page, 'visible');

  await own.release('refresh');
  await loadingBar(page, 'hidden');
  await text(page, 'news', `${NOTES} notes.*`);
  assert.deepEqual(await seen.jsonValue(), { notices: [], bar: [true, false] });
  const { refreshes, hits } = await own.books();
  assert.equal(refreshes, 1);
  assert.deepEqual(hits['GET /api/echo/me'], { 200: 1 }, 'the user is the same');
});

test('who prefers no motion gets a bar that stands still', async (t) => {
  const { page, own } = await openPage(t, { reducedMotion: 'reduce' });
  await signIn(page);
  await own.control({ hold: { api: true } });
  await page.getByTestId('account-load').click();
  await loadingBar(page, 'visible');
  const animation = await page
    .getByTestId('loading')
    .evaluate((node) => getComputedStyle(node, '::after').animationName);
  assert.equal(animation, 'none');
  await own.release('api');
});

test('signing out by hand: the form, without a word, and what was asked for is given up', async (t) => {
  const { page, own } = await openPage(t);
  await signIn(page);
  const seen = await watch(page);
  await own.control({ latency: 0, hold: { api: true } });
  await page.getByTestId('account-load').click();
  await own.held('api', NOTES);
  await page.getByTestId('account-sign-out').click();
  await form(page).waitFor();
  await loadingBar(page, 'hidden');
  assert.equal(await page.getByTestId('account-notice').isVisible(), false);
  assert.equal(await focused(page), 'account-name');

  await own.control({ hold: { api: false } });
  await own.release('api');
  await signIn(page, 'grace');
  assert.equal(await notes(page).count(), 0, 'nothing of the last user’s');
  assert.deepEqual((await seen.jsonValue()).notices.filter(Boolean), []);
});

test('a refused refresh under a storm of requests: told once, and a new sign-in starts afresh', async (t) => {
  const { page, own } = await openPage(t);
  await signIn(page);
  await page.getByTestId('account-load').click();
  await text(page, 'news', `${NOTES} notes.*`);
  const seen = await watch(page);

  await own.control({ latency: 0 });
  await page.getByTestId('account-end').click();
  await text(page, 'notice', ENDED);
  await loadingBar(page, 'hidden');
  assert.equal(await form(page).isVisible(), true);
  assert.equal(await page.getByTestId('account-signed-in').isVisible(), false);
  assert.equal(await focused(page), 'account-name');
  const { presentations, refreshes } = await own.books();
  assert.deepEqual({ presentations, refreshes }, { presentations: 1, refreshes: 0 });
  assert.deepEqual((await seen.jsonValue()).notices, [ENDED]);

  await page.keyboard.press('Enter');
  await text(page, 'user', 'ada');
  assert.equal(await page.getByTestId('account-notice').isVisible(), false);
  assert.equal(await notes(page).count(), 0);
  await page.getByTestId('account-load').click();
  await text(page, 'news', `${NOTES} notes.*`);
});

test('all tabs agree on who is signed in', async (t) => {
  const { page, openAnother } = await openPage(t);
  const other = await openAnother();
  await signIn(page);
  await text(other, 'user', 'ada');
  const seen = await watch(other);

  await page.getByTestId('account-sign-out').click();
  await text(other, 'notice', 'You were signed out in another tab\\.');
  assert.equal(await form(other).isVisible(), true);
  assert.equal(await page.getByTestId('account-notice').isVisible(), false);

  await signIn(page, 'grace');
  await text(other, 'user', 'grace');
  assert.equal(await form(other).isVisible(), false);
  assert.deepEqual((await seen.jsonValue()).notices, ['You were signed out in another tab.', '']);
});

test('a sign-in that fails says so', async (t) => {
  const { page } = await openPage(t);
  await page.route('**/login', (route) => route.abort('internetdisconnected'));
  await page.getByTestId('account-sign-in').click();
  await text(page, 'notice', 'That did not work: .*');
  await page.unroute('**/login');
  await signIn(page);
});

test('the storm and the app leave each other alone', async (t) => {
  const { page, own } = await openPage(t);
  await signIn(page);
  const seen = await watch(page);
  await page.getByTestId('refresh-invalid_grant').check();
  await page.getByTestId('count').fill('20');
  await page.getByTestId('run').click();
  await page.locator('main[data-state="done"]').waitFor();
  assert.equal(await page.getByTestId('status').textContent(), 'signed-out (onSignOut calls: 1)');
  assert.deepEqual(await seen.jsonValue(), { notices: [], bar: [] });
  assert.equal(await page.getByTestId('account-user').textContent(), 'ada');
  assert.equal((await own.books()).presentations, 0);
});

test('on a phone nothing is wider than the screen', async (t) => {
  const { page } = await openPage(t, { viewport: { width: 360, height: 800 } });
  const widest = () => page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(await widest(), 360);
  await signIn(page, 'a'.repeat(40));
  await page.getByTestId('account-load').click();
  await text(page, 'news', `${NOTES} notes.*`);
  assert.equal(await widest(), 360);
});
