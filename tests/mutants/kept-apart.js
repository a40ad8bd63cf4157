/** Kept apart: where tokens go, and where they may be seen. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

/** @type {Mutant[]} */
export const keptApart = [
  {
    guarantee: 20,
    says: 'every origin gets the token',
    in: 'Origins.hold',
    find: 'return this.#list.has(originOf(url));',
    replace: 'return true;',
    test: { file: 'tests/e2e/origins.test.js', name: 'another origin gets none, however it is asked' },
  },
  {
    guarantee: 20,
    says: 'a backslash leads the token elsewhere',
    in: 'isPlainPath',
    find: "!'/\\\\\\t\\n\\r'.includes(url[1])",
    replace: "url[1] !== '/'",
    test: { file: 'tests/e2e/origins.test.js', name: 'no spelling of a URL gets a token past its origin' },
  },
  {
    guarantee: 20,
    says: 'an origin is known by how it begins',
    in: 'Origins.hold',
    find: "'/?#'.includes(url.charAt(origin.length))",
    replace: "url.charAt(origin.length) !== ' '",
    test: {
      file: 'tests/e2e/origins.test.js',
      name: 'an origin that only begins as a named one does gets no token',
    },
  },
  {
    guarantee: 20,
    says: 'a <base> leads the token elsewhere',
    in: 'isElsewhere',
    find: 'return bases.length > 0;',
    replace: 'return false;',
    test: {
      file: 'tests/e2e/origins.test.js',
      name: 'a <base> that leads paths to another origin takes no token along, whenever it comes',
    },
  },
  {
    guarantee: 20,
    says: 'a URL is resolved anew at each sending',
    in: 'pinnedUrl',
    find: 'return new URL(url, currentBase()).href === href ? url : href;',
    replace: 'return href && url;',
    test: {
      file: 'tests/e2e/as-asked.test.js',
      name: 'a relative URL leads to where it led, though its address changes during a refresh',
    },
  },
  {
    guarantee: 20,
    says: 'what the page resolves a URL against is looked up after the hooks',
    in: 'takeCall',
    find: 'if (isHooked) record.base = currentBase();',
    replace: '',
    test: {
      file: 'tests/e2e/as-asked.test.js',
      name: 'a relative URL leads to where it led, though its address changes while a hook waits, and before a retry',
    },
  },
  {
    guarantee: 20,
    says: 'the page’s own origin gets the token although others are named',
    in: 'Origins.constructor',
    find: 'new Set(given ?? more)',
    replace: 'new Set([...(given ?? []), ...more])',
    test: {
      file: 'tests/e2e/origins.test.js',
      name: 'origins names all that get a token; the page’s own goes without when it is not named',
    },
  },
  {
    guarantee: 21,
    says: "a request's own header is overwritten",
    in: 'hasOwnCredentials',
    find: 'return isTaken;',
    replace: 'return false;',
    test: {
      file: 'tests/e2e/attach.test.js',
      name: "a request's own X-Token is left alone and starts no refresh, with one warning for all",
    },
  },
  {
    guarantee: 21,
    says: "a request's own Authorization is left alone, but its 401 starts a refresh",
    in: 'InHeader',
    find: 'return headers?.has(this.name) ?? false;\n  }\n\n  put(call, tokens) {',
    replace:
      'return false;\n  }\n\n  put(call, tokens) {\n    if (call.headers?.has(this.name) && !call.isSent) return;',
    test: {
      file: 'tests/e2e/origins.test.js',
      name: 'a request’s own Authorization is left alone, and its 401 starts no refresh',
    },
  },
  {
    guarantee: 21,
    says: "a request's own query parameter starts a refresh",
    in: 'hasOwnCredentials',
    find: 'return isTaken;',
    replace: 'return false;',
    test: {
      file: 'tests/e2e/attach.test.js',
      name: "a request's own query parameter is left alone and starts no refresh, with one warning for all",
    },
  },
  {
    guarantee: 21,
    says: 'nobody is warned of credentials of its own',
    in: 'hasOwnCredentials',
    find: 'if (isTaken) listeners.warnOnce(WARNING_OWN_CREDENTIALS);',
    replace: '',
    test: {
      file: 'tests/e2e/attach.test.js',
      name: "a request's own Authorization is left alone and starts no refresh, with one warning for all",
    },
  },
  {
    guarantee: 21,
    says: 'each request with credentials of its own is warned of',
    in: 'warnOnce',
    find: 'this.#warned.add(number);',
    replace: '',
    test: {
      file: 'tests/e2e/attach.test.js',
      name: "a request's own Authorization is left alone and starts no refresh, with one warning for all",
    },
  },
  {
    guarantee: 22,
    says: 'what a token endpoint says gets into an error',
    in: 'refreshError',
    find: 'reply && { error: reply.error, error_description: reply.error_description }',
    replace: 'reply',
    test: {
      file: 'tests/e2e/errors.test.js',
      name: 'what a token endpoint says besides the error does not get into an error',
    },
  },
  {
    guarantee: 22,
    says: 'the URL with the token in its query gets into a trace',
    in: 'trace',
    find: "trace({ id, method = 'GET', url, began, status }, step) {",
    replace:
      "trace({ id, method = 'GET', url: asked, target, began, status }, step) {\n    const url = encodeURIComponent(target?.url ?? asked);",
    test: { file: 'tests/e2e/attach.test.js', name: 'a token in a query is in no error, and in no trace' },
  },
  {
    guarantee: 22,
    says: 'the URL that a function has made of tokens gets into an error',
    in: 'RefreshCall.constructor',
    find: "this.url = typeof endpoint.url === 'function' ? 'a function of the tokens' : this.#target;",
    replace: 'this.url = this.#target;',
    test: {
      file: 'tests/e2e/refresh-call.test.js',
      name: 'a URL made of a token that is not answered is shown in no error and in no trace',
    },
  },
  {
    guarantee: 22,
    says: 'a token that can not stand in a header comes to light in the platform’s complaint',
    in: 'readReply',
    find: "/^(?!(?:undefined|null)$)[\\t\\x20-\\x7e\\x80-\\xff]+$/.test(fields.access ?? '')",
    replace: "/./.test(fields.access ?? '')",
    test: {
      file: 'tests/e2e/errors.test.js',
      name: 'a token that can not stand in a header is none, and is not told of',
    },
  },
  {
    guarantee: 22,
    says: 'a message between tabs holds the record',
    in: 'Tabs.announce',
    find: 'this.#channel?.postMessage(0);',
    replace: 'this.#channel?.postMessage(localStorage.getItem(this.#keys[0]));',
    test: { file: 'tests/e2e/tabs.test.js', name: 'no message between tabs, and no mark, holds a token' },
  },
  {
    guarantee: 23,
    says: 'a storage that is forbidden is used all the same',
    in: 'reachable',
    find: '  } catch {\n    return false;',
    replace: '  } catch {\n    return true;',
    test: {
      file: 'tests/e2e/storage.test.js',
      name: 'a storage that is forbidden: tokens stay in memory, with one warning',
    },
  },
  {
    guarantee: 23,
    says: 'nobody is warned of a storage that is missing',
    in: 'SessionDriver::load',
    find: 'is_first && self.store.is_missing()',
    replace: 'is_first && self.store.is_missing() && self.now() == 0',
    test: {
      file: 'tests/e2e/storage.test.js',
      name: 'a storage that is missing: tokens stay in memory, with one warning',
    },
  },
  {
    guarantee: 23,
    says: 'nobody is warned of a storage that is full',
    in: 'Store::keep',
    find: 'self.written(false, &job.visit)',
    replace: 'Writing::Done',
    test: {
      file: 'tests/e2e/storage.test.js',
      name: 'a storage that is full: memory outranks the old record, nothing is lost but the reload',
    },
  },
  {
    guarantee: 23,
    says: 'after a failed write what stands in the storage counts, though it be nothing',
    in: 'counting',
    find: 'facts.has_kept() && facts.is_outranked()',
    replace: 'facts.has_kept() && false',
    test: {
      file: 'tests/e2e/storage.test.js',
      name: 'a storage that is full before the first login: it is no sign-out that nothing stands there',
    },
  },
  {
    guarantee: 24,
    says: 'a server keeps the tokens of all its users in one place',
    in: 'onServer',
    find: "typeof document === 'undefined' && typeof globalThis.WorkerGlobalScope === 'undefined'",
    replace: "typeof document === 'string'",
    test: {
      file: 'tests/node/node.test.js',
      name: "set() with storage 'local' is an error that names storage: 'memory'",
    },
  },
  {
    guarantee: 24,
    says: "the error does not name storage: 'memory'",
    in: 'OBJECTIONS',
    find: ": use storage: 'memory' and one instance a request",
    replace: '',
    test: {
      file: 'tests/node/node.test.js',
      name: "set() with storage 'session' is an error that names storage: 'memory'",
    },
  },
  {
    guarantee: 24,
    says: 'sessions in memory with one key are one session',
    in: 'find_shared',
    find: 'if options.storage == Place::Memory {',
    replace: 'if false {',
    test: {
      file: 'tests/node/node.test.js',
      name: 'sessions in memory are apart, also with the same key: one instance a request of a server',
    },
  },
  {
    guarantee: 24,
    says: 'the ready instance takes defaults on a server',
    in: 'readyInstance',
    find: 'if (onServer()) {',
    replace: 'if (onServer() && configured) {',
    test: {
      file: 'tests/node/node.test.js',
      name: 'the ready instance works, but takes no defaults where users would share them',
    },
  },
  {
    guarantee: 21,
    says: 'a token that a hook has set is replaced',
    in: 'hasOwnCredentials',
    find: 'return isTaken;',
    replace: 'return isTaken && record.hooked === undefined;',
    test: {
      file: 'tests/node/hooks-session.test.js',
      name: 'a token that a hook sets is left alone and starts no refresh, with one warning',
    },
  },
  {
    guarantee: 22,
    says: 'hooks see the token',
    in: 'RequestRecord.setHeader',
    find: 'if (this.isSent || !this.headers) this.headers = new Headers(this.headers);',
    replace:
      'if (this.isSent || !this.headers) this.headers = new Headers(this.headers);\n    this.hooked?.options.headers.set(name, value);',
    test: {
      file: 'tests/node/hooks-session.test.js',
      name: 'no hook sees a token, before the request, after it, or in its error',
    },
  },
  {
    guarantee: 24,
    says: 'on a server the cookies of all users are one session',
    in: 'is_shared_by_users',
    find: 'is_browsers_area && is_on_server',
    replace: 'is_browsers_area && !is_browsers_area && is_on_server',
    test: {
      file: 'tests/node/session-input.test.js',
      name: 'on a server a session in cookies is nobody’s: requests go out as they are, and none is refreshed',
    },
  },
];
