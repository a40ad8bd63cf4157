/** Nothing lost, nothing stuck: every promise settles, and a refusal ends a session everywhere. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

/** @type {Mutant[]} */
export const settled = [
  {
    guarantee: 8,
    says: 'who waits for a refresh that fails is forgotten',
    in: 'end_in_failure',
    find: '_ => self.reject_parked(code, out),',
    replace: '_ => {}',
    test: { file: 'tests/engine/walk.rs', name: 'a_hundred_thousand_random_events_leave_nobody_hanging' },
  },
  {
    guarantee: 8,
    says: 'a request is answered, and answered again',
    in: 'deliver',
    find: 'self.calls.remove(id);\n        out.push(Command::Deliver { id });',
    replace: 'out.push(Command::Deliver { id });',
    test: { file: 'tests/engine/walk.rs', name: 'a_hundred_thousand_random_events_leave_nobody_hanging' },
  },
  {
    guarantee: 8,
    says: 'the place of a request that was aborted stays taken',
    in: 'aborted',
    find: 'if self.calls.remove(id).is_some_and(|call| call.is_flying()) {\n            self.drain(now, out);\n        }',
    replace: 'self.calls.remove(id);\n        let _ = (now, out);',
    test: { file: 'tests/engine/window.rs', name: 'a_failure_and_an_abort_make_room_too' },
  },
  {
    guarantee: 8,
    says: 'dispose() leaves its requests open',
    in: 'Engine::dispose',
    find: 'out.push(Command::Reject { id, code: AuthCode::SignedOut });\n            false',
    replace: 'let _ = (id, &out);\n            false',
    test: { file: 'tests/engine/end.rs', name: 'dispose_rejects_all_who_wait_and_all_on_the_wire' },
  },
  {
    guarantee: 8,
    says: 'a storage that does not answer the first read keeps everybody waiting',
    in: 'StorageVisit.wait',
    find: 'forEver ? this.#all : Promise.race([this.#all, this.#late])',
    replace: 'this.#all',
    test: {
      file: 'tests/e2e/storages.test.js',
      name: 'a storage that never answers has failed after 10 s: what waits goes on in memory',
    },
  },
  {
    guarantee: 8,
    says: 'a URL of slashes keeps the page busy',
    in: 'plain',
    find: "while (whole[end - 1] === '/') end -= 1;",
    replace: "end = whole.replace(/\\/+$/, '').length;",
    test: {
      file: 'tests/node/linear.test.js',
      name: 'each regular expression of the source reads a text once, and none is made of a text',
    },
  },
  {
    guarantee: 8,
    says: 'a query whose names are all one keeps the page busy',
    in: 'grouped',
    find: 'if (list) list.push(value);',
    replace: 'if (list) lists.set(name, list.concat(value));',
    test: {
      file: 'tests/node/linear.test.js',
      name: 'a query of one name: twice as long is twice as much, and no more',
    },
  },
  {
    guarantee: 8,
    says: 'who gives up is taken out of the queue by going through all of it',
    in: 'Calls::remove',
    find: 'if self.gaps * 2 > self.list.len() {',
    replace: 'if self.gaps > 0 {',
    test: {
      file: 'tests/node/linear-engine.test.js',
      name: 'requests that are given up, the last one first: twice as many are twice the work, and no more',
    },
  },
  {
    guarantee: 8,
    says: 'who may not be let go is passed over again for each who may',
    in: 'first_ready',
    find: 'self.ready = first.map_or(u64::MAX, |(id, _)| id.0);',
    replace: '',
    test: {
      file: 'tests/node/linear-engine.test.js',
      name: 'requests past those of whom nobody knows yet whose they are: twice as many are twice the work, and no more',
    },
  },
  {
    guarantee: 8,
    says: 'each wish for tokens is looked for from the front',
    in: 'admit_all_for_tokens',
    find: 'from = id;',
    replace: 'from = Id(0);',
    test: {
      file: 'tests/node/linear-engine.test.js',
      name: 'requests and wishes for tokens that wait for the store: twice as many are twice the work, and no more',
    },
  },
  {
    guarantee: 8,
    says: 'a session is looked for by going through all',
    in: 'first_from',
    find: 'sessions.partition_point(|(other, _)| *other < number)',
    replace: 'sessions.iter().take_while(|(other, _)| *other < number).count()',
    test: {
      file: 'tests/node/linear-engine.test.js',
      name: 'sessions of their own, and a child of each: twice as many are twice the work, and no more',
    },
  },
  {
    guarantee: 8,
    says: 'a fetch that throws leaves its request open',
    in: 'awaitFailure',
    find: 'attend(slot, turn, record, Promise.reject(error), keepAnswer, fail);',
    replace: '',
    test: {
      file: 'tests/e2e/requests.test.js',
      name: 'a fetch that answers nonsense, throws at once or rejects is a FetchError, and nobody hangs',
    },
  },
  {
    guarantee: 8,
    says: 'a request that was taken back is sent again with a signal that is aborted',
    in: 'sendingInit',
    find: 'record.inFlight = new InFlight();',
    replace: 'record.inFlight = record.taken ??= new InFlight();\n    record.inFlight.expect(true);',
    test: {
      file: 'tests/e2e/withdraw.test.js',
      name: 'safe requests that were sent after the rejected one are taken back, others are not',
    },
  },
  {
    guarantee: 9,
    says: 'invalid_grant is no refusal',
    in: 'judge_failure',
    find: '(_, OauthError::InvalidGrant, _)\n        | ',
    replace: '',
    test: { file: 'src/policy/oauth.rs', name: 'an_oauth_error_outranks_the_status' },
  },
  {
    guarantee: 9,
    says: 'a 403 is no refusal',
    in: 'judge_failure',
    find: '(401 | 403, OauthError::None, AppVerdict::Silent)',
    replace: '(401, OauthError::None, AppVerdict::Silent)',
    test: { file: 'src/policy/oauth.rs', name: 'an_oauth_error_outranks_the_status' },
  },
  {
    guarantee: 9,
    says: 'a 401 is a refusal whatever OAuth code its body holds',
    in: 'judge_failure',
    find: '(401 | 403, OauthError::None, AppVerdict::Silent)',
    replace: '(401 | 403, _, AppVerdict::Silent)',
    test: { file: 'src/policy/oauth.rs', name: 'an_oauth_error_outranks_the_status' },
  },
  {
    guarantee: 9,
    says: 'the statuses that the app names do not count',
    in: 'judge_failure',
    find: '\n        | (_, OauthError::None, AppVerdict::Listed)',
    replace: '',
    test: { file: 'src/policy/oauth.rs', name: 'the_app_has_the_first_word_on_refusals' },
  },
  {
    guarantee: 9,
    says: "a refresh function's null is no refusal",
    in: 'judge',
    find: 'RefreshProblem::NoToken if reply.is_null() => Meaning::Refused,',
    replace: '',
    test: {
      file: 'src/policy/oauth.rs',
      name: 'null_from_a_function_is_a_refusal_and_anything_else_without_a_token_is_none',
    },
  },
  {
    guarantee: 9,
    says: "a refresh function's null is not told from nothing",
    in: 'takeObject',
    find: 'reply === null',
    replace: 'false',
    test: {
      file: 'tests/e2e/refresh-function.test.js',
      name: 'one that returns null refuses: all reject alike, one sign-out',
    },
  },
  {
    guarantee: 9,
    says: "the status of a thrown error's response is not looked at",
    in: 'explainThrown',
    find: ' ?? error?.response?.status',
    replace: '',
    test: {
      file: 'tests/e2e/refresh-function.test.js',
      name: 'one that throws { response: { status: 401 } } refuses: all reject alike, one sign-out',
    },
  },
  {
    guarantee: 9,
    says: 'without a refresh token, one is presented all the same',
    in: 'build',
    find: '(has_refresh_token || !rules.needs_refresh_token)',
    replace: '(bits.has_refresh_token() || !rules.needs_refresh_token || rules.refreshes)',
    test: {
      file: 'tests/e2e/replay.test.js',
      name: 'tokens without a refresh token: a rejection ends the session, once',
    },
  },
  {
    guarantee: 9,
    says: 'the tokens of a session that was refused stay in the storage',
    in: 'sign_out',
    find: 'self.outdate_readings();\n            self.clear(out);\n        }',
    replace: 'self.outdate_readings();\n        }',
    test: {
      file: 'tests/engine/failure.rs',
      name: 'a_refused_refresh_ends_the_session_and_rejects_all_alike',
    },
  },
  {
    guarantee: 9,
    says: 'who is rejected after the refusal is told of a sign-out',
    in: 'Asker::session_mismatch',
    find: 'Some(reason.code())\n            }\n            Session::Out { last: Some(_) }',
    replace:
      'let _ = reason;\n                Some(AuthCode::SignedOut)\n            }\n            Session::Out { last: Some(_) }',
    test: {
      file: 'tests/engine/failure.rs',
      name: 'a_refused_refresh_ends_the_session_and_rejects_all_alike',
    },
  },
  {
    guarantee: 9,
    says: 'each request that is rejected after the end tells the app of it anew',
    in: 'rejected',
    find: 'if let Some(code) = self.session_mismatch(call.asker) {',
    replace:
      'if let Some(code) = self.session_mismatch(call.asker) {\n            out.push(Command::Notify(super::command::Notice::SignedOut { reason: SignOutReason::Refused }));',
    test: { file: 'tests/engine/failure.rs', name: 'without_a_refresh_token_a_rejection_ends_the_session' },
  },
  {
    guarantee: 9,
    says: 'other tabs hear nothing of what is stored',
    in: '#notifyStoreChanged',
    find: '#notifyStoreChanged = () => notifySession(this.#session.driver, 0, SESSION_NEWS_STORE_CHANGED);',
    replace: '#look = () => {};',
    test: {
      file: 'tests/e2e/tabs.test.js',
      name: 'a refused refresh is told to a tab that asks for nothing',
    },
  },
  {
    guarantee: 9,
    says: 'a refusal ends the session without a look for newer tokens',
    in: 'Engine::refreshed',
    find: 'self.look_out(now, span, Otherwise::SignOut, out);',
    replace:
      'let _ = span;\n                self.sign_out(crate::boundary::SignOutReason::Refused, true, out);',
    test: {
      file: 'tests/engine/claims.rs',
      name: 'before_a_refusal_ends_the_session_a_newer_pair_is_looked_for',
    },
  },
  {
    guarantee: 8,
    says: 'the method of a double of a Request is read whenever the engine asks for it',
    in: 'takeInput',
    find: 'record.method = method ?? methodOf(record.request?.method);',
    replace:
      "Object.defineProperty(record, 'method', { configurable: true, get: () => method ?? record.request?.method });",
    test: {
      file: 'tests/node/hostile-requests.test.js',
      name: 'a Request that stops to be readable, at whatever look, fails alone (fetch)',
    },
  },
  {
    guarantee: 12,
    says: 'nobody holds a Request while its call waits, and so nobody hears its signal',
    in: 'takeInput',
    find: 'record.input = input;',
    replace: 'record.input = url ?? input;',
    test: {
      file: 'tests/node/collected.test.js',
      name: 'a Request that nobody else holds is given up by its own signal (POST)',
    },
  },
];
