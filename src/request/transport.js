// A request on its way: sent, taken back, sent again.

import {
  SENDING_START_ATTACHING,
  SENDING_START_READY,
  SENDING_START_TAKEN_BACK,
  SHAPE_FETCH,
} from '../boundary.js';
import { asMeant } from '../platform/origin.js';
import { attend, letGo } from '../platform/promise.js';
import { REQUEST_MEMBERS } from './fetch-input.js';
import { InFlight } from './in-flight.js';
import { arm, discard, fail, failByApp, trace } from './interruption.js';
import { initOf, isWithoutCors, ownRequest } from './prepare.js';
import { inspect, keepAnswer } from './reading.js';

const ENDLESS =
  'globalThis.fetch is that of this very instance, which would never end: give createApiFetch the platform’s as its `fetch`';

const nothing = () => {};
const nothingToKeep = () => 0;

/** A body that can be sent at another URL. Not as bytes: Node can not send a buffer again where it is led on. Its type is the headers' to say. */
async function bodyOf(request) {
  const blob = await request.blob();
  return blob.size === 0 ? undefined : blob.slice();
}

/**
 * Begins a sending: what the last one has brought goes, and the tokens are attached.
 *
 * @returns a `SENDING_START_…`
 */
export function beginSending(record, tokens, slot, turn) {
  record.turn = turn;
  arm(record, slot);
  // Where it holds an answer, that one was rejected.
  trace(record, record.response ? 'replayed' : 'sent');
  discard(record);
  // A listener may have taken it back.
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

/** Puts the tokens in, and makes ready what follows from that. Gives what is to be waited for, if anything. */
function attach(record, tokens) {
  record.target = record.blob = undefined;
  record.hasToken = Boolean(tokens);
  if (!tokens) return undefined;
  record.attached.push(tokens);
  const attaching = record.defaults.settings.attach.put(record, tokens);
  return attaching ? attaching.then(() => readBlob(record)) : readBlob(record);
}

/** A `Request` can not change its URL, and a new one made of it would have a stream for a body. */
function readBlob(record) {
  if (!record.request || !record.target?.url || record.body != null) return undefined;
  return bodyOf(record.request.clone()).then((blob) => {
    record.blob = blob;
  });
}

/**
 * Makes what `fetch` is called with: a fresh copy of everything that a sending uses up or adds to.
 *
 * @returns its input; the init is in `fetchInit`. `undefined`: something has thrown, and the record holds the error
 */
export function buildSending(record, isRevocable, turn) {
  record.turn = turn;
  record.isSent = true;
  record.inFlight = undefined;
  try {
    const { fetch, ownFetch } = record.defaults;
    if (!fetch && globalThis.fetch === ownFetch) throw new TypeError(ENDLESS);
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
  if (!request || !url) return ownRequest(record) ?? asMeant(url ?? record.url, base);
  const own = Object.fromEntries(REQUEST_MEMBERS.map((name) => [name, request[name]]));
  // A service worker may pass a navigation on, which nobody else can ask for.
  if (own.mode === 'navigate') own.mode = 'same-origin';
  record.fetchInit = { ...own, ...fetchInit, body: fetchInit.body ?? record.blob };
  return asMeant(url, base);
}

function sendingInit(record, isRevocable) {
  const { hasToken, isWhole, target, shape } = record;
  const isMarked = hasToken && record.defaults.settings.attach.isHeader;
  // A request's own headers come with it: given beside it, some that only the platform may set would be lost.
  const headers = target?.headers ?? (isMarked || !isWhole ? record.headers : undefined);
  const init = hasToken || !isWhole ? initOf(record, headers) : { ...record.foreignInit };
  // It is for the page's own origin, which answers that as well.
  if (isMarked && isWithoutCors(record)) init.mode = 'cors';
  if (isRevocable || record.extras?.timeout) {
    record.inFlight = new InFlight();
    const { signal } = record.inFlight.controller;
    // The caller's signal, to which the call itself listens, has a part in it only where the answer is handed out unread. Node keeps
    // neither what it is made of nor, with that, a time limit's timer: the caller's signal lives as long as this one.
    init.signal =
      shape === SHAPE_FETCH && init.signal
        ? Object.assign(AbortSignal.any([init.signal, signal]), { signal: init.signal })
        : signal;
  }
  return init;
}

/**
 * Waits for what `fetch` has promised, and wakes the task with it.
 *
 * @param record `undefined`: the engine has trapped while it called `fetch`, and its objects are gone. Nobody waits for the answer.
 */
export function awaitAnswer(record, promise, slot, turn) {
  if (!record) {
    Promise.resolve(promise).then(letGo, nothing);
    return;
  }
  record.fetchInit = undefined;
  attend(slot, turn, record, record.hasToken ? inspect(record, promise) : promise, keepAnswer, fail);
}

/** The same where there is no promise, as building or sending it has failed. */
export function awaitFailure(record, error, slot, turn) {
  if (!record) return;
  record.fetchInit = undefined;
  attend(slot, turn, record, Promise.reject(error), keepAnswer, fail);
}

/** Takes it back from the wire; what still comes of it is nobody's. */
export function withdraw(record) {
  record.turn = undefined;
  record.inFlight?.abort();
}
