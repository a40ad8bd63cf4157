/** What a call of the facade is answered with, and how it ends otherwise. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

const FILE = 'tests/node/axios-answers.test.js';
const CONFIG = 'tests/node/axios-config.test.js';
const FAILURE = 'tests/axios/failure.rs';
const CANCELED = {
  file: FILE,
  name: 'what is given up before it is sent is not sent; what is on its way ends',
};

/** @type {Mutant[]} */
export const axiosAnswers = [
  {
    guarantee: 'response',
    says: 'it does not show the request',
    file: 'src/axios/send.js',
    find: 'return settle(exchange.show({ data: body, headers: found, status, statusText, config }), kinds, exchange);',
    replace: 'return settle({ data: body, headers: found, status, statusText, config }, kinds, exchange);',
    test: {
      file: FILE,
      name: 'an answer has its body, status, headers, config and request, and nothing else but how long it took',
    },
  },
  {
    guarantee: 'response',
    says: 'a config leads back to its answer',
    file: 'src/axios/axios.js',
    find: 'delete config.response;',
    replace: '',
    test: {
      file: FILE,
      name: 'an error in JSON tells its config, code and status, and neither its request nor its answer',
    },
  },
  {
    guarantee: 'transformResponse',
    says: 'the body of a failure is not transformed',
    file: 'src/axios/axios.js',
    find: 'if (reason?.response) taken(reason.response);',
    replace: '',
    test: {
      file: FILE,
      name: 'what the app transforms of an answer is handed on, with its headers and status, of a failure too',
    },
  },
  {
    guarantee: 'transformResponse',
    says: 'it is not told of the status',
    file: 'src/axios/transform.js',
    find: 'headers.normalize(), response?.status)',
    replace: 'headers.normalize())',
    test: {
      file: FILE,
      name: 'what the app transforms of an answer is handed on, with its headers and status, of a failure too',
    },
  },
  {
    guarantee: 'validateStatus',
    says: 'a redirect is a success',
    file: 'src/axios/failure.rs',
    find: 'matches!(status, 200..300)',
    replace: 'matches!(status, 200..400)',
    test: { file: FAILURE, name: 'only_two_hundreds_are_fine' },
  },
  {
    guarantee: 'validateStatus',
    says: 'the app has no say in it',
    file: 'src/axios/send.js',
    find: '!validateStatus || validateStatus(status)',
    replace: '!validateStatus || status < 300',
    test: { file: FILE, name: '`validateStatus` says what is a failure; without one nothing is' },
  },
  {
    guarantee: 'validateStatus',
    says: 'without one the default counts',
    file: 'src/axios/send.js',
    find: '!validateStatus || validateStatus(status)',
    replace: 'validateStatus?.(status) || status < 300',
    test: { file: FILE, name: '`validateStatus` says what is a failure; without one nothing is' },
  },
  {
    guarantee: 'responseType',
    says: 'bytes are read as a text',
    file: 'src/axios/send.js',
    find: "arraybuffer: 'arrayBuffer'",
    replace: "arraybuffer: 'text'",
    test: { file: FILE, name: '`responseType` says as what a body is given' },
  },
  {
    guarantee: 'responseType',
    says: 'a text that is wanted as one becomes JSON',
    file: 'src/axios/body.rs',
    find: 'bits & (FORCED | TYPED) == FORCED',
    replace: 'bits & FORCED == FORCED',
    test: { file: 'tests/axios/bodies.rs', name: 'a_text_is_read_as_the_caller_wants_it' },
  },
  {
    guarantee: 'responseType',
    says: 'what is no JSON is never a failure',
    file: 'src/axios/transform.js',
    find: 'if (reading !== STRICT) return data;',
    replace: 'if (reading !== TEXT) return data;',
    test: {
      file: FILE,
      name: 'JSON is read where it is some, unless a text is wanted; where nothing else will do, what is none is a failure',
    },
  },
  {
    guarantee: 'progress',
    says: 'the end is not told',
    file: 'src/axios/send.js',
    find: 'progress?.end();',
    replace: '',
    test: {
      file: FILE,
      name: 'who listens is told how far a download has come: of its first piece, now and then, and of its end',
    },
  },
  {
    guarantee: 'progress',
    says: 'it is told of every piece',
    file: 'src/axios/progress.js',
    find: 'if (wait <= 0) tell();',
    replace: 'if (wait <= PAUSE) tell();',
    test: {
      file: FILE,
      name: 'who listens is told how far a download has come: of its first piece, now and then, and of its end',
    },
  },
  {
    guarantee: 'adapter',
    says: 'the app’s own is passed over',
    file: 'src/axios/adapters.js',
    find: 'if (found) return found[1];',
    replace: 'if (found) return byFetch;',
    test: { file: FILE, name: 'an adapter of the app’s own sends, and its answer is transformed as any' },
  },
  {
    guarantee: 'adapter',
    says: 'of several the last one sends',
    file: 'src/axios/adapters.js',
    find: 'reasons.find(([, adapter])',
    replace: 'reasons.findLast(([, adapter])',
    test: {
      file: FILE,
      name: 'of several adapters the first one that there is sends; what is none is told of',
    },
  },
  {
    guarantee: 'env.fetch',
    says: 'a request’s own is passed over',
    file: 'src/axios/send.js',
    find: 'if (!via) return (own',
    replace: 'if (via || !via) return (own',
    test: { file: FILE, name: 'a `fetch` of the config’s own is the one that sends' },
  },
  {
    guarantee: 'timeout',
    says: 'its code is the clear one unless that is asked for',
    file: 'src/axios/failure.rs',
    find: 'if is_clarified { Code::TimedOut } else { Code::Aborted }',
    replace: 'if is_clarified { Code::Aborted } else { Code::TimedOut }',
    test: { file: FAILURE, name: 'a_timeout_is_called_so_where_the_app_wants_it' },
  },
  {
    guarantee: 'timeout',
    says: 'the app’s wish for the clear code is not passed on',
    file: 'src/axios/cancel.js',
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
    file: 'src/axios/cancel.js',
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
    file: 'src/axios/cancel.js',
    find: 'if (config.signal?.aborted) throw new CanceledError(null, config);',
    replace: '',
    test: CANCELED,
  },
  {
    guarantee: 'signal',
    says: 'a request that waits is not given up',
    file: 'src/axios/cancel.js',
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
    file: 'src/axios/cancel.js',
    find: "one.removeEventListener('abort', hear);",
    replace: '',
    test: {
      file: CONFIG,
      name: 'nothing listens to a long-lived signal or token after an answer, be it a stream that has no body',
    },
  },
  {
    guarantee: 'CancelToken',
    says: 'what is on its way goes on',
    file: 'src/axios/cancel.js',
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
    file: 'src/axios/cancel.js',
    find: 'config.cancelToken?.throwIfRequested();',
    replace: '',
    test: CANCELED,
  },
  {
    guarantee: 'AxiosError',
    says: 'a wrong request is a wrong response',
    file: 'src/axios/failure.rs',
    find: 'matches!(status, 400..500)',
    replace: 'matches!(status, 400..=400)',
    test: { file: FAILURE, name: 'what_the_client_has_done_wrong_is_a_bad_request' },
  },
  {
    guarantee: 'AxiosError',
    says: 'codes stand in another order than Rust knows them',
    file: 'src/axios/error.js',
    find: "'ERR_BAD_RESPONSE',\n  'ERR_BAD_REQUEST',",
    replace: "'ERR_BAD_REQUEST',\n  'ERR_BAD_RESPONSE',",
    test: { file: FILE, name: 'a failure by its status has the answer, transformed as one, and its code' },
  },
  {
    guarantee: 'AxiosError',
    says: 'a network that fails is told of in the platform’s words',
    file: 'src/axios/send.js',
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
    file: 'src/axios/error.js',
    find: 'covered.includes(key.toLowerCase()) ? REDACTED : deeper(inner)',
    replace: 'covered.includes(key) ? REDACTED : deeper(inner)',
    test: { file: CONFIG, name: 'an error’s JSON covers what the app names' },
  },
  {
    guarantee: 'toJSON',
    says: 'it tells the answer',
    file: 'src/axios/error.js',
    find: '      config,\n      code,',
    replace: '      config,\n      response: copyForJson(this.response, covered),\n      code,',
    test: {
      file: FILE,
      name: 'an error in JSON tells its config, code and status, and neither its request nor its answer',
    },
  },
];
