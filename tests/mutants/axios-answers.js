/** What a call of the facade is answered with. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

const FILE = 'tests/node/axios-answers.test.js';
const FAILURE = 'tests/axios/failure.rs';
const LIMITED = {
  file: FILE,
  name: 'a body that is longer than it may be is a failure, whether its length is told or not',
};

/** @type {Mutant[]} */
export const axiosAnswers = [
  {
    guarantee: 'response',
    says: 'it does not show the request',
    in: 'send',
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
    in: 'dispatch',
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
    in: 'dispatch',
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
    in: 'transformed',
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
    in: 'is_fine',
    find: 'matches!(status, 200..300)',
    replace: 'matches!(status, 200..400)',
    test: { file: FAILURE, name: 'only_two_hundreds_are_fine' },
  },
  {
    guarantee: 'validateStatus',
    says: 'the app has no say in it',
    in: 'settle',
    find: '!validateStatus || validateStatus(status)',
    replace: '!validateStatus || status < 300',
    test: { file: FILE, name: '`validateStatus` says what is a failure; without one nothing is' },
  },
  {
    guarantee: 'validateStatus',
    says: 'without one the default counts',
    in: 'settle',
    find: '!validateStatus || validateStatus(status)',
    replace: 'validateStatus?.(status) || status < 300',
    test: { file: FILE, name: '`validateStatus` says what is a failure; without one nothing is' },
  },
  {
    guarantee: 'responseType',
    says: 'bytes are read as a text',
    in: 'READERS',
    find: "arraybuffer: 'arrayBuffer'",
    replace: "arraybuffer: 'text'",
    test: { file: FILE, name: '`responseType` says as what a body is given' },
  },
  {
    guarantee: 'responseType',
    says: 'a text that is wanted as one becomes JSON',
    in: 'ReadingWish::reading',
    find: 'self.is_forced() && !self.is_typed()',
    replace: 'self.is_forced()',
    test: { file: 'tests/axios/bodies.rs', name: 'a_text_is_read_as_the_caller_wants_it' },
  },
  {
    guarantee: 'responseType',
    says: 'what is no JSON is never a failure',
    in: 'transformResponse',
    find: 'if (reading !== TEXT_READING_STRICT) return data;',
    replace: 'if (reading !== TEXT) return data;',
    test: {
      file: FILE,
      name: 'JSON is read where it is some, unless a text is wanted; where nothing else will do, what is none is a failure',
    },
  },
  {
    guarantee: 'responseType',
    says: 'a stream is read to its end',
    in: 'read',
    find: "if (type === 'stream') return response.body;",
    replace: '',
    test: { file: FILE, name: '`responseType` says as what a body is given' },
  },
  {
    guarantee: 'maxContentLength',
    says: 'a length that is told does not count',
    in: 'send',
    find: 'most !== undefined && length > most)',
    replace: 'most !== undefined && length > 2 * most)',
    test: LIMITED,
  },
  {
    guarantee: 'maxContentLength',
    says: 'what comes is not counted',
    in: 'send',
    find: 'if (loaded > most) throw tooMuch();',
    replace: '',
    test: LIMITED,
  },
  {
    guarantee: 'progress',
    says: 'the end is not told',
    in: 'send',
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
    in: 'progressOf',
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
    in: 'getAdapter',
    find: 'if (found) return found[1];',
    replace: 'if (found) return byFetch;',
    test: { file: FILE, name: 'an adapter of the app’s own sends, and its answer is transformed as any' },
  },
  {
    guarantee: 'adapter',
    says: 'of several the last one sends',
    in: 'getAdapter',
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
    in: 'fetchOf',
    find: 'if (!via) return (own',
    replace: 'if (via || !via) return (own',
    test: { file: FILE, name: 'a `fetch` of the config’s own is the one that sends' },
  },
];
