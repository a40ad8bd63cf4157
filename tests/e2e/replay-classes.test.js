/** `replay`: which rejected requests are sent again; and where no refresh is started any more. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';

/**
 * @import { Replay } from '../../src/npm/types.js'
 * @import { Kit } from '../support/in-page.js'
 * @typedef {'status' | 'code' | 'when'} Sign
 */

const openApp = useApps();
const BY_CODE = '/xtoken/api/echo/1';

/** @type {Record<Sign, { path: string, expired: string }>} */
const SIGNS = {
  status: { path: '/xtoken/strict/echo/1', expired: '{}' },
  code: { path: BY_CODE, expired: `{ codes: { path: 'code', values: [1234] } }` },
  when: { path: BY_CODE, expired: `{ when: ({ data }) => data.code === 1234 }` },
};

/** @type {[replay: Replay | undefined, sign: Sign, method: string, isSentAgain: boolean][]} */
const CLASSES = [
  [undefined, 'status', 'POST', true],
  [undefined, 'code', 'GET', true],
  [undefined, 'code', 'POST', false],
  [undefined, 'code', 'DELETE', false],
  [undefined, 'when', 'OPTIONS', true],
  [undefined, 'when', 'PUT', false],
  ['all', 'code', 'POST', true],
  ['all', 'when', 'PATCH', true],
  ['safe', 'status', 'POST', false],
  ['safe', 'status', 'GET', true],
];

for (const [replay, sign, method, isSentAgain] of CLASSES) {
  const { path, expired } = SIGNS[sign];
  const what = `replay ${replay ?? 'as by default'}, a ${method} rejected by ${sign}`;
  test(`${what}: ${isSentAgain ? 'sent again' : 'gets its own answer, and the next request is good'}`, async (t) => {
    const app = await openApp(t);
    await app.tenant.expire();
    await app.tenant.control({ hold: { refresh: true } });
    const start = new Function(
      'kit',
      '[replay, path, method]',
      `globalThis.own = kit.create({ attach: { header: 'X-Token' }, replay, expired: ${expired} });
       return own.raw(path, { method, ignoreResponseError: true }).then(({ status, _data }) => [status, _data.code]);`,
    );
    const call = await app.begin(/** @type {(kit: Kit, arg: unknown) => Promise<unknown>} */ (start), [
      replay,
      path,
      method,
    ]);
    await app.tenant.held('refresh', 1);
    // Its own answer is here while the refresh runs.
    if (!isSentAgain)
      assert.deepEqual((await call.outcome()).value, sign === 'status' ? [401, 401] : [200, 1234]);
    const next = await app.begin(() => /** @type {any} */ (globalThis).own('/xtoken/strict/echo/next'));
    await app.until(({ api }) => api.session?.waiting === 1 + Number(api.session?.pending === 2));
    await next.isPending();
    if (isSentAgain) await call.isPending();
    await app.tenant.release('refresh');
    if (isSentAgain) assert.deepEqual((await call.outcome()).value, [200, 0]);
    assert.equal((await next.outcome()).value.code, 0);
    const hits = Object.values(await app.hits(path, method)).reduce((sum, count) => sum + count, 0);
    assert.equal(hits, isSentAgain ? 2 : 1);
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  });
}

test('replay as a predicate is told of the request and its answer', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const { told, ends } = await app.run(async ({ create, outcome, base }) => {
    /** @type {unknown[]} */
    const told = [];
    const api = create({
      replay: ({ request, options, response }) => {
        const path = String(request).replace(location.origin, '').replace(base, '');
        told.push([path, options.method, options.headers.get('x-own'), response.status, response.bodyUsed]);
        return options.method === 'PUT';
      },
    });
    const ask = (/** @type {string} */ method) =>
      outcome(api(`/api/echo/${method}`, { method, headers: { 'X-Own': '1' } }));
    return { ends: await Promise.all([ask('PUT'), ask('POST')]), told };
  });
  assert.equal(ends[0]?.value?.user, 'ada');
  assert.deepEqual([ends[1]?.error?.name, ends[1]?.error?.status], ['FetchError', 401]);
  assert.deepEqual(
    /** @type {string[][]} */ (told).toSorted((a, b) => String(a).localeCompare(String(b))),
    [
      ['/api/echo/POST', 'POST', '1', 401, false],
      ['/api/echo/PUT', 'PUT', '1', 401, false],
    ],
  );
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a predicate that throws: the request gets its own answer, and the refresh goes on', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const { error, reported, next } = await app.run(async ({ create, outcome, seen }) => {
    const api = create({
      replay: () => {
        throw new RangeError('no luck');
      },
    });
    const { error } = await outcome(api('/api/echo/1'));
    return { error, next: await outcome(api('/api/echo/2')), reported: seen.reported };
  });
  assert.deepEqual([error?.name, error?.status], ['FetchError', 401]);
  assert.equal(next.value.user, 'ada');
  assert.deepEqual(reported, ['RangeError: no luck']);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a call outranks its instance, and a child its parent', async (t) => {
  const app = await openApp(t, { session: { replay: 'safe' } });
  await app.tenant.expire();
  const ends = await app.run(async ({ api, outcome }) => {
    const child = api.create({ replay: 'all' });
    const calls = [
      api('/api/echo/safe', { method: 'POST' }),
      api('/api/echo/all', { method: 'POST', replay: 'all' }),
      child('/api/echo/child', { method: 'POST' }),
      child('/api/echo/never', { method: 'POST', replay: () => false }),
    ];
    return Promise.all(calls.map(outcome));
  });
  assert.deepEqual(
    ends.map(({ value, error }) => value?.user ?? error?.status),
    [401, 'ada', 'ada', 401],
  );
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('where a replay was rejected no other refresh starts, until a success there or a login', async (t) => {
  const app = await openApp(t);
  const pattern = '**/api/echo/odd*';
  let asked = 0;
  const reject = () =>
    app.page.route(pattern, (route) => {
      asked += 1;
      return route.fulfill({ status: 401 });
    });
  const ask = async (path = '/api/echo/odd') => {
    const { value, error } = await app.run(({ api, outcome }, path) => outcome(api(path)), path);
    return value?.user ?? error?.status;
  };
  const refreshes = async () => (await app.refreshes()).refreshes;

  await reject();
  assert.equal(await ask(), 401);
  assert.deepEqual([await refreshes(), asked], [1, 2], 'sent, and replayed');
  assert.equal(await ask(), 401);
  assert.equal(await ask('/api/echo/odd?a=1'), 401);
  assert.deepEqual([await refreshes(), asked], [1, 4], 'each is sent once');
  assert.equal(await ask('/api/echo/other'), 'ada');
  assert.equal(await ask(), 401);
  assert.equal(await refreshes(), 1, 'a success elsewhere says nothing of this path');

  await app.page.unroute(pattern);
  assert.equal(await ask(), 'ada');
  await reject();
  assert.equal(await ask(), 401);
  assert.equal(await refreshes(), 2, 'after a success there');
  assert.equal(await ask(), 401);
  assert.equal(await refreshes(), 2);

  await app.signIn();
  assert.equal(await ask(), 401);
  assert.equal(await refreshes(), 3, 'after a login');
});

test('a path that is barred still follows a refresh that others cause', async (t) => {
  const app = await openApp(t);
  await app.page.route('**/api/echo/odd', (route) => route.fulfill({ status: 401 }), { times: 2 });
  assert.equal((await app.run(({ api, outcome }) => outcome(api('/api/echo/odd')))).error?.status, 401);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const other = await app.begin(({ api }) => api('/api/echo/other'));
  await app.tenant.held('refresh', 1);
  const odd = await app.begin(({ api }) => api('/api/echo/odd'));
  await odd.isPending();
  await app.tenant.release('refresh');
  assert.equal((await odd.outcome()).value.user, 'ada');
  assert.equal((await other.outcome()).value.user, 'ada');
  assert.deepEqual(await app.refreshes(), { refreshes: 2, presentations: 2, reused: 0 });
});
