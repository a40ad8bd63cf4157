/**
 * The five recipes of `www/recipes` beside those that apps carry today: 200 requests within 400 ms, with an expired token or one
 * that is near its end, and what each of them loses; once with a refresh that succeeds, once with one that is answered by 500
 * the first time. What is lost varies from run to run.
 */

import { tenant } from '../tests/support/server.js';
import { bundleModule } from './packed.js';

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
/** From the login until less than two hours are left, in s. */
const NEARLY = THREE_HOURS - 7000;
/** Who has no answer when there has been none to anybody for so long, in ms, hangs for ever. */
const PATIENCE = 5000;

const WAYS = /** @type {const} */ (['copied', 'wasm-api-fetch']);

/** In the page: where what the recipes import comes from. */
function mapImports(/** @type {string} */ ofetch) {
  const map = document.createElement('script');
  map.type = 'importmap';
  const url = URL.createObjectURL(new Blob([ofetch], { type: 'text/javascript' }));
  map.textContent = JSON.stringify({ imports: { 'wasm-api-fetch': '/dist/index.js', ofetch: url } });
  document.head.append(map);
}

/** In the page: makes the instance anew and signs it in. */
async function signIn(/** @type {any} */ { module, name, base, dialect, isOurs }) {
  const page = /** @type {any} */ (globalThis);
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

/** In the page: how many of so many requests do not get their own reply. */
async function countLost(/** @type {any} */ { path, requests, gap, patience }) {
  const { api } = /** @type {any} */ (globalThis);
  const began = performance.now();
  let last = began;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setInterval(() => performance.now() - last > patience && resolve('late'), 100);
  });
  const ask = async (/** @type {number} */ number) => {
    // As a page asks that is being built up: some before the refresh, some while it runs, some after it.
    await new Promise((resolve) => setTimeout(resolve, number * gap));
    try {
      return (await api(`${path}/${number}`)).path;
    } finally {
      last = performance.now();
    }
  };
  const ends = await Promise.all(
    Array.from({ length: requests }, (_, number) =>
      Promise.race([ask(number), late]).then(
        (end) => String(end).endsWith(`${path}/${number}`),
        () => false,
      ),
    ),
  );
  clearInterval(timer);
  return { lost: ends.filter((isOwn) => !isOwn).length, ms: last - began };
}

/**
 * @param {Field} field
 * @param {boolean} fails whether the first refresh is answered by 500
 * @param {number} rounds
 * @returns {Promise<Measure>}
 */
export async function measureRecipes({ openPage, origin }, fails, rounds) {
  const page = await openPage();
  await page.clock.install();
  await page.evaluate(mapImports, await bundleModule('ofetch'));
  const rows = [];
  for (const [number, recipe] of RECIPES.entries()) {
    for (const way of WAYS) {
      const own = tenant(origin, `bench-recipe-${number}-${way}-${fails}`);
      await own.control({ latency: 20 });
      /** @type {Awaited<ReturnType<typeof turn>>[]} */
      const turns = [];
      for (let round = 0; round < rounds; round++) turns.push(await turn(page, recipe, way, own, fails));
      const of = (/** @type {'lost' | 'refreshes' | 'reused'} */ what) => turns.map((one) => one[what]);
      rows.push({
        name: `${recipe.name}, ${way}`,
        values: turns.map(({ ms }) => ms),
        notes: {
          'lost, at least': Math.min(...of('lost')),
          'lost, at most': Math.max(...of('lost')),
          'refreshes, at least': Math.min(...of('refreshes')),
          'refreshes, at most': Math.max(...of('refreshes')),
          'reused tokens, at most': Math.max(...of('reused')),
        },
      });
    }
  }
  await page.close();
  const what = fails ? ', a refresh that is answered by 500 once' : '';
  const title = `recipes, ${REQUESTS} requests, latency 20 ms${what}`;
  return { title, unit: 'ms in all', digits: 0, rows, yardsticks: [] };
}

/**
 * @param {Page} page
 * @param {Recipe} recipe
 * @param {(typeof WAYS)[number]} way
 * @param {ReturnType<typeof tenant>} own
 * @param {boolean} fails
 */
async function turn(page, { name, dialect, path, isAhead = false }, way, own, fails) {
  const isOurs = way === 'wasm-api-fetch';
  const module = `/recipes/${isOurs ? '' : 'copied/'}${name}.js`;
  await own.control({ accessTtl: THREE_HOURS, clockSkew: await ahead(page) });
  await page.evaluate(signIn, { module, name, base: new URL(own.url).pathname, dialect, isOurs });
  if (isAhead) {
    await page.clock.fastForward(NEARLY * 1000);
    // The server's clock goes on like the page's: a token that it gives now is good for three hours here.
    await own.control({ clockSkew: await ahead(page) });
  } else {
    await own.expire();
  }
  if (fails) await own.control({ refresh: { mode: '500', times: 1 } });
  const before = await own.books();
  const order = { path, requests: REQUESTS, gap: GAP, patience: PATIENCE };
  const { lost, ms } = await page.evaluate(countLost, order);
  // Where nobody has asked.
  await own.control({ refresh: { mode: 'ok', times: null } });
  const after = await own.books();
  return {
    lost,
    ms,
    refreshes: after.refreshes - before.refreshes,
    reused: after.reused - before.reused,
  };
}

/** How far the page's clock is ahead, in s. */
const ahead = async (/** @type {Page} */ page) =>
  Math.round(((await page.evaluate(() => Date.now())) - Date.now()) / 1000);
