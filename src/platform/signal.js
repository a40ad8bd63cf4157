// Callers' signals. One that all requests of a page share has one listener of this package: Node warns of more than ten.

/** Who listens to each signal. */
const audiences = new WeakMap();

/** Calls once a signal is aborted. */
export function listen(signal, heard) {
  const audience = audiences.get(signal);
  if (audience) {
    audience.add(heard);
    return;
  }
  if (typeof signal.addEventListener !== 'function') throw new TypeError('signal must be an AbortSignal');
  const first = new Set([heard]);
  first.tell = () => {
    for (const one of [...first]) one();
  };
  audiences.set(signal, first);
  // A double may call back at once.
  signal.addEventListener('abort', first.tell);
}

/** Ends the listening. */
export function leave(signal, heard) {
  const audience = audiences.get(signal);
  audience?.delete(heard);
  if (audience?.size !== 0) return;
  audiences.delete(signal);
  try {
    signal.removeEventListener('abort', audience.tell);
  } catch {
    // A signal that can not be left: what it says later is not heard.
  }
}

/** Why it was aborted, or what a double throws instead. */
export function reasonOf(signal) {
  try {
    return signal?.reason;
  } catch (error) {
    return error;
  }
}
