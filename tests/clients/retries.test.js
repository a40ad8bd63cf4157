/** CLIENTS.md says how often each client sends by itself, and it is so. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { createApiFetch, isAuthError } from '../../dist/index.js';
import { inProject } from '../../scripts/lib/paths.js';
import { askers } from './retries.js';

/**
 * @import { TestContext } from 'node:test'
 * @import { Asker } from './retries.js'
 */

/** Longer than any client waits between two sendings. */
const STEP_MS = 60_000;
const MOST_STEPS = 1_000;

/** As it comes to a request that waits while a refresh is refused: it has no 401 of its own to be answered with. */
async function refusedError() {
  /** @type {(reply: null) => void} */
  let refuse = () => {};
  const refusal = new Promise((resolve) => {
    refuse = resolve;
  });
  const api = createApiFetch({
    baseURL: 'http://api.test',
    fetch: async () => new Response(null, { status: 401 }),
    session: { storage: 'memory', refresh: () => refusal },
  });
  await api.session?.set({ access_token: 'spent', refresh_token: 'refused' });
  const own = api.fetch('http://api.test/1');
  await new Promise((resolve) => setImmediate(resolve));
  const waiting = api.fetch('http://api.test/2').catch((error) => error);
  refuse(null);
  assert.equal((await own).status, 401);
  return waiting;
}

/** @type {unknown} */
let authError;
before(async () => {
  authError = await refusedError();
  assert.ok(isAuthError(authError) && authError.code === 'REFRESH_REJECTED');
});

/** What `api.fetch` may come to where the session cannot help, or the network. @type {Record<string, () => Response>} */
const ends = {
  'a 401': () => Response.json({ error: 'invalid_token' }, { status: 401 }),
  'no answer': () => {
    throw new TypeError('fetch failed');
  },
  'an `AuthError`': () => {
    throw authError;
  },
};

/**
 * @param {TestContext} t whose timers are the test's
 * @param {string} name
 * @param {'get' | 'post'} method
 * @param {() => Response} end
 * @returns {Promise<{ sent: number, error: any }>}
 */
async function ask(t, name, method, end) {
  let sent = 0;
  const fetch = async () => {
    sent += 1;
    return end();
  };
  const asker = /** @type {Asker} */ (askers[name]?.({ create: createApiFetch, fetch }));
  /** @type {{ error?: unknown } | undefined} */
  let ended;
  asker[method]().then(
    () => {
      ended = {};
    },
    (error) => {
      ended = { error };
    },
  );
  for (let steps = 0; !ended; steps += 1) {
    assert.ok(steps < MOST_STEPS, `${name}: pending after ${sent} sendings`);
    await new Promise((resolve) => setImmediate(resolve));
    t.mock.timers.tick(STEP_MS);
  }
  return { sent, error: ended.error };
}

/**
 * @param {TestContext} t
 * @param {string} name
 */
async function row(t, name) {
  const cells = [];
  for (const method of /** @type {const} */ (['get', 'post'])) {
    for (const end of Object.values(ends)) cells.push((await ask(t, name, method, end)).sent);
  }
  const { error } = await ask(t, name, 'get', () => ends['an `AuthError`']?.() ?? Response.error());
  const place = error === authError ? 'the error itself' : error.cause === authError ? 'its `cause`' : 'lost';
  return `| ${[name, ...cells, place].join(' | ')} |`;
}

const HEAD = [
  `| | ${['GET', 'POST'].flatMap((method) => Object.keys(ends).map((end) => `${method}: ${end}`)).join(' | ')} | the \`AuthError\` is |`,
  `|---|${'---:|'.repeat(6)}---|`,
];

test('CLIENTS.md says how often each client hands a failing request to its `fetch`', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const rows = [];
  for (const name of Object.keys(askers)) rows.push(await row(t, name));
  const page = await readFile(inProject('CLIENTS.md'), 'utf8');
  const shown = /<!-- sendings -->\n\n(.*?)\n\n<!-- \/sendings -->/s.exec(page)?.[1];
  assert.deepEqual(shown?.split('\n'), [...HEAD, ...rows]);
});
