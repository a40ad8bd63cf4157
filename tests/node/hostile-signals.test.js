/** Signals that no caller should make, and reasons that say nothing: the call ends, once, and the engine lives on. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { assertEngineLives } from '../support/alive.js';
import { ask, assertUnharmed, ORIGIN, outcome, SHAPES, signedIn } from '../support/callers.js';
import { SIGNALS } from '../support/fuzz/hostile.js';
import { watchSettlements } from '../support/settlements.js';

/** @type {[what: string, signal: () => any][]} */
const NO_SIGNALS = [
  ['an object that only says so', () => SIGNALS['only says so']?.(new AbortController(), 0)],
  ['a text', () => 'signal'],
  ['a number', () => 7],
  ['a function', () => () => {}],
];

for (const [what, signal] of NO_SIGNALS) {
  for (const shape of SHAPES) {
    test(`a signal that is ${what} is a TypeError (${shape}), before anything is sent`, async () => {
      const { api, sent } = signedIn();
      const neighbour = api('/neighbour');
      const error = await outcome(ask(api, shape)(`${ORIGIN}/x`, { signal: signal() }));
      const cause = shape === 'fetch' ? error : error.cause;
      assert.equal(cause?.name, 'TypeError');
      if (shape !== 'fetch') assert.equal(cause.message, 'signal must be an AbortSignal');
      await assertUnharmed(api, neighbour);
      assert.deepEqual(
        sent.filter(({ url }) => url.endsWith('/x')),
        [],
      );
    });
  }
}

test('an object that says it is aborted ends the call at once, with its reason', async () => {
  const { api, sent } = signedIn();
  const signal = SIGNALS['said so before']?.(new AbortController(), 0);
  await assert.rejects(api.fetch(`${ORIGIN}/x`, { signal }), (error) => error === signal.reason);
  await assert.rejects(api('/x', { signal }), { name: 'FetchError', cause: signal.reason });
  assert.deepEqual(sent, []);
});

test('a signal that calls back while one starts to listen ends that call alone', async () => {
  const { api } = signedIn();
  const neighbour = api('/neighbour');
  for (const shape of SHAPES) {
    const signal = SIGNALS['calls at once']?.(new AbortController(), 0);
    const error = await outcome(ask(api, shape)('/x', { signal }));
    assert.ok(!(error instanceof TypeError), String(error));
  }
  await assertUnharmed(api, neighbour);
});

/** An instance whose one request is answered when the test says so. */
function held() {
  /** @type {(answer: Response) => void} */
  let answer = () => {};
  const api = createApiFetch({
    fetch: () => new Promise((resolve) => (answer = resolve)),
    baseURL: ORIGIN,
    session: { storage: 'memory', refresh: async () => ({ access_token: 'second' }) },
  });
  api.session.set({ access_token: 'first', refresh_token: 'r' });
  return { api, answer: (/** @type {string} */ text) => answer(new Response(text)) };
}

/** @type {[what: string, more: object][]} */
const FORGETFUL = [
  ['that can not be left', {}],
  [
    'that throws when it is left',
    {
      removeEventListener() {
        throw new Error('not now');
      },
    },
  ],
];

for (const [what, more] of FORGETFUL) {
  test(`a signal ${what} does no harm`, async (t) => {
    const assertOnce = watchSettlements(t);
    const { api, answer } = held();
    const signal = /** @type {any} */ ({ aborted: false, addEventListener() {}, ...more });
    const call = api('/x', { method: 'POST', body: 'text', signal });
    answer('own');
    assert.equal(await call, 'own');
    await assertEngineLives();
    assertOnce(call);
  });
}

/** @type {[what: string, reason: unknown][]} */
const REASONS = [
  ['a symbol', Symbol('enough')],
  ['what has no prototype', Object.create(null)],
  ['null', null],
  [
    'what does not tell its message',
    {
      get message() {
        throw 1;
      },
    },
  ],
];

for (const [what, reason] of REASONS) {
  test(`${what} will do as the reason of an abort`, async (t) => {
    const assertOnce = watchSettlements(t);
    const { api } = held();
    const quitter = new AbortController();
    const call = api('/x', { signal: quitter.signal });
    quitter.abort(reason);
    await assert.rejects(call, { name: 'FetchError' });
    await assertEngineLives();
    assertOnce(call);
  });
}

test('a signal that will not say why aborts all the same', async (t) => {
  const assertOnce = watchSettlements(t);
  const { api } = held();
  let abort = () => {};
  const signal = /** @type {any} */ ({
    aborted: false,
    removeEventListener() {},
    get reason() {
      throw new Error('no reason');
    },
    addEventListener(/** @type {string} */ _, /** @type {() => void} */ listener) {
      abort = listener;
    },
  });
  const call = api('/x', { method: 'POST', body: 'text', signal });
  abort();
  await assert.rejects(call, { name: 'FetchError' });
  await assertEngineLives();
  assert.equal(api.session.pending, 0);
  assertOnce(call);
});
