/** Where this package does not do as axios does, and why. */

/** @import { Difference } from '../comparison.js' */

/** @type {Difference[]} */
export const known = [
  {
    what: 'A view of a buffer is sent as the bytes that it shows',
    reason:
      'axios sends all of the buffer behind it: of `bytes.subarray(1, 3)` the server gets the bytes before and after, too.',
    probes: [/: a view of a part of a buffer$/],
  },
  {
    what: 'In Node, a form is the platform’s `FormData`, and is sent as one',
    reason:
      'axios sends the platform’s under the content type `application/x-www-form-urlencoded`, and what it makes of objects as the text `[object FormData]`; a `Blob` or a list of files in it is an error. In a browser both do the same.',
    where: 'Node',
    probes: [
      /^(a POST of|a PUT by its config of|what reaches fetch for): an? (empty )?form$/,
      /^a content type that is (another JSON|an encoded form’s|an encoded form’s with a charset|text|its own|nothing|an empty text), and: a form$/,
      /^a content type that is a form’s( with a boundary)?, and: (an object|a list|an instance of a class)$/,
      /^a content type of the defaults: a form’s( with a boundary)?$/,
      'a form of a config that is sent again',
      /^postForm of: /,
      /^formSerializer of a form: (dots|indexes|metaTokens|a visitor)/,
      'putForm and patchForm',
      'postForm of a form of the document',
      /^a method with a body: (post|put|patch)Form$/,
    ],
  },
  {
    what: 'A config that is given beside a URL is left alone',
    reason: 'axios writes the URL into the caller’s object.',
    probes: ['a config object that is given beside a URL'],
  },
  {
    what: 'A time limit has the code and the words that axios’ documentation names',
    reason:
      '`ECONNABORTED`, or `ETIMEDOUT` with `transitional.clarifyTimeoutError`, and `timeoutErrorMessage`: so it is with axios’ adapter for pages. With its `fetch` adapter, both options are without effect, and an app that changes its adapter no longer knows its time limits.',
    probes: [
      /^a time limit: (as it is|with an? (empty )?message|clarifyTimeoutError: true, with a message|of a POST)$/,
      /^a time limit (that is: |of the defaults$|that ends )/,
      /^a time limit(, and a signal that never comes| reaches the response interceptors)$/,
    ],
  },
  {
    what: "`responseType: 'document'` is a document",
    reason: 'In a page, as with axios’ adapter for pages; its `fetch` adapter gives the text.',
    where: 'Chromium',
    probes: [/^(a failure |nothing \(204\) )?read as: document$/],
  },
  {
    what: 'A double of `fetch` answers with a `Response`',
    reason:
      'What is none is an answer that never came: `ERR_NETWORK`. axios takes whatever has the fields that it reads.',
    probes: [/^a double of fetch that gives: (nothing|what only looks like one)$/],
  },
];
