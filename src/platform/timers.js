// The timers of sessions, one for each.

import { SIGNAL_TIMER_FIRED } from '../boundary.js';
import { resume, shared } from './page.js';
import { LONGEST_TIMEOUT } from './timeout.js';

/** The running timers, by their driver's number. */
const timers = new Map();

/**
 * Sets the one timer of a driver; an infinite delay clears it. A very long delay is shortened, as a timer that fires early does no harm.
 */
export function setTimer(driver, delay) {
  clearTimeout(timers.get(driver));
  timers.delete(driver);
  if (delay < Number.POSITIVE_INFINITY) {
    const tick = () => {
      timers.delete(driver);
      resume(shared.engine, driver, 0, SIGNAL_TIMER_FIRED, 0);
    };
    timers.set(driver, setTimeout(tick, Math.min(delay, LONGEST_TIMEOUT)));
  }
}
