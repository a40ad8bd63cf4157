/**
 * Hostile calls, hostile doubles and the session's own events in any order: nobody hangs, nothing is lost or mixed up. The seed is
 * printed; `FUZZ_SEED` and `FUZZ_RUNS` name another one, and how many runs there are to be.
 */

import { mock, test } from 'node:test';
import fc from 'fast-check';
import { createApiFetch } from '../../dist/index.js';
import { ANSWERS, MANNERS, REPLIES, SESSIONS } from '../support/fuzz/double.js';
import { INITS, INPUTS, SIGNALS } from '../support/fuzz/hostile.js';
import { turn, World } from '../support/fuzz/world.js';

/** @typedef {[what: string, ...how: any[]]} Step */

const oneOf = (/** @type {object} */ names, /** @type {string[]} */ ...more) =>
  fc.constantFrom(...Object.keys(names), ...more);
/** The usual is common, or no run gets far. */
const mostly = (/** @type {string} */ usual, /** @type {fc.Arbitrary<string>} */ others) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 1 }, { arbitrary: others, weight: 2 });

const call = fc.tuple(
  fc.constant('call'),
  fc.constantFrom('data', 'raw', 'fetch'),
  mostly('path', oneOf(INPUTS)),
  mostly('none', oneOf(INITS)),
  mostly('own', oneOf(SIGNALS)),
  fc.nat(30),
);
const answer = fc.tuple(
  fc.constant('answer'),
  mostly('rejected', oneOf(ANSWERS, 'rejects', 'rejects with nothing')),
  mostly('renewed', oneOf(REPLIES)),
  fc.nat(5),
);
const step = /** @type {fc.Arbitrary<any>} */ (
  fc.oneof(
    { arbitrary: call, weight: 6 },
    { arbitrary: answer, weight: 6 },
    { arbitrary: fc.tuple(fc.constant('abort'), fc.nat(5)), weight: 2 },
    { arbitrary: fc.tuple(fc.constant('tick'), fc.constantFrom(1, 1000, 10_000, 31_000, 61_000)), weight: 2 },
    { arbitrary: fc.constantFrom(['turn'], ['signOut'], ['signIn'], ['refresh'], ['valid']), weight: 2 },
  )
);
const life = fc.record({
  session: oneOf(SESSIONS),
  manners: fc.array(mostly('holds', oneOf(MANNERS)), { minLength: 1, maxLength: 5 }),
  steps: fc.array(step, { minLength: 1, maxLength: 16 }),
});

/** @type {Record<string, (world: World, ...how: any[]) => unknown>} */
const STEPS = {
  call: (world, shape, input, init, signal, turns) => world.call(shape, input, init, signal, turns),
  answer: (world, how, reply, which) => world.answer(how, reply, which),
  async abort(world, which) {
    // What fails by itself, at once, has told so by then.
    await turn();
    world.abort(which);
  },
  tick: (_, ms) => mock.timers.tick(ms),
  turn,
  signOut: (world) => void world.api.session.signOut(),
  signIn: (world) => world.signIn(),
  refresh: (world) => void world.track(world.api.session.refresh(), 'data'),
  valid: (world) => world.track(world.api.session.valid(45), 'data'),
};

/** What was found: a Request that could not be read when the engine asked for its method, or its error for its headers. */
/** @type {[any][]} */
const FOUND = Array.from({ length: 40 }, (_, turns) => [
  {
    session: turns % 2 ? 'bearer' : 'judged by functions',
    manners: ['holds'],
    steps: [
      ['call', turns % 3 ? 'raw' : 'fetch', 'double of a Request', 'none', 'none', turns],
      ['answer', 'rejected', 'refused', 0],
      ['answer', 'rejected', turns % 4 ? 'renewed' : 'refused', 0],
    ],
  },
]);

let isStopped = false;

/** @param {{ session: string, manners: string[], steps: Step[] }} life */
async function live({ session, manners, steps }) {
  // What has stopped the engine is found; whatever would be tried to make it smaller meets a dead one.
  if (isStopped) return;
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_700_000_000_000 });
  /** @type {unknown[]} */
  const unhandled = [];
  const note = (/** @type {unknown} */ error) => unhandled.push(error);
  process.on('unhandledRejection', note);
  try {
    const world = new World(session, manners);
    for (const [what, ...how] of steps) {
      await STEPS[what]?.(world, ...how);
      // Some steps meet in one turn.
      if (what !== 'call') await turn();
    }
    await world.end();
    await world.check();
    if (unhandled.length > 0) throw new Error('an unhandled rejection', { cause: unhandled[0] });
  } catch (error) {
    isStopped = await createApiFetch({ fetch: async () => new Response('') })('https://a.example').then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    process.off('unhandledRejection', note);
    mock.timers.reset();
  }
}

test('hostile calls in any order: all are settled, and the next one is answered', async (t) => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 0x7fff_ffff);
  const numRuns = Number(process.env.FUZZ_RUNS ?? 800);
  t.diagnostic(`FUZZ_SEED=${seed} FUZZ_RUNS=${numRuns}`);
  const found = await fc.check(fc.asyncProperty(life, live), {
    ...{ seed, numRuns },
    examples: FOUND,
  });
  if (found.failed) throw new Error(fc.defaultReportMessage(found), { cause: found.errorInstance });
});
