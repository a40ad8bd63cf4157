/** How a call of the facade ends without an answer, and what is told of it. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

const FILE = 'tests/node/axios-answers.test.js';
const CONFIG = 'tests/node/axios-config.test.js';
const FAILURE = 'tests/axios/failure.rs';
const CANCELED = {
  file: FILE,
  name: 'what is given up before it is sent is not sent; what is on its way ends',
};
const GIVEN_UP = {
  file: FILE,
  name: 'what is given up while the app’s own code works on it is not sent, or not handed over',
};

const DEAF = {
  file: FILE,
  name: 'a body that is deaf to its signal keeps nobody waiting who has given up, nor beyond a time limit',
};

/** @type {Mutant[]} */
export const axiosEndings = [
  {
    guarantee: 'timeout',
    says: 'its code is the clear one unless that is asked for',
    in: 'of_timeout',
    find: 'if is_clarified { AxiosErrorCode::TimedOut } else { AxiosErrorCode::Aborted }',
    replace: 'if is_clarified { AxiosErrorCode::Aborted } else { AxiosErrorCode::TimedOut }',
    test: { file: FAILURE, name: 'a_timeout_is_called_so_where_the_app_wants_it' },
  },
  {
    guarantee: 'timeout',
    says: 'the app’s wish for the clear code is not passed on',
    in: 'endings',
    find: 'codeOfTimeout(Boolean(transitional?.clarifyTimeoutError))',
    replace: 'codeOfTimeout(false)',
    test: {
      file: CONFIG,
      name: 'a time limit has the code of axios for pages, or the clear one, and the app’s own words',
    },
  },
  {
    guarantee: 'timeout',
    says: 'the wait for a refresh does not count',
    in: 'endings',
    find: 'const timer = timeout && setTimeout(lapse, Math.min(timeout, LONGEST));',
    replace: 'const timer = timeout && setTimeout(lapse, 2 * timeout);',
    test: {
      file: 'tests/node/axios-session.test.js',
      name: 'the time limit is that of all, the wait for a refresh included',
    },
  },
  {
    guarantee: 'signal',
    says: 'what is given up already is sent',
    in: 'throwIfCanceled',
    find: 'if (config.signal?.aborted) throw new CanceledError(null, config);',
    replace: '',
    test: CANCELED,
  },
  {
    guarantee: 'signal',
    says: 'a request that waits is not given up',
    in: 'endings',
    find: 'const signals = [signal, cancelToken',
    replace: 'const signals = [cancelToken',
    test: {
      file: 'tests/node/axios-session.test.js',
      name: 'a request that waits for the refresh is given up at once',
    },
  },
  {
    guarantee: 'signal',
    says: 'a long-lived one is held on to',
    in: 'endings',
    find: "one.removeEventListener('abort', hear);",
    replace: '',
    test: {
      file: CONFIG,
      name: 'nothing listens to a long-lived signal or token after an answer, be it a stream that has no body',
    },
  },
  {
    guarantee: 'signal',
    says: 'one that comes while the body is transformed is not seen',
    in: 'endings',
    find: 'if (one.aborted) hear();\n    else one',
    replace: 'one',
    test: GIVEN_UP,
  },
  {
    guarantee: 'signal',
    says: 'one that comes while an adapter answers is not seen',
    in: 'dispatch',
    find: 'throwIfCanceled(config);\n      return taken(response);',
    replace: 'return taken(response);',
    test: GIVEN_UP,
  },
  {
    guarantee: 'CancelToken',
    says: 'what is on its way goes on',
    in: 'endings',
    find: '[signal, cancelToken?.toAbortSignal()]',
    replace: '[signal]',
    test: {
      file: 'tests/node/axios-session.test.js',
      name: 'a request that waits for the refresh is given up at once',
    },
  },
  {
    guarantee: 'CancelToken',
    says: 'what is given up already is sent',
    in: 'throwIfCanceled',
    find: 'config.cancelToken?.throwIfRequested();',
    replace: '',
    test: CANCELED,
  },
  {
    guarantee: 'CancelToken',
    says: 'one that comes while an adapter fails is not seen',
    in: 'dispatch',
    find: 'throwIfCanceled(config);\n        if (reason',
    replace: 'if (reason',
    test: GIVEN_UP,
  },
  {
    guarantee: 'CancelToken',
    says: 'its reason is the last one',
    in: 'CancelToken.constructor',
    find: 'if (this.reason) return;',
    replace: '',
    test: { file: FILE, name: 'a token keeps its first reason, and tells it to those that come later' },
  },
  {
    guarantee: 'AxiosError',
    says: 'a wrong request is a wrong response',
    in: 'of_status',
    find: 'matches!(status, 400..500)',
    replace: 'matches!(status, 400..=400)',
    test: { file: FAILURE, name: 'what_the_client_has_done_wrong_is_a_bad_request' },
  },
  {
    guarantee: 'AxiosError',
    says: 'codes stand in another order than Rust knows them',
    in: 'AXIOS_ERROR_CODE_WORDS',
    find: "'ERR_BAD_RESPONSE', 'ERR_BAD_REQUEST',",
    replace: "'ERR_BAD_REQUEST', 'ERR_BAD_RESPONSE',",
    test: { file: FILE, name: 'a failure by its status has the answer, transformed as one, and its code' },
  },
  {
    guarantee: 'AxiosError',
    says: 'a network that fails is told of in the platform’s words',
    in: 'told',
    find: '/load failed|fetch/i.test(error.message)',
    replace: '/load failed/i.test(error.message)',
    test: {
      file: FILE,
      name: 'a network that fails is `ERR_NETWORK`, with what the platform has said as its cause',
    },
  },
  {
    guarantee: 'toJSON',
    says: 'what the app names is not covered',
    in: 'copyForJson',
    find: 'covered.includes(key.toLowerCase()) ? REDACTED : deeper(inner)',
    replace: 'covered.includes(key) ? REDACTED : deeper(inner)',
    test: { file: CONFIG, name: 'an error’s JSON covers what the app names' },
  },
  {
    guarantee: 'toJSON',
    says: 'it tells the answer',
    in: 'AxiosError.toJSON',
    find: '      config,\n      code,',
    replace: '      config,\n      response: copyForJson(this.response, covered),\n      code,',
    test: {
      file: FILE,
      name: 'an error in JSON tells its config, code and status, and neither its request nor its answer',
    },
  },
  {
    guarantee: 'toJSON',
    says: 'a config that leads back to itself is followed for ever',
    in: 'copyForJson',
    find: 'if (within.includes(value)) return undefined;',
    replace: '',
    test: { file: FILE, name: 'an error whose config leads back to itself has a JSON all the same' },
  },
  {
    guarantee: 'signal',
    says: 'who has given up waits for a body that is deaf to its signal',
    in: 'endings',
    find: "else signal.addEventListener('abort', give, { once: true });",
    replace: '',
    test: DEAF,
  },
  {
    guarantee: 'timeout',
    says: 'a time limit that is over waits for a body that is deaf to its signal',
    in: 'send',
    find: 'const body = await bound(read(response, responseType, config, kinds));',
    replace: 'const body = await read(response, responseType, config, kinds);',
    test: DEAF,
  },
];
