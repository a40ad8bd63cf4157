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
import { layOut } from './input.js';
import { arm, disarm, failByApp, watch } from './interruption.js';
import { askedOf, optionsInForce } from './prepare.js';
import { putData, statusOf } from './response.js';

/** Where a hook's options hold all that applies, there is nothing beneath them. */
const NOTHING_BENEATH = new Options();

/** As ofetch's users know it, `retry` says how many attempts are left. */
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

/** Runs the hooks of one kind, in their order, and wakes the task. */
export function runHooks(record, which, slot, turn, serial) {
  record.id = serial;
  // As in ofetch, the hooks of a call that is given up already are told of it.
  if (which === HOOK_REQUEST && !watch(record, slot, serial)) interrupt(record, slot, INTERRUPTION_ABORTED);
  arm(record, slot);
  park(
    slot,
    turn,
    record,
    () => run(record, which, turn),
    () => takeHooked(record, which),
    failByApp,
  );
}

/** Here and not before: what a hook has left may be anything, and its errors are the caller's. */
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

/** Tells the hooks what has come. */
function fill(record, which) {
  const context = record.hooked;
  context.request = askedOf(record);
  context.response = record.response;
  context.error = which === HOOK_REQUEST_ERROR ? record.error : undefined;
  if (which === HOOK_RESPONSE) putData(record.response, record.data, true);
}

/** Takes what the hooks have left: the request as it is to be sent, or the answer as it is to be given. */
function takeHooked(record, which) {
  const { request, options, response, error } = record.hooked;
  if (which === HOOK_REQUEST) {
    // Of the two names of a query record one counts: a hook that changes it need not know of the other.
    const timeout = record.extras?.timeout;
    layOut(record, request, new Options({ ...options, params: undefined }), NOTHING_BENEATH);
    // Another limit begins anew.
    if (record.extras?.timeout !== timeout) disarm(record);
    return record.facts;
  }
  if (which === HOOK_REQUEST_ERROR) {
    // What the session says of itself stands.
    if (!(record.error instanceof AuthError)) record.error = error;
    return 0;
  }
  const status = statusOf(response);
  const isOther = response !== record.response;
  // A test double's answer may be frozen, and hold none.
  const data = isOther || Object.hasOwn(response, '_data') ? response._data : record.data;
  const isWanted = options.ignoreResponseError;
  // What a hook has put in the place of an answer is no failure of an envelope's.
  if (isWanted || isOther) record.failure = undefined;
  record.response = response;
  record.data = data;
  return (
    status |
    (Number(record.failure !== undefined) << HOOKED_ANSWER_IS_FAILURE) |
    (Number(Boolean(isWanted)) << HOOKED_ANSWER_IS_WANTED)
  );
}

/** The caller has given up, and is not kept waiting by a hook that hears of it. */
export function tellOfAbort(record) {
  if (record.hooked) run(record, HOOK_REQUEST_ERROR, record.turn).catch(report);
}
