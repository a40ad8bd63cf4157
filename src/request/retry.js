// Another attempt after a failure. Whether there is one, Rust says (`policy::retry`).

import { RETRY_QUESTION_RETRIES, RETRY_QUESTION_RETRY_AFTER } from '../boundary.js';
import { report } from '../error/app-code.js';
import { letGo, park } from '../platform/promise.js';
import { LONGEST_TIMEOUT } from '../platform/timeout.js';
import { optionsForHooks } from './hooks.js';
import { layOut } from './input.js';
import { arm, disarm, failByApp } from './interruption.js';
import { askedOf } from './prepare.js';
import { headerOf, putData, waitOf } from './response.js';

const optionsOf = ({ hooked, extras }) => hooked?.options ?? extras ?? {};

function wantedRetries(record) {
  const { retry } = optionsOf(record);
  const wanted = Number(retry === undefined ? Number.NaN : retry);
  const { isUnparsable, hooked, left, retried } = record;
  if (isUnparsable) return 0;
  // What a hook has raised says how many there may be in all: one that does so each time would never come to an end.
  return hooked && !(wanted > left) ? wanted + retried : wanted;
}

/**
 * Answers a question about another attempt.
 *
 * @param question a `RETRY_QUESTION_…`
 * @param status of the failure
 * @returns NaN: nothing is said of it
 */
export function answerRetryQuestion(record, question, status) {
  try {
    if (question === RETRY_QUESTION_RETRIES) return wantedRetries(record);
    if (question === RETRY_QUESTION_RETRY_AFTER) return waitOf(headerOf(record.response, 'retry-after'));
    return Number(optionsOf(record).retryStatusCodes?.includes(status) ?? Number.NaN);
  } catch (error) {
    // A hook may have left anything there.
    report(error);
    return question === RETRY_QUESTION_RETRIES ? 0 : Number.NaN;
  }
}

/** Waits as long as the server and the app want, then begins anew and wakes the task. */
export function pause(record, wait, slot, turn) {
  disarm(record);
  // A function may take its time to say how long.
  arm(record, slot);
  park(slot, turn, record, () => pausing(record, wait, turn), again, failByApp);
}

async function pausing(record, wait, turn) {
  const delay = Math.max(Number(await delayOf(record)) || 0, wait);
  disarm(record);
  // A stream that nobody is given is let go, not aborted.
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

/** Another attempt, from what the caller gave. */
function again(record) {
  letGo(record.response);
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
  layOut(record, record.firstInput, record.firstOwn);
  return record.facts;
}
