/** A refresh that fails for now, and one that hangs. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

/** @type {Mutant[]} */
export const failure = [
  {
    guarantee: 10,
    says: 'a 5xx to the refresh ends the session',
    file: 'src/policy/oauth.rs',
    find: '(429 | 500..=599, ..) => Failure::Passing,',
    replace: '(429, ..) => Failure::Passing,\n        (500..=599, ..) => Failure::Refused,',
    test: { file: 'src/policy/oauth.rs', name: 'an_oauth_error_outranks_the_status' },
  },
  {
    guarantee: 10,
    says: 'a 429 to the refresh is not tried again',
    file: 'src/policy/oauth.rs',
    find: '(429 | 500..=599, ..) => Failure::Passing,',
    replace: '(500..=599, ..) => Failure::Passing,',
    test: { file: 'src/policy/oauth.rs', name: 'an_oauth_error_outranks_the_status' },
  },
  {
    guarantee: 10,
    says: 'a fault of the configuration ends the session',
    file: 'src/policy/oauth.rs',
    find: '_ => Failure::Broken,',
    replace: '_ => Failure::Refused,',
    test: { file: 'src/policy/oauth.rs', name: 'an_oauth_error_outranks_the_status' },
  },
  {
    guarantee: 10,
    says: 'one of the codes of a token endpoint is somebody’s own wording',
    file: 'src/session/refresh.js',
    find: "'temporarily_unavailable',",
    replace: '',
    test: {
      file: 'tests/node/oauth-codes.test.js',
      name: 'a refresh that is answered by 401 temporarily_unavailable passes, and the session stays',
    },
  },
  {
    guarantee: 10,
    says: 'a refresh that gets no answer ends the session',
    file: 'src/session/refresh.rs',
    find: 'Some(_) => return CallOutcome::Passing { after: None, answered: false },',
    replace: 'Some(_) => return CallOutcome::Refused,',
    test: {
      file: 'tests/e2e/tabs-faults.test.js',
      name: 'offline, a refresh fails and the session stays; online again, one tab refreshes for all',
    },
  },
  {
    guarantee: 10,
    says: 'after a failure no other request tries again',
    file: 'src/engine/answers.rs',
    find: '&& sent <= failure.sent',
    replace: '&& (sent <= failure.sent || failure.sent > 0)',
    test: {
      file: 'tests/engine/failure.rs',
      name: 'a_passing_failure_keeps_the_tokens_and_the_next_request_tries_again',
    },
  },
  {
    guarantee: 10,
    says: 'Retry-After is not kept to by the next request',
    file: 'src/engine/refresh.rs',
    find: 'self.retry_after = after.map_or(0, |after| now.saturating_add(after));',
    replace: 'self.retry_after = after.map_or(0, |_| 0);',
    test: { file: 'tests/engine/failure.rs', name: 'until_retry_after_is_over_no_refresh_starts' },
  },
  {
    guarantee: 10,
    says: 'Retry-After is not read',
    file: 'src/web/answer.js',
    find: 'value * 1000',
    replace: 'Number.NaN',
    test: {
      file: 'tests/e2e/expiry.test.js',
      name: 'a server’s Retry-After is kept to: until it is over requests fail at once, without a presentation',
    },
  },
  {
    guarantee: 10,
    says: 'Retry-After is not read where it is a date',
    file: 'src/web/answer.js',
    find: ': Date.parse(value) - Date.now());',
    replace: ': Number.NaN);',
    test: { file: 'tests/e2e/expiry.test.js', name: 'a Retry-After that is a date is kept to as well' },
  },
  {
    guarantee: 10,
    says: 'a refresh ahead of expiry that fails costs the request',
    file: 'src/engine/refresh.rs',
    find: 'if matches!(busy.cause, Cause::Ahead) && pair.good_at(now) =>',
    replace: 'if matches!(busy.cause, Cause::Ahead) && !pair.good_at(now) =>',
    test: {
      file: 'tests/engine/ahead.rs',
      name: 'a_refresh_ahead_of_expiry_that_fails_lets_the_request_go_with_the_good_token',
    },
  },
  {
    guarantee: 10,
    says: 'a refresh ahead of expiry that has failed is tried again at once',
    file: 'src/engine/refresh.rs',
    find: 'self.ahead_not_before = now.saturating_add(self.config.pause);',
    replace: 'self.ahead_not_before = now;',
    test: {
      file: 'tests/engine/ahead.rs',
      name: 'after_a_failure_ahead_of_expiry_the_next_try_is_a_pause_later',
    },
  },
  {
    guarantee: 11,
    says: 'a refresh that hangs never ends',
    file: 'src/engine/refresh.rs',
    find: 'out.push(Command::Drop { ticket });\n                self.fail(now, Code::RefreshTimeout, None, out);',
    replace: 'busy.deadline = now.saturating_add(refresh_timeout);',
    test: { file: 'tests/engine/failure.rs', name: 'a_refresh_that_hangs_ends_at_its_timeout' },
  },
  {
    guarantee: 11,
    says: 'what a refresh function throws is a refusal, whatever it is',
    file: 'src/session/refresh.js',
    find: 'Number(status) || 0;',
    replace: 'Number(status) || 401;',
    test: {
      file: 'tests/e2e/refresh-function.test.js',
      name: 'one that throws at once fails in passing: all reject alike, the next request starts afresh',
    },
  },
  {
    guarantee: 11,
    says: 'a refresh function that returns nothing has refused',
    file: 'src/session/refresh.rs',
    find: 'Some(REPLY) => return CallOutcome::Broken,',
    replace: 'Some(REPLY) => return CallOutcome::Refused,',
    test: {
      file: 'tests/e2e/refresh-function.test.js',
      name: 'one that returns nothing fails in passing: all reject alike, the next request starts afresh',
    },
  },
];
