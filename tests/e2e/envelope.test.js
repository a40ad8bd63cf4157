/** `envelope`: answers that say in their body whether they are a success. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, ONE_REFRESH, useApps } from '../support/app.js';

/**
 * @import { EnvelopeOptions } from '../../src/npm/types.js'
 * @import { Kit } from '../support/in-page.js'
 */

const openApp = useApps();

const ENVELOPE = { code: 'errcode', ok: [0], message: 'errmsg', data: 'data' };

/**
 * What a call comes to whose answer is this one.
 *
 * @param {Kit} kit
 * @param {{ envelope: EnvelopeOptions, body: unknown, status?: number, options?: object }} given
 */
async function called({ create }, { envelope, body, status = 200, options = {} }) {
  const fetch = async () =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json' },
    });
  const api = create({}, { envelope, fetch });
  const fail = (/** @type {any} */ error) => {
    const { name, code, message, status, data } = error;
    return { name, code, message, status, data, isOurs: error.response instanceof Response };
  };
  const value = await api('/x', options).catch(fail);
  const raw = await api.raw('/x', options).then(({ _data }) => _data, fail);
  const fetched = await (await api.fetch(`${location.origin}/x`)).text();
  return { value, raw, fetched };
}

/** @type {[what: string, envelope: EnvelopeOptions, body: unknown, data: unknown][]} */
const GOOD = [
  ['a success is unwrapped', ENVELOPE, { errcode: 0, errmsg: 'ok', data: { a: [1] } }, { a: [1] }],
  ['a code that is a string is compared as one', ENVELOPE, { errcode: '0', data: 'text' }, 'text'],
  [
    'codes of its own',
    { ...ENVELOPE, ok: ['OK', 200] },
    { errcode: 'OK', data: { errcode: 1 } },
    { errcode: 1 },
  ],
  ['the same', { ...ENVELOPE, ok: ['OK', 200] }, { errcode: '200', data: null }, null],
  ['data that is not there', ENVELOPE, { errcode: 0 }, undefined],
  ['no data named', { code: 'errcode' }, { errcode: 0, data: 1 }, { errcode: 0, data: 1 }],
  ['a body without the code', ENVELOPE, { data: 1, errmsg: 'x' }, { data: 1, errmsg: 'x' }],
  ['a list', ENVELOPE, [{ errcode: 7 }], [{ errcode: 7 }]],
  ['a truth value', { code: 'success', ok: [true], data: 'data' }, { success: true, data: 1 }, 1],
  ['a code that is none', ENVELOPE, { errcode: {}, data: 1 }, { errcode: {}, data: 1 }],
  [
    'a code that can not be made a text of',
    ENVELOPE,
    { errcode: { toString: 1, valueOf: 1 } },
    { errcode: { toString: 1, valueOf: 1 } },
  ],
  ['what is no JSON', ENVELOPE, 'not JSON', 'not JSON'],
  [
    'nested paths',
    { code: 'meta.code', data: 'result.items' },
    { meta: { code: 0 }, result: { items: [1] } },
    [1],
  ],
];

for (const [what, envelope, body, data] of GOOD) {
  test(`${what}: ${JSON.stringify(body)}`, async (t) => {
    const app = await openApp(t);
    const { value, raw, fetched } = await app.run(called, { envelope, body });
    assert.deepEqual([value, raw], [data, data]);
    assert.equal(fetched, typeof body === 'string' ? body : JSON.stringify(body), 'fetch is never unwrapped');
  });
}

/** @type {[what: string, envelope: EnvelopeOptions, body: any, code: unknown, message: RegExp][]} */
const BAD = [
  ['a code', ENVELOPE, { errcode: 50001, errmsg: 'no such thing' }, 50001, /^no such thing$/],
  ['a code that is a string', ENVELOPE, { errcode: '00', errmsg: 'no' }, '00', /^no$/],
  ['0 is no success by itself', { ...ENVELOPE, ok: [200] }, { errcode: 0, errmsg: 'no' }, 0, /^no$/],
  ['nested paths', { code: 'e.c', message: 'e.m' }, { e: { c: 'E', m: 'no' } }, 'E', /^no$/],
  ['no message named', { code: 'errcode' }, { errcode: 7, errmsg: 'no' }, 7, /^\[GET\] ".*\/x": 200$/],
  ['no message there', ENVELOPE, { errcode: 7, errmsg: '' }, 7, /^\[GET\] ".*\/x": 200$/],
  ['a message that is no text', ENVELOPE, { errcode: 7, errmsg: { a: 1 } }, 7, /^\[GET\] ".*\/x": 200$/],
];

for (const [what, envelope, body, code, message] of BAD) {
  test(`a failure, ${what}: a FetchError with its code and message`, async (t) => {
    const app = await openApp(t);
    const { value, raw, fetched } = await app.run(called, { envelope, body });
    const { message: said, ...rest } = value;
    assert.match(said.trim(), message);
    assert.deepEqual(rest, { name: 'FetchError', code, status: 200, data: body, isOurs: true });
    assert.deepEqual(raw, value);
    assert.equal(fetched, JSON.stringify(body), 'fetch is never unwrapped');
  });
}

test('ignoreResponseError gives the whole body of a failure, and what a success holds', async (t) => {
  const app = await openApp(t);
  const options = { ignoreResponseError: true };
  for (const status of [200, 400]) {
    const body = { errcode: 7, errmsg: 'no', data: 1 };
    const { value, raw } = await app.run(called, { envelope: ENVELOPE, body, status, options });
    assert.deepEqual([value, raw], [body, body]);
  }
  const body = { errcode: 0, data: 1 };
  const { value } = await app.run(called, { envelope: ENVELOPE, body, options });
  assert.equal(value, 1);
});

test('a status of 400 to 599: its code and message where the body has them', async (t) => {
  const app = await openApp(t);
  const body = { errcode: 7, errmsg: 'no', data: null };
  const told = await app.run(called, { envelope: ENVELOPE, body, status: 422 });
  const expected = { name: 'FetchError', code: 7, message: 'no', status: 422, data: body, isOurs: true };
  assert.deepEqual([told.value, told.raw], [expected, expected]);

  for (const body of [{ errcode: 0, data: 1 }, { error: 'x' }, 'Bad Gateway']) {
    const { value } = await app.run(called, { envelope: ENVELOPE, body, status: 502 });
    assert.deepEqual([value.name, value.code, value.status], ['FetchError', undefined, 502]);
    assert.match(value.message, /^\[GET\] ".*\/x": 502/);
  }
});

test('what is not wanted as JSON is not unwrapped', async (t) => {
  const app = await openApp(t);
  const body = { errcode: 7, errmsg: 'no' };
  for (const responseType of ['text', 'blob', 'stream']) {
    const { value } = await app.run(
      async (kit, given) => {
        const { create } = kit;
        const fetch = async () =>
          new Response(given.text, { headers: { 'content-type': 'application/json' } });
        const api = create({}, { envelope: given.envelope, fetch });
        return { value: await new Response(await api('/x', { responseType: given.responseType })).text() };
      },
      { envelope: ENVELOPE, text: JSON.stringify(body), responseType: /** @type {any} */ (responseType) },
    );
    assert.equal(value, JSON.stringify(body));
  }
});

test('a child inherits the envelope, or has its own in its place', async (t) => {
  const app = await openApp(t);
  const values = await app.run(async ({ create, outcome }, envelope) => {
    const body = { errcode: 0, data: 1, code: 7, message: 'no' };
    const fetch = async () =>
      new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
    const api = create({}, { envelope, fetch });
    const { error } = await outcome(api.create({ envelope: { code: 'code', message: 'message' } })('/x'));
    return [
      await api.create({})('/x'),
      await api.create({ headers: { a: 'b' } }).create({})('/x'),
      [error?.code, error?.message],
      await api.create({ envelope: { code: 'code', ok: [7], data: 'message' } })('/x'),
      await api('/x'),
    ];
  }, ENVELOPE);
  assert.deepEqual(values, [1, 1, [7, 'no'], 'no', 1]);
});

test('an envelope of a single request, and one without a code, are errors that say so', async (t) => {
  const app = await openApp(t);
  const [single, missing, unknown] = await app.run(async ({ api, create, outcome }) => {
    const make = (/** @type {any} */ envelope) =>
      outcome(Promise.resolve().then(() => create({}, { envelope })));
    return Promise.all([
      outcome(api('/x', /** @type {any} */ ({ envelope: { code: 'errcode' } }))),
      make({ ok: [0] }),
      make({ code: 'errcode', ok: [null] }),
    ]);
  });
  for (const [end, name] of /** @type {const} */ ([
    [single, 'envelope'],
    [missing, 'envelope.code'],
    [unknown, 'envelope.ok'],
  ])) {
    assert.equal(end?.error?.name, 'TypeError');
    assert.ok(end?.error?.message.startsWith(name), end?.error?.message);
  }
});

/** The dialect of `www/server/dialects/envelope.js`. */
const DIALECT = /** @type {const} */ ({
  attach: { query: { token: 'accessToken', appkey: 'app_key' } },
  expired: { codes: { path: 'errcode', values: [40001] } },
  refresh: { url: '/envelope/refresh', body: 'json' },
});

test('a code of expiry refreshes and replays first; another one rejects at once', async (t) => {
  const app = await openApp(t, { signedIn: false, session: DIALECT, defaults: { envelope: ENVELOPE } });
  const login = await app.run(({ api }) =>
    api('/envelope/login', { method: 'POST', body: { username: 'ada' } }),
  );
  await app.run(({ api }, login) => api.session?.set(login), login);
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const get = await app.begin(({ api }) => api('/envelope/api/echo/1'));
  await app.tenant.held('refresh', 1);
  const raw = await app.begin(({ api }) => api.raw('/envelope/api/echo/2').then(({ _data }) => _data));
  await get.isPending();
  await raw.isPending();
  await app.tenant.release('refresh');
  assert.equal((await get.outcome()).value.path, '/envelope/api/echo/1');
  assert.equal((await raw.outcome()).value.path, '/envelope/api/echo/2');
  const { error } = await app.run(({ api, outcome }) => outcome(api('/envelope/api/fail/50001')));
  assert.deepEqual([error?.code, error?.message], [50001, 'failure 50001']);
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('a code of expiry that is not replayed rejects with the envelope’s own words', async (t) => {
  const app = await openApp(t, { signedIn: false, session: DIALECT, defaults: { envelope: ENVELOPE } });
  await app.run(async ({ api }) => {
    const login = await api('/envelope/login', { method: 'POST', body: { username: 'ada' } });
    await api.session?.set(login);
  });
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
  await app.tenant.expire();
  const [first, second] = await app.run(async ({ api, outcome }) => [
    await outcome(api('/envelope/api/echo/1', { method: 'POST' })),
    await outcome(api('/envelope/api/echo/1', { method: 'POST' })),
  ]);
  assert.deepEqual(
    [first?.error?.name, first?.error?.code, first?.error?.message],
    ['FetchError', 40001, 'token expired'],
  );
  assert.equal(second?.value.user, 'ada');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});
