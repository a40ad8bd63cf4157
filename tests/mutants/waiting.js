/** Who waits: aborts, limits, and a sign-out or another login meanwhile. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

/** @type {Mutant[]} */
export const waiting = [
  {
    guarantee: 12,
    says: 'a request that is aborted stays in the queue',
    file: 'src/engine/answers.rs',
    find: 'if self.calls.remove(id).is_some_and(|call| call.is_flying()) {',
    replace: 'if self.calls.get(id).is_some_and(|call| call.is_flying()) {',
    test: {
      file: 'tests/engine/queue.rs',
      name: 'a_waiting_request_that_is_aborted_is_never_sent_and_disturbs_nobody',
    },
  },
  {
    guarantee: 12,
    says: 'an abort is not heard while a request waits',
    file: 'src/web/signal.js',
    find: "signal.addEventListener('abort', first.tell);",
    replace: '',
    test: {
      file: 'tests/e2e/queue.test.js',
      name: 'an aborted wait rejects at once: api with a FetchError, api.fetch with the reason itself',
    },
  },
  {
    guarantee: 12,
    says: 'the reason of an abort is not the cause of the error',
    file: 'src/web/call.js',
    find: 'else this.reject(fetchError(this, response, this.data, error));',
    replace: 'else this.reject(fetchError(this, response, this.data));',
    test: {
      file: 'tests/e2e/queue.test.js',
      name: 'an aborted wait rejects at once: api with a FetchError, api.fetch with the reason itself',
    },
  },
  {
    guarantee: 12,
    says: 'api.fetch wraps the reason of an abort',
    file: 'src/web/call.js',
    find: 'else if (how === THROWN || how === DENIED || shape === FETCH) this.reject(error);',
    replace: 'else if (how === THROWN || how === DENIED) this.reject(error);',
    test: {
      file: 'tests/e2e/queue.test.js',
      name: 'an aborted wait rejects at once: api with a FetchError, api.fetch with the reason itself',
    },
  },
  {
    guarantee: 12,
    says: 'the abort of one who waits gives up the refresh of all',
    file: 'src/engine/answers.rs',
    find: '        if self.calls.remove(id).is_some_and(|call| call.is_flying()) {',
    replace:
      '        self.drop_refresh(out);\n        if self.calls.remove(id).is_some_and(|call| call.is_flying()) {',
    test: {
      file: 'tests/engine/queue.rs',
      name: 'a_waiting_request_that_is_aborted_is_never_sent_and_disturbs_nobody',
    },
  },
  {
    guarantee: 13,
    says: 'a full queue takes everybody',
    file: 'src/engine/waiting.rs',
    find: 'self.calls.parked() >= self.config.queue_limit && !self.is_parked(id)',
    replace: 'self.calls.parked() == usize::MAX && !self.is_parked(id)',
    test: { file: 'tests/engine/queue.rs', name: 'a_full_queue_rejects_the_newcomer_at_once' },
  },
  {
    guarantee: 13,
    says: 'a wait never ends by itself',
    file: 'src/engine/waiting.rs',
    find: 'let late = until <= now;',
    replace: 'let late = until == 0;',
    test: { file: 'tests/engine/queue.rs', name: 'a_wait_that_is_too_long_ends_for_the_waiter_alone' },
  },
  {
    guarantee: 13,
    says: 'a wait that was too long goes by another name',
    file: 'src/error/errors.js',
    find: "['QUEUE_TIMEOUT', ",
    replace: "['QUEUE_FULL', ",
    test: {
      file: 'tests/e2e/queue.test.js',
      name: 'a wait that is too long rejects the waiter, and the refresh goes on',
    },
  },
  {
    guarantee: 14,
    says: 'a refresh outlasts signOut()',
    file: 'src/engine/session.rs',
    find: 'self.drop_refresh(out);\n        self.outgrow();',
    replace: 'self.outgrow();',
    test: { file: 'tests/engine/session.rs', name: 'a_sign_out_wins_over_the_refresh_in_every_stage' },
  },
  {
    guarantee: 14,
    says: 'a refresh outlasts set()',
    file: 'src/engine/session.rs',
    find: 'self.drop_refresh(out);\n        self.read_first(out);\n        self.enter(',
    replace: 'self.read_first(out);\n        self.enter(',
    test: {
      file: 'tests/engine/session.rs',
      name: 'a_login_of_the_same_user_wins_over_the_refresh_in_every_stage',
    },
  },
  {
    guarantee: 14,
    says: 'a late reply is used although another tab has signed in',
    file: 'src/session/tabs.js',
    find: 'if (this.#isShared && key) setMark(mark, ENDED);',
    replace: '',
    test: {
      file: 'tests/e2e/tabs-faults.test.js',
      name: 'a sign-in in another tab of which no news arrive: the late reply is thrown away',
    },
  },
  {
    guarantee: 14,
    says: "the old user's waiting requests go out as the new user",
    file: 'src/engine/waiting.rs',
    find: 'if let Some(code) = call.asker.estrangement(*opening, session) {',
    replace: 'if let Some(code) = call.asker.estrangement(*opening, session).filter(|_| false) {',
    test: {
      file: 'tests/engine/session.rs',
      name: 'a_login_of_another_user_rejects_who_waits_in_every_stage',
    },
  },
  {
    guarantee: 14,
    says: "the old user's late 401 is replayed as the new user",
    file: 'src/engine/answers.rs',
    find: 'if let Some(code) = self.estrangement(call.asker) {',
    replace: 'if let Some(code) = self.estrangement(call.asker).filter(|_| false) {',
    test: {
      file: 'tests/engine/session.rs',
      name: 'under_another_user_a_late_401_is_told_so_and_starts_no_refresh',
    },
  },
  {
    guarantee: 14,
    says: 'a request is theirs who are signed in when a hook has ended',
    file: 'src/pipeline/mod.rs',
    find: 'whole.asker.get_or_insert_with(|| member.host().asker());',
    replace: 'let _ = member;',
    test: {
      file: 'tests/node/crossing.test.js',
      name: 'while a request waits for a hook, another user signs in: it rejects and nothing is sent',
    },
  },
  {
    guarantee: 14,
    says: 'a request is theirs who are signed in at its latest attempt',
    file: 'src/pipeline/mod.rs',
    find: 'let end = attempt.run(&mut whole).await;',
    replace: 'whole.asker = None;\n            let end = attempt.run(&mut whole).await;',
    test: {
      file: 'tests/node/crossing.test.js',
      name: 'while a request waits for a retryDelay, another user signs in: it rejects and nothing is sent',
    },
  },
  {
    guarantee: 14,
    says: 'a request goes bare once its user has signed out',
    file: 'src/engine/state.rs',
    find: 'Session::Out { last: None } | Session::Closed => Some(Code::SignedOut),',
    replace: 'Session::Out { last: None } | Session::Closed => None,',
    test: {
      file: 'tests/engine/askers.rs',
      name: 'a_sign_out_before_the_store_is_read_is_that_of_whom_it_held',
    },
  },
  {
    guarantee: 14,
    says: 'what an async attach has kept waiting is sent whoever has signed in',
    file: 'src/pipeline/exchange.rs',
    find: 'asker.and_then(|asker| self.host.estrangement(asker))',
    replace: 'asker.and_then(|asker| self.host.estrangement(asker)).filter(|_| false)',
    test: {
      file: 'tests/node/crossing.test.js',
      name: 'while a request waits for an async attach, another user signs in: it rejects and nothing is sent',
    },
  },
  {
    guarantee: 14,
    says: 'a login before a slow store is read takes over the calls of whom it held',
    file: 'src/engine/state.rs',
    find: '(Self::Unread, Opening::Unread) => self,',
    replace: '(Self::Unread, Opening::Unread) if false => self,',
    test: {
      file: 'tests/engine/askers.rs',
      name: 'a_login_before_the_store_is_read_does_not_take_over_the_calls_of_whom_it_held',
    },
  },
  {
    guarantee: 14,
    says: 'the login that a slow store held when another one overtook it comes back',
    file: 'src/engine/session.rs',
    find: 'if let Some(pair) = replaced {\n            self.end(&pair, out);',
    replace: 'if let Some(pair) = replaced.filter(|_| false) {\n            self.end(&pair, out);',
    test: {
      file: 'tests/engine/askers.rs',
      name: 'a_login_before_the_store_is_read_does_not_take_over_the_calls_of_whom_it_held',
    },
  },
  {
    guarantee: 14,
    says: 'a late 401 after signOut() is told of a refusal',
    file: 'src/engine/state.rs',
    find: 'Self::User | Self::OtherTab => Code::SignedOut,\n            Self::Refused',
    replace: 'Self::OtherTab => Code::SignedOut,\n            Self::User | Self::Refused',
    test: { file: 'tests/engine/session.rs', name: 'a_sign_out_wins_over_the_refresh_in_every_stage' },
  },
  {
    guarantee: 14,
    says: 'a login whose user is not known is taken for the same user',
    file: 'src/session/tokens.rs',
    find: 'before.filter(|before| may_be(before) || is_same(before))',
    replace: 'before.filter(|before| may_be(before) || is_same(before) || subject.is_none())',
    test: {
      file: 'tests/e2e/takeover.test.js',
      name: 'where tokens do not tell whose they are, set() is another user unless it says otherwise',
    },
  },
  {
    guarantee: 14,
    says: 'sameUser is not listened to',
    file: 'src/session/tokens.rs',
    find: 'before.filter(|before| may_be(before) || is_same(before))',
    replace: 'before.filter(|before| is_same(before) && !may_be(before))',
    test: {
      file: 'tests/e2e/takeover.test.js',
      name: 'where tokens do not tell whose they are, set() is another user unless it says otherwise',
    },
  },
  {
    guarantee: 14,
    says: 'a refresh whose user is not known is taken for another user',
    file: 'src/session/tokens.rs',
    find: '(!differs(before)).then_some(before.pair.user)',
    replace: '(subject.is_some() && !differs(before)).then_some(before.pair.user)',
    test: {
      file: 'tests/e2e/takeover.test.js',
      name: 'where tokens do not tell whose they are, a refresh is no other user',
    },
  },
  {
    guarantee: 14,
    says: 'what identity gives is made a text, whatever it is',
    file: 'src/session/tokens.js',
    find: "text(typeof subject === 'number' ? String(subject) : subject)",
    replace: 'text(String(subject))',
    test: {
      file: 'tests/node/session-input.test.js',
      name: 'an identity that is an object is unknown: who waits is not sent as somebody else',
    },
  },
  {
    guarantee: 14,
    says: 'sameUser outranks what the tokens tell',
    file: 'src/session/tokens.rs',
    find: 'same_user && !differs(before)',
    replace: 'same_user || !differs(before)',
    test: {
      file: 'tests/node/session-input.test.js',
      name: 'sameUser does not make two known users one',
    },
  },
];
