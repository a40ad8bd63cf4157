/** `session.refused`: which failures of a refresh end the session, and which pass. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_REFRESH, useApps } from '../support/app.js';

/**
 * @import { App } from '../support/app.js'
 * @import { Kit } from '../support/in-page.js'
 * @typedef {'REFRESH_REJECTED' | 'REFRESH_FAILED'} Fate
 * @typedef {[what: string, refused: string, answer: { status?: number, body?: unknown }, fate: Fate][]} Answers
 */

const openApp = useApps();
const ENDS = 'REFRESH_REJECTED';
const PASSES = 'REFRESH_FAILED';

/**
 * What becomes of requests with a dead token, where `refresh` and `refused` are these.
 *
 * @param {App} app
 * @param {{ refused: string, refresh?: string, answer?: object, more?: string }} given
 */
async function fateOf(
  app,
  { refused, refresh = `{ url: '/renew', body: 'json' }`, answer = {}, more = '{}' },
) {
  const login = await app.tenant.login();
  await app.tenant.expire();
  const work = new Function(
    'kit',
    '[login, { status = 200, body }]',
    `const double = async (input, init) => {
       if (!String(input?.url ?? input).endsWith('/renew')) return fetch(input, init);
       kit.presented = (kit.presented ?? 0) + 1;
       const text = typeof body === 'string' ? body : JSON.stringify(body);
       return new Response(text, { status, headers: { 'content-type': 'application/json' } });
     };
     kit.told = [];
     kit.api.session.dispose();
     const api = kit.own = kit.create({ refreshRetry: 0, refresh: ${refresh}, refused: ${refused} }, { fetch: double, ...${more} });
     return api.session.set(login).then(async () => {
       const ends = await Promise.all([kit.outcome(api('/api/echo/1')), kit.outcome(api('/api/echo/2'))]);
       const codes = [...new Set(ends.map(({ error }) => error?.code))];
       const { cause } = ends[0].error;
       return { codes, cause, isIn: api.session.tokens !== null, signOuts: kit.seen.signOuts, told: kit.told };
     });`,
  );
  return app.run(/** @type {(kit: Kit, arg: unknown) => Promise<any>} */ (work), [login, answer]);
}

/** @param {any} got @param {Fate} fate */
function assertFate({ codes, isIn, signOuts }, fate) {
  const isOver = fate === ENDS;
  assert.deepEqual(
    { codes, isIn, signOuts },
    { codes: [fate], isIn: !isOver, signOuts: isOver ? ['refused'] : [] },
  );
}

/** @type {Answers} */
const ANSWERS = [
  ['401, as by default', '{}', { status: 401, body: {} }, ENDS],
  ['403 that is no JSON', '{}', { status: 403, body: '<html>' }, ENDS],
  ['401 with words of somebody’s own', '{}', { status: 401, body: { error: 'Unauthorized' } }, ENDS],
  ['400 invalid_grant', '{}', { status: 400, body: { error: 'invalid_grant' } }, ENDS],
  ['401 invalid_client', '{}', { status: 401, body: { error: 'invalid_client' } }, PASSES],
  ['403 unauthorized_client', '{}', { status: 403, body: { error: 'unauthorized_client' } }, PASSES],
  ['400 with another error', '{}', { status: 400, body: { error: 'invalid_request' } }, PASSES],
  ['400 that says nothing', '{}', { status: 400, body: {} }, PASSES],
  ['404', '{}', { status: 404, body: {} }, PASSES],
  ['500', '{}', { status: 500, body: {} }, PASSES],
  ['429', '{}', { status: 429, body: {} }, PASSES],
  ['200 without a token', '{}', { body: { access_token: null } }, PASSES],
  ['a status of its own', '{ status: [419, 410] }', { status: 410, body: {} }, ENDS],
  ['401 where it names others', '{ status: [419] }', { status: 401, body: {} }, PASSES],
  [
    'its own status, invalid_client',
    '{ status: [401] }',
    { status: 401, body: { error: 'invalid_client' } },
    PASSES,
  ],
  [
    'invalid_grant whatever it names',
    '{ status: [419] }',
    { status: 400, body: { error: 'invalid_grant' } },
    ENDS,
  ],
  ['a 5xx that it names', '{ status: [503] }', { status: 503, body: {} }, ENDS],
  [
    'a code in a 200, though a token is there',
    `{ codes: { path: 'errcode', values: [40029] } }`,
    { body: { errcode: '40029', access_token: 'new' } },
    ENDS,
  ],
  [
    'a code in a 200, without a token',
    `{ codes: { path: 'error.code', values: ['E_SPENT'] } }`,
    { body: { error: { code: 'E_SPENT' } } },
    ENDS,
  ],
  ['another code', `{ codes: { path: 'errcode', values: [40029] } }`, { body: { errcode: 1 } }, PASSES],
  [
    'a code in a 500',
    `{ codes: { path: 'errcode', values: [40029] } }`,
    { status: 500, body: { errcode: 40029 } },
    ENDS,
  ],
  [
    '401 beside codes: what is not given stays as by default',
    `{ codes: { path: 'errcode', values: [40029] } }`,
    { status: 401, body: {} },
    ENDS,
  ],
  ['401 beside when', '{ when: () => false }', { status: 401, body: {} }, ENDS],
  ['whatever when says', '{ when: () => true }', { status: 500, body: {} }, ENDS],
  [
    'a when that throws',
    `{ when: () => { throw new RangeError('no luck'); } }`,
    { status: 500, body: {} },
    PASSES,
  ],
];

for (const [what, refused, answer, fate] of ANSWERS) {
  test(`a refresh URL answers ${what}: ${fate}`, async (t) => {
    assertFate(await fateOf(await openApp(t), { refused, answer }), fate);
  });
}

test('when is told of the answer, its data and the error', async (t) => {
  const refused = `{ when: ({ request, response, data, error }) => {
    kit.told.push([request.endsWith('/renew'), response?.status, data, error?.name, error?.status]);
    return data?.reason === 'over';
  } }`;
  const got = await fateOf(await openApp(t), { refused, answer: { status: 418, body: { reason: 'over' } } });
  assertFate(got, ENDS);
  assert.deepEqual(got.told, [[true, 418, { reason: 'over' }, 'FetchError', 418]]);
});

test('when is told of a refresh that got no answer, and of one without a token', async (t) => {
  const refused = `{ when: ({ response, data, error }) => {
    kit.told.push([response?.status, data, error?.name]);
    return true;
  } }`;
  const cut = `{ fetch: async (input, init) => {
    if (String(input?.url ?? input).endsWith('/renew')) throw new RangeError('cut');
    return fetch(input, init);
  } }`;
  const without = await fateOf(await openApp(t), { refused, more: cut });
  assertFate(without, ENDS);
  assert.deepEqual(without.told, [[undefined, undefined, 'RangeError']]);
  const empty = await fateOf(await openApp(t), { refused, answer: { body: { ok: true } } });
  assertFate(empty, ENDS);
  assert.deepEqual(empty.told, [[200, { ok: true }, 'FetchError']]);
});

/** @type {[what: string, refused: string, refresh: string, fate: Fate][]} */
const FUNCTIONS = [
  ['throws its status', '{ status: [419] }', '() => Promise.reject({ status: 419 })', ENDS],
  ['throws its statusCode', '{ status: [419] }', '() => { throw { statusCode: 419 }; }', ENDS],
  ['throws its response', '{ status: [419] }', '() => Promise.reject({ response: { status: 419 } })', ENDS],
  ['throws 401, where it names others', '{ status: [419] }', '() => Promise.reject({ status: 401 })', PASSES],
  [
    'throws a code in data',
    `{ codes: { path: 'errcode', values: [7] } }`,
    '() => Promise.reject({ status: 500, data: { errcode: 7 } })',
    ENDS,
  ],
  [
    'throws a code in response.data, as axios does',
    `{ codes: { path: 'errcode', values: [7] } }`,
    '() => Promise.reject({ response: { status: 200, data: { errcode: 7 } } })',
    ENDS,
  ],
  [
    'throws 401 beside codes',
    `{ codes: { path: 'errcode', values: [7] } }`,
    '() => Promise.reject({ status: 401 })',
    ENDS,
  ],
  [
    'throws its own status with invalid_client',
    '{ status: [401] }',
    `() => Promise.reject({ status: 401, data: { error: 'invalid_client' } })`,
    PASSES,
  ],
  [
    'throws what when says',
    `{ when: ({ error, request }) => error.name === 'RangeError' && request === '' }`,
    `() => { throw new RangeError('over'); }`,
    ENDS,
  ],
  [
    'throws what when does not say',
    '{ when: () => false }',
    `() => { throw new RangeError('no luck'); }`,
    PASSES,
  ],
  [
    'returns a code beside a token',
    `{ codes: { path: 'errcode', values: [7] } }`,
    `async () => ({ errcode: 7, access_token: 'new' })`,
    ENDS,
  ],
  ['returns what when says', '{ when: ({ data }) => data?.over }', 'async () => ({ over: true })', ENDS],
  ['returns nothing, and when is silent', '{ when: () => false }', 'async () => undefined', PASSES],
  [
    'throws what its api threw',
    `{ status: [418] }`,
    `(_, { api }) => api('/renew', { method: 'POST' })`,
    ENDS,
  ],
];

for (const [what, refused, refresh, fate] of FUNCTIONS) {
  test(`a refresh function ${what}: ${fate}`, async (t) => {
    const answer = { status: 418, body: {} };
    assertFate(await fateOf(await openApp(t), { refused, refresh, answer }), fate);
  });
}

test('a reply that holds a token is no failure, and when is not asked', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const login = await app.tenant.login();
  const user = await app.run(async ({ api, create, base }, login) => {
    api.session?.dispose();
    const refused = { when: () => true };
    const own = create({ refused });
    await own.session?.set(login);
    await fetch(`${base}/expire`, { method: 'POST' });
    return (await own('/api/echo/1')).user;
  }, login);
  assert.equal(user, 'ada');
});

const ENVELOPE = `{ envelope: { code: 'errcode', message: 'errmsg', data: 'data' } }`;

test('the envelope of a refresh URL’s reply is checked: its code and message are the cause', async (t) => {
  const body = { errcode: 5, errmsg: 'busy', data: { access_token: 'not this' } };
  const got = await fateOf(await openApp(t), { refused: '{}', answer: { body }, more: ENVELOPE });
  assertFate(got, PASSES);
  const { name, code, status, message } = got.cause;
  assert.deepEqual([name, code, status], ['FetchError', 5, 200]);
  assert.match(message, /\/renew": 200 +busy$/);
});

test('the envelope of a refresh URL’s reply is taken off, and so is its code where that is a refusal', async (t) => {
  const refused = `{ codes: { path: 'errcode', values: [5] } }`;
  const answer = { body: { errcode: 5, errmsg: 'over', data: null } };
  assertFate(await fateOf(await openApp(t), { refused, answer, more: ENVELOPE }), ENDS);

  const app = await openApp(t, {
    signedIn: false,
    session: { refresh: { url: '/envelope/refresh', body: 'json' } },
    defaults: { envelope: { code: 'errcode', data: 'data' } },
  });
  const login = await app.tenant.login();
  await app.run(({ api }, login) => api.session?.set(login), login);
  assert.deepEqual(await app.refreshes(), NO_REFRESH);
  await app.tenant.expire();
  assert.equal((await app.run(({ api }) => api('/api/echo/1'))).user, 'ada');
});

for (const refused of ['{ when: ({ data }) => data?.over }', `{ codes: { path: 'over', values: [1] } }`]) {
  test(`cookies: a 200 to the refresh is a refusal where refused says so: ${refused}`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    const work = new Function(
      'kit',
      `const fetch = async (input) => String(input?.url ?? input).endsWith('/renew')
         ? Response.json({ over: 1 })
         : new Response('{}', { status: 401 });
       kit.api.session.dispose();
       const refresh = { url: '/renew', body: 'none' };
       const api = kit.create({ attach: 'none', refused: ${refused}, refresh }, { fetch });
       return kit.outcome(api('/x')).then(({ error }) => [error?.code, api.session.status, kit.seen.signOuts]);`,
    );
    const got = await app.run(/** @type {(kit: Kit) => Promise<unknown>} */ (work));
    assert.deepEqual(got, [ENDS, 'signed-out', ['refused']]);
  });
}
