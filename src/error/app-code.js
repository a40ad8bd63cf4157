// Calls the app's functions, and handles whatever they throw or return.

import { redact, secretsOf } from './redact.js';

/** Reports what the app's code has thrown, if there is no promise to reject with it. */
export function report(error) {
  try {
    (globalThis.reportError ?? console.error)(error);
  } catch {
    // The app may have replaced these too, and they throw.
  }
}

/** Whether a function's answer is yes. A promise is an error, as it would count as yes. */
export function isYes(answer) {
  if (typeof answer?.then !== 'function') return Boolean(answer);
  Promise.resolve(answer).catch(report);
  throw new TypeError('expired.when, refused.when, replay and skip must answer at once, not by a promise');
}

/**
 * Asks a function of the app. If it throws, that is reported and counts as no, so that the answer that has come is not lost.
 *
 * @param whose its `secrets` must not be shown in the report
 */
export function isConfirmed(ask, whose) {
  try {
    return isYes(ask());
  } catch (error) {
    report(redact(error, whose.secrets));
    return false;
  }
}

/** Calls a listener of the app. What it throws is only reported, without the tokens that it may have been given. */
export async function notify(listener, argument) {
  try {
    await listener(argument);
  } catch (error) {
    report(redact(error, secretsOf(argument)));
  }
}
