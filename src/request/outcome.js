// Makes the values and the errors that settle promises. Rust decides which one.

import {
  OUTCOME_ABORTED,
  OUTCOME_ANSWER,
  OUTCOME_FAILURE,
  OUTCOME_STATUS,
  SETTLEMENT_ANSWER_ERROR,
  SETTLEMENT_DATA,
  SETTLEMENT_ERROR,
  SETTLEMENT_REQUEST_ERROR,
  SETTLEMENT_RESPONSE,
  SETTLEMENT_RESPONSE_WITH_DATA,
  TRACE_STEP_WORDS,
} from '../boundary.js';
import { authError, fetchError } from '../error/errors.js';
import { putData } from '../platform/response.js';
import { notifyHooksOfAbort, shownOptionsOf } from './hooks.js';
import { cancelUnsent, stopTimer, stopTracking, trace } from './interruption.js';
import { askedOf } from './prepare.js';

/** The last step in a trace, by the outcome. */
const LAST_STEPS = [];
LAST_STEPS[OUTCOME_ANSWER] = LAST_STEPS[OUTCOME_STATUS] = LAST_STEPS[OUTCOME_FAILURE] = 'answered';
LAST_STEPS[OUTCOME_ABORTED] = 'aborted';

/** What an error shows of the request. */
const errorContext = (record) => ({
  method: record.method,
  url: record.url,
  asked: askedOf(record),
  shownOptions: shownOptionsOf(record),
  response: record.response,
  secrets: record.secrets,
});

/** Functions that make what settles the promise, by `SETTLEMENT_…`. */
const SETTLEMENTS = [];
SETTLEMENTS[SETTLEMENT_DATA] = ({ data }) => data;
SETTLEMENTS[SETTLEMENT_RESPONSE] = ({ response }) => response;
SETTLEMENTS[SETTLEMENT_RESPONSE_WITH_DATA] = ({ response, data }) => {
  putData(response, data, true);
  return response;
};
SETTLEMENTS[SETTLEMENT_ERROR] = ({ error }) => error;
SETTLEMENTS[SETTLEMENT_ANSWER_ERROR] = (record) => {
  const { response, data, failure } = record;
  putData(response, data, true);
  return fetchError(errorContext(record), response, data, undefined, failure);
};
SETTLEMENTS[SETTLEMENT_REQUEST_ERROR] = (record) =>
  fetchError(errorContext(record), record.response, record.data, record.error);

/**
 * Stops the time limit and the listening to the caller's signal. If the caller has aborted the request, its hooks are run.
 *
 * @param outcome an `OUTCOME_…`
 * @param settlement a `SETTLEMENT_…`
 * @returns what settles the promise. If making it throws, because the app's options have throwing getters, what was thrown.
 */
export function conclude(record, outcome, settlement) {
  stopTracking(record, LAST_STEPS[outcome] ?? 'failed');
  if (outcome === OUTCOME_ABORTED) notifyHooksOfAbort(record);
  try {
    return SETTLEMENTS[settlement](record);
  } catch (error) {
    return error;
  }
}

/** The session has failed: the request's error is an `AuthError`. */
export function deny(record, code, cause) {
  try {
    record.error = authError(code, cause, errorContext(record));
  } catch {
    // The app's options have throwing getters: make the error without them.
    record.error = authError(code, cause);
  }
  cancelUnsent(record);
}

/** A step that only the engine knows. The request waits now, and its time limit is stopped. */
export function traceEngineStep(record, step) {
  stopTimer(record);
  trace(record, TRACE_STEP_WORDS[step]);
}
