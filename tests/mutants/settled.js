/** Nothing lost, nothing stuck: every promise settles, and a refusal ends a session everywhere. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

/** @type {Mutant[]} */
export const settled = [
  {
    guarantee: 8,
    says: 'who waits for a refresh that fails is forgotten',
    file: 'src/engine/refresh.rs',
    find: '_ => self.reject_parked(code, out),',
    replace: '_ => {}',
    test: { file: 'tests/engine/walk.rs', name: 'a_hundred_thousand_random_events_leave_nobody_hanging' },
  },
  {
    guarantee: 8,
    says: 'a request is answered, and answered again',
    file: 'src/engine/waiting.rs',
    find: 'self.calls.remove(id);\n        out.push(Command::Deliver { id });',
    replace: 'out.push(Command::Deliver { id });',
    test: { file: 'tests/engine/walk.rs', name: 'a_hundred_thousand_random_events_leave_nobody_hanging' },
  },
  {
    guarantee: 8,
    says: 'the place of a request that was aborted stays taken',
    file: 'src/engine/answers.rs',
    find: 'if self.calls.remove(id).is_some_and(|call| call.is_flying()) {\n            self.drain(now, out);\n        }',
    replace: 'self.calls.remove(id);\n        let _ = (now, out);',
    test: { file: 'tests/engine/window.rs', name: 'a_failure_and_an_abort_make_room_too' },
  },
  {
    guarantee: 8,
    says: 'dispose() leaves its requests open',
    file: 'src/engine/mod.rs',
    find: 'out.push(Command::Reject { id, code: Code::SignedOut });\n            false',
    replace: 'let _ = (id, &out);\n            false',
    test: { file: 'tests/engine/end.rs', name: 'dispose_rejects_all_who_wait_and_all_on_the_wire' },
  },
  {
    guarantee: 8,
    says: 'a storage that does not answer a refresh keeps everybody waiting',
    file: 'src/engine/refresh.rs',
    find: 'Stage::Saving if late => self.saved(now, ticket, false, out),',
    replace: 'Stage::Saving if late => {}',
    test: { file: 'tests/engine/tabs.rs', name: 'a_store_that_does_not_answer_keeps_nobody_waiting' },
  },
  {
    guarantee: 8,
    says: 'a storage that does not answer the first read keeps everybody waiting',
    file: 'src/session/records.js',
    find: 'within(begun, PATIENCE)',
    replace: 'Promise.resolve(begun)',
    test: {
      file: 'tests/e2e/storages.test.js',
      name: 'a storage that never answers has failed after 10 s: what waits goes on in memory',
    },
  },
  {
    guarantee: 8,
    says: 'a URL of slashes keeps the page busy',
    file: 'src/options/skip.js',
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
    file: 'src/options/query.js',
    find: 'if (list) list.push(value);',
    replace: 'if (list) lists.set(name, list.concat(value));',
    test: {
      file: 'tests/node/linear.test.js',
      name: 'a query of one name: twice as long is twice as much, and no more',
    },
  },
  {
    guarantee: 8,
    says: 'a fetch that throws leaves its request open',
    file: 'src/web/task.js',
    find: 'promise = Promise.reject(error);',
    replace: 'return;',
    test: {
      file: 'tests/e2e/requests.test.js',
      name: 'a fetch that answers nonsense, throws at once or rejects is a FetchError, and nobody hangs',
    },
  },
  {
    guarantee: 8,
    says: 'a request that was taken back is sent again with a signal that is aborted',
    file: 'src/web/sending.js',
    find: 'this.out = new Out();',
    replace: 'this.out = this.taken ??= new Out();\n      this.out.expect(true);',
    test: {
      file: 'tests/e2e/withdraw.test.js',
      name: 'safe requests that were sent after the rejected one are taken back, others are not',
    },
  },
  {
    guarantee: 9,
    says: 'invalid_grant is no refusal',
    file: 'src/policy/oauth.rs',
    find: '\n        | (_, ErrorCode::InvalidGrant, _)',
    replace: '',
    test: { file: 'src/policy/oauth.rs', name: 'an_oauth_error_outranks_the_status' },
  },
  {
    guarantee: 9,
    says: 'a 403 is no refusal',
    file: 'src/policy/oauth.rs',
    find: '(401 | 403, ErrorCode::None, Word::Silent)',
    replace: '(401, ErrorCode::None, Word::Silent)',
    test: { file: 'src/policy/oauth.rs', name: 'an_oauth_error_outranks_the_status' },
  },
  {
    guarantee: 9,
    says: 'a 401 is a refusal whatever OAuth code its body holds',
    file: 'src/policy/oauth.rs',
    find: '(401 | 403, ErrorCode::None, Word::Silent)',
    replace: '(401 | 403, _, Word::Silent)',
    test: { file: 'src/policy/oauth.rs', name: 'an_oauth_error_outranks_the_status' },
  },
  {
    guarantee: 9,
    says: 'the statuses that the app names do not count',
    file: 'src/policy/oauth.rs',
    find: '\n        | (_, ErrorCode::None, Word::Listed)',
    replace: '',
    test: { file: 'src/policy/oauth.rs', name: 'the_app_has_the_first_word_on_refusals' },
  },
  {
    guarantee: 9,
    says: "a refresh function's null is no refusal",
    file: 'src/session/refresh.rs',
    find: 'Some(REFUSAL) if is_function => return CallOutcome::Refused,',
    replace: '',
    test: {
      file: 'tests/e2e/refresh-function.test.js',
      name: 'one that returns null refuses: all reject alike, one sign-out',
    },
  },
  {
    guarantee: 9,
    says: "the status of a thrown error's response is not looked at",
    file: 'src/session/refresh.js',
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
    file: 'src/session/tokens.rs',
    find: '(fields.number(HAS_REFRESH) > 0.0 || !rules.needs_refresh_token)',
    replace: '(fields.number(HAS_REFRESH) >= 0.0 || !rules.needs_refresh_token)',
    test: {
      file: 'tests/e2e/replay.test.js',
      name: 'tokens without a refresh token: a rejection ends the session, once',
    },
  },
  {
    guarantee: 9,
    says: 'the tokens of a session that was refused stay in the storage',
    file: 'src/engine/session.rs',
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
    file: 'src/engine/state.rs',
    find: 'Some(reason.code())\n            }\n            Session::Out { last: Some(_) }',
    replace:
      'let _ = reason;\n                Some(Code::SignedOut)\n            }\n            Session::Out { last: Some(_) }',
    test: {
      file: 'tests/engine/failure.rs',
      name: 'a_refused_refresh_ends_the_session_and_rejects_all_alike',
    },
  },
  {
    guarantee: 9,
    says: 'each request that is rejected after the end tells the app of it anew',
    file: 'src/engine/answers.rs',
    find: 'if let Some(code) = self.estrangement(call.asker) {',
    replace:
      'if let Some(code) = self.estrangement(call.asker) {\n            out.push(Command::Notify(super::command::Notice::SignedOut { reason: Reason::Refused }));',
    test: { file: 'tests/engine/failure.rs', name: 'without_a_refresh_token_a_rejection_ends_the_session' },
  },
  {
    guarantee: 9,
    says: 'other tabs hear nothing of what is stored',
    file: 'src/session/tabs.js',
    find: '#look = () => hear(this.#session.host, 0, NEWS);',
    replace: '#look = () => {};',
    test: {
      file: 'tests/e2e/tabs.test.js',
      name: 'a refused refresh is told to a tab that asks for nothing',
    },
  },
  {
    guarantee: 9,
    says: 'a refusal ends the session without a look for newer tokens',
    file: 'src/engine/refresh.rs',
    find: 'self.look_out(now, span, Otherwise::SignOut, out);',
    replace: 'let _ = span;\n                self.sign_out(super::state::Reason::Refused, true, out);',
    test: {
      file: 'tests/engine/claims.rs',
      name: 'before_a_refusal_ends_the_session_a_newer_pair_is_looked_for',
    },
  },
  {
    guarantee: 8,
    says: 'the method of a double of a Request is read whenever the engine asks for it',
    file: 'src/web/asked.js',
    find: 'this.method = method ?? nameOf(this.request?.method);',
    replace:
      "Object.defineProperty(this, 'method', { configurable: true, get: () => method ?? this.request?.method });",
    test: {
      file: 'tests/node/hostile-requests.test.js',
      name: 'a Request that stops to be readable, at whatever look, fails alone (fetch)',
    },
  },
  {
    guarantee: 12,
    says: 'nobody holds a Request while its call waits, and so nobody hears its signal',
    file: 'src/web/asked.js',
    find: 'this.input = input;\n    this.own = own;\n    this.request',
    replace: 'this.input = url ?? input;\n    this.own = own;\n    this.request',
    test: {
      file: 'tests/node/collected.test.js',
      name: 'a Request that nobody else holds is given up by its own signal (POST)',
    },
  },
];
