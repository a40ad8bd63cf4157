// Answers: whether they mean that the token has expired, and how the body is read.

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
import { isConfirmed, notify } from '../error/app-code.js';
import { pathOf } from '../platform/origin.js';
import { callEngine } from '../platform/page.js';
import { park } from '../platform/promise.js';
import {
  BOUND,
  headerOf,
  mediaTypeOf,
  parse,
  peek,
  putData,
  rememberClock,
  statusOf,
} from '../platform/response.js';
import { fail, startTimer } from './interruption.js';

const JSON_TYPE = READER_WORDS[READER_JSON];

/** The readers of content types that Rust was asked for before: a look here costs less. */
const readers = new Map();
const KNOWN = 64;

/** Finds out whether the body, or the app's function, says that the token has expired, if the session's options ask for that. */
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
    if (!isConfirmed(() => when({ ...record.context(), response, data: body }), record)) return response;
  }
  record.isExpiredByContent = true;
  return response;
}

/** Whether the body can contain a code: if it is JSON by its content type, or the caller reads it as JSON. */
function mayBeJson(record, response) {
  const { shape, responseType } = record;
  if (responseType === READER_WORDS[READER_STREAM]) return false;
  if (headerOf(response, 'content-type') === undefined) {
    return shape !== SHAPE_FETCH && (responseType === undefined || responseType === JSON_TYPE);
  }
  return readerOf(response) === READER_JSON || (shape !== SHAPE_FETCH && responseType === JSON_TYPE);
}

/** The parsed body, if it is not too long. If the caller wants text or JSON, the text is kept; else a copy of the answer is read. */
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

/** Whether the app's `replay` function allows a rejected request to be sent again. */
export function mayReplay(record) {
  const { replay, response } = record;
  return isConfirmed(() => replay({ ...record.context(), response }), record);
}

/** Takes the answer, and returns the bits of `Seen`. */
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

/** Takes the body, and returns whether its envelope reports a failure. If it should be JSON and is not, it stays text. */
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

/** How to read the body, a `READER_…`: as the caller or the content type says. */
function readerFor({ extras, response }, wanted) {
  if (extras?.parseResponse) return READER_JSON;
  return wanted === READER_BY_CONTENT_TYPE ? readerOf(response) : wanted;
}

/** The reader for the content type. The rule is in Rust. */
function readerOf(response) {
  const type = headerOf(response, 'content-type');
  let reader = readers.get(type);
  if (reader === undefined) {
    reader = callEngine((engine) => engine.readerOf(mediaTypeOf(type) ?? ''));
    if (readers.size < KNOWN) readers.set(type, reader);
  }
  return reader;
}

/** Reads the body and wakes the task. */
export function read(record, wanted, slot, turn) {
  const reader = readerFor(record, wanted);
  record.reader = reader;
  startTimer(record, slot);
  park(slot, turn, record, () => bodyOf(record, reader), keepBody, fail);
}

/** The answer's challenge (RFC 9110 §11.6.1). */
export const challengeOf = ({ response }) => headerOf(response, 'www-authenticate');

/** Method and path as one text. */
export const routeOf = ({ method = 'GET', url }) => `${method} ${pathOf(url)}`;

function bodyOf(record, reader) {
  const { broken, extras, response, seen } = record;
  if (broken) throw broken.error;
  if (extras?.parseResponse) return parseByApp(record, extras.parseResponse);
  if (seen !== undefined) return seen;
  // `text` comes first and is called by its name, as it is the commonest, and looking up a method costs more than all this. An empty text
  // is no JSON, so that only other readers have to ask whether there is a body, which is slow too.
  const body = opened(record, response);
  if (reader === READER_JSON) return body.text();
  if (reader === READER_STREAM) return body.body ?? undefined;
  return body.body ? body[READER_WORDS[reader]]() : undefined;
}

/** The answer to read the body from, which reports its progress if the caller wants that. */
function opened(record, response) {
  record.inFlight?.expect(true);
  return record.extras?.onDownloadProgress ? counted(record, response) : response;
}

/** Parses the body with the app's own function. If that throws, another attempt would not help. */
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

/** Takes the data out of the envelope, which may report a failure. */
function unwrap(record) {
  const { envelope } = record.defaults;
  const failure = envelope?.failure(record.data);
  if (failure) {
    if (!((record.facts >> FACTS_IGNORES_ERRORS) & FACTS_IGNORES_ERRORS_MASK)) record.failure = failure;
    return;
  }
  if (envelope) record.data = envelope.unwrap(record.data);
  // The body may be the reply to a login, whose times are by the server's clock.
  if (!record.hasToken || record.defaults.settings.reply.holdsToken(record.data))
    rememberClock(record.data, record.response);
}

/** An answer whose body calls `onDownloadProgress` as it is read. */
function counted(record, response) {
  if (!response.body) return response;
  const { onDownloadProgress } = record.extras;
  const length = Number(headerOf(response, 'content-length') ?? Number.NaN);
  // If the body is compressed, only the compressed length is known.
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
