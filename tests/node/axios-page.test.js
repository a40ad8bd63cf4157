/** What the facade does in a page alone: the cookie against forged requests. The page is a double. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../support/axios-double.js';

const PAGE = 'https://app.example.com';
const ELSEWHERE = 'https://elsewhere.example.com';

/** @param {import('node:test').TestContext} t */
function openPage(t) {
  const page = /** @type {any} */ ({
    document: { baseURI: `${PAGE}/sub/`, cookie: 'NOT-XSRF-TOKEN=1; XSRF-TOKEN=a%20b; own=c' },
    location: new URL(PAGE),
    window: globalThis,
  });
  t.after(() => {
    for (const name of Object.keys(page)) Reflect.deleteProperty(globalThis, name);
  });
  // Made before there is a page: the engine’s own base is that of a server.
  const opened = open(undefined, { baseURL: PAGE });
  Object.assign(globalThis, page);
  return opened;
}

test('the cookie is told to the page’s own origin, and to no other', async (t) => {
  const { instance, sent } = openPage(t);
  for (const url of [
    '/x',
    `${PAGE}/x`,
    ELSEWHERE,
    `${PAGE}.evil.example.com/`,
    'https://app.example.com:8443/',
  ])
    await instance.get(url);
  assert.deepEqual(
    sent.map(({ headers }) => headers['x-xsrf-token']),
    ['a b', 'a b', undefined, undefined, undefined],
  );
});

test('the app may have it told anywhere, by `true`, or nowhere, by anything else', async (t) => {
  const { instance, sent } = openPage(t);
  const wishes = /** @type {any[]} */ ([true, () => true, false, () => false, 'yes', null]);
  for (const withXSRFToken of wishes) {
    await instance.get('/x', { withXSRFToken });
    await instance.get(ELSEWHERE, { withXSRFToken });
  }
  assert.deepEqual(
    sent.map(({ headers }) => Boolean(headers['x-xsrf-token'])),
    [true, true, true, true, false, false, false, false, false, false, true, false],
  );
});

test('cookie and header have the names that the app gives them', async (t) => {
  const { instance, sent } = openPage(t);
  await instance.get('/x', { xsrfCookieName: 'own', xsrfHeaderName: 'X-Own' });
  await instance.get('/x', { xsrfCookieName: '' });
  await instance.get('/x', { xsrfCookieName: 'none' });
  const [own, ...others] = sent.map(({ headers }) => [headers['x-own'], headers['x-xsrf-token']]);
  assert.deepEqual(own, ['c', undefined]);
  assert.deepEqual(others, [
    [undefined, undefined],
    [undefined, undefined],
  ]);
});
