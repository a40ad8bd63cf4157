// The app's hooks around one attempt of a request.

import {
  HOOK_REQUEST,
  HOOK_REQUEST_ERROR,
  HOOK_RESPONSE,
  HOOK_WORDS,
  HOOKED_ANSWER_IS_FAILURE,
  HOOKED_ANSWER_IS_WANTED,
  INTERRUPTION_ABORTED,
} from '../boundary.js';
import { report } from '../error/app-code.js';
import { AuthError } from '../error/errors.js';
import { Options } from '../options/options.js';
import { interrupt, park } from '../platform/promise.js';
import { putData, statusOf } from '../platform/response.js';
import { takeOptions } from './input.js';
import { failByApp, startTimer, stopTimer, watch } from './interruption.js';
import { askedOf, optionsInForce } from './prepare.js';

/** For a hook's options, which contain the defaults already. */
const NO_DEFAULTS = new Options();

/** The options in force. As in ofetch, `retry` is the number of attempts that are left. */
export function optionsForHooks(record) {
  const options = optionsInForce(record);
  if (record.retried > 0) options.retry = Math.max((options.retry ?? 1) - record.retried, 0);
  record.left = Number(options.retry ?? 0);
  return options;
}

/** The options that an error shows. */
export function shownOptionsOf(record) {
  if (record.firstOwn === undefined) return record.own;
  return record.hooked?.options ?? optionsForHooks(record);
}

/** Runs the hooks of one kind in their order, and wakes the task. */
export function runHooks(record, which, slot, turn, serial) {
  record.id = serial;
  // As in ofetch, hooks run even if the call is aborted already.
  if (which === HOOK_REQUEST && !watch(record, slot)) interrupt(record, slot, INTERRUPTION_ABORTED);
  startTimer(record, slot);
  park(
    slot,
    turn,
    record,
    () => run(record, which, turn),
    () => takeHooked(record, which),
    failByApp,
  );
}

/** What the hooks leave is read in here, so that an error in it rejects the caller's promise. */
async function run(record, which, turn) {
  if (which === HOOK_REQUEST) {
    const options = optionsForHooks(record);
    if (record.body !== undefined) options.body = record.body;
    record.hooked = { request: record.input, options, response: undefined, error: undefined };
  } else {
    fill(record, which);
  }
  const context = record.hooked;
  for (const hook of [context.options[HOOK_WORDS[which]]].flat()) {
    if (record.turn !== turn) return;
    await hook?.(context);
  }
}

/** Fills the hooks' context with the answer or the error. */
function fill(record, which) {
  const context = record.hooked;
  context.request = askedOf(record);
  context.response = record.response;
  context.error = which === HOOK_REQUEST_ERROR ? record.error : undefined;
  if (which === HOOK_RESPONSE) putData(record.response, record.data, true);
}

/** Takes the request, the answer or the error from the context, as the hooks have left it. */
function takeHooked(record, which) {
  const { request, options, response, error } = record.hooked;
  if (which === HOOK_REQUEST) {
    // `query` and `params` are the same option. Without `params`, a hook's change of `query` counts.
    const timeout = record.extras?.timeout;
    takeOptions(record, request, new Options({ ...options, params: undefined }), NO_DEFAULTS);
    // A new time limit starts again.
    if (record.extras?.timeout !== timeout) stopTimer(record);
    return record.facts;
  }
  if (which === HOOK_REQUEST_ERROR) {
    // Hooks can not replace an error of the session.
    if (!(record.error instanceof AuthError)) record.error = error;
    return 0;
  }
  const status = statusOf(response);
  const isOther = response !== record.response;
  // A frozen answer of a test double has no `_data`.
  const data = isOther || Object.hasOwn(response, '_data') ? response._data : record.data;
  const isWanted = options.ignoreResponseError;
  // The envelope's failure is about the answer that the server gave, not about one that a hook has made.
  if (isWanted || isOther) record.failure = undefined;
  record.response = response;
  record.data = data;
  return (
    status |
    (Number(record.failure !== undefined) << HOOKED_ANSWER_IS_FAILURE) |
    (Number(Boolean(isWanted)) << HOOKED_ANSWER_IS_WANTED)
  );
}

/** Runs the error hooks after the caller has aborted. The caller's promise does not wait for them. */
export function notifyHooksOfAbort(record) {
  if (record.hooked) run(record, HOOK_REQUEST_ERROR, record.turn).catch(report);
}
