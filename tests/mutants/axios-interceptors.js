/** The interceptors of the facade. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

const FILE = 'tests/node/axios-interceptors.test.js';
const CHAIN = 'tests/axios/chain.rs';

/** @type {Mutant[]} */
export const axiosInterceptors = [
  {
    guarantee: 'order',
    says: 'for a request the first one runs first',
    in: 'requestsOf',
    find: 'chosen.reverse()',
    replace: 'chosen',
    test: { file: FILE, name: 'for a request the last one runs first, for a response the first one' },
  },
  {
    guarantee: 'order',
    says: 'all that are there move for each one that is put before them',
    in: 'requestsOf',
    find: 'chosen.push(one)',
    replace: 'chosen.unshift(one)',
    test: {
      file: 'tests/node/linear.test.js',
      name: 'axios, many interceptors: twice as long is twice as much, and no more',
    },
  },
  {
    guarantee: 'order',
    says: 'for a response the last one runs first',
    in: 'run',
    find: 'responses.push(one)',
    replace: 'responses.unshift(one)',
    test: { file: FILE, name: 'for a request the last one runs first, for a response the first one' },
  },
  {
    guarantee: 'order',
    says: 'the app has no say in it',
    in: 'requestsOf',
    find: 'config.transitional?.legacyInterceptorReqResOrdering ?? true',
    replace: 'true',
    test: { file: FILE, name: 'for a request the first one runs first where the app wants that' },
  },
  {
    guarantee: 'order',
    says: 'a response interceptor is left out',
    in: 'respond',
    find: 'if place < self.responses {',
    replace: 'if place + 1 < self.responses {',
    test: {
      file: CHAIN,
      name: 'whatever_happens_a_request_is_sent_or_fails_once_and_each_response_interceptor_hangs_once',
    },
  },
  {
    guarantee: 'synchronous',
    says: 'a synchronous chain waits for a tick',
    in: 'first',
    find: 'if is_synchronous { self.call(0) } else { at(ChainStep::Begin, 0) }',
    replace:
      'if is_synchronous && self.requests > u32::MAX - 1 { self.call(0) } else { at(ChainStep::Begin, 0) }',
    test: { file: CHAIN, name: 'synchronous_interceptors_are_called_and_the_request_is_sent_at_once' },
  },
  {
    guarantee: 'synchronous',
    says: 'a request is sent a tick later',
    in: 'run',
    find: 'promise = dispatch(current);',
    replace: 'promise = Promise.resolve(current).then(dispatch);',
    test: {
      file: 'tests/node/axios-session.test.js',
      name: 'a chain of synchronous interceptors sends in the tick of the call',
    },
  },
  {
    guarantee: 'synchronous',
    says: 'one that is synchronous has all of them run at once',
    in: 'run',
    find: 'requests.every(({ synchronous })',
    replace: 'requests.some(({ synchronous })',
    test: {
      file: FILE,
      name: 'synchronous ones have run when the call returns; one that is not has all of them wait',
    },
  },
  {
    guarantee: 'runWhen',
    says: 'nobody is asked',
    in: 'requestsOf',
    find: 'isFunction(one.runWhen) && one.runWhen(config) === false',
    replace: 'one.runWhen === false',
    test: { file: FILE, name: 'one runs unless its `runWhen` says `false` of the config' },
  },
  {
    guarantee: 'runWhen',
    says: 'nothing said is a no',
    in: 'requestsOf',
    find: 'one.runWhen(config) === false',
    replace: '!one.runWhen(config)',
    test: { file: FILE, name: 'one runs unless its `runWhen` says `false` of the config' },
  },
  {
    guarantee: 'eject',
    says: 'who is ejected runs on',
    in: 'eject',
    find: 'this.handlers[at] = null;',
    replace: 'this.handlers[at] ??= null;',
    test: { file: FILE, name: 'who is ejected runs no more, and the others keep their numbers' },
  },
  {
    guarantee: 'eject',
    says: 'a number is that of a place among those that are left',
    in: 'eject',
    find: 'const handler = this.#held.get(number);',
    replace: 'const handler = this.handlers.filter(Boolean)[number];',
    test: { file: FILE, name: 'who is ejected runs no more, and the others keep their numbers' },
  },
  {
    guarantee: 'eject',
    says: 'others move up while they are asked',
    in: 'eject',
    find: 'this.handlers[at] = null;',
    replace: 'this.handlers.splice(at, 1);',
    test: { file: FILE, name: 'who is ejected while others are asked whether they run shifts nobody' },
  },
  {
    guarantee: 'clear',
    says: 'all run on',
    in: 'Interceptors.clear',
    find: 'if (this.handlers) this.handlers = [];',
    replace: '',
    test: { file: FILE, name: 'after `clear` none is left, and new ones run' },
  },
  {
    guarantee: 'handlers',
    says: 'a list of the app’s is not looked at',
    in: '#sync',
    find: 'this.#seen = this.handlers;',
    replace: 'this.handlers = this.#seen;',
    test: {
      file: FILE,
      name: 'a list that the app puts in the place of the handlers is the one that counts, and old numbers are nobody’s',
    },
  },
  {
    guarantee: 'handlers',
    says: 'numbers of another list still count',
    in: '#sync',
    find: 'this.#held.clear();',
    replace: '',
    test: {
      file: FILE,
      name: 'a list that the app puts in the place of the handlers is the one that counts, and old numbers are nobody’s',
    },
  },
  {
    guarantee: 'fixed chain',
    says: 'who hears an answer is looked up when it comes',
    in: 'run',
    find: 'promise = promise.then(responses[place].fulfilled, responses[place].rejected);',
    replace:
      'if (place === 0) promise = promise.then(async (answer) => {\n          for (const one of interceptors.response.handlers) await one?.fulfilled(answer);\n          return answer;\n        });',
    test: { file: FILE, name: 'the chain is fixed when the call is made' },
  },
  {
    guarantee: 'fixed chain',
    says: 'who comes while others are asked is asked too',
    in: 'Interceptors.forEach',
    find: 'at < count; at++',
    replace: 'at < Math.max(count, this.handlers.length); at++',
    test: {
      file: FILE,
      name: 'who comes while others are asked whether they run does not run for that call',
    },
  },
  {
    guarantee: 'rejections',
    says: 'a pair hears of its own throw',
    in: 'run',
    find: 'promise.then(responses[place].fulfilled, responses[place].rejected)',
    replace: 'promise.then(responses[place].fulfilled).catch(responses[place].rejected)',
    test: {
      file: FILE,
      name: 'what one throws is heard by the next one’s second function, and what that gives goes on',
    },
  },
  {
    guarantee: 'rejections',
    says: 'those before the request hear of no throw',
    in: 'run',
    find: 'promise.then(requests[place].fulfilled, requests[place].rejected)',
    replace: 'promise.then(requests[place].fulfilled)',
    test: {
      file: FILE,
      name: 'what one before the request throws is heard by the next one, or by those of the response, and nothing is sent',
    },
  },
  {
    guarantee: 'rejections',
    says: 'what a synchronous one throws unheard is passed over',
    in: 'Chain::after',
    find: '(ChainStep::Call, ChainEvent::ThrewUnheard)\n            | (ChainStep::Rescue',
    replace: '(ChainStep::Rescue',
    test: {
      file: CHAIN,
      name: 'what_a_synchronous_interceptor_throws_unheard_fails_the_request_which_is_not_sent',
    },
  },
  {
    guarantee: 'rejections',
    says: 'a synchronous one that hears of its own throw stops the request',
    in: 'Chain::after',
    find: '(ChainStep::Rescue, ChainEvent::Went) => at(ChainStep::Dispatch, 0),',
    replace: '(ChainStep::Rescue, ChainEvent::Went) => at(ChainStep::Fail, 0),',
    test: {
      file: CHAIN,
      name: 'who_hears_of_the_throw_has_the_request_sent_and_those_behind_are_passed_over',
    },
  },
  {
    guarantee: 'rejections',
    says: 'what a synchronous one throws is told of to nobody',
    in: 'run',
    find: 'return isHeard ? CHAIN_EVENT_THREW : CHAIN_EVENT_THREW_UNHEARD;',
    replace: 'return CHAIN_EVENT_THREW_UNHEARD;',
    test: {
      file: FILE,
      name: 'a synchronous one hears of its own throw, and the request is sent all the same',
    },
  },
  {
    guarantee: 'new request',
    says: 'what is answered to a failure is not the caller’s',
    in: 'run',
    find: 'promise.then(responses[place].fulfilled, responses[place].rejected)',
    replace:
      'promise.then(responses[place].fulfilled, async (error) => {\n          await responses[place].rejected?.(error);\n          throw error;\n        })',
    test: { file: FILE, name: 'a response interceptor may answer with a new request' },
  },
];
