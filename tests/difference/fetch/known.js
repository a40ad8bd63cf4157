/** Where `api.fetch` does not do as `fetch` does, and why. */

/** @import { Difference } from '../comparison.js' */

/** @type {Difference} */
const refreshes = {
  what: 'A 401 is what the session is for',
  reason: 'The request’s token is refreshed and the request sent once more; what comes then is the answer.',
  probes: ['an answer of 401'],
};

/** @type {Difference[]} */
const always = [
  {
    what: 'A `Request` that was sent can be sent again',
    reason:
      'What is the caller’s is never changed: a copy is sent, also of its body, so that a replay sends it to the byte. With `fetch` the body is used up.',
    probes: ['a Request of POST is used up'],
  },
  {
    what: 'A signal that is aborted ends the call before anything else is looked at',
    reason:
      '`fetch` first says what is wrong with the rest of the request, which nobody wants any more; and it wants a signal of this realm, while here one counts that says it is aborted.',
    probes: [/^an aborted signal, and /, 'a signal that is none: what looks like one that is aborted'],
  },
  {
    what: 'Every field of an `init` is read, once, when the call is made',
    reason:
      'What `fetch` of this platform does not know may be meant for another (`next`, `cf`, `dispatcher`) and is passed on. A getter that throws rejects the call, though `fetch` would not have asked it.',
    probes: ['an init that is: a getter that throws where nobody looks'],
  },
  {
    what: 'A `Request` without CORS for the page’s own origin goes out with CORS',
    reason:
      'It is how images and scripts are asked for, in a service worker: no header could go with it, the token’s included. To its own origin both are answered alike. Where an `init` says `mode`, or the origin is another, it goes out as it is, without a token.',
    probes: ['a Request: without CORS'],
  },
];

export const known = [refreshes, ...always];

/**
 * And where a request that is sent again after a refresh is not as if it had been answered at once.
 *
 * @type {Difference[]}
 */
export const replayed = [
  {
    what: 'A stream is sent once',
    reason:
      'The refresh happens all the same, for those that come later; this call gets its own 401. So it is with the body of a `Request` that is given as an `init`.',
    probes: ['a stream with its duplex', 'a Request as the init, of: POST', 'a Request as both'],
    where: 'Node',
  },
  {
    what: 'Neither is what gives its bytes step by step',
    reason: 'A generator, say, which Node takes for a body; a browser sends what it is as a text.',
    probes: ['what is read step by step'],
  },
  {
    what: 'A 401 under `integrity` is a failure of the network',
    reason:
      'Its body is not the one that was named, so `fetch` says nothing of its status, and no refresh starts.',
    probes: ['the integrity: right', 'the integrity: wrong'],
  },
];

/** All that differs for such a request. */
export const again = [...always, ...replayed];
