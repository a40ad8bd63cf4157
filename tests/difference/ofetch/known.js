/** Where this package does not do as ofetch does, and why. */

/** @import { Difference } from '../comparison.js' */

/** @type {Difference[]} */
export const known = [
  {
    what: 'An empty body is `undefined`',
    reason:
      'ofetch 1.5 gives an empty string where JSON was announced, or nothing: a string where the app expects an object. As in ofetch 2.0 it is `undefined`.',
    probes: [
      'a body without a type that is: ',
      'an empty body of type: application/json',
      'an empty body read as: json',
      'a failure whose body is empty',
    ],
  },
  {
    what: 'An option that is `undefined` or `null` counts as not given',
    reason:
      'ofetch lets `{ method: undefined }` take the default away, and sends `null` as the method NULL. Here the default stands, so that an option may be handed on whether it is set or not.',
    probes: [
      /^an option that is undefined over the defaults’: (method|baseURL|responseType|credentials)$/,
      'a method that is: null',
    ],
  },
  {
    what: 'Falsy bodies are JSON',
    reason: 'ofetch sends `0`, `false` and `NaN` as plain text, but `1` and `true` as JSON.',
    probes: [/^a POST of: (zero|false|not a number)$/],
  },
  {
    what: 'What ofetch cannot send is sent',
    reason:
      'An object without a prototype, or with a field called `buffer`, is JSON as other objects are. A bigint is text, in a query too. What is read step by step is a stream. An object given beside a POST `Request` is JSON, and not the text `[object Object]`.',
    probes: [
      /^a POST of: (an object without a prototype|an object with a buffer|a bigint)$/,
      'a query of: a bigint',
      'what is read step by step gets its duplex',
      'a Request of POST, and an object beside it',
    ],
  },
  {
    what: 'JSON is JSON: what is none stays text',
    reason:
      'ofetch reads `True`, `NULL`, `undefined`, `NaN` and `Infinity` as values, and takes the quotes off a string that is no JSON. A text that says “undefined” stays that text here.',
    probes: [/^a body of JSON that is: (True|NULL|undefined|NaN|-?Infinity|a string with a quote inside)$/],
  },
  {
    what: 'Media types are compared as the standards say',
    reason:
      'Without regard to capitals, to a space before the semicolon, and to parameters; `text/json` and any `+json` are JSON (RFC 9110 §8.3.1, RFC 6839 §3.1, MIME Sniffing §4.6). ofetch sends JSON under a form’s content type with a charset, and gives a `Blob` for `Text/Plain` and a text for `text/json`.',
    probes: [
      /^an object with: a form’s content type (with a charset|in capitals)$/,
      /^a body of type: (application\/json ;charset=utf-8|text\/json|Text\/Plain|image\/svg\+json)$/,
    ],
  },
  {
    what: 'A query that is added keeps all that the URL has',
    reason:
      'ofetch drops the names `__proto__` and `constructor` from the URL as soon as there is a query to add, writes the scheme in small letters, and breaks `data:` and `blob:` URLs.',
    probes: [
      'a query for: a URL with __proto__ as a name',
      /^a query for: (an absolute URL in capitals|a data URL|a blob’s URL)$/,
    ],
  },
  {
    what: 'A query may be `URLSearchParams`',
    reason: 'ofetch takes it without a word and sends nothing of it.',
    probes: ['a query of URLSearchParams'],
  },
  {
    what: 'A wrong option is a `TypeError` that names it, before anything is sent',
    reason:
      'ofetch ignores it, sends something else, or fails after the answer has come, in words of the platform.',
    probes: [
      /^an option that is wrong: /,
      'a response type that is unknown',
      'a signal that is none',
      /headers by: an object with a bad (name|value)$/,
    ],
  },
  {
    what: 'A header that is given twice is sent with both values',
    reason:
      'So it is with ofetch, too, but not where there are headers of the defaults: then the last one counts.',
    probes: ['over the defaults’, headers by: a list with a name twice'],
  },
  {
    what: 'A `Request` is asked for its own method',
    reason:
      'For ofetch a `Request` without a `method` beside it is a GET: it tries a failed POST again, and with a body that is used up, so that the error tells of that instead of the answer. Here its body can be sent again where `retry` says so.',
    probes: ['a Request of POST that fails', 'a Request of POST and a retry'],
  },
  {
    what: 'A stream is sent once',
    reason: 'Whatever `retry` says, as it can be read only once; ofetch sends what is left of it.',
    probes: ['a stream and a retry'],
  },
  {
    what: 'Hooks after the request, and errors, have the options as they were given',
    reason:
      'ofetch puts there what it has made of them: the body as text, the content type, no query, and its own timer’s signal. Here what an app has given can be read, and nothing is changed while it is used.',
    probes: [
      /^onResponse is told of: (queries of both|a body|a time limit)$/,
      'an error’s headers have the content type of JSON',
      'an error’s body as it was given',
      'an error’s query as it was given',
    ],
  },
  {
    what: 'A retry begins with what the caller gave',
    reason:
      'ofetch’s retry begins with what the hooks have left of the last attempt: a header that a hook appends is there twice, and the request has its base and query already.',
    probes: [
      'onRequest of a retry is told of the request',
      'what a hook adds is there once at a retry',
      'onRequest changes: the method, to one that has no body',
    ],
  },
  {
    what: 'A time limit is the platform’s `TimeoutError`',
    reason:
      'A `DOMException`, as `AbortSignal.timeout()` and ofetch 2.0 have it; ofetch 1.5 makes an `Error` of that name, whose message begins with it once more.',
    probes: [/^a time limit (that ends the call|of a POST)$/],
  },
  {
    what: 'A time limit bounds hooks and body, and holds beside a signal',
    reason:
      'In ofetch 1.5 it bounds the wait for the head of the answer alone, and `timeout` is ignored where there is a `signal`; 2.0 joins them, and so does this package.',
    probes: ['a time limit beside a signal that comes later', 'a hook that takes longer than the time limit'],
  },
  {
    what: '`signal` bounds the whole call',
    reason:
      'Whatever its reason, nothing is tried again after an abort, and no hook runs for that; an abort by a hook counts as well. ofetch tries again what was aborted with a reason of the app’s own.',
    probes: [
      'a signal that is aborted by onResponse',
      /^a signal that is aborted before, with a reason, and hooks$/,
      'a signal that is aborted while it is sent, and a retry is due',
    ],
  },
  {
    what: 'A body that cannot be read is a `FetchError`, too',
    reason:
      'With the request, the status, and the reason as its `cause`: one that breaks off, one that `parseResponse` throws at, an answer that is none. `onRequestError` is told of it, and it is tried again as no answer at all would be. ofetch rejects with the bare reason.',
    probes: [
      /^a body that breaks off/,
      'parseResponse that throws',
      'a test double that answers: with nothing',
    ],
  },
  {
    what: '`native` is the platform’s `fetch`',
    reason: 'Always: a `fetch` of the instance’s own is what `api.fetch` uses.',
    probes: ['native of an instance with a fetch of its own'],
  },
];
