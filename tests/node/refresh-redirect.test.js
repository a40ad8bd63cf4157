/** A refresh is not led astray: the token endpoint's redirects take the refresh token nowhere. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { json } from '../support/double.js';
import { twoOrigins } from '../support/redirects.js';

/** @import { RefreshCall, SessionOptions } from '../../src/npm/types.js' */

/**
 * @param {RefreshCall} refresh
 * @param {Partial<SessionOptions>} [session]
 * @param {typeof globalThis.fetch} [fetch]
 */
async function signedIn(refresh, session, fetch) {
  const api = createApiFetch({
    ...(fetch && { fetch }),
    session: { storage: 'memory', refresh, ...session },
  });
  await api.session.set({ access_token: 'first', refresh_token: 'r1' });
  return api;
}

/** What a refresh comes to, and what is left of the session then. */
async function refreshed(/** @type {Awaited<ReturnType<typeof signedIn>>} */ { session }) {
  const error = await session.refresh().then(
    () => undefined,
    (reason) => reason,
  );
  return { code: error?.code, cause: error?.cause, token: session.tokens?.accessToken };
}

for (const status of [301, 302, 303, 307, 308]) {
  for (const where of ['here', 'away']) {
    test(`a refresh does not follow a ${status} (${where}): it fails once, says so, and keeps the session`, async (t) => {
      const { here, away } = await twoOrigins(t);
      const api = await signedIn({ url: `${here.origin}/redirect/${status}/${where}` });
      const { code, cause, token } = await refreshed(api);
      assert.deepEqual([code, token, api.session.status], ['REFRESH_FAILED', 'first', 'active']);
      assert.equal(cause.status, status);
      assert.match(
        cause.message,
        /answered by a redirect, which only session\.refresh\.redirect: 'follow' allows/,
      );
      assert.deepEqual([here.arrivals.length, away.arrivals.length], [1, 0]);
    });
  }
}

test('with redirect: follow a refresh goes where its own origin leads it', async (t) => {
  const { here } = await twoOrigins(t);
  const api = await signedIn({ url: `${here.origin}/redirect/307/here`, redirect: 'follow' });
  assert.deepEqual(await refreshed(api), { code: undefined, cause: undefined, token: 'second' });
  assert.deepEqual(
    here.arrivals.map(({ body }) => body),
    Array(2).fill('grant_type=refresh_token&refresh_token=r1'),
  );
});

test('tokens from another origin, to which a redirect has led, are not taken', async (t) => {
  const { here } = await twoOrigins(t);
  const api = await signedIn({ url: `${here.origin}/redirect/307/away`, redirect: 'follow' });
  const { code, cause, token } = await refreshed(api);
  assert.deepEqual([code, token], ['REFRESH_FAILED', 'first']);
  assert.match(cause.message, /answered by a redirect/);
});

const URL_ASKED = 'https://id.example/token';

/** @type {[what: string, answer: { url: string, redirected?: boolean }, redirect: 'manual' | 'follow', isTaken: boolean][]} */
const FOLLOWED = [
  [
    'a fetch that follows all the same',
    { url: 'https://id.example/other', redirected: true },
    'manual',
    false,
  ],
  ['one that follows to another origin', { url: 'https://evil.example/', redirected: true }, 'follow', false],
  ['one that tells only where it has come to', { url: 'https://evil.example/' }, 'manual', false],
  ['one that tells of no redirect at all', { url: '' }, 'manual', true],
  ['a double whose URL leads nowhere by itself', { url: '/token' }, 'manual', true],
  [
    'a service worker that asks somebody else',
    { url: 'https://cdn.example/', redirected: false },
    'manual',
    true,
  ],
];

for (const [what, { url, redirected }, redirect, isTaken] of FOLLOWED) {
  for (const status of isTaken ? [200] : [200, 401, 503]) {
    test(`by the answer’s own word: ${what}, ${status}`, async () => {
      let calls = 0;
      const fetch = async () => {
        calls += 1;
        const reply = status === 401 ? { error: 'invalid_grant' } : { access_token: 'second' };
        return Object.defineProperties(json(reply, status), {
          url: { value: url },
          redirected: { value: redirected },
        });
      };
      const api = await signedIn({ url: URL_ASKED, redirect }, { refused: { status: [401, 403] } }, fetch);
      const { code, token } = await refreshed(api);
      const expected = isTaken ? [undefined, 'second', 1] : ['REFRESH_FAILED', 'first', 1];
      assert.deepEqual([code, token, calls], expected);
    });
  }
}

test('the app may say that a redirect, to its login page for instance, ends the session', async (t) => {
  const { here, away } = await twoOrigins(t);
  const when = (/** @type {any} */ { response }) => response.status === 302;
  const api = await signedIn({ url: `${here.origin}/redirect/302/away` }, { refused: { when } });
  const { code } = await refreshed(api);
  assert.deepEqual([code, api.session.status, away.arrivals.length], ['REFRESH_REJECTED', 'signed-out', 0]);
});

test('what a refresh does with redirects is one of two words', () => {
  const make = () =>
    createApiFetch({ session: { refresh: { url: '/token', redirect: /** @type {any} */ ('error') } } });
  assert.throws(make, {
    name: 'TypeError',
    message: "session.refresh.redirect must be 'manual' or 'follow'",
  });
});
