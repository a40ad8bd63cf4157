// A request is made ready to be sent: its URL, its body, and what tells whether the session has a part in it.

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
import { asMeant, baseOf, isForeign } from '../platform/origin.js';
import { bytesOf, kindOf, textOf } from './body.js';
import { givenHeaders, mergeHeaders } from './input.js';
import { headerOf, mediaTypeOf } from './response.js';

/** Joins the URL to its base. */
export function joinUrl(record, cutBase, cutRequest, hasSlash) {
  const { baseURL, url } = record;
  record.url = keepJoined(baseURL, url, joined(baseURL, url, cutBase, cutRequest, hasSlash));
}

/**
 * Adds the query, once the URL is joined, and fixes what it is resolved against. As in ofetch, only a string can take a query.
 *
 * @returns whether that went well; else the record holds the error
 */
export function finishUrl(record) {
  try {
    addQuery(record);
    // Nothing has had to wait by now, but for hooks.
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
  // What the hooks of one attempt have left is nothing to the next.
  if (record.own === record.firstOwn) record.firstUrl = url;
  record.url = url;
}

/** What was asked for, joined. */
export const askedOf = ({ input, url }) => (typeof input === 'string' ? url : input);

/** The options in force, as ofetch's users know them: a copy, in which no token ever is. */
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
    // A stream needs it (Fetch, `RequestInit`).
    record.rest = { duplex: 'half', ...record.rest };
  } else if (encoding !== ENCODING_AS_IS) {
    if (encoding === ENCODING_TO_JSON) record.body = JSON.stringify(record.body);
    if (encoding === ENCODING_TO_FORM) record.body = new URLSearchParams(record.body).toString();
    // What the hooks of one attempt have left is nothing to the next.
    if (record.own === record.firstOwn) record.firstBody = record.body;
    markJson(record);
  } else if (kind === BODY_KIND_PLAIN || kind === BODY_KIND_OTHER) {
    record.body = textOf(record.body);
    // No text that the caller gave: as an object, it is marked as none at the next attempt either.
    if (record.own === record.firstOwn) record.firstBody = Object(record.body);
  }
}

/** JSON's content type, and the wish for JSON in return, unless the caller has said otherwise. */
function markJson(record) {
  const given = record.headers;
  record.headers ??= new Headers();
  for (const name of ['content-type', 'accept']) {
    if (!given?.has(name)) record.headers.set(name, 'application/json');
  }
}

/** Fixes what the caller may change while the request waits. */
function fixBody(record) {
  const kind = kindOf(record.body);
  if (kind === BODY_KIND_BYTES) record.body = bytesOf(record.body);
  else if (kind === BODY_KIND_FORM) fixForm(record);
  else record.request = ownRequest(record);
}

/** A `Request` to use up: a copy, but where that can not be had, nor is needed, as another body is sent. */
export function ownRequest(record) {
  const { request } = record;
  const isUsed = request?.bodyUsed || request?.body?.locked;
  return isUsed && kindOf(record.body) !== BODY_KIND_NONE ? request : request?.clone();
}

/** To the byte: a `Request` of its own draws the form's boundary once. */
function fixForm(record) {
  const { signal, ...init } = initOf(record, record.headers);
  record.request = new Request(record.request ?? asMeant(record.url, record.base), init);
  record.headers = new Headers(record.request.headers);
  record.form = record.body;
  record.body = undefined;
  record.ownMethod = undefined;
}

/** Whether it is asked for as images and scripts are: no token's header goes with it. */
export const isWithoutCors = ({ rest, request }) => (rest?.mode ?? request?.mode) === 'no-cors';

/** Only what the caller caused. */
export function initOf(record, headers) {
  const init = { ...record.rest };
  if (record.ownMethod !== undefined) init.method = record.ownMethod;
  if (headers !== undefined) init.headers = headers;
  if (record.body !== undefined) init.body = record.body;
  if (record.signal !== undefined) init.signal = record.signal;
  return init;
}

/** The content type that the caller gives to the body. */
export const contentTypeOf = (record) => mediaTypeOf(headerOf(record, 'content-type'));

/**
 * Whether a token's header would be lost, as images and scripts are asked for without CORS. Who names that mode in the call gets it;
 * for the page's own origin another one serves as well.
 */
function losesHeader(record) {
  const { rest, url, base, defaults } = record;
  const isLost = defaults.settings.attach.isHeader && isWithoutCors(record);
  return Boolean(isLost && (rest?.mode || isForeign(asMeant(url, base))));
}

/** Whether the caller has put credentials where the token would go. */
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

/** Only what goes under the session is traced. */
function beginTrace(record) {
  const { listeners } = record.defaults;
  if (!listeners.areTracing()) return;
  record.listeners = listeners;
  record.began = Date.now();
}

/**
 * Makes its body what is sent, and, under the session, fixes what the caller may change while it waits.
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
