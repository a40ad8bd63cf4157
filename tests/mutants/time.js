/** Time: lifetimes, clocks, and timers that do not fire. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

/** @type {Mutant[]} */
export const time = [
  {
    guarantee: 18,
    says: 'a lifetime does not outrank a moment',
    in: 'ExpiryClaims::lifetime',
    find: 'or(given, or(server_end - server_now, as_jwt))',
    replace: 'or(server_end - server_now, or(given, as_jwt))',
    test: {
      file: 'src/policy/lifetime.rs',
      name: 'a_moment_outranks_what_a_jwt_says_and_a_lifetime_outranks_the_moment',
    },
  },
  {
    guarantee: 18,
    says: 'the end of a JWT is taken by the clock of the server',
    in: 'ExpiryClaims::lifetime',
    find: 'self.jwt_start.is_nan() || self.is_stored;',
    replace: 'true;',
    test: {
      file: 'tests/e2e/time.test.js',
      name: 'so does what a JWT tells of its lifetime, with the page’s clock off by 1 h',
    },
  },
  {
    guarantee: 18,
    says: 'the Date of a reply is not read',
    in: 'serverAhead',
    find: "Date.parse(headerOf(response, 'date')) - Date.now()",
    replace: 'Number.NaN',
    test: {
      file: 'tests/e2e/time.test.js',
      name: 'a server’s absolute time is corrected by its Date (3600 s off), at a login and at a refresh',
    },
  },
  {
    guarantee: 18,
    says: 'a 401 of a token that is good by the clock starts no refresh',
    in: 'rejected',
    find: '        let Answer { replayable, route, .. } = answer;\n',
    replace:
      '        let Answer { replayable, route, .. } = answer;\n        if let Session::In { facts, .. } = &self.session\n            && facts.expires_at != super::ids::NEVER\n            && facts.good_at(now)\n        {\n            self.deliver(id, out);\n            return;\n        }\n',
    test: { file: 'tests/engine/ahead.rs', name: 'a_rejection_outranks_the_clock' },
  },
  {
    guarantee: 19,
    says: 'a request does not look at the clock',
    in: 'need',
    find: '(facts.refresh_at <= now, !facts.good_at(now))',
    replace: '(facts.refresh_at == 0, facts.expires_at == 0)',
    test: { file: 'tests/engine/ahead.rs', name: 'a_refresh_ahead_of_expiry_goes_before_the_request' },
  },
  {
    guarantee: 19,
    says: 'a request does not look at the storage',
    in: 'look',
    find: 'Some(at) => self.now() >= at + LOOK_AFTER && !self.store.is_private(),',
    replace: 'Some(at) => self.now() < at && !self.store.is_private(),',
    test: {
      file: 'tests/e2e/tabs-time.test.js',
      name: 'what has changed while a tab slept through all news is seen by its next request',
    },
  },
];
