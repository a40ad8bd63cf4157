// Locks shared by all tabs of the origin (Web Locks). When a tab is closed or crashes, the browser releases its lock.

/**
 * Asks for a lock.
 *
 * @param name only one tab holds the lock of a name
 * @param held called once this tab has it
 * @param unsupported called instead if there are no locks, as on an insecure page or in a sandboxed frame
 * @returns a function that gives it back, or stops asking for it
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
