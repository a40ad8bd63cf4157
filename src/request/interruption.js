// What ends a request early: the caller's signal, and the time that an attempt may take.

import { INTERRUPTION_ABORTED, INTERRUPTION_TIMED_OUT } from '../boundary.js';
import { redact } from '../error/redact.js';
import { interrupt, letGo } from '../platform/promise.js';
import { leave, listen, reasonOf } from '../platform/signal.js';
import { LONGEST_TIMEOUT } from '../platform/timeout.js';

const nothing = () => {};

/** Nothing has come, or it could not be read. */
export function fail(record, error) {
  record.inFlight?.expect(false);
  failByApp(record, error);
}

/** Something of the app's has failed, while nothing is out. */
export function failByApp(record, error) {
  record.error = redact(error, record.secrets);
}

/** Lets go of an answer that was rejected. */
export function discard(record) {
  letGo(record.response);
  record.response = record.data = undefined;
}

/** It comes to its end with this error, an answer that was rejected before is nothing to show. */
function stop(record, error) {
  record.error = error;
  record.turn = undefined;
  record.inFlight?.abort(error);
  forgo(record);
  discard(record);
}

/** Where nothing has been sent, what would have been sent from it need not be made, as `fetch` tells a stream. */
export function forgo(record) {
  if (!record.isSent) letGo(record, record.error);
}

/** Its time begins, unless it runs. */
export function arm(record, slot) {
  const timeout = record.extras?.timeout;
  if (timeout && record.timer === undefined)
    record.timer = setTimeout(() => lapse(record, slot), Math.min(timeout, LONGEST_TIMEOUT));
}

/** Its time stands still: while it waits for a refresh, or for a retry. */
export function disarm(record) {
  if (record.timer === undefined) return;
  clearTimeout(record.timer);
  record.timer = undefined;
}

function lapse(record, slot) {
  disarm(record);
  stop(record, new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  interrupt(record, slot, INTERRUPTION_TIMED_OUT);
}

/** Listens to the caller's signal on behalf of a task. False when it is aborted already, or is no signal. */
export function watch(record, slot, serial) {
  record.id = serial;
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
  const heard = () => {
    if (record.watched !== signal) return;
    abortByCaller(record);
    interrupt(record, slot, INTERRUPTION_ABORTED);
  };
  record.unwatch = () => {
    record.watched = undefined;
    record.unwatch = nothing;
    leave(signal, heard);
  };
  listen(signal, heard);
}

/** The caller has given up. */
function abortByCaller(record) {
  clearTimeout(record.pauseTimer);
  stop(record, reasonOf(record.signal));
}

/** Nothing more is to be heard of it: neither its time nor its caller's signal. */
export function stopTracking(record, step) {
  disarm(record);
  record.unwatch();
  trace(record, step);
}

/** Tells those who trace the session of a step. */
export const trace = (record, step) => record.listeners?.trace(record, step);
