/** What is sent again, and what stays as the caller gave it. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

/** @type {Mutant[]} */
export const sentAgain = [
  {
    guarantee: 15,
    says: 'a buffer is not fixed while its request waits',
    file: 'src/web/asked.js',
    find: 'if (kind === BYTES) this.body = bytesOf(this.body);',
    replace: 'if (kind === BYTES) return;',
    test: {
      file: 'tests/e2e/bodies.test.js',
      name: 'an ArrayBuffer that the caller overwrites meanwhile is sent again byte for byte',
    },
  },
  {
    guarantee: 15,
    says: 'a form is not fixed while its request waits',
    file: 'src/web/asked.js',
    find: 'else if (kind === FORM) this.#fixForm();',
    replace: 'else if (kind === FORM) return;',
    test: {
      file: 'tests/e2e/bodies.test.js',
      name: 'a FormData with a file, changed meanwhile, is sent again byte for byte',
    },
  },
  {
    guarantee: 15,
    says: 'a Request is used up at its first sending',
    file: 'src/web/sending.js',
    find: 'this.ownRequest() ?? asMeant(url ?? this.url, this.base)',
    replace: 'this.request ?? asMeant(url ?? this.url, this.base)',
    test: {
      file: 'tests/e2e/bodies.test.js',
      name: 'a Request with a body is sent again byte for byte, and stays the caller’s',
    },
  },
  {
    guarantee: 15,
    says: 'a stream is sent again',
    file: 'src/pipeline/exchange.rs',
    find: 'self.facts.body() != Kind::Stream\n            && (',
    replace: '(self.facts.body() == Kind::Stream || true)\n            && (',
    test: {
      file: 'tests/node/node.test.js',
      name: 'a streamed body cannot be sent again: the refresh happens, and the caller gets the original 401',
    },
  },
  {
    guarantee: 15,
    says: 'the rejection of a stream starts no refresh',
    file: 'src/engine/answers.rs',
    find: 'if call.replayed || !(replayable || current) {',
    replace: 'if call.replayed || !replayable {',
    test: {
      file: 'tests/engine/replay.rs',
      name: 'what_cannot_be_sent_again_is_handed_back_and_the_refresh_still_happens',
    },
  },
  {
    guarantee: 15,
    says: 'another attempt sends what the caller has made of its body since the call',
    file: 'src/web/asked.js',
    find: 'const kept = own === this.firstOwn ? this.firstBody : undefined;',
    replace: 'const kept = undefined;',
    test: {
      file: 'tests/node/as-asked.test.js',
      name: 'an object that its caller changes goes out as it was: while a hook waits, before a retry, with a session, retry 1',
    },
  },
  {
    guarantee: 15,
    says: 'a body that a hook keeps waiting is read when it is sent',
    file: 'src/web/asked.js',
    find: '&& (isHooked || this.#mayBeRetried())',
    replace: '&& this.#mayBeRetried()',
    test: {
      file: 'tests/node/as-asked.test.js',
      name: 'bytes that its caller changes goes out as it was: while a hook waits, before a retry, without one, retry 0',
    },
  },
  {
    guarantee: 15,
    says: 'a copy of a body is made by way of JSON, whatever it is to become',
    file: 'src/web/body.js',
    find: 'return copyOfPlain(body);',
    replace: 'return JSON.parse(JSON.stringify(body));',
    test: {
      file: 'tests/node/as-asked.test.js',
      name: 'a number that is none as a form is the same bytes whatever retry says, and whether there are hooks',
    },
  },
  {
    guarantee: 15,
    says: 'what fetch makes a text of is read when it is sent',
    file: 'src/web/asked.js',
    find: 'this.body = textOf(this.body);',
    replace: '',
    test: {
      file: 'tests/node/as-asked.test.js',
      name: 'a list that api.fetch is given is sent as the text that it was then, and so it is by a method of one’s own',
    },
  },
  {
    guarantee: 15,
    says: 'the text of an instance is made anew at another attempt',
    file: 'src/web/asked.js',
    find: 'this.firstBody = Object(this.body);',
    replace: '{}',
    test: {
      file: 'tests/node/as-asked.test.js',
      name: 'an instance of a class goes out as the text that it was: with a session, and at each attempt',
    },
  },
  {
    guarantee: 15,
    says: 'the text of an instance is taken for JSON at another attempt',
    file: 'src/web/asked.js',
    find: 'this.firstBody = Object(this.body);',
    replace: 'this.firstBody = this.body;',
    test: {
      file: 'tests/node/as-asked.test.js',
      name: 'an instance of a class goes out as the text that it was: with a session, and at each attempt',
    },
  },
  {
    guarantee: 15,
    says: 'a body of another make is sent as its text',
    file: 'src/web/body.js',
    find: "text.startsWith('[object ') || body.getAll ? body : text",
    replace: 'text',
    test: {
      file: 'tests/node/as-asked.test.js',
      name: 'what a platform takes for a body, or an app for one of its own, reaches fetch as it is',
    },
  },
  {
    guarantee: 15,
    says: 'bytes inside a body that a hook keeps waiting are read when it is sent',
    file: 'src/web/body.js',
    find: 'return copyOfBytes(value);',
    replace: 'return value;',
    test: {
      file: 'tests/node/as-asked.test.js',
      name: 'bytes inside a body are those of the call while a hook waits, of the kind that they were',
    },
  },
  {
    guarantee: 15,
    says: 'a query is read anew for each attempt',
    file: 'src/web/asked.js',
    find: 'if (this.own === this.firstOwn) this.firstUrl = url;',
    replace: '',
    test: {
      file: 'tests/node/as-asked.test.js',
      name: 'instances in a query are those of the call at each attempt',
    },
  },
  {
    guarantee: 15,
    says: 'what a hook changes deep in a query is changed for all calls',
    file: 'src/web/asked.js',
    find: 'const query = copyOfPlain(steps?.query);',
    replace: 'const query = steps?.query && { ...steps.query };',
    test: {
      file: 'tests/node/as-asked.test.js',
      name: 'a hook that changes what is deep in a query changes it for its own attempt, and for no other call',
    },
  },
  {
    guarantee: 15,
    says: 'the headers of a Request are read anew for each attempt',
    file: 'src/web/asked.js',
    find: 'if (request) this.firstHeaders = new Headers(this.#givenHeaders());',
    replace: '',
    test: {
      file: 'tests/node/as-asked.test.js',
      name: 'the headers of a Request that its caller changes are those of the call at each attempt',
    },
  },
  {
    guarantee: 20,
    says: 'an option called __proto__ is the prototype of all options of an instance',
    file: 'src/options/options.js',
    find: "} else if (name !== '__proto__') {",
    replace: '} else {',
    test: {
      file: 'tests/node/prototypes.test.js',
      name: 'an option named like a prototype is none of fetch, nor of what hooks and errors are shown',
    },
  },
  {
    guarantee: 15,
    says: 'what a fetch has left on a signal is called for a later request',
    file: 'src/web/sending.js',
    find: 'this.controller = new AbortController();',
    replace: 'this.controller = globalThis.pooled ??= new AbortController();',
    test: {
      file: 'tests/node/as-asked.test.js',
      name: 'each sending has a signal of its own: what a fetch leaves on one is called for that one alone',
    },
  },
  {
    guarantee: 16,
    says: 'JSON is encoded anew at a replay',
    file: 'src/web/sending.js',
    find: '    this.isSent = true;\n',
    replace:
      "    if (this.isSent && typeof this.body === 'string') this.body = JSON.stringify(this.body);\n    this.isSent = true;\n",
    test: {
      file: 'tests/e2e/requests.test.js',
      name: 'JSON is encoded once and a base URL joined once, on a replay too',
    },
  },
  {
    guarantee: 16,
    says: 'a base URL is joined anew at a replay',
    file: 'src/web/sending.js',
    find: '    this.isSent = true;\n',
    replace: "    if (this.isSent) this.url = (this.baseURL ?? '') + this.url;\n    this.isSent = true;\n",
    test: {
      file: 'tests/e2e/requests.test.js',
      name: 'JSON is encoded once and a base URL joined once, on a replay too',
    },
  },
  {
    guarantee: 16,
    says: 'a URL that lies below the base already is joined to it again',
    file: 'src/policy/url.rs',
    find: ' || is_below(kept.as_bytes(), request.as_bytes())',
    replace: '',
    test: { file: 'src/policy/url.rs', name: 'a_request_is_joined_to_its_base_once' },
  },
  {
    guarantee: 17,
    says: 'headers of the caller are read anew for each attempt',
    file: 'src/web/asked.js',
    find: 'if (own.headers) own.headers = takeHeaders(own.headers);',
    replace: '',
    test: {
      file: 'tests/node/hooks-odd.test.js',
      name: 'headers are read once, and are the same at a retry',
    },
  },
  {
    guarantee: 17,
    says: "a caller's headers are put into those of the defaults",
    file: 'src/web/asked.js',
    find: 'const headers = new Headers(defaults);',
    replace: 'const headers = defaults;',
    test: { file: 'tests/e2e/requests.test.js', name: 'the headers of one call are in no other' },
  },
  {
    guarantee: 17,
    says: 'tokens are put into the headers of the init of api.fetch',
    file: 'src/web/asked.js',
    find: 'this.headers = given === undefined ? undefined : new Headers(given);',
    replace: 'this.headers = given === undefined || given instanceof Headers ? given : new Headers(given);',
    test: { file: 'tests/e2e/requests.test.js', name: 'what is given to api.fetch is never changed' },
  },
  {
    guarantee: 15,
    says: 'a Request can not be read by its caller while it waits',
    file: 'src/web/asked.js',
    find: 'else this.request = this.ownRequest();',
    replace: '',
    test: {
      file: 'tests/e2e/bodies.test.js',
      name: 'a Request that the caller reads while it waits is sent again byte for byte',
    },
  },
  {
    guarantee: 15,
    says: 'a form that api.fetch is given is sent with the boundary of another',
    file: 'src/web/asked.js',
    find: 'const { method, headers, body, signal, ...rest } = membersOf(init);',
    replace:
      'const members = membersOf(init);\n    const { method, headers, body, signal } = members;\n    const rest = { ...members };',
    test: {
      file: 'tests/node/session-input.test.js',
      name: 'api.fetch sends FormData as it was when it was called, each time the same, so that a server can read it',
    },
  },
  {
    guarantee: 16,
    says: 'a hook runs again with the replay',
    file: 'src/web/sending.js',
    find: "this.tell(this.response ? 'replayed' : 'sent');",
    replace:
      "if (this.response) for (const hook of [this.hooked?.options.onRequest].flat()) hook?.(this.hooked);\n    this.tell(this.response ? 'replayed' : 'sent');",
    test: {
      file: 'tests/node/hooks-session.test.js',
      name: 'a replay runs no hook: each runs once, and sees the answer that counts',
    },
  },
  {
    guarantee: 15,
    says: 'a buffer of another realm may change while it waits',
    file: 'src/web/body.js',
    find: 'return BY_NAME[name] ?? OTHER;',
    replace: 'return OTHER;',
    test: {
      file: 'tests/node/hostile-requests.test.js',
      name: 'a buffer of another realm is sent as it was when it was handed over',
    },
  },
];
