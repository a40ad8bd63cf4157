/** In a page too a refresh is not led astray, though it is told nothing of where a redirect leads. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useApps } from '../support/app.js';
import { twoOrigins } from '../support/redirects.js';

const openApp = useApps();

/**
 * @typedef {[status: number, where: string, redirect: 'manual' | 'follow' | undefined, isTaken: boolean, here: number, away: number]} Row
 * @type {Row[]}
 */
const REDIRECTS = [
  [307, 'here', 'follow', true, 2, 0],
  [307, 'away', 'follow', false, 1, 1],
];
for (const status of [302, 303, 307, 308])
  for (const where of ['here', 'away']) REDIRECTS.push([status, where, undefined, false, 1, 0]);

for (const [status, where, redirect, isTaken, here, away] of REDIRECTS) {
  test(`a refresh that is answered by a ${status} (${where}, ${redirect ?? 'by default'})`, async (t) => {
    const servers = await twoOrigins(t);
    const app = await openApp(t, { signedIn: false });
    const url = `${servers.here.origin}/redirect/${status}/${where}`;
    const [code, cause, token, state] = await app.run(
      async ({ create }, refresh) => {
        const api = create({ key: 'own', refresh });
        await api.session?.set({ access_token: 'first', refresh_token: 'r1' });
        const error = /** @type {any} */ (await api.session?.refresh().catch((reason) => reason));
        return [error.code, error.cause?.message, api.session?.tokens?.accessToken, api.session?.status];
      },
      { url, ...(redirect && { redirect }) },
    );
    assert.deepEqual([code, token], isTaken ? [undefined, 'second'] : ['REFRESH_FAILED', 'first']);
    if (!isTaken) assert.match(cause, /answered by a redirect, which only session\.refresh\.redirect/);
    assert.equal(state, 'active');
    assert.deepEqual([servers.here.arrivals.length, servers.away.arrivals.length], [here, away]);
  });
}
