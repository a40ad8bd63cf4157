// Callers' signals. For a signal that many requests share, this package adds only one event listener: Node warns if there are more than
// ten.

/** The listeners to each signal. */
const listenersOf = new WeakMap();

/** Calls a function when the signal is aborted. */
export function listen(signal, listener) {
  const listeners = listenersOf.get(signal);
  if (listeners) {
    listeners.add(listener);
    return;
  }
  if (typeof signal.addEventListener !== 'function') throw new TypeError('signal must be an AbortSignal');
  const first = new Set([listener]);
  first.notify = () => {
    for (const one of [...first]) one();
  };
  listenersOf.set(signal, first);
  // After the listeners are set, as a test double may call back synchronously.
  signal.addEventListener('abort', first.notify);
}

/** Ends the listening. */
export function leave(signal, listener) {
  const listeners = listenersOf.get(signal);
  listeners?.delete(listener);
  if (listeners?.size !== 0) return;
  listenersOf.delete(signal);
  try {
    signal.removeEventListener('abort', listeners.notify);
  } catch {
    // The listener can not be removed. It does nothing then, as nobody is left for it to call.
  }
}

/** Why it was aborted. If a test double throws instead, what it throws. */
export function reasonOf(signal) {
  try {
    return signal?.reason;
  } catch (error) {
    return error;
  }
}
