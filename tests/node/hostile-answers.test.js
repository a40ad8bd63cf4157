/** Doubles of `fetch`, and answers, that do what no platform does: every call is settled once, and the engine lives on. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { assertEngineLives } from '../support/alive.js';
import { broken, FAULTS, throwing } from '../support/faults.js';
import { thenable } from '../support/fuzz/hostile.js';
import { watchSettlements } from '../support/settlements.js';

const ORIGIN = 'https://api.example.com';

/** @param {(input: any, init: any) => any} fetch */
function signedIn(fetch, session = {}) {
  const api = createApiFetch({
    fetch: /** @type {any} */ (fetch),
    baseURL: ORIGIN,
    retry: 0,
    session: { storage: 'memory', refresh: async () => ({ access_token: 'second' }), ...session },
  });
  api.session.set({ access_token: 'first', refresh_token: 'once' });
  return api;
}

/** @returns {Promise<any>} */
const failureOf = (/** @type {Promise<unknown>} */ call) =>
  call.then(
    () => assert.fail('a call was resolved'),
    (error) => error,
  );

/** @returns {any} the last of the chain of causes */
const rootOf = (/** @type {any} */ error) => (error.cause === undefined ? error : rootOf(error.cause));

for (const [what, fetch, isCause] of FAULTS) {
  test(`a refresh whose fetch ${what} fails, and the tokens stay`, async () => {
    const deny = async () => new Response('', { status: 401 });
    const api = signedIn((input) => (String(input).endsWith('/token') ? fetch() : deny()), {
      refresh: '/token',
      refreshRetry: 0,
    });
    const error = await failureOf(api('/protected'));
    assert.equal(error.code, 'REFRESH_FAILED');
    const root = rootOf(error);
    assert.ok(isCause(root) || isCause(root.cause), String(root));
    assert.equal(api.session.tokens?.accessToken, 'first');
    assert.deepEqual([api.session.pending, api.session.waiting], [0, 0]);
    await assertEngineLives();
  });
}

const now = () => new Response('at once');
const later = () => Promise.resolve(new Response('later'));

/** @type {[what: string, fetch: () => any][]} */
const ODD = [
  ['answers at once', now],
  ['returns a thenable', () => thenable((resolve) => resolve(now()))],
  [
    'returns a thenable that settles time and again',
    () =>
      thenable((resolve, reject) => {
        resolve(now());
        resolve(1);
        reject(2);
        throw 3;
      }),
  ],
  [
    'returns a promise with a then of its own',
    () =>
      Object.assign(
        later(),
        thenable((resolve) => resolve(now())),
      ),
  ],
  [
    'returns a promise whose own then settles time and again',
    () =>
      Object.assign(
        later(),
        thenable((resolve, reject) => {
          resolve(now());
          resolve(1);
          reject(2);
        }),
      ),
  ],
];

for (const [what, fetch] of ODD) {
  test(`a fetch that ${what} answers each call once`, async (t) => {
    const assertOnce = watchSettlements(t);
    const api = signedIn(fetch);
    const calls = [api('/one'), api('/two')];
    for (const call of calls) assert.equal(await call, 'at once');
    await assertEngineLives();
    for (const call of calls) assertOnce(call);
    assert.equal(api.session.pending, 0);
  });
}

/** @type {[what: string, text: () => any][]} */
const UNREADABLE = [
  ['throws', throwing],
  ['rejects', () => Promise.reject(broken)],
  ['returns a thenable that rejects', () => thenable((_, reject) => reject(broken))],
];

for (const [what, text] of UNREADABLE) {
  test(`a body whose text() ${what} rejects the call once`, async (t) => {
    const assertOnce = watchSettlements(t);
    const call = signedIn(async () => Object.assign(new Response('text'), { text }))('/torn');
    const { name, status, cause } = await failureOf(call);
    assert.deepEqual([name, status, cause], ['FetchError', 200, broken]);
    await assertEngineLives();
    assertOnce(call);
  });
}

const headers = new Headers();

/** @type {[what: string, answer: object][]} */
const TORN = [
  [
    'body',
    {
      status: 200,
      headers,
      get body() {
        return throwing();
      },
    },
  ],
  [
    'text',
    {
      status: 200,
      headers,
      body: {},
      get text() {
        return throwing();
      },
    },
  ],
  ['headers', { status: 200, headers: { get: throwing }, body: {} }],
  [
    'reason phrase',
    {
      status: 404,
      headers,
      body: null,
      get statusText() {
        return throwing();
      },
    },
  ],
  ['reason phrase, a symbol,', { status: 404, headers, body: null, statusText: Symbol('torn') }],
];

for (const [what, answer] of TORN) {
  test(`an answer whose ${what} can not be looked at rejects the call once`, async (t) => {
    const assertOnce = watchSettlements(t);
    const api = signedIn(async () => answer);
    const call = api('/torn');
    assert.equal((await failureOf(call)).name, 'FetchError');
    await assertEngineLives();
    assertOnce(call);
    assert.equal(api.session.pending, 0);
  });
}

/** @type {[what: string, thrown: unknown][]} */
const THROWN = [
  ['nothing', undefined],
  ['null', null],
  ['a symbol', Symbol('torn')],
  ['what has no prototype', Object.create(null)],
  [
    'what does not tell its message',
    {
      get message() {
        throw 1;
      },
    },
  ],
];

for (const [what, thrown] of THROWN) {
  test(`${what}, thrown by fetch, becomes an error that can be read`, async () => {
    const api = signedIn(() => {
      throw thrown;
    });
    const { name, message } = await failureOf(api('/faulty'));
    assert.equal(name, 'FetchError');
    assert.ok(message.startsWith(`[GET] "${ORIGIN}/faulty": <no response>`), message);
    await assertEngineLives();
  });
}

/** @type {[what: string, answer: object][]} */
const STRANGE = [
  ['headers throw', { headers: { get: throwing }, body: null }],
  ['body can not be let go', { headers, body: {} }],
  ['body says nothing when it is let go', { headers, body: { cancel() {} } }],
  ['body throws when it is let go', { headers, body: { cancel: throwing } }],
  [
    'body can not be looked at',
    {
      headers,
      get body() {
        return throwing();
      },
    },
  ],
];

for (const [what, answer] of STRANGE) {
  test(`a 401 whose ${what} is refreshed and replayed`, async (t) => {
    const assertOnce = watchSettlements(t);
    const denied = Object.defineProperties({ status: 401 }, Object.getOwnPropertyDescriptors(answer));
    const api = signedIn(async (_, init) =>
      init.headers.get('authorization') === 'Bearer second' ? new Response('replayed') : denied,
    );
    const call = api('/strange');
    assert.equal(await call, 'replayed');
    await assertEngineLives();
    assertOnce(call);
  });
}
