/** `session.expired`: what says that a token is no longer good, and what looking for it leaves of the answer. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

/**
 * @import { Page } from 'playwright-core'
 * @import { ResponseType } from '../../src/npm/types.js'
 * @typedef {Parameters<import('playwright-core').Route['fulfill']>[0]} Answer
 */

const openApp = useApps();

/**
 * The first answer at a path is this one; the later ones are the server's.
 *
 * @param {{ page: Page }} app
 * @param {string} path
 * @param {Answer} answer
 */
const answerOnce = ({ page }, path, answer) =>
  page.route(`**${path}`, (route) => route.fulfill(answer), { times: 1 });

test('statuses other than 401: they are a refresh, and 401 is none any more', async (t) => {
  const app = await openApp(t, { session: { expired: { status: [419, 440] } } });
  for (const status of [419, 440]) await answerOnce(app, `/api/echo/${status}`, { status });
  assert.equal((await app.run(({ api }) => api('/api/echo/419', { method: 'POST' }))).user, 'ada');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.equal((await app.run(({ api }) => api('/api/echo/440'))).user, 'ada');
  await app.tenant.expire();
  const { error } = await app.run(({ api, outcome }) => outcome(api('/api/echo/1')));
  assert.deepEqual([error?.name, error?.status], ['FetchError', 401]);
  assert.deepEqual(await app.refreshes(), { refreshes: 2, presentations: 2, reused: 0 });
});

/** @type {[status: number, path: string, values: (string | number)[], json: object, isExpired: boolean][]} */
const CODES = [
  [200, 'code', [7, 8], { code: 8 }, true],
  [200, 'code', ['7'], { code: 7 }, true],
  [400, 'code', [7], { code: '7' }, true],
  [403, 'error.code', ['E_EXPIRED'], { error: { code: 'E_EXPIRED' } }, true],
  [500, 'code', [0], { code: 0 }, true],
  [401, 'code', [7], { code: 9 }, true],
  [200, 'code', [7], { code: 77 }, false],
  [200, 'error.code', ['E_EXPIRED'], { error: 'E_EXPIRED' }, false],
  [200, 'code', ['true'], { code: true }, true],
  // What is no code at all, some of it nothing that could be made a text of.
  [200, 'code', ['[object Object]', 'null', 'undefined'], { code: {} }, false],
  [200, 'code', ['1', 'null'], { code: { toString: 1, valueOf: 1 } }, false],
  [200, 'code', ['null', 'undefined'], { code: null }, false],
  [200, 'code', ['7'], { code: [7] }, false],
];

for (const [status, path, values, json, isExpired] of CODES) {
  const what = `${JSON.stringify(json)} in a ${status}, for ${path} of ${JSON.stringify(values)}`;
  test(`${what}: ${isExpired ? 'a refresh' : 'no refresh'}`, async (t) => {
    const app = await openApp(t, { session: { expired: { codes: { path, values } } } });
    await answerOnce(app, '/api/echo/1', { status, json });
    const value = await app.run(({ api }) => api('/api/echo/1', { ignoreResponseError: true }));
    assert.deepEqual(isExpired ? value.user : value, isExpired ? 'ada' : json);
    assert.deepEqual(await app.refreshes(), isExpired ? ONE_REFRESH : NO_REFRESH);
  });
}

/** The token in a header, its end told by a code in a 200. */
const CODED = /** @type {const} */ ({
  attach: { header: 'X-Token' },
  expired: { codes: { path: 'code', values: [1234] } },
});
const PATH = '/xtoken/api/echo/1';

for (const state of /** @type {const} */ (['good', 'expired'])) {
  test(`a body that is looked into comes as the caller wants it: ${state} token`, async (t) => {
    const app = await openApp(t, { session: CODED });
    if (state === 'expired') await app.tenant.expire();
    const got = await app.run(async ({ api, base }, path) => {
      /** @type {unknown[]} */
      const paths = [];
      const add = (/** @type {string} */ text) => paths.push(JSON.parse(text).data.path);
      const raw = await api.raw(path);
      const fetched = await api.fetch(base + path);
      const isUnread = !fetched.bodyUsed && fetched.body?.locked === false;
      const types = /** @type {const} */ (['text', 'blob', 'arrayBuffer', 'bytes', 'stream']);
      const bodies = await Promise.all(types.map((responseType) => api(path, { responseType })));
      paths.push((await api(path)).data.path, raw._data.data.path);
      for (const body of [await fetched.text(), ...bodies]) add(await new Response(body).text());
      const kinds = bodies.map((body) => (typeof body === 'string' ? 'text' : body.constructor.name));
      return { paths, isUnread, kinds };
    }, PATH);
    assert.deepEqual(got, {
      paths: Array(8).fill(PATH),
      isUnread: true,
      kinds: ['text', 'Blob', 'ArrayBuffer', 'Uint8Array', 'ReadableStream'],
    });
    assert.deepEqual(await app.refreshes(), state === 'good' ? NO_REFRESH : ONE_REFRESH);
  });
}

test('a code is not looked for in what is wanted as a stream', async (t) => {
  const app = await openApp(t, { session: CODED });
  await app.tenant.expire();
  const body = await app.run(async ({ api }, path) => {
    const stream = /** @type {any} */ (await api(path, { responseType: 'stream' }));
    return new Response(stream).json();
  }, PATH);
  assert.equal(body.code, 1234);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

/** @type {[what: string, type: string, responseType: ResponseType | undefined][]} */
const ENDLESS = [
  ['that is no JSON', 'application/octet-stream', undefined],
  ['of events', 'text/event-stream', undefined],
  ['of text', 'text/plain', undefined],
  ['wanted as a stream', 'application/json', 'stream'],
];

for (const [what, type, responseType] of ENDLESS) {
  test(`an answer ${what} is given to the caller while it still comes`, async (t) => {
    const app = await openApp(t);
    const first = await app.run(
      async ({ create }, { type, responseType, expired }) => {
        const fetch = async () => {
          const start = (/** @type {ReadableStreamDefaultController} */ controller) =>
            controller.enqueue(new TextEncoder().encode('{"code":1234'));
          return new Response(new ReadableStream({ start }), { headers: { 'content-type': type } });
        };
        const api = create({ expired }, { fetch });
        const body = responseType
          ? /** @type {any} */ (await api('/x', { responseType }))
          : (await api.fetch(`${location.origin}/x`)).body;
        const { value } = await body.getReader().read();
        return new TextDecoder().decode(value);
      },
      { type, responseType, expired: CODED.expired },
    );
    assert.equal(first, '{"code":1234');
    assert.deepEqual(await app.refreshes(), NO_REFRESH);
  });
}

for (const [size, isLookedInto] of /** @type {const} */ ([
  [1024 * 1024, true],
  [1024 * 1024 + 1, false],
])) {
  test(`a body of ${size} characters: ${isLookedInto ? 'its code counts' : 'no code is looked for, and it arrives whole'}`, async (t) => {
    const app = await openApp(t);
    const got = await app.run(
      async ({ create, base }, { size, expired }) => {
        const start = '{"code":1234,"pad":"';
        const big = `${start}${'x'.repeat(size - start.length - 2)}"}`;
        const double = (/** @type {object} */ more) => async () =>
          new Response(new Blob([big]).stream(), {
            headers: { 'content-type': 'application/json', ...more },
          });
        const lengths = [];
        for (const more of [{}, { 'content-length': String(size) }]) {
          const api = create({ expired }, { fetch: double(more) });
          const replies = [
            JSON.stringify(await api('/api/1')),
            JSON.stringify((await api.raw('/api/2'))._data),
            String(await api('/api/3', { responseType: 'text' })),
            await /** @type {any} */ (await api('/api/4', { responseType: 'blob' })).text(),
            await (await api.fetch(`${base}/api/5`)).text(),
          ];
          lengths.push(...replies.map((text) => text === big));
        }
        return lengths;
      },
      { size, expired: CODED.expired },
    );
    assert.deepEqual(got, Array(10).fill(true));
    const { refreshes } = await app.refreshes();
    assert.equal(refreshes > 0, isLookedInto);
  });
}

test('when: it is told of the request, the answer and its data, and the body stays the caller’s', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const { told, replies } = await app.run(async ({ create, base }) => {
    /** @type {unknown[]} */
    const told = [];
    const api = create({
      attach: { header: 'X-Token' },
      expired: {
        status: [],
        when: ({ request, options, response, data }) => {
          const path = String(request).replace(location.origin, '').replace(base, '');
          told.push([path, options.method, response.status, data?.code ?? typeof data]);
          return data?.code === 1234 || response.status === 401;
        },
      },
    });
    const replies = [
      (await api('/xtoken/api/echo/1')).data.user,
      (await (await api.fetch(`${base}/xtoken/strict/echo/2`, { method: 'OPTIONS' })).json()).data.user,
      await api('/open/echo/3', { method: 'POST' }).then(({ method }) => method),
      await (await api.fetch(`${location.origin}/blank`)).text().then(({ length }) => length > 0),
    ];
    return { told, replies };
  });
  assert.deepEqual(replies, ['ada', 'ada', 'POST', true]);
  assert.deepEqual(told, [
    ['/xtoken/api/echo/1', 'GET', 200, 1234],
    ['/xtoken/api/echo/1', 'GET', 200, 0],
    ['/xtoken/strict/echo/2', 'OPTIONS', 200, 0],
    ['/open/echo/3', 'POST', 200, 'object'],
    ['/blank', 'GET', 200, 'undefined'],
  ]);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('when beside codes has the last word on theirs', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const codes = await app.run(async ({ create }, session) => {
    let isWanted = false;
    const expired = { ...session.expired, when: () => isWanted };
    const api = create({ ...session, expired });
    const first = await api('/xtoken/api/echo/1');
    isWanted = true;
    return [first.code, (await api('/xtoken/api/echo/2')).code];
  }, CODED);
  assert.deepEqual(codes, [1234, 0]);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a when that throws has said no, and is reported: the answer is not lost', async (t) => {
  const app = await openApp(t);
  const { users, reported, pending } = await app.run(async ({ create, base, seen }) => {
    const when = () => {
      throw new RangeError('no luck');
    };
    const api = create({ expired: { when } });
    const bare = await (await api.fetch(`${base}/api/echo/2`)).json();
    const users = [(await api('/api/echo/1')).user, bare.user];
    return { users, reported: seen.reported, pending: api.session?.pending };
  });
  assert.deepEqual(users, ['ada', 'ada']);
  assert.deepEqual(reported, Array(2).fill('RangeError: no luck'));
  assert.equal(pending, 0);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
});

for (const status of [401, 200]) {
  test(`insufficient_scope in one of several challenges of a ${status} is no expiry`, async (t) => {
    const app = await openApp(t, { session: { expired: CODED.expired } });
    const challenge = 'Basic realm="a, b", Bearer realm="c", error="insufficient_scope", DPoP algs="ES256"';
    const json = { code: 1234 };
    await answerOnce(app, '/api/echo/1', { status, json, headers: { 'www-authenticate': challenge } });
    const value = await app.run(({ api }) => api('/api/echo/1', { ignoreResponseError: true }));
    assert.deepEqual(value, json);
    assert.deepEqual(await app.refreshes(), NO_REFRESH);
  });
}
