// How a request ends, and what its caller is told. Which end it is, and which value settles the promise, Rust says.

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
import { shownOptionsOf, tellOfAbort } from './hooks.js';
import { disarm, forgo, stopTracking, trace } from './interruption.js';
import { askedOf } from './prepare.js';
import { putData } from './response.js';

/** The last step that a trace tells, by how the request has ended. */
const LAST_STEPS = [];
LAST_STEPS[OUTCOME_ANSWER] = LAST_STEPS[OUTCOME_STATUS] = LAST_STEPS[OUTCOME_FAILURE] = 'answered';
LAST_STEPS[OUTCOME_ABORTED] = 'aborted';

/** What errors tell of it. */
const told = (record) => ({
  method: record.method,
  url: record.url,
  asked: askedOf(record),
  shownOptions: shownOptionsOf(record),
  response: record.response,
  secrets: record.secrets,
});

/** Makes what settles a promise, by its `SETTLEMENT_…`. */
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
  return fetchError(told(record), response, data, undefined, failure);
};
SETTLEMENTS[SETTLEMENT_REQUEST_ERROR] = (record) =>
  fetchError(told(record), record.response, record.data, record.error);

/**
 * Nothing more is to be heard of it: neither its time nor its caller's signal. Hooks hear that a caller has given up.
 *
 * @param outcome an `OUTCOME_…`
 * @param settlement a `SETTLEMENT_…`
 * @returns what settles the promise; or what making it has thrown, as the app may have left anything where an error looks
 */
export function conclude(record, outcome, settlement) {
  stopTracking(record, LAST_STEPS[outcome] ?? 'failed');
  if (outcome === OUTCOME_ABORTED) tellOfAbort(record);
  try {
    return SETTLEMENTS[settlement](record);
  } catch (error) {
    return error;
  }
}

/** The session has failed. */
export function deny(record, code, cause) {
  try {
    record.error = authError(code, cause, told(record));
  } catch {
    // What the app has left where the error looks can not be looked at.
    record.error = authError(code, cause);
  }
  forgo(record);
}

/** A step that only the engine sees. It waits now, and its time stands still. */
export function traceEngineStep(record, step) {
  disarm(record);
  trace(record, TRACE_STEP_WORDS[step]);
}
