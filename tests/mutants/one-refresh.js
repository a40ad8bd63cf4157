/** One refresh. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

/** @type {Mutant[]} */
export const oneRefresh = [
  {
    guarantee: 1,
    says: 'a second rejection while a refresh runs starts another one',
    file: 'src/engine/answers.rs',
    find: 'busy.cause = cause;\n            return Remedy::Refresh;',
    replace: 'busy.cause = cause;',
    test: { file: 'tests/engine/one_refresh.rs', name: 'one_refresh_goes_out_however_many_are_rejected' },
  },
  {
    guarantee: 2,
    says: 'a request that starts while a refresh runs is sent at once',
    file: 'src/engine/admission.rs',
    find: 'if !self.is_idle() || self.lacks_room(goal) =>',
    replace: 'if self.lacks_room(goal) =>',
    test: {
      file: 'tests/engine/one_refresh.rs',
      name: 'a_request_that_starts_during_a_refresh_waits_and_takes_the_new_token',
    },
  },
  {
    guarantee: 3,
    says: 'a late 401 with the old token counts as one of the new token',
    file: 'src/engine/answers.rs',
    find: '*generation == flight.generation',
    replace: '*generation >= flight.generation',
    test: { file: 'tests/engine/one_refresh.rs', name: 'a_late_401_is_replayed_without_another_refresh' },
  },
  {
    guarantee: 4,
    says: 'a replay that is rejected is replayed again',
    file: 'src/engine/answers.rs',
    find: 'let call = Call { replayed: true, ..call };',
    replace: 'let call = Call { replayed: false, ..call };',
    test: { file: 'tests/engine/replay.rs', name: 'a_replay_that_is_rejected_again_is_handed_to_the_caller' },
  },
  {
    guarantee: 4,
    says: 'the breaker never trips: refreshes go on although their tokens are rejected',
    file: 'src/engine/answers.rs',
    find: 'const STRIKES: u8 = 2;',
    replace: 'const STRIKES: u8 = u8::MAX;',
    test: {
      file: 'tests/engine/breaker.rs',
      name: 'after_two_refreshes_whose_tokens_were_rejected_no_other_starts',
    },
  },
];
