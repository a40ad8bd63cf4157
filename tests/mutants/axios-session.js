/** The session under the facade, and under npm's axios. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

const FILE = 'tests/node/axios-session.test.js';
const ADAPTER = 'tests/node/axios-adapter.test.js';

/** @type {Mutant[]} */
export const axiosSession = [
  {
    guarantee: 'session',
    says: 'an interceptor that waits lets a request cross users',
    in: '_request',
    find: 'dispatch(final, fetch));',
    replace: 'dispatch(final, apiOf(this)[LATER]()));',
    test: {
      file: 'tests/node/crossing.test.js',
      name: 'while a request waits for an interceptor of the axios facade, another user signs in: it rejects and nothing is sent',
    },
  },
  {
    guarantee: 'session',
    says: 'the refresh lies over the interceptors, which run again',
    in: '_request',
    find: 'return run(this.interceptors, config, (final) => dispatch(final, fetch));',
    replace: `const held = this.session;
    const send = () => {
      if (held) config.headers.set('Authorization', \`Bearer \${held.tokens.accessToken}\`);
      return run(this.interceptors, config, (final) => dispatch(final, fetch));
    };
    if (!held) return send();
    return send().catch(async (error) => {
      if (error.status !== 401) throw error;
      await held.refresh();
      return send();
    });`,
    test: {
      file: FILE,
      name: '200 calls with an expired token: one refresh, each its own reply, each interceptor once',
    },
  },
  {
    guarantee: 'session',
    says: 'requests are sent without it',
    in: '_request',
    find: 'const fetch = apiOf(this)[LATER]();',
    replace: 'const { fetch } = bareApi();',
    test: {
      file: FILE,
      name: '200 calls with an expired token: one refresh, each its own reply, each interceptor once',
    },
  },
  {
    guarantee: 'session',
    says: 'a request that wants none has one',
    in: 'send',
    find: "await fetch(url, init, own(config, 'session') === false)",
    replace: 'await fetch(url, init)',
    test: { file: FILE, name: '`session: false` goes without: no token, no refresh' },
  },
  {
    guarantee: 'session',
    says: 'its options go along with each config',
    in: '_request',
    find: 'if (isObject(config.session)) delete config.session;',
    replace: '',
    test: {
      file: FILE,
      name: 'the config of a call tells nothing of the session, and may be sent by another instance',
    },
  },
  {
    guarantee: 'session',
    says: 'a child has a session of its own',
    in: 'createInstance',
    find: 'if (parent) adopt(context, parent);',
    replace: '',
    test: { file: FILE, name: 'a child sends under its parent’s session, unless it names one' },
  },
  {
    guarantee: 'session',
    says: 'a base that is named later gets no token',
    in: 'apiOf',
    find: 'held.session === session && held.baseURL === baseURL',
    replace: 'held.session === session',
    test: {
      file: FILE,
      name: 'a base that is named in the defaults later is an origin that gets the token, too',
    },
  },
  {
    guarantee: 'session',
    says: 'interceptors are shown the token',
    in: '_request',
    find: 'const fetch = apiOf(this)[LATER]();',
    replace:
      'const fetch = apiOf(this)[LATER]();\n    config.headers.set("Authorization", "Bearer " + this.session?.tokens?.accessToken);',
    test: {
      file: FILE,
      name: 'nobody sees a token: neither interceptors, nor a response, nor an error and its JSON',
    },
  },
  {
    guarantee: 'session',
    says: 'an adapter of the app’s that hands on to ours leaves it',
    in: 'byFetch',
    find: 'fetches.get(config) ?? bareApi().fetch',
    replace: '(!isFunction(config.adapter) && fetches.get(config)) || bareApi().fetch',
    test: {
      file: FILE,
      name: 'an adapter of the app’s may hand on to ours, and the session is still under it',
    },
  },
  {
    guarantee: 'own 401',
    says: 'a 401 that the engine does not refresh is not told as one',
    in: 'settle',
    find: 'if (!status || !validateStatus ||',
    replace: 'if (status === 401 || !status || !validateStatus ||',
    test: { file: FILE, name: 'an app that still has its own interceptor for 401 keeps working' },
  },
  {
    guarantee: 'replay',
    says: 'a body is encoded again each time that its config is sent',
    in: 'jsonOf',
    find: 'return data.trim();',
    replace: '',
    test: {
      file: 'tests/node/axios-config.test.js',
      name: 'a body that was encoded stays as it is when its config is sent again',
    },
  },
  {
    guarantee: 'createSessionAdapter',
    says: 'its errors are not npm’s',
    in: 'createSessionAdapter',
    find: 'send(config, api[LATER](), kinds)',
    replace: 'send(config, api[LATER]())',
    test: {
      file: ADAPTER,
      name: 'its failures are npm’s: a status, a validateStatus of the config’s, the network',
    },
  },
  {
    guarantee: 'createSessionAdapter',
    says: 'it sends without the session',
    in: 'createSessionAdapter',
    find: 'send(config, api[LATER](), kinds)',
    replace: 'send(config, bareApi().fetch, kinds)',
    test: {
      file: ADAPTER,
      name: '200 calls by npm’s axios with an expired token: one refresh, and its interceptors run once a call',
    },
  },
  {
    guarantee: 'createSessionAdapter',
    says: 'a request that wants no session has one',
    in: 'wrap',
    find: 'isBare || asker === undefined',
    replace: 'asker === undefined',
    test: {
      file: ADAPTER,
      name: '`session: false` goes without: no token, no refresh, and by the `fetch` of the api',
    },
  },
];
