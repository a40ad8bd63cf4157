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
    says: 'what has been presented leaves no mark',
    in: 'change',
    find: '*mark = Mark::of(if wish == FenceWish::Settle { Owner::Spent } else { Owner::Nobody });',
    replace: '*mark = Mark::of(Owner::Nobody);',
    test: {
      file: 'src/policy/fence.rs',
      name: 'new_tokens_may_be_used_unless_the_old_ones_were_replaced_or_ended_meanwhile',
    },
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
    in: '#act',
    find: 'const callOff = hurry && whenLeft(hurry);',
    replace: 'const callOff = undefined;',
    test: left(
      'a page that is left at once after set() and signOut(), with an asynchronous storage: both are done',
    ),
  },
  {
    guarantee: 6,
    says: 'what begins when the page has been left waits as ever',
    in: 'whenLeft',
    find: 'if (isLeft) quietly();',
    replace: '',
    test: left(
      'a page that is left between the answer to its refresh and its storing, in an asynchronous storage, whose fence does not answer either: the session lives',
    ),
  },
  {
    guarantee: 6,
    says: 'names are written one after the other, though the page is left',
    in: 'each',
    find: '  isHurried\n    ? Promise.all(entries.map(work))\n    : entries',
    replace: '  entries',
    test: left(
      'a page that is left at once after set() and signOut(), with an asynchronous storage with names of its own: both are done',
    ),
  },
  {
    guarantee: 6,
    says: 'what was stored when the page was left is stored again',
    in: 'Records.write',
    find: '(hurried ?? this.#bring(storage, record))',
    replace: 'this.#bring(storage, record)',
    test: left('what was stored because the page was left is not stored again when it lives on'),
  },
  {
    guarantee: 6,
    says: 'the access token is written before the others',
    in: 'PlainSlots.write',
    find: 'Object.entries(this.#keys), put',
    replace: '[3, 0, 1, 2].map((place) => Object.entries(this.#keys)[place]), put',
    test: NAMES,
  },
  {
    guarantee: 6,
    says: 'what tells whose tokens these are is written after them',
    in: 'PlainSlots.write',
    find: 'Object.entries(this.#keys), put',
    replace: '[1, 2, 0, 3].map((place) => Object.entries(this.#keys)[place]), put',
    test: NAMES,
  },
  {
    guarantee: 6,
    says: 'the access token is removed after the others',
    in: 'PlainSlots.remove',
    find: '[...this.names].reverse()',
    replace: '[...this.names]',
    test: NAMES,
  },
];
