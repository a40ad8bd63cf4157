/** The judge of the storm goes by the client's own order of presentations: what arrives late was not made late. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Books } from '../support/storm/books.js';
import { faultsOf } from '../support/storm/judge.js';

/** @import { Presented } from '../support/storm/judge.js' */

/**
 * One refresh token is presented twice, and the server takes the first one to arrive for new tokens.
 *
 * @param {string[]} arriving the presentations, as they arrive
 * @param {Record<string, Presented>} presented
 * @param {boolean} [areTogether] whether the first one is still open as the second one arrives
 */
function judged(arriving, presented, areTogether = false) {
  const books = new Books('of the judge');
  const { refresh_token } = books.issue('ann', 1);
  for (const nonce of arriving) {
    const presentation = books.present(refresh_token, nonce);
    books.rotate(presentation, 3600);
    presentation.isOpen = areTogether;
  }
  return faultsOf({ calls: [], presented, forced: [], keepsWrites: true, faults: [] }, books);
}

const GIVEN_UP = { madeAt: 1, isGivenUp: true };
const ANSWERED = { madeAt: 2, receivedAt: 3, isGivenUp: false };

for (const areTogether of [false, true]) {
  const when = areTogether ? 'while that one is out' : 'after that one was answered';
  test(`a presentation that was given up, and arrives behind the one in its place, ${when}, is no fault`, () => {
    assert.deepEqual(judged(['next', 'first'], { first: GIVEN_UP, next: ANSWERED }, areTogether), []);
    assert.deepEqual(judged(['first', 'next'], { first: GIVEN_UP, next: ANSWERED }, areTogether), []);
  });
}

test('a presentation that is made once the answer to another one has come is a fault, though it is given up', () => {
  for (const isGivenUp of [false, true]) {
    const faults = judged(['first', 'next'], { first: ANSWERED, next: { madeAt: 3, isGivenUp } });
    assert.deepEqual(faults, ['a refresh token was presented again though its answer had come (next)']);
  }
});

test('an answer that has come counts, though its presentation is given up after that', () => {
  const first = { ...ANSWERED, isGivenUp: true };
  const faults = judged(['first', 'next'], { first, next: { madeAt: 4, receivedAt: 5, isGivenUp: false } });
  assert.deepEqual(faults, ['a refresh token was presented again though its answer had come (next)']);
});

test('two presentations at once are a fault, whichever arrives first, unless the one made first was given up', () => {
  const next = { madeAt: 2, isGivenUp: true };
  for (const arriving of [
    ['first', 'next'],
    ['next', 'first'],
  ]) {
    const faults = judged(arriving, { first: { madeAt: 1, isGivenUp: false }, next }, true);
    assert.equal(faults.length, 1);
    assert.match(String(faults), /^two refreshes at once/);
  }
});
