/** One refresh, whoever needs it. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

/** @type {Mutant[]} */
export const oneRefresh = [
  {
    guarantee: 1,
    says: 'a second rejection while a refresh runs starts another one',
    in: 'condemn',
    find: 'busy.cause = cause;\n            return Remedy::Refresh;',
    replace: 'busy.cause = cause;',
    test: { file: 'tests/engine/one_refresh.rs', name: 'one_refresh_goes_out_however_many_are_rejected' },
  },
  {
    guarantee: 1,
    says: 'who joins a refresh that runs gets its own 401 in the place of a replay',
    in: 'Engine::resume',
    find: '        if self.is_idle() {\n            self.admit(now, id, call, out);\n        } else {\n            self.park(now, id, call, out);\n        }',
    replace:
      '        if self.calls.parked() == 0 {\n            self.park(now, id, call, out);\n        } else {\n            self.deliver(id, out);\n        }',
    test: { file: 'tests/e2e/storm.test.js', name: 'a storm of mixed methods: own replies all, one refresh' },
  },
  {
    guarantee: 2,
    says: 'a request that starts while a refresh runs is sent at once',
    in: 'Engine::ask',
    find: 'if !self.is_idle() || self.lacks_room(goal) ||',
    replace: 'if self.lacks_room(goal) ||',
    test: {
      file: 'tests/engine/one_refresh.rs',
      name: 'a_request_that_starts_during_a_refresh_waits_and_takes_the_new_token',
    },
  },
  {
    guarantee: 2,
    says: 'the token that is attached is the one from before the wait',
    in: 'InHeader.put',
    find: 'if (this.#tokens !== tokens) {',
    replace: 'if (this.#tokens === undefined) {',
    test: {
      file: 'tests/e2e/replay.test.js',
      name: 'a request that starts while a refresh runs waits for it, and is sent with the new token only',
    },
  },
  {
    guarantee: 3,
    says: 'a late 401 with the old token counts as one of the new token',
    in: 'rejected',
    find: 'generation == flight.generation',
    replace: 'generation >= flight.generation',
    test: { file: 'tests/engine/one_refresh.rs', name: 'a_late_401_is_replayed_without_another_refresh' },
  },
  {
    guarantee: 4,
    says: 'a replay that is rejected is replayed again',
    in: 'rejected',
    find: 'let call = Call { replayed: true, ..call };',
    replace: 'let call = Call { replayed: false, ..call };',
    test: { file: 'tests/engine/replay.rs', name: 'a_replay_that_is_rejected_again_is_handed_to_the_caller' },
  },
  {
    guarantee: 4,
    says: 'refreshes whose tokens are rejected go on and on',
    in: 'STRIKES',
    find: 'const STRIKES: u8 = 2;',
    replace: 'const STRIKES: u8 = u8::MAX;',
    test: {
      file: 'tests/engine/breaker.rs',
      name: 'after_two_refreshes_whose_tokens_were_rejected_no_other_starts',
    },
  },
  {
    guarantee: 4,
    says: 'a success does not lift the bar on all refreshes',
    in: 'prove',
    find: '*trust = Trust::Proven;\n            self.breaker.close();',
    replace: '*trust = Trust::Proven;',
    test: {
      file: 'tests/engine/breaker.rs',
      name: 'a_request_that_succeeds_lets_a_refresh_be_asked_for_again',
    },
  },
  {
    guarantee: 4,
    says: 'a login leaves the bar on all refreshes in place',
    in: 'Engine::enter',
    find: 'self.breaker.close();',
    replace: '',
    test: { file: 'tests/engine/breaker.rs', name: 'a_login_lets_a_refresh_be_asked_for_again' },
  },
  {
    guarantee: 5,
    says: 'the api that a refresh function is given waits for the refresh itself',
    in: 'make',
    find: 'createApiFetch({ ...defaults, session: false })',
    replace: 'createApiFetch(defaults)',
    test: {
      file: 'tests/e2e/refresh-function.test.js',
      name: 'one that uses the api it is given: its requests do not wait for themselves',
    },
  },
  {
    guarantee: 5,
    says: 'what carries the signal of a refresh function waits for the refresh',
    in: 'skipOf',
    find: 'refreshSignals.has(call.signal) || ',
    replace: '',
    test: {
      file: 'tests/e2e/skip.test.js',
      name: "what carries its signal is part of the refresh, also after the function's first await",
    },
  },
  {
    guarantee: 5,
    says: 'session: false is passed over within a refresh function',
    in: 'takeOptions',
    find: '!isBare && own.session === false,',
    replace: 'false,',
    test: {
      file: 'tests/e2e/skip.test.js',
      name: "what has session: false is part of the refresh, also after the function's first await",
    },
  },
  {
    guarantee: 5,
    says: 'what matches skip waits for the refresh',
    in: 'TOKEN_ANSWERS',
    find: 'record.defaults.settings.skips(record)',
    replace: 'false',
    test: {
      file: 'tests/e2e/skip.test.js',
      name: "what matches skip is part of the refresh, also after the function's first await",
    },
  },
  {
    guarantee: 5,
    says: 'what a refresh function asks for before its first await waits for the refresh',
    in: 'RefreshCall::begin',
    find: 'driver.in_refresh_function.set(step == RefreshStep::Ask);',
    replace: '',
    test: {
      file: 'tests/e2e/refresh-function.test.js',
      name: 'one that calls the instance itself before its first await: part of the refresh',
    },
  },
  {
    guarantee: 5,
    says: 'REFRESH_TIMEOUT does not name the function that waits for itself',
    in: 'MEANINGS',
    find: '; a refresh function that sends requests not by its api waits for itself',
    replace: '',
    test: {
      file: 'tests/e2e/refresh-function.test.js',
      name: 'one that waits for the instance itself is told by REFRESH_TIMEOUT why',
    },
  },
  {
    guarantee: 6,
    says: 'each instance has a session of its own, whatever its storage and key',
    in: 'find_shared',
    find: '!driver.is_closed() && driver.store',
    replace: 'false && driver.store',
    test: {
      file: 'tests/e2e/sharing.test.js',
      name: 'two instances with crossTab: false with one key: one refresh for the requests of both',
    },
  },
  {
    guarantee: 6,
    says: 'a refresh among tabs does not ask for the lock',
    in: 'Engine::start',
    find: 'if self.config.tabs {\n            out.push(Command::Lock { refresh, key });',
    replace:
      'if self.config.tabs && self.calls.parked() == usize::MAX {\n            out.push(Command::Lock { refresh, key });',
    test: {
      file: 'tests/engine/tabs.rs',
      name: 'a_refresh_locks_looks_claims_calls_settles_saves_confirms_and_announces',
    },
  },
  {
    guarantee: 6,
    says: 'each tab asks for a lock of its own',
    in: 'takeLock',
    find: 'navigator.locks.request(name,',
    replace: 'navigator.locks.request(name + Math.random(),',
    test: {
      file: 'tests/e2e/tabs-rounds.test.js',
      name: '3 tabs × 4 rounds without IndexedDB, by the lock and a pause: one refresh a round',
    },
  },
  {
    guarantee: 6,
    says: 'the holder of the lock does not look at the storage again',
    in: 'locked',
    find: 'self.outdate_readings();\n            self.load(out);',
    replace:
      'let Session::In { facts, .. } = &self.session else { return };\n            let facts = *facts;\n            self.claim(&facts, false, out);',
    test: {
      file: 'tests/engine/tabs.rs',
      name: 'a_reading_from_before_the_lock_does_not_count_as_the_second_look',
    },
  },
  {
    guarantee: 6,
    says: 'spent tokens are presented once more',
    in: 'Engine::claimed',
    find: 'Claim::Spent => self.look_out(now, self.config.adoption, Otherwise::SignOut, out),',
    replace: 'Claim::Spent => self.call(now, out),',
    test: {
      file: 'tests/engine/claims.rs',
      name: 'a_spent_claim_waits_for_the_other_tab_s_pair_and_adopts_it',
    },
  },
  {
    guarantee: 7,
    says: 'a reply without a token is taken for one with a token',
    in: 'readReply',
    find: ".test(fields.access ?? '') ? fields",
    replace: ".test(fields.access ?? 'none') ? fields",
    test: {
      file: 'tests/e2e/fields.test.js',
      name: 'a server’s reply without a token at the names’ places fails the refresh, and the next request tries again',
    },
  },
  {
    guarantee: 7,
    says: 'a reply puts a prototype into the tokens',
    in: 'Fields.constructor',
    find: 'withoutHarm({ ...others, ...own })',
    replace: '{ ...others, ...own }',
    test: {
      file: 'tests/node/prototypes.test.js',
      name: 'no reply, be it a login’s, a server’s or a function’s, puts a prototype into the tokens',
    },
  },
  {
    guarantee: 7,
    says: 'what the names of fields stand for is not looked through for prototypes',
    in: 'Fields.constructor',
    find: 'withoutHarm({ ...others, ...own })',
    replace: '{ ...withoutHarm(others), ...own }',
    test: {
      file: 'tests/node/prototypes.test.js',
      name: 'no name, path or function of fields, and no envelope, puts one there',
    },
  },
  {
    guarantee: 7,
    says: 'with cookies too, a reply has to hold something',
    in: 'judge',
    find: '_ if reading == TokenReading::Cookies => Meaning::Tokens,',
    replace: '',
    test: { file: 'src/policy/oauth.rs', name: 'cookies_are_taken_to_be_good_unless_the_app_says_otherwise' },
  },
  {
    guarantee: 7,
    says: 'with cookies too, what is no JSON is no reply',
    in: 'RefreshCall.readTokens',
    find: 'this.fields = readReply(this.reply, this.settings, this.ahead);',
    replace: 'this.fields = this.reply ? readReply(this.reply, this.settings, this.ahead) : undefined;',
    test: {
      file: 'tests/e2e/cookies.test.js',
      name: 'a page of HTML as the answer to a refresh is a success',
    },
  },
  {
    guarantee: 7,
    says: 'a reply without a token costs the old ones',
    in: 'Engine::refreshed',
    find: 'CallOutcome::Broken => self.fail(now, AuthCode::RefreshFailed, None, out),',
    replace: 'CallOutcome::Broken => self.sign_out(crate::boundary::SignOutReason::Refused, true, out),',
    test: {
      file: 'tests/engine/failure.rs',
      name: 'a_passing_failure_keeps_the_tokens_and_the_next_request_tries_again',
    },
  },
];
