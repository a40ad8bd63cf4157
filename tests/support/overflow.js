/**
 * Lets the stack of this process overflow within the engine, and prints as JSON what became of the callers: a list of rounds, each with
 * the outcomes of the call before, of those at the end of the stack, and of the one after. A process of its own, as Node tells on
 * the standard error what it had no stack to do.
 */

/** Each round has an engine of its own: what stops one is not to stop the next. */
async function freshEngine(/** @type {number} */ round) {
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (key.description?.startsWith('wasm-api-fetch/')) Reflect.deleteProperty(globalThis, key);
  }
  const { createApiFetch } = await import(`../../dist/index.js?round=${round}`);
  return createApiFetch;
}

/**
 * Calls at the end of the stack, and from there on the way back.
 *
 * @param {() => Promise<unknown>} call
 * @param {number} width of a frame, in values: so the stack ends at another place of the call
 */
function callAtTheEnd(call, width) {
  /** @type {Promise<unknown>[]} */
  const made = Array.from({ length: 30 });
  let count = 0;
  /** @type {(...values: unknown[]) => void} */
  const dive = (...values) => {
    try {
      dive(...values);
    } catch {
      // The end, or a call that has thrown there as `fetch` does.
    }
    if (count === made.length) return;
    // Kept without a call, for which there may be no room any more.
    made[count] = call();
    count += 1;
  };
  try {
    dive(...Array.from({ length: width }));
  } catch {
    // The last call on the way back.
  }
  return made;
}

/** @param {number} width */
async function round(width) {
  const createApiFetch = await freshEngine(width);
  const answer = () => Response.json({ fine: true });
  let held = Promise.resolve();
  const api = createApiFetch({
    fetch: () => held.then(answer),
    baseURL: 'https://api.example.com',
    session: { storage: 'memory', refresh: async () => ({ access_token: 'second' }) },
  });
  await api.session.set({ access_token: 'first', refresh_token: 'r' });
  const post = (/** @type {string} */ url) => api(url, { method: 'POST', body: { a: 1 } });
  await post('/first');
  let release = () => {};
  held = new Promise((resolve) => {
    release = resolve;
  });
  const before = post('/before');
  const made = callAtTheEnd(() => post('/deep'), width);
  release();
  const outcomes = await Promise.allSettled([before, ...made, post('/after')]);
  const calls = outcomes.map((one) => (one.status === 'fulfilled' ? 'answered' : String(one.reason)));
  const members = [() => api.session.tokens?.accessToken, () => api.session.signOut()].map(async (ask) =>
    ask(),
  );
  const looks = await Promise.allSettled(members);
  return [...calls, ...looks.map((one) => String(one.status === 'fulfilled' ? one.value : one.reason))];
}

// Where the stack has ended in the midst of a call, its promise has come to nobody.
process.on('unhandledRejection', () => {});
const rounds = [];
for (let width = 0; width < 24; width++) rounds.push(await round(width));
process.stdout.write(JSON.stringify(rounds));
