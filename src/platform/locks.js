// Locks among all tabs of the origin (Web Locks). A tab that dies gives its lock back by that.

/**
 * Asks for a lock.
 *
 * @param name whoever asks for the same name waits
 * @param held called once it is ours
 * @param unsupported called instead where there are no locks: on an insecure page, in a sandboxed frame
 * @returns gives it back, or stops asking for it
 */
export function takeLock(name, held, unsupported) {
  const controller = new AbortController();
  let isHeld = false;
  let giveBack;
  const end = new Promise((resolve) => {
    giveBack = resolve;
  });
  const hold = () => {
    isHeld = true;
    held();
    return end;
  };
  const ask = async () => navigator.locks.request(name, { signal: controller.signal }, hold);
  ask().catch(() => isHeld || controller.signal.aborted || unsupported());
  return () => {
    controller.abort();
    giveBack();
  };
}
