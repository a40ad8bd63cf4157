/** Tokens in a storage of the app's own, which may take its time, fail, or never answer. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';
import { LOOK_AFTER, withClock } from '../support/lacking.js';
import { OWN, withStorages } from '../support/storages.js';

/**
 * @import { TestContext } from 'node:test'
 * @import { Page } from 'playwright-core'
 * @import { Kind, Storages } from '../support/storages.js'
 */

/** In the page. */
const storages = /** @type {Storages} */ (/** @type {any} */ (globalThis).storages);

const useApp = useApps();
const openApp = (
  /** @type {TestContext} */ t,
  /** @type {((page: Page) => Promise<unknown>)[]} */ ...prepared
) =>
  useApp(t, {
    signedIn: false,
    prepare: async (/** @type {Page} */ page) => {
      for (const prepare of [withStorages, ...prepared]) await prepare(page);
    },
  });

/** @type {Kind[]} */
const KINDS = ['sync', 'async'];

for (const kind of KINDS) {
  test(`a storage object that is ${kind} keeps the tokens from one instance to the next, until the sign-out`, async (t) => {
    const app = await openApp(t);
    const result = await app.run(
      async ({ create, tally, base }, { reply, kind }) => {
        const storage = storages.make(kind);
        const first = create({ storage, key: 'own' });
        await first.session?.set(reply);
        const stored = JSON.parse(String(storage.items.get('own')));
        first.session?.dispose();

        const second = create({ storage, key: 'own' });
        await second.session?.ready;
        const found = second.session?.tokens;
        await fetch(`${base}/expire`, { method: 'POST' });
        const fates = await tally(
          Array.from({ length: 50 }, (_, number) => second(`/api/echo/${number + 1}`)),
        );
        const after = JSON.parse(String(storage.items.get('own')));
        const isNew = after.accessToken === second.session?.tokens?.accessToken;
        await second.session?.signOut();
        return { stored, found, fates, isNew, size: storage.items.size };
      },
      { reply: await app.tenant.login(), kind },
    );
    assert.deepEqual(result.fates, { 'own reply': 50 });
    assert.equal(result.found?.accessToken, result.stored.accessToken);
    assert.deepEqual([result.isNew, result.size], [true, 0]);
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  });
}

for (const record of [{ accessToken: 'stored' }, undefined]) {
  const whatFor = record ? 'go out with the stored token' : 'go out without one';
  test(`while the first read is pending, status is loading and requests wait; they ${whatFor}`, async (t) => {
    const app = await openApp(t);
    const result = await app.run(async ({ create, watch, sent, recorder }, record) => {
      const storage = storages.make('held', record);
      const api = create({ storage, key: 'own' }, { fetch: recorder });
      const ready = watch(/** @type {Promise<void>} */ (api.session?.ready));
      const requests = [1, 2, 3].map((number) => watch(api(`/open/echo/${number}`)));
      const valid = watch(/** @type {Promise<unknown>} */ (api.session?.valid()));
      await new Promise((resolve) => setTimeout(resolve));
      const states = [ready, valid, ...requests].map(({ state }) => state);
      const before = [api.session?.status, api.session?.tokens, api.session?.waiting, sent.length];
      await storage.drain();
      const ends = await Promise.all(requests.map(({ outcome }) => outcome));
      return {
        ...{ states, before, ready: ready.state, status: api.session?.status },
        valid: await valid.outcome.then(({ value, error }) => value?.accessToken ?? error?.code),
        tokens: ends.map(({ value }) => value.headers.authorization ?? 'none'),
      };
    }, record);
    assert.deepEqual(result.states, Array(5).fill('pending'));
    assert.deepEqual(result.before, ['loading', null, 4, 0]);
    assert.deepEqual(result.tokens, Array(3).fill(record ? 'Bearer stored' : 'none'));
    assert.equal(result.valid, record ? 'stored' : 'SIGNED_OUT');
    assert.deepEqual([result.ready, result.status], ['fulfilled', record ? 'active' : 'signed-out']);
  });
}

test('set() and signOut() act at once; their promises resolve when it is stored', async (t) => {
  const app = await openApp(t);
  const steps = await app.run(async ({ create, watch }) => {
    const storage = storages.make('held');
    const { session } = create({ storage, key: 'own' });
    if (!session) throw new Error('no session');
    /** @type {unknown[]} */
    const seen = [];
    for (const act of [() => session.set({ access_token: 'a' }), () => session.signOut()]) {
      const { outcome, ...rest } = watch(act());
      const sizeAtEnd = outcome.then(() => storage.items.size);
      await new Promise((resolve) => setTimeout(resolve));
      seen.push([rest.state, session.tokens?.accessToken, storage.items.size]);
      await storage.drain();
      seen.push(['resolved', session.tokens?.accessToken, await sizeAtEnd]);
    }
    return seen;
  });
  assert.deepEqual(steps, [
    ['pending', 'a', 0],
    ['resolved', 'a', 1],
    ['pending', undefined, 1],
    ['resolved', undefined, 0],
  ]);
});

for (const kind of /** @type {Kind[]} */ ([...KINDS, 'held'])) {
  test(`what is asked for at once is done in its order (${kind})`, async (t) => {
    const app = await openApp(t);
    const ends = await app.run(async ({ create }, kind) => {
      const storage = storages.make(kind);
      const { session } = create({ storage, key: 'own' });
      if (!session) throw new Error('no session');
      const finish = async (/** @type {Promise<void>[]} */ promises) => {
        await storage.drain();
        await Promise.all(promises);
        return JSON.parse(storage.items.get('own') ?? '{}').accessToken ?? 'nothing';
      };
      return [
        await finish([session.set({ access_token: 'a' }), session.signOut()]),
        await finish([session.set({ access_token: 'b' }), session.set({ access_token: 'c' })]),
        await finish([session.signOut(), session.set({ access_token: 'd' })]),
        await finish([session.set({ access_token: 'e' }), session.signOut()]),
        session.status,
      ];
    }, kind);
    assert.deepEqual(ends, ['nothing', 'c', 'd', 'nothing', 'signed-out']);
  });
}

for (const trouble of /** @type {const} */ (['throws', 'rejects'])) {
  test(`getItem ${trouble}: nobody is signed in, with one warning; a login works, in memory at worst`, async (t) => {
    const app = await openApp(t, withClock);
    const result = await app.run(
      async ({ create, outcome }, { trouble, reply }) => {
        const storage = storages.make('async', { accessToken: 'unreadable' });
        storage.trouble.getItem = trouble;
        const api = create({ storage, key: 'own' });
        /** @type {string[]} */
        const warnings = [];
        api.session?.on('warning', ({ code }) => warnings.push(code));
        const without = await api('/open/echo/1');
        const status = api.session?.status;
        await api.session?.set(reply);
        const { value } = await outcome(api('/api/echo/1'));
        Object.assign(globalThis, { api, warnings });
        return { token: without.headers.authorization, status, user: value?.user };
      },
      { trouble, reply: await app.tenant.login() },
    );
    assert.deepEqual(result, { token: undefined, status: 'signed-out', user: 'ada' });
    await app.page.clock.fastForward(LOOK_AFTER);
    assert.equal((await app.page.evaluate("api('/api/echo/2')")).user, 'ada');
    const warnings = await app.page.evaluate('warnings');
    assert.deepEqual(warnings, ['storage', 'not-stored']);
  });

  test(`setItem ${trouble}: memory outranks the old record, with one warning, until it can be written again`, async (t) => {
    const app = await openApp(t, withClock);
    await app.run(
      async ({ create }, { trouble, reply }) => {
        const storage = storages.make('async');
        const api = create({ storage, key: 'own' });
        /** @type {string[]} */
        const warnings = [];
        api.session?.on('warning', ({ code }) => warnings.push(code));
        await api.session?.set(reply);
        storage.trouble.setItem = trouble;
        Object.assign(globalThis, { api, warnings, storage });
      },
      { trouble, reply: await app.tenant.login() },
    );
    await app.tenant.expire();
    assert.equal((await app.page.evaluate("api('/api/echo/1')")).user, 'ada');
    await app.page.clock.fastForward(LOOK_AFTER);
    assert.equal((await app.page.evaluate("api('/api/echo/2')")).user, 'ada');
    assert.deepEqual(await app.refreshes(), ONE_REFRESH);
    const token = `JSON.parse(storage.items.get('${OWN}')).accessToken === api.session.tokens.accessToken`;
    assert.deepEqual(await app.page.evaluate(`[warnings, ${token}]`), [['not-stored'], false]);
    await app.page.evaluate('(storage.trouble = {}, api.session.refresh())');
    assert.deepEqual(await app.page.evaluate(`[warnings, ${token}]`), [['not-stored'], true]);
  });
}

test('a storage that never answers has failed after 10 s: what waits goes on in memory', async (t) => {
  const app = await openApp(t, withClock);
  await app.run(({ create, watch }) => {
    const storage = storages.make('async', { accessToken: 'unreadable' });
    Object.assign(storage.trouble, { getItem: 'hangs', setItem: 'hangs', removeItem: 'hangs' });
    const api = create({ storage, key: 'own' });
    /** @type {string[]} */
    const warnings = [];
    api.session?.on('warning', ({ code }) => warnings.push(code));
    Object.assign(globalThis, { watch, api, warnings, request: watch(api('/open/echo/1')) });
  });
  await app.page.clock.runFor(9000);
  assert.equal(await app.page.evaluate('request.state'), 'pending');
  await app.page.clock.runFor(2000);
  const first = await app.page.evaluate('request.outcome');
  assert.equal(first.value.headers.authorization, undefined);

  await app.page.evaluate("void (globalThis.stored = watch(api.session.set({ access_token: 'a' })))");
  await app.page.clock.runFor(50_000);
  assert.equal((await app.page.evaluate('stored.outcome')).error, undefined);
  const second = await app.page.evaluate("api('/open/echo/2')");
  assert.equal(second.headers.authorization, 'Bearer a');
  assert.deepEqual(await app.page.evaluate('warnings'), ['storage', 'not-stored']);
});

test('a writing that ends when its time is long over does not undo what came after it', async (t) => {
  const app = await openApp(t, withClock);
  await app.run(({ create }) => {
    const storage = storages.make('held');
    const api = create({ storage, key: 'own' });
    Object.assign(globalThis, { api, storage, stored: api.session?.set({ accessToken: 'a' }) });
  });
  // All but the writing itself is let go.
  await app.page.evaluate(async () => {
    const { storage } = /** @type {any} */ (globalThis);
    while (storage.log.at(-1) !== 'setItem') {
      storage.waiting.shift()?.();
      await Promise.resolve();
    }
  });
  await app.page.clock.runFor(11_000);
  await app.page.evaluate('void (globalThis.out = api.session.signOut())');
  await app.page.clock.runFor(30_000);
  const items = await app.page.evaluate(async () => {
    const { storage } = /** @type {any} */ (globalThis);
    await storage.drain();
    return [...storage.items];
  });
  assert.deepEqual(items, []);
});

test('a storage that hangs while the refresh is to be stored holds nobody up for ever', async (t) => {
  const app = await openApp(t, withClock);
  await app.run(
    async ({ create }, reply) => {
      const storage = storages.make('async');
      const api = create({ storage, key: 'own' });
      await api.session?.set(reply);
      storage.trouble.setItem = 'hangs';
      Object.assign(globalThis, { api, storage });
    },
    await app.tenant.login(),
  );
  await app.tenant.expire();
  await app.page.evaluate("void (globalThis.request = api('/api/echo/1'))");
  await app.untilBooks(({ refreshes }) => refreshes === 1);
  await app.until(
    () =>
      /** @type {any} */ (globalThis).storage.log.filter((/** @type {string} */ step) => step === 'setItem')
        .length === 2,
  );
  await app.page.clock.runFor(16_000);
  assert.equal((await app.page.evaluate('request')).user, 'ada');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});
