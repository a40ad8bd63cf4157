// The timers of sessions, one for each.

import { SIGNAL_TIMER_FIRED } from '../boundary.js';
import { resume, shared } from './page.js';
import { LONGEST_TIMEOUT } from './timeout.js';

/** The timers that are set, by their host's number. */
const timers = new Map();

/** Sets the one timer of a host; a delay that never ends clears it. One beyond 2^31 ms would fire at once: an early tick does no harm. */
export function setTimer(host, delay) {
  clearTimeout(timers.get(host));
  timers.delete(host);
  if (delay < Number.POSITIVE_INFINITY) {
    const tick = () => {
      timers.delete(host);
      resume(shared.engine, host, 0, SIGNAL_TIMER_FIRED, 0);
    };
    timers.set(host, setTimeout(tick, Math.min(delay, LONGEST_TIMEOUT)));
  }
}
