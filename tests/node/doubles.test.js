/** Doubles of `fetch`, answers and signals as apps' tests have them: whatever they give, the engine goes on. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createApiFetch } from '../../dist/index.js';
import { assertEngineLives } from '../support/alive.js';

const URL_ = 'https://api.example.com/x';

/** @param {unknown} fetch */
function signedIn(fetch) {
  const api = createApiFetch({
    fetch: /** @type {typeof globalThis.fetch} */ (fetch),
    baseURL: 'https://api.example.com',
    session: { storage: 'memory', refresh: async () => ({ access_token: 'second' }) },
  });
  api.session.set({ access_token: 'first', refresh_token: 'r' });
  return api;
}

/** @param {(name: string) => unknown} get */
const answer = (get, status = 200, more = {}) => ({
  status,
  headers: { get },
  text: async () => '{"a":1}',
  ...more,
});

for (const value of [['application/json'], 7, {}, Symbol('type'), true]) {
  test(`a content type that is ${typeof value} is none`, async () => {
    assert.deepEqual(await signedIn(async () => answer(() => value))('/x'), { a: 1 });
    await assertEngineLives();
  });

  test(`a challenge that is ${typeof value} is none: the 401 is replayed`, async () => {
    let sent = 0;
    const api = signedIn(async () => (sent++ ? answer(() => null) : answer(() => value, 401)));
    assert.deepEqual(await api('/x'), { a: 1 });
    await assertEngineLives();
  });
}

test('headers that can be read once only', async () => {
  let reads = 0;
  const once = {
    ...answer(() => null),
    get headers() {
      if (reads++) throw new Error('gone');
      return { get: () => null };
    },
  };
  const api = signedIn(async () => once);
  await api('/x').catch(() => {});
  await assertEngineLives();
});

for (const status of [200, 401]) {
  test(`an abort while the headers of a ${status} are read`, async () => {
    const controller = new AbortController();
    const api = signedIn(async () =>
      answer(() => {
        controller.abort(new Error('enough'));
        return null;
      }, status),
    );
    api.session.on('trace', () => {});
    const error = /** @type {any} */ (
      await api('/x', { signal: controller.signal }).catch((reason) => reason)
    );
    assert.equal(error.name, 'FetchError');
    assert.equal(error.cause?.message, 'enough');
    await assertEngineLives();
  });
}

test('an answer that does not take `_data`', async () => {
  const deaf = answer(() => null, 200, {
    set _data(/** @type {unknown} */ _) {
      throw new Error('no');
    },
  });
  await signedIn(async () => deaf).raw('/x');
  await signedIn(async () => Object.freeze(answer(() => null))).raw('/x');
  await assertEngineLives();
});

test('an empty body read as a stream is undefined', async () => {
  const api = signedIn(async () => new Response(null));
  assert.equal(await api('/x', { responseType: 'stream' }), undefined);
});

for (const when of ['fetch', 'trace']) {
  test(`an abort in the midst of the sending (${when}) leaves no body open`, async () => {
    let cancelled = 0;
    let sent = 0;
    const controller = new AbortController();
    const api = signedIn(async () => {
      sent++;
      if (when === 'fetch') controller.abort();
      return answer(() => null, 200, { body: { cancel: async () => void cancelled++ } });
    });
    api.session.on('trace', ({ step }) => {
      if (when === 'trace' && step === 'sent') controller.abort();
    });
    await assert.rejects(api(URL_, { signal: controller.signal }));
    await new Promise(setImmediate);
    assert.equal(cancelled, sent);
    assert.equal(sent, when === 'fetch' ? 1 : 0, 'what is not wanted any more is not sent');
    assert.equal(api.session.pending, 0);
  });
}

test('a signal that can not be left does not touch an answer that was given', async () => {
  let cancelled = 0;
  let heard = () => {};
  const signal = {
    aborted: false,
    addEventListener: (/** @type {string} */ _, /** @type {() => void} */ listener) => {
      heard = listener;
    },
  };
  const api = signedIn(async () =>
    answer(() => null, 200, { body: { cancel: async () => void cancelled++ } }),
  );
  await api.fetch(URL_, { signal: /** @type {AbortSignal} */ (/** @type {unknown} */ (signal)) });
  heard();
  assert.equal(cancelled, 0);
});

test('a wish for tokens outlives the instance that it was asked of', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  let calls = 0;
  const wish = (() => {
    const api = createApiFetch({
      fetch: async () =>
        calls++ ? Response.json({ access_token: 'second' }) : new Response('', { status: 503 }),
      session: { storage: 'memory', refresh: 'https://id.example.com/token' },
    });
    api.session.set({ access_token: 'first', refresh_token: 'r' });
    return api.session.refresh();
  })();
  // Finalizers run in turns of their own.
  for (let turn = 0; turn < 10; turn++) {
    await new Promise(setImmediate);
    collect();
  }
  assert.equal((await wish).accessToken, 'second');
  assert.equal(calls, 2);
});

test('the platform’s fetch may be replaced by an instance that has been given it, and by no other', async (t) => {
  const platform = async (/** @type {any} */ input) => Response.json({ asked: String(input) });
  const given = signedIn(platform);
  t.mock.method(globalThis, 'fetch', given.fetch);
  assert.deepEqual(await (await fetch(URL_)).json(), { asked: URL_ });
  const other = signedIn(undefined);
  assert.deepEqual(await (await other.fetch(URL_)).json(), { asked: URL_ });

  globalThis.fetch = other.fetch;
  await assert.rejects(fetch(URL_), { name: 'TypeError', message: /globalThis\.fetch is that of this very/ });
  const child = other.create({});
  await assert.rejects(child('/x', { retry: 0 }), /globalThis\.fetch is that of this very/);
});

test('a fetch that an app has put in the place of the platform’s is called on globalThis', async (t) => {
  /** @type {unknown} */
  let self;
  t.mock.method(globalThis, 'fetch', async function () {
    // @ts-expect-error: that is the question
    self = this;
    return Response.json({ fine: true });
  });
  assert.deepEqual(await signedIn(undefined)('/x'), { fine: true });
  assert.equal(self, globalThis);
});
