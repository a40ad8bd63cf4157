// Another attempt after a failure. Rust decides whether there is one (`policy::retry`).

import { RETRY_QUESTION_RETRIES, RETRY_QUESTION_RETRY_AFTER } from '../boundary.js';
import { report } from '../error/app-code.js';
import { cancelBody, park } from '../platform/promise.js';
import { headerOf, putData, waitOf } from '../platform/response.js';
import { LONGEST_TIMEOUT } from '../platform/timeout.js';
import { optionsForHooks } from './hooks.js';
import { takeOptions } from './input.js';
import { failByApp, startTimer, stopTimer } from './interruption.js';
import { askedOf } from './prepare.js';

const optionsOf = ({ hooked, extras }) => hooked?.options ?? extras ?? {};

function wantedRetries(record) {
  const { retry } = optionsOf(record);
  const wanted = Number(retry === undefined ? Number.NaN : retry);
  const { isUnparsable, hooked, left, retried } = record;
  if (isUnparsable) return 0;
  // A hook that raises `retry` sets the total number. If it added to what is left, a hook that always sets it would never stop.
  return hooked && !(wanted > left) ? wanted + retried : wanted;
}

/**
 * Answers a question about another attempt.
 *
 * @param question a `RETRY_QUESTION_…`
 * @param status of the failure
 * @returns NaN if nothing is known
 */
export function answerRetryQuestion(record, question, status) {
  try {
    if (question === RETRY_QUESTION_RETRIES) return wantedRetries(record);
    if (question === RETRY_QUESTION_RETRY_AFTER) return waitOf(headerOf(record.response, 'retry-after'));
    return Number(optionsOf(record).retryStatusCodes?.includes(status) ?? Number.NaN);
  } catch (error) {
    // A hook may have left anything in the options.
    report(error);
    return question === RETRY_QUESTION_RETRIES ? 0 : Number.NaN;
  }
}

/** Waits as long as the server and the app want, resets the record for the next attempt, and wakes the task. */
export function pause(record, wait, slot, turn) {
  stopTimer(record);
  // The app's function for the delay may be asynchronous, and has the time limit too.
  startTimer(record, slot);
  park(slot, turn, record, () => pausing(record, wait, turn), again, failByApp);
}

async function pausing(record, wait, turn) {
  const delay = Math.max(Number(await delayOf(record)) || 0, wait);
  stopTimer(record);
  // The failed answer's stream is cancelled, not aborted.
  record.inFlight?.expect(false);
  if (delay > 0 && record.turn === turn)
    await new Promise((resolve) => {
      record.pauseTimer = setTimeout(resolve, Math.min(delay, LONGEST_TIMEOUT));
    });
}

function delayOf(record) {
  const { retryDelay } = optionsOf(record);
  if (typeof retryDelay !== 'function') return retryDelay;
  const { hooked, response, error } = record;
  if (response) putData(response, record.data, true);
  return retryDelay(
    hooked ?? { request: askedOf(record), options: optionsForHooks(record), response, error },
  );
}

/** Resets the record to what the caller has given. */
function again(record) {
  cancelBody(record.response);
  record.retried += 1;
  record.response =
    record.error =
    record.hooked =
    record.data =
    record.failure =
    record.seen =
    record.broken =
      undefined;
  record.target = record.blob = record.form = undefined;
  record.isSent = false;
  record.isExpiredByContent = false;
  takeOptions(record, record.firstInput, record.firstOwn);
  return record.facts;
}
