/** What the storm of faults has to see by its books alone, whatever else has a test of its own. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

const test = {
  file: 'tests/node/fault-storm.test.js',
  name: 'a storm of faults: every call is settled once, with its own answer, under its own user',
};

/** @type {Mutant[]} */
export const storm = [
  {
    guarantee: 6,
    says: 'a refresh token that was spent is kept, and presented again',
    in: 'complete',
    find: 'this.refresh ??= kept.refreshToken;',
    replace: 'this.refresh = kept.refreshToken ?? this.refresh;',
    test,
  },
  {
    guarantee: 8,
    says: 'a call that is given up is taken back, and its caller not told',
    in: 'listenTo',
    find: 'abortByCaller(record);\n    interrupt(record, slot, INTERRUPTION_ABORTED);',
    replace: 'abortByCaller(record);',
    test,
  },
  {
    guarantee: 14,
    says: 'who waits goes out under the next user',
    in: 'reject_strangers',
    find: 'if let Some(code) = call.asker.session_mismatch(*opening, session) {',
    replace: 'if let Some(code) = call.asker.session_mismatch(*opening, session).filter(|_| false) {',
    test,
  },
  {
    guarantee: 15,
    says: 'a Request is used up by its first sending',
    in: 'ownRequest',
    find: 'return isUsed && kindOf(record.body) !== BODY_KIND_NONE ? request : request?.clone();',
    replace: 'return isUsed || record.isSent ? request : record.request;',
    test,
  },
];
