// Sends a request, withdraws it, and sends it again.

import {
  SENDING_START_ATTACHING,
  SENDING_START_READY,
  SENDING_START_TAKEN_BACK,
  SHAPE_FETCH,
} from '../boundary.js';
import { pinnedUrl } from '../platform/origin.js';
import { attend, cancelBody } from '../platform/promise.js';
import { isWithoutCors, REQUEST_MEMBERS } from './fetch-input.js';
import { InFlight } from './in-flight.js';
import { discard, fail, failByApp, startTimer, trace } from './interruption.js';
import { initOf, ownRequest } from './prepare.js';
import { inspect, keepAnswer } from './reading.js';

const ENDLESS =
  'globalThis.fetch is that of this very instance, which would never end: give createApiFetch the platform’s as its `fetch`';

const nothing = () => {};
const nothingToKeep = () => 0;

/**
 * The body of a `Request` for another URL, without a type, as the headers have it. Not a buffer: Node can not send one again after a
 * redirect.
 */
async function bodyOf(request) {
  const blob = await request.blob();
  return blob.size === 0 ? undefined : blob.slice();
}

/**
 * Begins a sending: drops the last one's answer, and attaches the tokens.
 *
 * @returns a `SENDING_START_…`
 */
export function beginSending(record, tokens, slot, turn) {
  record.turn = turn;
  startTimer(record, slot);
  // If there is an answer, its token was rejected.
  trace(record, record.response ? 'replayed' : 'sent');
  discard(record);
  // A listener to `trace` may have aborted the request.
  if (record.turn !== turn) return SENDING_START_TAKEN_BACK;
  let attaching;
  try {
    attaching = attach(record, tokens);
  } catch (error) {
    attaching = Promise.reject(error);
  }
  if (!attaching) return SENDING_START_READY;
  attend(slot, turn, record, attaching, nothingToKeep, failByApp);
  return SENDING_START_ATTACHING;
}

/** Attaches the tokens. Returns a promise if that is asynchronous. */
function attach(record, tokens) {
  record.target = record.blob = undefined;
  record.hasToken = Boolean(tokens);
  if (!tokens) return undefined;
  record.attached.push(tokens);
  const attaching = record.defaults.settings.attach.put(record, tokens);
  return attaching ? attaching.then(() => readBlob(record)) : readBlob(record);
}

/** Reads the body of a `Request` if the URL is changed: a new `Request` made of it would have a stream as its body. */
function readBlob(record) {
  if (!record.request || !record.target?.url || record.body != null) return undefined;
  return bodyOf(record.request.clone()).then((blob) => {
    record.blob = blob;
  });
}

/**
 * Makes the arguments of `fetch`, with a new copy of everything that a sending uses up or changes.
 *
 * @returns the input; the init is in `fetchInit`. `undefined` if something throws; the record holds the error then.
 */
export function buildSending(record, isRevocable, turn) {
  record.turn = turn;
  record.isSent = true;
  record.inFlight = undefined;
  try {
    const { fetch, instanceFetch } = record.defaults;
    if (!fetch && globalThis.fetch === instanceFetch) throw new TypeError(ENDLESS);
    record.fetchInit = sendingInit(record, isRevocable);
    return sendingInput(record);
  } catch (error) {
    record.error = error;
    return undefined;
  }
}

function sendingInput(record) {
  const { request, target, base, fetchInit } = record;
  const url = target?.url;
  if (!request || !url) return ownRequest(record) ?? pinnedUrl(url ?? record.url, base);
  const own = Object.fromEntries(REQUEST_MEMBERS.map((name) => [name, request[name]]));
  // A service worker may pass on a navigation, and only the browser can make a request with that mode.
  if (own.mode === 'navigate') own.mode = 'same-origin';
  record.fetchInit = { ...own, ...fetchInit, body: fetchInit.body ?? record.blob };
  return pinnedUrl(url, base);
}

function sendingInit(record, isRevocable) {
  const { hasToken, isWhole, target, shape } = record;
  const isMarked = hasToken && record.defaults.settings.attach.isHeader;
  // The headers of a `Request` are not repeated in the init: those that only the platform may set would be lost.
  const headers = target?.headers ?? (isMarked || !isWhole ? record.headers : undefined);
  const init = hasToken || !isWhole ? initOf(record, headers) : { ...record.foreignInit };
  // `no-cors` would drop the token's header. Such a request gets here only for the page's own origin, where both modes work alike.
  if (isMarked && isWithoutCors(record)) init.mode = 'cors';
  if (isRevocable || record.extras?.timeout) {
    record.inFlight = new InFlight();
    const { signal } = record.inFlight.controller;
    // The call itself listens to the caller's signal, so that `fetch` needs it only for an answer that is handed out unread. Node does
    // not keep the signals alive that `any` was given, nor the timer of `AbortSignal.timeout`: a property keeps the caller's one.
    init.signal =
      shape === SHAPE_FETCH && init.signal
        ? Object.assign(AbortSignal.any([init.signal, signal]), { signal: init.signal })
        : signal;
  }
  return init;
}

/**
 * Waits for the promise that `fetch` has returned, and wakes the task with the bits of `Seen`.
 *
 * @param record `undefined` if the engine has trapped while it called `fetch`, and its objects are gone: nobody waits for the answer
 */
export function awaitAnswer(record, promise, slot, turn) {
  if (!record) {
    Promise.resolve(promise).then(cancelBody, nothing);
    return;
  }
  record.fetchInit = undefined;
  attend(slot, turn, record, record.hasToken ? inspect(record, promise) : promise, keepAnswer, fail);
}

/** The same if there is no promise, because building the request or calling `fetch` has thrown. */
export function awaitFailure(record, error, slot, turn) {
  if (!record) return;
  record.fetchInit = undefined;
  attend(slot, turn, record, Promise.reject(error), keepAnswer, fail);
}

/** Aborts the request that is in flight, and ignores what still comes of it. */
export function withdraw(record) {
  record.turn = undefined;
  record.inFlight?.abort();
}
