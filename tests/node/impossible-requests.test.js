/** Requests that can not be made, and odd ones that can: each is settled once, nobody else notices, and the engine lives on. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApiFetch } from '../../dist/index.js';
import { assertEngineLives } from '../support/alive.js';
import { ask, assertUnharmed, ORIGIN, outcome, SHAPES, signedIn } from '../support/callers.js';
import { settled } from '../support/double.js';
import { watchSettlements } from '../support/settlements.js';

/** Throws what it is called. */
const refusing = (/** @type {string} */ message) => () => {
  throw new Error(message);
};

/** @param {string} name */
const withGetter = (name, /** @type {() => never} */ get) =>
  Object.defineProperty({}, name, { get, enumerable: true });

/** @type {[what: string, args: any[], message: string][]} and what their error says */
const IMPOSSIBLE = [
  [
    'a body whose toJSON throws',
    ['/x', { method: 'POST', body: { toJSON: refusing('no JSON') } }],
    'no JSON',
  ],
  [
    'a body with a value that throws',
    ['/x', { method: 'POST', body: withGetter('value', refusing('no JSON')) }],
    'no JSON',
  ],
  [
    'a body whose pipe throws',
    ['/x', { method: 'POST', body: withGetter('pipe', refusing('no body')) }],
    'no body',
  ],
  [
    'a body whose constructor throws',
    ['/x', { method: 'POST', body: withGetter('constructor', refusing('no body')) }],
    'no body',
  ],
  [
    'a body that is a proxy and throws',
    ['/x', { method: 'POST', body: new Proxy({}, { get: refusing('no body') }) }],
    'no body',
  ],
  ['a body that holds itself', ['/x', { method: 'POST', body: { cycle: globalThis } }], ''],
  ['a body where there may be none', ['/x', { body: new FormData() }], ''],
  [
    'a signal whose state throws',
    ['/x', { signal: withGetter('aborted', refusing('no signal')) }],
    'no signal',
  ],
  [
    'a signal that can not be listened to',
    ['/x', { signal: { addEventListener: refusing('no signal') } }],
    'no signal',
  ],
  ['a Request that can not be copied', [{ url: '/x', clone: refusing('no copy') }], 'no copy'],
];

for (const [what, [input, options], message] of IMPOSSIBLE) {
  test(`${what} rejects its call once, and nobody else notices`, async (t) => {
    const assertOnce = watchSettlements(t);
    const { api } = signedIn();
    const neighbour = api('/neighbour');
    const call = api(input, options);
    const error = await outcome(call);
    const cause = error.name === 'FetchError' ? error.cause : error;
    assert.ok(cause instanceof Error && cause.message.includes(message), String(cause));
    await assertUnharmed(api, neighbour);
    await assertEngineLives();
    assertOnce(call);
  });
}

/** @type {[what: string, init: any][]} */
const TAKEN = [
  ['a number as the method', { method: 5 }],
  ['a text object as the method', { method: new String('post'), body: 'text' }],
  ['null as the method', { method: null }],
  ['headers as pairs', { headers: [['accept', 'text/plain']] }],
  ['a copied buffer as the body', { method: 'POST', body: structuredClone(new ArrayBuffer(8)) }],
  ['null as the body', { method: 'POST', body: null }],
  ['null as the signal', { signal: null }],
  ['null as the init', null],
];

for (const [what, init] of TAKEN) {
  test(`what the platform takes, api.fetch takes as well: ${what}`, async (t) => {
    const assertOnce = watchSettlements(t);
    /** @type {((answer: Response) => void)[]} */
    const sent = [];
    const api = createApiFetch({ fetch: () => new Promise((resolve) => sent.push(resolve)) });
    const call = api.fetch(`${ORIGIN}/x`, init);
    await settled();
    assert.equal(sent.length, 1, 'it is sent');
    sent[0]?.(new Response(''));
    assert.equal((await call).status, 200);
    await assertEngineLives();
    assertOnce(call);
  });
}

/** @type {[what: string, body: () => any][]} */
const BUFFERS = [
  ['a buffer', () => new ArrayBuffer(8)],
  ['bytes', () => new Uint8Array(8)],
  ['a view', () => new DataView(new ArrayBuffer(8))],
];

for (const [what, make] of BUFFERS) {
  for (const shape of SHAPES) {
    test(`${what} whose memory is gone settles the call once (${shape})`, async (t) => {
      const assertOnce = watchSettlements(t);
      const body = make();
      const buffer = body.buffer ?? body;
      structuredClone(buffer, { transfer: [buffer] });
      const call = ask(signedIn().api, shape)('/x', { method: 'POST', body });
      // What becomes of it is the platform's to say.
      await outcome(call);
      await assertEngineLives();
      assertOnce(call);
    });
  }
}
