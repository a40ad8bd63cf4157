/** One refresh among tabs: what has been presented is known to all of them, and what has come is stored before a page is gone. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

const STALE = {
  file: 'tests/e2e/tabs-stale.test.js',
  name: 'a tab that is granted the lock and still reads spent tokens presents nothing, and takes the new ones once it sees them',
};
const NAMES = {
  file: 'tests/node/names.test.js',
  name: 'plain keys are written and removed in an order in which another tab never finds a part of them',
};
const left = (/** @type {string} */ name) => ({ file: 'tests/e2e/left-pages.test.js', name });
const LOADED_AGAIN = left(
  'a page that is loaded again between the answer to its refresh and its storing, in localStorage: the session lives',
);

/** @type {Mutant[]} */
export const amongTabs = [
  {
    guarantee: 6,
    says: 'every claim on tokens is won',
    in: 'change',
    find: '=> return SessionNews::Spent,',
    replace: '=> return SessionNews::Won,',
    test: {
      file: 'src/policy/fence.rs',
      name: 'another_tab_s_claim_may_be_taken_over_but_never_tokens_that_are_replaced',
    },
  },
  {
    guarantee: 6,
    says: 'a claim is won whatever the fence says',
    in: 'Tabs.claim',
    find: 'return news;',
    replace: 'return SESSION_NEWS_WON;',
    test: STALE,
  },
  {
    guarantee: 6,
    says: 'what has been presented leaves no mark',
    in: 'change',
    find: '*mark = Mark::of(if action == FenceAction::Settle { Owner::Spent } else { Owner::Nobody });',
    replace: '*mark = Mark::of(Owner::Nobody);',
    test: {
      file: 'src/policy/fence.rs',
      name: 'new_tokens_may_be_used_unless_the_old_ones_were_replaced_or_ended_meanwhile',
    },
  },
  {
    guarantee: 6,
    says: 'what has been presented is given back',
    in: 'Tabs.settle',
    find: 'this.#settleMark(mark, action);',
    replace: 'this.#change(mark, FENCE_ACTION_GIVE_BACK).then(() => SESSION_NEWS_SETTLED);',
    test: STALE,
  },
  {
    guarantee: 6,
    says: 'the fence forgets what stands in it',
    in: 'change',
    find: 'else if (entry) marks.put({ ...entry, at: Date.now() }, key);',
    replace: '',
    test: STALE,
  },
  {
    guarantee: 6,
    says: 'a page that is left goes on waiting for the fence',
    in: 'leave',
    find: 'for (const work of works) work();',
    replace: '',
    test: LOADED_AGAIN,
  },
  {
    guarantee: 6,
    says: 'only a page that is kept for the way back stores what has come',
    in: 'leave',
    find: 'function leave() {',
    replace: 'function leave({ persisted }) {\n  if (!persisted) return;',
    test: LOADED_AGAIN,
  },
  {
    guarantee: 6,
    says: 'a page that is left goes on waiting for an asynchronous storage',
    in: 'watchPageExit',
    find: 'add(notifyPageLeft);',
    replace: '',
    test: left(
      'a page that is left at once after set() and signOut(), with an asynchronous storage: both are done',
    ),
  },
  {
    guarantee: 6,
    says: 'what begins when the page has been left waits as ever',
    in: 'watchPageExit',
    find: 'return isLeft;',
    replace: 'return false;',
    test: left(
      'a page that is left between the answer to its refresh and its storing, in an asynchronous storage, whose fence does not answer either: the session lives',
    ),
  },
  {
    guarantee: 6,
    says: 'names are written one after the other, though the page is left',
    in: 'Store::do_all_steps',
    find: 'self.do_step(visit, step, reads)?;',
    replace:
      'self.do_step(visit, step, reads)?;\n            if !reads && visit.is_pending() {\n                break;\n            }',
    test: left(
      'a page that is left at once after set() and signOut(), with an asynchronous storage with names of its own: both are done',
    ),
  },
  {
    guarantee: 6,
    says: 'what was stored when the page was left is stored again',
    in: 'Store::write',
    find: '} else if job.hurried.get().is_some() {',
    replace: '} else if false {',
    test: left('what was stored because the page was left is not stored again when it lives on'),
  },
  {
    guarantee: 6,
    says: 'the access token is written before the others',
    in: 'Store::do_step',
    find: '!reads { step }',
    replace: '!reads { (step + self.count - 1) % self.count }',
    test: NAMES,
  },
  {
    guarantee: 6,
    says: 'what tells whose tokens these are is written after them',
    in: 'Store::do_step',
    find: '!reads { step }',
    replace: '!reads { if step + 1 < self.count { (step + 1) % (self.count - 1) } else { step } }',
    test: NAMES,
  },
  {
    guarantee: 6,
    says: 'the access token is removed after the others',
    in: 'Store::do_step',
    find: 'else { self.count - 1 - step }',
    replace: 'else { step }',
    test: NAMES,
  },
];
