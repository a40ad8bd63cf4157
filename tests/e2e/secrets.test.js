/** What Chromium's console shows of errors, of a session and of its instance holds no token. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useApps } from '../support/app.js';

/**
 * @import { CDPSession } from 'playwright-core'
 * @import { Kit } from '../support/in-page.js'
 */

const openApp = useApps();

const DEEPEST = 5;

/**
 * All that is shown of an object when it is unfolded. Getters wait for another click: that is the user's act.
 *
 * @param {CDPSession} devtools
 * @param {string | undefined} objectId
 * @param {number} [depth]
 * @returns {Promise<string>}
 */
async function unfolded(devtools, objectId, depth = 0) {
  if (!objectId || depth > DEEPEST) return '';
  const { result } = await devtools.send('Runtime.getProperties', {
    ...{ objectId, ownProperties: true, generatePreview: true },
  });
  const own = result.filter(({ name }) => name !== '__proto__');
  const inner = own.map(({ value }) => unfolded(devtools, value?.objectId, depth + 1));
  return [JSON.stringify(own), ...(await Promise.all(inner))].join('\n');
}

/** @type {[what: string, work: (kit: Kit) => Promise<void>][]} */
const PRINTED = [
  [
    'errors of requests',
    async ({ create, base }) => {
      const fetch = async (/** @type {any} */ input) => {
        const url = input.url ?? input;
        throw new TypeError(`request to ${url} failed`, { cause: new Error(`connect ${url}`) });
      };
      const attach = { query: { token: 'accessToken' } };
      const api = create({ key: 'own', attach, refresh: false }, { fetch, retry: 0 });
      await api.session?.set({ access_token: 'SECRET-access/1', refresh_token: 'SECRET-refresh' });
      const calls = [api('/x'), api.raw('/x', { method: 'POST', body: 'x' }), api.fetch(`${base}/x`)];
      for (const call of calls)
        await call.catch((error) => console.log('%o', error, error, String(error.stack)));
    },
  ],
  [
    'errors of refreshes',
    async ({ create }) => {
      const reply = { error: 'x', error_description: 'no SECRET-refresh', access_token: 'SECRET-new' };
      const fetch = async (/** @type {any} */ input) =>
        String(input.url ?? input).includes('/token')
          ? Response.json(reply, { status: 400, statusText: 'no SECRET-new' })
          : Response.json({}, { status: 401 });
      const api = create({ key: 'own' }, { fetch, retry: 0 });
      api.session?.on('trace', (record) => console.log(record));
      await api.session?.set({ access_token: 'SECRET-access/1', refresh_token: 'SECRET-refresh' });
      for (const call of [api.session?.refresh(), api('/x')])
        await call?.catch((error) =>
          console.log(error, error.message, error.cause?.message, error.cause?.data),
        );
    },
  ],
  [
    'a session and its instance',
    async ({ create }) => {
      const api = create({ key: 'own' });
      await api.session?.set({ access_token: 'SECRET-access/1', refresh_token: 'SECRET-refresh' });
      console.log(
        api.session,
        api,
        { api },
        [api.session],
        JSON.stringify([api.session, { api }, { ...api.session }]),
      );
      console.dir(api.session);
      console.table([{ ...api.session }]);
    },
  ],
];

for (const [what, work] of PRINTED) {
  test(`the console shows no token: ${what}`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    const devtools = await app.page.context().newCDPSession(app.page);
    /** @type {{ args: { objectId?: string }[] }[]} */
    const lines = [];
    devtools.on('Runtime.consoleAPICalled', (line) => void lines.push(line));
    await devtools.send('Runtime.enable');
    await app.run(work);
    assert.ok(lines.length >= 3, String(lines.length));
    for (const line of lines) {
      const shown = await Promise.all(line.args.map(({ objectId }) => unfolded(devtools, objectId)));
      assert.doesNotMatch([JSON.stringify(line), ...shown].join('\n'), /SECRET/);
    }
  });
}
