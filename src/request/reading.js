// An answer: what it says of the token, and how its body is read.

import {
  FACTS_IGNORES_ERRORS,
  FACTS_IGNORES_ERRORS_MASK,
  READER_BY_CONTENT_TYPE,
  READER_JSON,
  READER_STREAM,
  READER_TEXT,
  READER_WORDS,
  SEEN_BY_CONTENT,
  SEEN_BY_STATUS,
  SHAPE_FETCH,
} from '../boundary.js';
import { isSaidSo, notify } from '../error/app-code.js';
import { pathOf } from '../platform/origin.js';
import { consult } from '../platform/page.js';
import { park } from '../platform/promise.js';
import { arm, fail } from './interruption.js';
import { BOUND, headerOf, mediaTypeOf, noteClock, parse, peek, putData, statusOf } from './response.js';

const JSON_TYPE = READER_WORDS[READER_JSON];

/** How content types that were met are read: asking Rust anew costs more than looking here. */
const readers = new Map();
const KNOWN = 64;

/** Looks into an answer for what only its body, or the app, can say of the token. */
export function inspect(record, sending) {
  const { expired } = record.defaults.settings;
  record.seen = record.broken = undefined;
  return expired.codes || expired.when ? inspectBody(record, sending, expired, record.turn) : sending;
}

async function inspectBody(record, sending, { codes, when }, turn) {
  const response = await sending;
  record.isExpiredByContent = false;
  if (record.turn !== turn) return response;
  const body = mayBeJson(record, response) ? await look(record, response) : undefined;
  if (record.turn !== turn) return response;
  if (codes && !codes.match(body)) return response;
  if (when) {
    putData(response, body, false);
    if (!isSaidSo(() => when({ ...record.context(), response, data: body }), record)) return response;
  }
  record.isExpiredByContent = true;
  return response;
}

/** Whether there is a code to look for: where the body is JSON by its type, or is read as JSON by the caller's wish. */
function mayBeJson(record, response) {
  const { shape, responseType } = record;
  if (responseType === READER_WORDS[READER_STREAM]) return false;
  if (headerOf(response, 'content-type') === undefined) {
    return shape !== SHAPE_FETCH && (responseType === undefined || responseType === JSON_TYPE);
  }
  return readerOf(response) === READER_JSON || (shape !== SHAPE_FETCH && responseType === JSON_TYPE);
}

/** What the body says, if that is not too long. It is read for good where the caller wants it as text or JSON. */
async function look(record, response) {
  const readsText =
    record.shape !== SHAPE_FETCH &&
    [undefined, JSON_TYPE, READER_WORDS[READER_TEXT]].includes(record.responseType);
  if (!readsText) return parse((await peek(response)) ?? '');
  try {
    record.seen = await response.text();
  } catch (error) {
    record.broken = { error };
    return undefined;
  }
  record.json = parse(record.seen);
  return record.seen.length > BOUND ? undefined : record.json;
}

/** Whether the app wants a rejected request to be sent again. */
export function mayReplay(record) {
  const { replay, response } = record;
  return isSaidSo(() => replay({ ...record.context(), response }), record);
}

/** Takes the answer, and tells what is seen of it. */
export function keepAnswer(record, response) {
  record.inFlight?.expect(false);
  record.status = statusOf(response);
  record.response = response;
  const isDead = Boolean(record.defaults.settings?.expired.status.includes(record.status));
  return (
    record.status |
    (Number(record.isExpiredByContent) << SEEN_BY_CONTENT) |
    (Number(isDead) << SEEN_BY_STATUS)
  );
}

/** Takes the body, and tells whether its envelope tells of a failure. What claims to be JSON and is none stays text. */
function keepBody(record, value) {
  record.inFlight?.expect(false);
  record.data = parsed(record, value);
  if (value && record.reader === READER_STREAM) record.inFlight?.handOut(value, record.signal);
  unwrap(record);
  return Number(record.failure !== undefined);
}

function parsed(record, value) {
  const parseResponse = record.extras?.parseResponse;
  if (parseResponse) return value;
  if (record.reader !== READER_JSON) return value;
  return record.seen === undefined ? parse(value) : record.json;
}

/** How the body is to be read: a `READER_…`, as the caller says or as the content type says. */
function readerFor({ extras, response }, wanted) {
  if (extras?.parseResponse) return READER_JSON;
  return wanted === READER_BY_CONTENT_TYPE ? readerOf(response) : wanted;
}

/** How a body is read by its content type alone. The rule is Rust's. */
function readerOf(response) {
  const type = headerOf(response, 'content-type');
  let reader = readers.get(type);
  if (reader === undefined) {
    reader = consult((engine) => engine.readerOf(mediaTypeOf(type) ?? ''));
    if (readers.size < KNOWN) readers.set(type, reader);
  }
  return reader;
}

/** Reads the body and wakes the task. */
export function read(record, wanted, slot, turn) {
  const reader = readerFor(record, wanted);
  record.reader = reader;
  arm(record, slot);
  park(slot, turn, record, () => bodyOf(record, reader), keepBody, fail);
}

/** The answer's challenge (RFC 9110 §11.6.1). */
export const challengeOf = ({ response }) => headerOf(response, 'www-authenticate');

/** What it has asked of whom: its method and path. */
export const routeOf = ({ method = 'GET', url }) => `${method} ${pathOf(url)}`;

function bodyOf(record, reader) {
  const { broken, extras, response, seen } = record;
  if (broken) throw broken.error;
  if (extras?.parseResponse) return parseByApp(record, extras.parseResponse);
  if (seen !== undefined) return seen;
  // The commonest first, and by its name: looking a method up costs more than the rest of this. No text is no JSON: only
  // elsewhere does it make a difference whether there is a body, and asking is dear too.
  const body = opened(record, response);
  if (reader === READER_JSON) return body.text();
  if (reader === READER_STREAM) return body.body ?? undefined;
  return body.body ? body[READER_WORDS[reader]]() : undefined;
}

/** An answer whose body is to come now. */
function opened(record, response) {
  record.inFlight?.expect(true);
  return record.extras?.onDownloadProgress ? counted(record, response) : response;
}

/** Reads the body by the app's own function. Where that throws, trying again would not mend it. */
async function parseByApp(record, parseResponse) {
  const { inFlight } = record;
  const text = record.seen ?? (await opened(record, record.response).text());
  inFlight?.expect(false);
  try {
    return await parseResponse(text);
  } catch (error) {
    record.isUnparsable = true;
    throw error;
  }
}

/** Takes the body out of its envelope, which may tell of a failure. */
function unwrap(record) {
  const { envelope } = record.defaults;
  const failure = envelope?.failure(record.data);
  if (failure) {
    if (!((record.facts >> FACTS_IGNORES_ERRORS) & FACTS_IGNORES_ERRORS_MASK)) record.failure = failure;
    return;
  }
  if (envelope) record.data = envelope.unwrap(record.data);
  // It may be the reply to a login.
  if (!record.hasToken || record.defaults.settings.reply.holdsToken(record.data))
    noteClock(record.data, record.response);
}

/** An answer whose body tells of its coming, as it is read. */
function counted(record, response) {
  if (!response.body) return response;
  const { onDownloadProgress } = record.extras;
  const length = Number(headerOf(response, 'content-length') ?? Number.NaN);
  // Of what is compressed on its way only the compressed length is known.
  const total = headerOf(response, 'content-encoding') || Number.isNaN(length) ? undefined : length;
  let loaded = 0;
  const count = new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      notify(onDownloadProgress, { loaded, total, progress: total ? loaded / total : undefined });
      controller.enqueue(chunk);
    },
  });
  const { headers } = response;
  return new Response(response.body.pipeThrough(count), { headers });
}
