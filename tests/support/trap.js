/**
 * Has the engine trap within a call: something of the platform throws through it, once, as the end of the stack does.
 *
 * @template T
 * @param {() => T} call asks a session for something
 * @returns {T}
 */
export function trapIn(call) {
  const { now } = Date;
  Date.now = () => {
    Date.now = now;
    throw new RangeError('a trap');
  };
  return call();
}
