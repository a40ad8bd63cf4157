/** Where `api.fetch` does not do as `fetch` does, and why. */

/** @import { Difference } from '../comparison.js' */

/** @type {Difference[]} */
export const known = [
  {
    what: 'A 401 is what the session is for',
    reason: 'The request’s token is refreshed and the request sent once more; what comes then is the answer.',
    probes: ['an answer of 401'],
  },
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
