// Prepares a request for sending: its URL, its body, and whether it may carry a token.

import {
  BODY_KIND_BYTES,
  BODY_KIND_FORM,
  BODY_KIND_NONE,
  BODY_KIND_OTHER,
  BODY_KIND_PLAIN,
  ENCODING_AS_IS,
  ENCODING_STREAM,
  ENCODING_TO_FORM,
  ENCODING_TO_JSON,
  FACTS_BODY,
  FACTS_BODY_MASK,
  TOKEN_ANSWER_NO,
  TOKEN_ANSWER_THROWN,
  TOKEN_ANSWER_YES,
  TOKEN_QUESTION_HAS_OWN_CREDENTIALS,
  TOKEN_QUESTION_IS_SKIPPED,
  TOKEN_QUESTION_LEADS_TO_OWN_ORIGIN,
  TOKEN_QUESTION_LOSES_HEADER,
  WARNING_OWN_CREDENTIALS,
} from '../boundary.js';
import { copyOfPlain } from '../options/copy.js';
import { copyOfExtras } from '../options/extras.js';
import { shown } from '../options/options.js';
import { withQuery } from '../options/query.js';
import { joined, keepJoined } from '../platform/joined-urls.js';
import { baseOf, isForeign, pinnedUrl } from '../platform/origin.js';
import { headerOf, mediaTypeOf } from '../platform/response.js';
import { bytesOf, kindOf, textOf } from './body.js';
import { givenHeaders, mergeHeaders } from './input.js';

/** Joins the URL to the base URL. */
export function joinUrl(record, cutBase, cutRequest, hasSlash) {
  const { baseURL, url } = record;
  record.url = keepJoined(baseURL, url, joined(baseURL, url, cutBase, cutRequest, hasSlash));
}

/**
 * Adds the query to the joined URL, and fixes the base that the page resolves it against. As in ofetch, only a string can have a query.
 *
 * @returns false if that throws; the record holds the error then
 */
export function finishUrl(record, serial) {
  record.id = serial;
  try {
    addQuery(record);
    // With hooks the base was fixed when the call was made; without, the call has not waited yet.
    record.base ??= baseOf(record.url);
    return true;
  } catch (error) {
    record.error = error;
    return false;
  }
}

function addQuery(record) {
  const query = record.extras?.query;
  if (!query || typeof record.input !== 'string') return;
  const url = record.firstUrl ?? withQuery(record.url, query);
  // Not what hooks have made of it, as the next attempt begins with the caller's own.
  if (record.own === record.firstOwn) record.firstUrl = url;
  record.url = url;
}

/** The input as hooks and errors show it: the joined URL, or the `Request` or `URL` that was given. */
export const askedOf = ({ input, url }) => (typeof input === 'string' ? url : input);

/** A copy of the options in force, as in ofetch. It never contains a token. */
export function optionsInForce(record) {
  const { own, defaults, extras, ownMethod } = record;
  const isBare = own === defaults;
  const headers = mergeHeaders(defaults.headers, givenHeaders(record)) ?? new Headers();
  const query = copyOfPlain(extras?.query);
  const options = {
    ...shown(defaults),
    ...(!isBare && shown(own)),
    ...copyOfExtras(extras),
    headers,
    query,
    params: query,
  };
  return ownMethod === undefined ? options : { ...options, method: ownMethod };
}

function encode(record, encoding) {
  const kind = (record.facts >> FACTS_BODY) & FACTS_BODY_MASK;
  if (encoding === ENCODING_STREAM) {
    // Required for a stream (Fetch, `RequestInit`).
    record.rest = { duplex: 'half', ...record.rest };
  } else if (encoding !== ENCODING_AS_IS) {
    if (encoding === ENCODING_TO_JSON) record.body = JSON.stringify(record.body);
    if (encoding === ENCODING_TO_FORM) record.body = new URLSearchParams(record.body).toString();
    // Not what hooks have made of it, as the next attempt begins with the caller's own.
    if (record.own === record.firstOwn) record.firstBody = record.body;
    markJson(record);
  } else if (kind === BODY_KIND_PLAIN || kind === BODY_KIND_OTHER) {
    record.body = textOf(record.body);
    // As an object and not a string: the next attempt must not take it for a text of the caller's, which has another content type.
    if (record.own === record.firstOwn) record.firstBody = Object(record.body);
  }
}

/** Sets `content-type` and `accept` to JSON, unless the caller has set them. */
function markJson(record) {
  const given = record.headers;
  record.headers ??= new Headers();
  for (const name of ['content-type', 'accept']) {
    if (!given?.has(name)) record.headers.set(name, 'application/json');
  }
}

/** Copies a body that the caller may change while the request waits. */
function fixBody(record) {
  const kind = kindOf(record.body);
  if (kind === BODY_KIND_BYTES) record.body = bytesOf(record.body);
  else if (kind === BODY_KIND_FORM) fixForm(record);
  else record.request = ownRequest(record);
}

/** A copy of the `Request` for one sending. If its body is used it can not be copied, nor need it, as another body is sent then. */
export function ownRequest(record) {
  const { request } = record;
  const isUsed = request?.bodyUsed || request?.body?.locked;
  return isUsed && kindOf(record.body) !== BODY_KIND_NONE ? request : request?.clone();
}

/** Puts a form into a `Request`, so that each sending has the same bytes: the boundary is chosen when the `Request` is made. */
function fixForm(record) {
  const { signal, ...init } = initOf(record, record.headers);
  record.request = new Request(record.request ?? pinnedUrl(record.url, record.base), init);
  record.headers = new Headers(record.request.headers);
  record.form = record.body;
  record.body = undefined;
  record.ownMethod = undefined;
}

/** The init for `fetch`, with only those members that the caller has caused. */
export function initOf(record, headers) {
  const init = { ...record.rest };
  if (record.ownMethod !== undefined) init.method = record.ownMethod;
  if (headers !== undefined) init.headers = headers;
  if (record.body !== undefined) init.body = record.body;
  if (record.signal !== undefined) init.signal = record.signal;
  return init;
}

/** The content type that the caller has set for the body. */
export const contentTypeOf = (record) => mediaTypeOf(headerOf(record, 'content-type'));

/**
 * Whether the token's header would be dropped from a request with the mode `no-cors`, which images and scripts have. For the page's own
 * origin another mode serves as well, unless the call itself names this one.
 */
const losesHeader = ({ rest, url, base, defaults }) =>
  defaults.settings.attach.isHeader && Boolean(rest?.mode || isForeign(pinnedUrl(url, base)));

/** Whether the caller has set credentials where the token would go. */
function hasOwnCredentials(record) {
  const { settings, listeners } = record.defaults;
  const isTaken = settings.attach.isTaken(record);
  if (isTaken) listeners.warnOnce(WARNING_OWN_CREDENTIALS);
  return isTaken;
}

/** The answers to each `TOKEN_QUESTION_…`. */
const TOKEN_ANSWERS = [];
TOKEN_ANSWERS[TOKEN_QUESTION_LEADS_TO_OWN_ORIGIN] = ({ defaults, url, base }) =>
  defaults.origins.hold(url, base);
TOKEN_ANSWERS[TOKEN_QUESTION_IS_SKIPPED] = (record) => record.defaults.settings.skips(record);
TOKEN_ANSWERS[TOKEN_QUESTION_LOSES_HEADER] = losesHeader;
TOKEN_ANSWERS[TOKEN_QUESTION_HAS_OWN_CREDENTIALS] = hasOwnCredentials;

/** Gives a `TOKEN_ANSWER_…`: a `skip` of the app's may throw. */
export function answerTokenQuestion(record, question) {
  try {
    return TOKEN_ANSWERS[question](record) ? TOKEN_ANSWER_YES : TOKEN_ANSWER_NO;
  } catch (error) {
    record.error = error;
    return TOKEN_ANSWER_THROWN;
  }
}

/** Starts the trace. Only requests with the session are traced. */
function beginTrace(record) {
  const { listeners } = record.defaults;
  if (!listeners.areTracing()) return;
  record.listeners = listeners;
  record.began = Date.now();
}

/**
 * Encodes the body, and, with the session, copies what the caller may change while the request waits.
 *
 * @returns whether that went well; else the record holds the error, which JSON, or a `toString` of the app's, may throw
 */
export function makeReady(record, encoding, isUnderSession) {
  try {
    encode(record, encoding);
    if (isUnderSession) {
      fixBody(record);
      beginTrace(record);
    }
    return true;
  } catch (error) {
    record.error = error;
    return false;
  }
}
