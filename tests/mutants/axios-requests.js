/** What a config of the facade sends: the body, and who asks. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

const FILE = 'tests/node/axios-requests.test.js';
const CONFIG = 'tests/node/axios-config.test.js';
const LINEAR = 'tests/node/linear.test.js';
const FORMS = 'tests/node/axios-forms.test.js';
const PAGE = 'tests/node/axios-page.test.js';
const URLS = 'tests/axios/urls.rs';

/** @type {Mutant[]} */
export const axiosRequests = [
  {
    guarantee: 'transformRequest',
    says: 'each function is given the body as it was',
    in: 'transformed',
    find: 'transform.call(config, result,',
    replace: 'transform.call(config, data,',
    test: {
      file: FILE,
      name: 'what the app transforms goes from one function to the next, and is what is sent',
    },
  },
  {
    guarantee: 'transformRequest',
    says: 'headers that it sets are not sent',
    in: 'transformed',
    find: 'AxiosHeaders.from(given);\n  let',
    replace: 'new AxiosHeaders({ ...given });\n  let',
    test: {
      file: FILE,
      name: 'what the app transforms goes from one function to the next, and is what is sent',
    },
  },
  {
    guarantee: 'bodies',
    says: 'an object goes as JSON although its type says a form',
    in: 'SentBody::encoding',
    find: 'self.is_object() && self.says_query()',
    replace: 'self.is_object() && self.says_query() && self.is_search()',
    test: { file: 'tests/axios/bodies.rs', name: 'a_body_is_sent_as_its_kind_and_its_content_type_say' },
  },
  {
    guarantee: 'bodies',
    says: 'JSON has no content type',
    in: 'transformRequest',
    find: "headers.setContentType('application/json', false);",
    replace: '',
    test: { file: FILE, name: 'a body is sent as its kind and its content type say' },
  },
  {
    guarantee: 'bodies',
    says: 'a text with no type is not said to be a query',
    in: 'dispatch',
    find: "config.headers.setContentType('application/x-www-form-urlencoded', false);",
    replace: '{}',
    test: { file: FILE, name: 'a body is sent as its kind and its content type say' },
  },
  {
    guarantee: 'bodies',
    says: 'postForm sends JSON',
    in: 'prototype',
    find: "sender({ 'Content-Type': 'multipart/form-data' })",
    replace: 'sender({})',
    test: {
      file: FILE,
      name: 'an object is sent as a form, by its content type or by the method that says so',
    },
  },
  {
    guarantee: 'bodies',
    says: 'a form has a content type without its boundary',
    in: 'send',
    find: "if (isPlatformForm(data)) headers.delete('content-type');",
    replace: '',
    test: { file: CONFIG, name: 'a form is sent as one, in Node too' },
  },
  {
    guarantee: 'bodies',
    says: 'of a part of a buffer the whole is sent',
    in: 'isWhole',
    find: ' && data.byteLength === data.buffer.byteLength',
    replace: '',
    test: { file: CONFIG, name: 'of a view of a buffer only what it shows is sent' },
  },
  {
    guarantee: 'forms',
    says: 'the second of a name takes the place of the first',
    in: 'put',
    find: 'listAt(target, name).push(value)',
    replace: 'target[name] = value',
    test: { file: FORMS, name: 'the flat names of a form become nested values' },
  },
  {
    guarantee: 'forms',
    says: 'a list is looked through for each value that it gets',
    in: 'listAt',
    find: 'lists.add(target[name]);',
    replace: '',
    test: { file: LINEAR, name: 'axios, a form of one name: twice as long is twice as much, and no more' },
  },
  {
    guarantee: 'forms',
    says: 'values without an end are followed for ever',
    in: 'toFormData',
    find: 'if (within.includes(thing)) throw',
    replace: 'if (!within) throw',
    test: { file: FORMS, name: 'values without an end, or nested too deep, are a failure, either way' },
  },
  {
    guarantee: 'forms',
    says: 'values may be nested as deep as they are',
    in: 'toFormData',
    find: 'if (depth > deepest) throw',
    replace: 'if (depth > 1e4) throw',
    test: { file: FORMS, name: 'values without an end, or nested too deep, are a failure, either way' },
  },
  {
    guarantee: 'forms',
    says: '`dots` is passed over',
    in: 'nameOf',
    find: 'return hasDots ?',
    replace: 'return hasDots > 1 ?',
    test: { file: FORMS, name: 'nested values get flat names, in the way that is asked for' },
  },
  {
    guarantee: 'XSRF',
    says: 'every origin is told the cookie',
    in: 'tells_xsrf',
    find: 'matches!(wish, XsrfWish::Unsaid) && is_same_origin',
    replace: '(matches!(wish, XsrfWish::Unsaid) || is_same_origin)',
    test: { file: URLS, name: 'the_cookie_is_told_to_the_own_origin_and_where_the_app_says_so' },
  },
  {
    guarantee: 'XSRF',
    says: 'an origin that begins as the page’s is told the cookie',
    in: 'guard',
    find: 'new URL(url, document.baseURI).origin === location.origin',
    replace: 'new URL(url, document.baseURI).href.startsWith(location.origin)',
    test: { file: PAGE, name: 'the cookie is told to the page’s own origin, and to no other' },
  },
  {
    guarantee: 'XSRF',
    says: 'anything that is not empty is a yes',
    in: 'guard',
    find: 'said === true ? XSRF_WISH_YES : XSRF_WISH_OTHER',
    replace: 'said ? XSRF_WISH_YES : XSRF_WISH_OTHER',
    test: { file: PAGE, name: 'the app may have it told anywhere, by `true`, or nowhere, by anything else' },
  },
  {
    guarantee: 'XSRF',
    says: 'a cookie whose name ends so is told',
    in: 'cookieOf',
    find: 'if (key === name && value.length)',
    replace: 'if (key.endsWith(name) && value.length)',
    test: { file: PAGE, name: 'the cookie is told to the page’s own origin, and to no other' },
  },
  {
    guarantee: 'withCredentials',
    says: 'cookies go everywhere where nothing is said',
    in: 'send',
    find: "withCredentials = 'same-origin'",
    replace: "withCredentials = 'include'",
    test: { file: FILE, name: 'cookies go to the own origin, to any, or to none' },
  },
  {
    guarantee: 'withCredentials',
    says: '`false` is passed over',
    in: 'send',
    find: "withCredentials ? 'include' : 'omit'",
    replace: "withCredentials ? 'include' : 'same-origin'",
    test: { file: FILE, name: 'cookies go to the own origin, to any, or to none' },
  },
  {
    guarantee: 'auth',
    says: 'a password is not UTF-8',
    in: 'asUtf8',
    find: "Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')",
    replace: 'text',
    test: {
      file: FILE,
      name: 'basic authentication, by the config or by the URL, stands over a header, and is not in the URL that is sent',
    },
  },
  {
    guarantee: 'auth',
    says: 'a password in a URL stays in it',
    in: 'authenticate',
    find: 'url = parsed.href;',
    replace: '',
    test: {
      file: FILE,
      name: 'basic authentication, by the config or by the URL, stands over a header, and is not in the URL that is sent',
    },
  },
];
