/** MSW as the app's test double in a page: its service worker answers the API and the refresh. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { useApps } from '../support/app.js';
import { makeBackend } from '../support/msw-backend.js';

/** @import { Kit } from '../support/in-page.js' */

const open = useApps();
const MSW = fileURLToPath(new URL('../../node_modules/msw/lib/iife/index.js', import.meta.url));

/** Only by their names: the page has them. */
/** @type {{ start(): Promise<unknown>, stop(): void }} */
const mock = /** @type {any} */ (undefined);
/** @type {ReturnType<typeof makeBackend>} */
const backend = /** @type {any} */ (undefined);
/** @type {any} */
const own = undefined;

/** A page in which MSW answers, and an instance that is signed in there. */
async function underMsw(/** @type {import('node:test').TestContext} */ t, { isListening = true } = {}) {
  const app = await open(t, { signedIn: false });
  await app.page.addScriptTag({ path: MSW });
  await app.page.evaluate(`globalThis.makeBackend = ${makeBackend}`);
  await app.run(
    async ({ create }, { base, isListening }) => {
      const page = /** @type {any} */ (globalThis);
      page.backend = page.makeBackend(page.MockServiceWorker, base);
      const worker = page.MockServiceWorker.setupWorker(...page.backend.handlers);
      const start = () =>
        worker.start({
          ...{ quiet: true, onUnhandledRequest: 'bypass' },
          serviceWorker: {
            url: '/project/node_modules/msw/lib/mockServiceWorker.js',
            options: { scope: '/' },
          },
        });
      page.mock = { start, stop: () => worker.stop() };
      if (isListening) await start();
      page.own = create(
        { storage: 'memory', refresh: { url: '/token', clientId: 'app' }, refreshRetry: 0 },
        { baseURL: base },
      );
      page.own.session.set(page.backend.tokens());
    },
    { base: `${app.origin}/t/mocked`, isListening },
  );
  return app;
}

test('an expired token under MSW: one refresh, and each shape of a call has its own reply', async (t) => {
  const app = await underMsw(t);
  const seen = await app.run(async () => {
    backend.expire();
    const [data, raw, response] = await Promise.all([
      own('/items/1'),
      own.raw('/items/2'),
      own.fetch(`${location.origin}/t/mocked/items/3`),
    ]);
    return [data, raw._data, await response.json(), backend.books.refreshes, backend.books.spent];
  });
  assert.deepEqual(seen, [{ id: '1' }, { id: '2' }, { id: '3' }, 1, 0]);
});

test('a storm of 200 under MSW, while the refresh is held by hand: one refresh, 200 own replies', async (t) => {
  const app = await underMsw(t);
  await app.run(() => {
    backend.expire();
    backend.hold();
    const calls = Array.from({ length: 200 }, (_, id) =>
      id % 2
        ? own(`/items/${id}`)
        : own
            .fetch(`${location.origin}/t/mocked/items/${id}`)
            .then((/** @type {Response} */ answer) => answer.json()),
    );
    Object.assign(globalThis, { calls });
  });
  await app.until(() => backend.held() === 1 && own.session.waiting === 200);
  const { wrong, books, figures } = await app.run(async () => {
    backend.release();
    const replies = await Promise.all(/** @type {any} */ (globalThis).calls);
    const wrong = replies.filter(({ id }, index) => id !== String(index)).length;
    const { refreshes, spent } = backend.books;
    return { wrong, books: [refreshes, spent], figures: [own.session.pending, own.session.waiting] };
  });
  assert.deepEqual({ wrong, books, figures }, { wrong: 0, books: [1, 0], figures: [0, 0] });
});

test('a refresh that MSW refuses signs out, one that fails does not; a network error is one', async (t) => {
  const app = await underMsw(t);
  const seen = await app.run(async ({ outcome }) => {
    backend.expire();
    backend.behave('fails');
    const failed = await outcome(own('/items/1'));
    const kept = own.session.status;
    backend.behave('refuses');
    const refused = await outcome(own('/items/2'));
    const plain = await outcome(fetch(`${location.origin}/t/mocked/broken`));
    const broken = await outcome(own.fetch(`${location.origin}/t/mocked/broken`));
    return {
      codes: [failed.error?.code, kept, refused.error?.code, own.session.status],
      errors: [plain.error, broken.error].map((error) => [error?.name, error?.message]),
    };
  });
  assert.deepEqual(seen.codes, ['REFRESH_FAILED', 'active', 'REFRESH_REJECTED', 'signed-out']);
  assert.deepEqual(seen.errors[1], seen.errors[0]);
  assert.equal(seen.errors[0]?.[0], 'TypeError');
});

test('an abort while MSW holds the answer rejects at once, and disturbs no other', async (t) => {
  const app = await underMsw(t);
  await app.run(({ watch }) => {
    backend.hold();
    const controller = new AbortController();
    const given = watch(own.fetch(`${location.origin}/t/mocked/held/1`, { signal: controller.signal }));
    Object.assign(globalThis, { controller, given, other: watch(own('/held/2')) });
  });
  await app.until(() => backend.held() === 2);
  const { error, state } = await app.run(async () => {
    const page = /** @type {any} */ (globalThis);
    page.controller.abort(new RangeError('enough'));
    const { error } = await page.given.outcome;
    return { error, state: page.other.state };
  });
  assert.deepEqual([error.name, error.message, state], ['RangeError', 'enough', 'pending']);
  assert.deepEqual(
    await app.run(() => {
      backend.release();
      return /** @type {any} */ (globalThis).other.promise;
    }),
    { id: '2' },
  );
});

test('a handler of MSW reads bodies as they were sent, on a replay too', async (t) => {
  const app = await underMsw(t);
  const replies = await app.run(async () => {
    const form = () => {
      const data = new FormData();
      data.set('name', 'ada');
      data.set('file', new Blob(['content']), 'file.txt');
      return data;
    };
    const text = `${location.origin}/t/mocked/text`;
    /** @type {(() => Promise<any>)[]} */
    const asks = [
      () => own('/text', { method: 'POST', body: { a: [1] } }),
      () => own('/form', { method: 'POST', body: form() }),
      () => own('/text', { method: 'POST', body: new Blob(['blob'], { type: 'text/x-own' }) }),
      () => own(new Request(text, { method: 'POST', body: 'of a request' })),
    ];
    const replies = [];
    for (const ask of asks) {
      backend.expire();
      replies.push(await ask());
    }
    return replies;
  });
  assert.deepEqual(replies, [
    { text: '{"a":[1]}', type: 'application/json' },
    { name: 'ada', content: 'content' },
    { text: 'blob', type: 'text/x-own' },
    { text: 'of a request', type: 'text/plain;charset=UTF-8' },
  ]);
});

test('MSW may be started after the instance was made, and stopped again', async (t) => {
  const app = await underMsw(t, { isListening: false });
  const ask = async (/** @type {Kit} */ { outcome }) => {
    const { value, error } = await outcome(own('/items/1', { retry: 0 }));
    return value ?? error?.status;
  };
  assert.equal(await app.run(ask), 404, 'the real server knows nothing of it');
  await app.run(() => mock.start().then(() => {}));
  assert.deepEqual(await app.run(ask), { id: '1' });
  await app.run(() => mock.stop());
  assert.equal(await app.run(ask), 404);
});
