/** A trap costs the calls that are out, never the page. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

const FILE = 'tests/node/trap.test.js';
const REFRESH = 'tests/node/trap-refresh.test.js';
const LOST = {
  file: REFRESH,
  name: 'a refresh that was out is presented once, and its tokens are kept, before the next call',
};

/** @type {Mutant[]} */
export const trap = [
  {
    guarantee: 26,
    says: 'a trap stops the engine for good',
    in: 'currentEngine',
    find: 'shared.engine = shared.start();',
    replace: '',
    test: {
      file: FILE,
      name: 'who waits is rejected with the trap as the cause; the next call is answered, by the same tokens',
    },
  },
  {
    guarantee: 26,
    says: 'an instance that was there before the trap stays in the old engine',
    in: '#join',
    find: 'if (this.#engine === engine) return;',
    replace: 'if (this.#engine) return;',
    test: {
      file: FILE,
      name: 'children, siblings of one key and what was disposed of come back as they were',
    },
  },
  {
    guarantee: 26,
    says: 'who waits is not told',
    in: 'handleTrap',
    find: 'for (const caller of [...open]) if (open.has(caller)) caller.abandon(error);',
    replace: 'open.clear();\n  void error;',
    test: {
      file: FILE,
      name: 'one trap after the other, each in a call of its own: all are told, and the page goes on',
    },
  },
  {
    guarantee: 26,
    says: 'a loading bar stays on',
    in: 'RequestRecord.abandon',
    find: 'this.defaults.listeners?.calm();',
    replace: '',
    test: { file: FILE, name: 'listeners stay, and a loading bar is told that nothing is out any more' },
  },
  {
    guarantee: 26,
    says: 'a refresh that is out is presented once more',
    in: 'refreshCall',
    find: 'if (refresh?.isOrphan && refresh.presents(tokens)) return refresh;',
    replace: '',
    test: {
      file: REFRESH,
      name: 'a refresh that was out is presented once, and its tokens are kept, joined by the next call',
    },
  },
  {
    guarantee: 26,
    says: 'what a refresh has brought is lost where the trap comes before it is stored',
    in: 'RefreshCall.finish',
    find: 'if (!this.#isUnsettled) this.#end();',
    replace: 'this.#end();',
    test: {
      file: 'tests/e2e/trap.test.js',
      name: 'a trap while the fence is asked whether new tokens may be used: they are kept, and nothing is presented twice',
    },
  },
  {
    guarantee: 26,
    says: 'what a refresh has brought after the trap is lost',
    in: 'RefreshCall.#outlive',
    find: 'this.#handOver();',
    replace: 'this.#end();',
    test: LOST,
  },
  {
    guarantee: 26,
    says: 'what a refresh has brought after the trap is taken whoever has signed in since',
    in: '#handOver',
    find: 'if (this.presents(instance.use((it) => it.tokens()))) await',
    replace: 'await',
    test: { file: REFRESH, name: 'another login after the trap wins over the refresh that was out' },
  },
  {
    guarantee: 26,
    says: 'the old engine keeps the lock among tabs',
    in: 'Tabs.abandon',
    find: 'else this.unlock();\n    this.#stopListening();',
    replace: 'this.#stopListening();',
    test: {
      file: 'tests/e2e/trap.test.js',
      name: 'a trap while a tab waits for the lock: it keeps nobody waiting',
    },
  },
  {
    guarantee: 26,
    says: 'only other tabs have a refresh given up that nobody waits for any more',
    in: 'RefreshCall.constructor',
    find: 'shared.open.add(this);',
    replace: '',
    test: {
      file: REFRESH,
      name: 'a refresh that was out and is never answered ends by its time limit, also where there are no other tabs',
    },
  },
  {
    guarantee: 26,
    says: 'a process without events of a page keeps the lock',
    in: 'Tabs.open',
    find: '    shared.tabs.add(this);\n    hasFence();',
    replace: '    hasFence();',
    test: {
      file: REFRESH,
      name: 'where a process has locks and no events of a page, a trap gives the lock back',
    },
  },
  {
    guarantee: 26,
    says: 'the place of a session that is gone is kept for ever',
    in: 'create',
    find: 'sessions.retain(|(_, driver)| driver.strong_count() > 0);',
    replace: '',
    test: {
      file: 'tests/node/linear-engine.test.js',
      name: 'sessions that nobody holds any more make way for others',
    },
  },
  {
    guarantee: 26,
    says: 'an instance that listens is kept for ever',
    in: 'make',
    find: 'resources.listeners.join(instance.number, settings);',
    replace: 'resources.listeners.join(instance as unknown as number, settings);',
    test: {
      file: 'tests/node/collected.test.js',
      name: 'an instance that listens, and that nobody holds, is collected',
    },
  },
  {
    guarantee: 26,
    says: 'only who is asked something comes over to the fresh engine',
    in: 'rejoinSessions',
    find: 'session.enter(engine);',
    replace: 'void session;',
    test: {
      file: FILE,
      name: 'an instance that is made after a trap shares the session of those that were there, and of their listeners',
    },
  },
];
