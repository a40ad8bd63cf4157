/** What the garbage collector may take while a call waits: in Node a `Request` that nobody holds forgets its own signal. */

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
