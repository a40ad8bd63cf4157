/**
 * The five recipes of `www/recipes` beside those that apps carry today: 200 requests at once with an expired token, or one that
 * is near its end, and what each of them loses. That varies from run to run.
 */

import { tenant } from '../tests/support/server.js';

/**
 * @import { Page } from 'playwright-core'
 * @import { Measure } from './report.js'
 * @import { Field } from './rounds.js'
 * @typedef {{ name: string, dialect: string, path: string, isAhead?: boolean }} Recipe
 */

const REQUESTS = 200;
/** Between two of them, in ms. */
const GAP = 2;

/** @type {Recipe[]} */
const RECIPES = [
  { name: 'cookies', dialect: '/cookie', path: '/api/echo' },
  { name: 'other-host', dialect: '', path: '/api/echo' },
  { name: 'envelope', dialect: '/envelope', path: '/api/echo' },
  { name: 'content-token', dialect: '/dated', path: '/api/echo', isAhead: true },
  { name: 'x-token', dialect: '/xtoken', path: '/api/echo' },
];

const THREE_HOURS = 3 * 3600;

const WAYS = /** @type {const} */ (['copied', 'wasm-api-fetch']);

/** In the page: makes the instance anew and signs it in. */
async function signIn(/** @type {any} */ { module, name, base, dialect, isOurs }) {
  const page = /** @type {any} */ (globalThis);
  if (!page.hasMap) {
    const map = document.createElement('script');
    map.type = 'importmap';
    map.textContent = JSON.stringify({ imports: { 'wasm-api-fetch': '/dist/index.js' } });
    document.head.append(map);
    page.hasMap = true;
  }
  page.api?.session?.dispose();
  localStorage.clear();
  const { createApi } = await import(module);
  const [own, end] = [base + dialect, () => {}];
  /** @type {Record<string, unknown[]>} */
  const more = {
    'other-host': [`${base}/spans/renew`, end],
    envelope: [{ isLoginPage: () => false, showLogin: end, showBar: end }],
  };
  page.api = createApi(own, ...(more[name] ?? [end]));
  const login = name === 'other-host' ? `${base}/spans/login` : `${own}/login`;
  if (isOurs) {
    const reply = await page.api(login, { method: 'POST', body: { username: 'ada' }, session: false });
    await page.api.session.set(name === 'cookies' ? {} : reply);
    return;
  }
  const answer = await fetch(login, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"username":"ada"}',
  });
  const reply = await answer.json();
  page.api.signIn?.(reply.data ?? reply);
}

/** In the page: how many of so many requests do not get their own reply in time. */
async function countLost(/** @type {any} */ { path, requests, gap, seconds }) {
  const { api } = /** @type {any} */ (globalThis);
  const began = performance.now();
  const late = new Promise((resolve) => setTimeout(resolve, seconds * 1000, 'late'));
  const ask = async (/** @type {number} */ number) => {
    // As a page asks that is being built up: some before the refresh, some while it runs, some after it.
    await new Promise((resolve) => setTimeout(resolve, number * gap));
    return (await api(`${path}/${number}`)).path;
  };
  const ends = await Promise.all(
    Array.from({ length: requests }, (_, number) =>
      Promise.race([ask(number), late]).then(
        (end) => String(end).endsWith(`${path}/${number}`),
        () => false,
      ),
    ),
  );
  return { lost: ends.filter((isOwn) => !isOwn).length, ms: performance.now() - began };
}

/**
 * @param {Field} field
 * @param {number} rounds
 * @returns {Promise<Measure>}
 */
export async function measureRecipes({ openPage, origin }, rounds) {
  const page = await openPage();
  await page.clock.install();
  const rows = [];
  for (const [number, recipe] of RECIPES.entries()) {
    for (const way of WAYS) {
      const own = tenant(origin, `bench-recipe-${number}-${way}`);
      await own.control({ latency: 20 });
      /** @type {Awaited<ReturnType<typeof turn>>[]} */
      const turns = [];
      for (let round = 0; round < rounds; round++) turns.push(await turn(page, recipe, way, own));
      const of = (/** @type {'lost' | 'refreshes' | 'reused'} */ what) => turns.map((one) => one[what]);
      rows.push({
        name: `${recipe.name}, ${way}`,
        values: turns.map(({ ms }) => ms),
        notes: {
          'lost, at least': Math.min(...of('lost')),
          'lost, at most': Math.max(...of('lost')),
          'refreshes, at most': Math.max(...of('refreshes')),
          'reused tokens, at most': Math.max(...of('reused')),
        },
      });
    }
  }
  await page.close();
  const title = `recipes, ${REQUESTS} requests, latency 20 ms, ${rounds} runs`;
  return { title, unit: 'ms in all', digits: 0, rows, yardsticks: [] };
}

/**
 * @param {Page} page
 * @param {Recipe} recipe
 * @param {(typeof WAYS)[number]} way
 * @param {ReturnType<typeof tenant>} own
 */
async function turn(page, { name, dialect, path, isAhead = false }, way, own) {
  const isOurs = way === 'wasm-api-fetch';
  const module = `/recipes/${isOurs ? '' : 'copied/'}${name}.js`;
  await own.control({ accessTtl: THREE_HOURS });
  await page.evaluate(signIn, { module, name, base: new URL(own.url).pathname, dialect, isOurs });
  if (isAhead) await page.clock.fastForward((THREE_HOURS - 7000) * 1000);
  else await own.expire();
  const before = await own.books();
  const { lost, ms } = await page.evaluate(countLost, { path, requests: REQUESTS, gap: GAP, seconds: 15 });
  const after = await own.books();
  return {
    lost,
    ms,
    refreshes: after.refreshes - before.refreshes,
    reused: after.reused - before.reused,
  };
}
