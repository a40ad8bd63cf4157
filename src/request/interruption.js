// What ends a request early: the caller's signal, and the time limit of an attempt.

import { INTERRUPTION_ABORTED, INTERRUPTION_TIMED_OUT } from '../boundary.js';
import { redact } from '../error/redact.js';
import { cancelBody, interrupt } from '../platform/promise.js';
import { leave, listen, reasonOf } from '../platform/signal.js';
import { LONGEST_TIMEOUT } from '../platform/timeout.js';

const nothing = () => {};

/** There is no answer, or it could not be read. */
export function fail(record, error) {
  record.inFlight?.expect(false);
  failByApp(record, error);
}

/** A function of the app's has thrown, while no request is in flight. */
export function failByApp(record, error) {
  record.error = redact(error, record.secrets);
}

/** Drops an answer whose token was rejected. */
export function discard(record) {
  cancelBody(record.response);
  record.response = record.data = undefined;
}

/** Ends the request with this error. An earlier answer, whose token was rejected, is not shown. */
function stop(record, error) {
  record.error = error;
  record.turn = undefined;
  record.inFlight?.abort(error);
  cancelUnsent(record);
  discard(record);
}

/** Cancels a stream body that was never sent, as `fetch` does when it fails. */
export function cancelUnsent(record) {
  if (!record.isSent) cancelBody(record, record.error);
}

/** Starts the time limit, unless it is running. */
export function startTimer(record, slot) {
  const timeout = record.extras?.timeout;
  if (timeout && record.timer === undefined)
    record.timer = setTimeout(() => onTimeout(record, slot), Math.min(timeout, LONGEST_TIMEOUT));
}

/** Stops the time limit, e.g. while the request waits for a refresh or a retry. */
export function stopTimer(record) {
  if (record.timer === undefined) return;
  clearTimeout(record.timer);
  record.timer = undefined;
}

function onTimeout(record, slot) {
  stopTimer(record);
  stop(record, new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  interrupt(record, slot, INTERRUPTION_TIMED_OUT);
}

/** Listens to the caller's signal, which then interrupts the task. Returns false if it is aborted already, or is no signal. */
export function watch(record, slot) {
  const { signal, watched } = record;
  if (signal === undefined || signal === watched) return true;
  record.unwatch();
  record.watched = signal;
  try {
    if (signal.aborted) abortByCaller(record);
    else listenTo(record, signal, slot);
    return !signal.aborted;
  } catch (error) {
    record.error = error;
    return false;
  }
}

function listenTo(record, signal, slot) {
  const onAbort = () => {
    if (record.watched !== signal) return;
    abortByCaller(record);
    interrupt(record, slot, INTERRUPTION_ABORTED);
  };
  record.unwatch = () => {
    record.watched = undefined;
    record.unwatch = nothing;
    leave(signal, onAbort);
  };
  listen(signal, onAbort);
}

/** The caller has aborted. */
function abortByCaller(record) {
  clearTimeout(record.pauseTimer);
  stop(record, reasonOf(record.signal));
}

/** Stops the time limit and the listening to the caller's signal. */
export function stopTracking(record, step) {
  stopTimer(record);
  record.unwatch();
  trace(record, step);
}

/** Calls the listeners to `trace`, if there are any. */
export const trace = (record, step) => record.listeners?.trace(record, step);
