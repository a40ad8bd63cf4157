// Functions of the app's: whatever they throw or return, it ends here.

import { redact, secretsOf } from './redact.js';

/** Reports what the app's code has thrown where there is nobody to be told. */
export function report(error) {
  try {
    (globalThis.reportError ?? console.error)(error);
  } catch {
    // An app's own way to report may fail as well.
  }
}

/** A promise is no answer, though it looks like a yes. */
export function isYes(answer) {
  if (typeof answer?.then !== 'function') return Boolean(answer);
  Promise.resolve(answer).catch(report);
  throw new TypeError('expired.when, refused.when, replay and skip must answer at once, not by a promise');
}

/**
 * Has a function of the app asked for its judgement. One that throws has said no, and is reported: what has come is not lost for it.
 *
 * @param whose `secrets` are not to be printed
 */
export function isSaidSo(ask, whose) {
  try {
    return isYes(ask());
  } catch (error) {
    report(redact(error, whose.secrets));
    return false;
  }
}

/** Tells a listener of the app; what it throws is reported, never passed on, and without the tokens that it may have been given. */
export async function notify(listener, argument) {
  try {
    await listener(argument);
  } catch (error) {
    report(redact(error, secretsOf(argument)));
  }
}
