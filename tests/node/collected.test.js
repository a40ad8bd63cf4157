/** What the garbage collector may take, and what not: in Node a `Request` that nobody holds forgets its own signal. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createApiFetch } from '../../dist/index.js';
import { settled } from '../support/double.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const URL = 'https://api.example.com/';
const TOKENS = { access_token: 'a', refresh_token: 'r', expires_in: 3600 };

/** Everything that nobody holds is gone. */
async function collected() {
  for (let round = 0; round < 3; round += 1) {
    await settled();
    collect();
  }
}

for (const method of ['GET', 'POST']) {
  test(`a Request that nobody else holds is given up by its own signal (${method})`, async () => {
    const api = createApiFetch({
      baseURL: URL,
      fetch: () => new Promise(() => {}),
      session: { storage: 'memory', refresh: '/token' },
    });
    await api.session.set(TOKENS);
    const controller = new AbortController();
    const body = method === 'POST' ? 'b' : null;
    const call = api.fetch(new Request(URL, { method, body, signal: controller.signal }));
    const ended = call.then(
      () => 'answered',
      (reason) => reason,
    );
    await collected();
    const reason = new Error('given up');
    controller.abort(reason);
    assert.equal(await Promise.race([ended, settled().then(() => 'pending')]), reason);
    assert.equal(api.session.pending, 0);
  });
}

test('an instance that listens, and that nobody holds, is collected', async () => {
  const made = 50;
  /** @type {WeakRef<object>[]} */
  const refs = [];
  for (let index = 0; index < made; index += 1) {
    const session = {
      storage: /** @type {const} */ ('memory'),
      refresh: '/token',
      onSignOut() {},
      onRefresh() {},
    };
    const api = createApiFetch({ baseURL: URL, fetch: async () => Response.json({}), session });
    api.session.on('change', () => {});
    await api.session.set({ ...TOKENS, id: `${index}`.repeat(10) });
    await api('/x');
    // Of the engine's own part too: it is what holds the tokens.
    refs.push(new WeakRef(api), new WeakRef(api.session.tokens ?? {}));
  }
  for (let round = 0; round < 10; round += 1) await collected();
  assert.ok(refs.filter((ref) => ref.deref()).length <= 4);
});
