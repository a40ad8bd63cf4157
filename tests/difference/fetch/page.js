/** Runs a probe by the platform's `fetch` and by that of an instance with a session: in Node, and, bundled, in a page. */

import { createApiFetch } from '../../../dist/index.js';
import { contest } from '../kit.js';
import { BEARER, equip, isOfCaller, OVER, showError, showResult } from './kit.js';
import { probes } from './probes/index.js';

/** @import { Records } from '../kit.js' */

const TOKENS = { access_token: BEARER, refresh_token: 'r', expires_in: 3_600 };

/**
 * @param {string} origin
 * @param {object} [tokens]
 */
function signedIn(origin, tokens = TOKENS) {
  const api = createApiFetch({
    session: { storage: 'memory', origins: [origin], refresh: async () => TOKENS },
  });
  api.session.set(tokens);
  return api;
}

/** @param {string} origin */
function held(origin) {
  const api = signedIn(origin);
  return (/** @type {[any, any]} */ ...given) => {
    api.session.refresh();
    return api.fetch(...given);
  };
}

const platform =
  () =>
  (/** @type {[any, any]} */ ...given) =>
    globalThis.fetch(...given);

/** @param {(origin: string) => (...given: any[]) => unknown} own */
const beside = (own) =>
  contest({
    contestants: { theirs: platform, ours: own },
    probes,
    subject: (make, { origin }) => make(origin),
    equip,
    show: showResult,
    plainError: showError,
    isTheirs: isOfCaller,
  });

const ways = {
  'sent at once': beside((origin) => signedIn(origin).fetch),
  'held until a refresh is over': beside(held),
};
const again = {
  'sent again after a refresh': beside((origin) => signedIn(origin, { ...TOKENS, access_token: OVER }).fetch),
};

/** @type {(ways: Record<string, ReturnType<typeof beside>>) => (name: string, origin: string) => Promise<Records>} */
const byEach = (ways) => async (name, origin) => {
  /** @type {Records} */
  const all = { theirs: '', ours: '' };
  for (const [way, run] of Object.entries(ways)) {
    const { theirs, ours } = await run(name, origin);
    if (theirs === ours) continue;
    all.theirs += `${way}: ${theirs}\n`;
    all.ours += `${way}: ${ours}\n`;
  }
  return all;
};

export const runBoth = byEach(ways);
export const runAgain = byEach(again);
