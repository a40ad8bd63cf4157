/** Where a reply keeps its values, and whose tokens they are. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';

/** @import { TokenFields } from '../../src/npm/types.js' */

const openApp = useApps();
const NOW = 1_800_000_000_000;

/** @type {[name: string, value: string | number, token: string, read: string | number][]} */
const NAMES = [
  ['accessToken', 'access', 'accessToken', 'access'],
  ['refreshToken', 'refresh', 'refreshToken', 'refresh'],
  ['expiresIn', 100, 'expiresAt', NOW + 100_000],
  ['expiresIn', '100', 'expiresAt', NOW + 100_000],
  ['expiresAt', NOW / 1000 + 100, 'expiresAt', NOW + 100_000],
  ['refreshExpiresIn', 200, 'refreshExpiresAt', NOW + 200_000],
  ['refreshExpiresAt', NOW + 200_000, 'refreshExpiresAt', NOW + 200_000],
  ['appKey', 'key', 'appKey', 'key'],
];

for (const way of ['a dotted path', 'a function']) {
  test(`each value is read by ${way}, a name of the app’s own too, and other fields are kept`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    for (const [name, value, token, read] of NAMES) {
      const tokens = await app.run(
        async ({ create }, { now, way, name, value }) => {
          Date.now = () => now;
          const place = way === 'a function' ? (/** @type {any} */ reply) => reply.deep.value : 'deep.value';
          const fields = { accessToken: 'token', [name]: place };
          const { session } = create({ storage: 'memory', fields });
          await session?.set({ token: 'plain', deep: { value }, beside: { other: [1] }, expires: 5 });
          return session?.tokens;
        },
        { now: NOW, way, name, value },
      );
      assert.equal(tokens?.[token], read, `${name}: ${value}`);
      assert.deepEqual([tokens?.beside, tokens?.expires], [{ other: [1] }, 5], name);
    }
  });
}

/** @type {TokenFields} */
const WRAPPED = { accessToken: 'data.token', expiresIn: 'data.expires', user: 'data.name' };
const XTOKEN = {
  fields: WRAPPED,
  attach: { header: 'X-Token' },
  refresh: { url: '/xtoken/refresh', attach: true, body: /** @type {const} */ ('none') },
};

for (const envelope of [undefined, { code: 'code', data: 'data' }]) {
  const kind = envelope ? 'with an envelope' : 'without one';
  test(`paths into the envelope’s data, ${kind}: a login’s reply may be given unwrapped or whole, a refresh’s is read too`, async (t) => {
    const app = await openApp(t, {
      signedIn: false,
      session: XTOKEN,
      defaults: envelope ? { envelope } : {},
    });
    for (const form of ['whole', 'data']) {
      const tokens = await app.run(async ({ api, base }, form) => {
        const login = { method: 'POST', body: JSON.stringify({ username: 'ada' }) };
        const headers = { 'content-type': 'application/json' };
        const reply = await fetch(`${base}/xtoken/login`, { ...login, headers }).then((answer) =>
          answer.json(),
        );
        await api.session?.set(form === 'whole' ? reply : reply.data);
        const before = api.session?.tokens;
        return [before, await api.session?.refresh()];
      }, form);
      for (const set of tokens) {
        assert.equal(set?.user, 'ada', form);
        assert.ok(Number(set?.expiresAt) > Date.now(), form);
        assert.ok(
          !Object.keys(set ?? {}).some((name) => ['token', 'expires', 'name', 'data'].includes(name)),
        );
      }
      assert.notEqual(tokens[0]?.accessToken, tokens[1]?.accessToken);
    }
    await app.tenant.expire();
    assert.equal(await app.run(async ({ api }) => (await api.raw('/xtoken/strict/echo/1')).status), 200);
    assert.deepEqual(await app.refreshes(), { ...ONE_REFRESH, refreshes: 3, presentations: 3 });
  });
}

test('what a refresh leaves out keeps its old value, times excepted', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const tokens = await app.run(async ({ create }) => {
    const fields = { appKey: 'app_key', deep: (/** @type {any} */ reply) => reply.it?.deep };
    const { session } = create({
      key: 'own',
      fields,
      refresh: () => ({ access_token: 'b', more: 2, it: undefined }),
    });
    const spans = { expires_in: 100, refresh_expires_in: 200 };
    await session?.set({ access_token: 'a', refresh_token: 'r', app_key: 'k', it: { deep: 1 }, ...spans });
    await session?.refresh();
    return [session?.tokens, JSON.parse(String(localStorage.getItem('own')))];
  });
  const kept = { accessToken: 'b', refreshToken: 'r', appKey: 'k', deep: 1, it: { deep: 1 }, more: 2 };
  assert.deepEqual(tokens[0], kept);
  const { apifetch: _, ...record } = tokens[1];
  assert.deepEqual(record, kept);
});

test('Tokens as they are will do, whatever the names of the replies', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const [given, set, refreshed] = await app.run(async ({ create }) => {
    const expiresAt = Date.now() + 600_000;
    const tokens = { accessToken: 'a', refreshToken: 'r', expiresAt, refreshExpiresAt: expiresAt, own: 1 };
    const next = { ...tokens, accessToken: 'b' };
    const fields = { accessToken: 'data.token', expiresAt: 'data.end', own: 'data.own' };
    const { session } = create({ storage: 'memory', fields, refresh: () => next });
    await session?.set(tokens);
    return [tokens, session?.tokens, await session?.refresh()];
  });
  assert.deepEqual(set, given);
  assert.deepEqual(refreshed, { ...given, accessToken: 'b' });
});

const TOKENLESS = [
  {},
  { data: {} },
  { data: null },
  { data: { token: null } },
  { data: { token: undefined } },
  { data: { token: '' } },
  { data: { token: 17 } },
  { data: { token: { token: 'a' } } },
  { data: { token: 'line\nbreak' } },
  { access_token: 'elsewhere' },
  [],
  'text',
];

test('a reply without a token is a TypeError for set() and a failure for a refresh; the old tokens stay', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const outcomes = await app.run(async ({ create, outcome, seen }, replies) => {
    /** @type {any} */
    let reply;
    const fields = { accessToken: 'data.token' };
    const api = create({ key: 'own', fields, refresh: () => reply });
    await api.session?.set({ data: { token: 'good' }, refresh_token: 'r' });
    const record = localStorage.getItem('own');
    const ends = [];
    for (reply of [...replies, undefined]) {
      const set = (await outcome(api.session?.set(reply))).error?.name;
      const refresh = (await outcome(api.session?.refresh())).error?.code;
      const { accessToken } = api.session?.tokens ?? {};
      ends.push([set, refresh, accessToken, localStorage.getItem('own') === record, api.session?.status]);
    }
    return { ends, record, reported: seen.reported, signOuts: seen.signOuts };
  }, TOKENLESS);
  for (const [index, end] of outcomes.ends.entries()) {
    const name = JSON.stringify(TOKENLESS[index]);
    assert.deepEqual(end, ['TypeError', 'REFRESH_FAILED', 'good', true, 'active'], name);
  }
  assert.ok(!/undefined|null/.test(String(outcomes.record)), String(outcomes.record));
  assert.deepEqual([outcomes.reported, outcomes.signOuts], [[], []]);
});

test('a server’s reply without a token at the names’ places fails the refresh, and the next request tries again', async (t) => {
  const app = await openApp(t, { signedIn: false, session: { ...XTOKEN, refreshRetry: 0 } });
  const login = await fetch(`${app.tenant.url}/xtoken/login`, {
    method: 'POST',
    body: '{"username":"ada"}',
  }).then((answer) => answer.json());
  await app.run(({ api }, reply) => api.session?.set(reply), login);
  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: 'empty', times: 1 } });
  const codes = await app.run(async ({ api, outcome }) => [
    (await outcome(api('/xtoken/strict/echo/1'))).error?.code,
    api.session?.tokens?.accessToken,
  ]);
  assert.deepEqual(codes, ['REFRESH_FAILED', login.data.token]);
  assert.equal((await app.run(({ api }) => api('/xtoken/strict/echo/2'))).data.user, 'ada');
});

test('a function of fields that throws is the error of set() and a failure of the refresh', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const result = await app.run(async ({ create, outcome }) => {
    const fields = { accessToken: (/** @type {any} */ reply) => reply.list[0].token };
    const { session } = create({ key: 'own', fields, refresh: () => ({ list: null }) });
    await session?.set({ list: [{ token: 'good' }] });
    const set = await outcome(session?.set({ list: undefined }));
    const refresh = await outcome(session?.refresh());
    return [set.error?.name, refresh.error?.code, session?.tokens?.accessToken];
  });
  assert.deepEqual(result, ['TypeError', 'REFRESH_FAILED', 'good']);
});

/** @type {[name: string, given: { next: string, sameUser?: boolean, throws?: boolean }, end: string][]} */
const CHANGES = [
  ['the same user’s login lets waiting requests go', { next: 'ada' }, 'Bearer next'],
  ['another user’s login rejects them', { next: 'grace' }, 'SESSION_CHANGED'],
  ['a function that throws knows nobody', { next: 'ada', throws: true }, 'SESSION_CHANGED'],
  ['but the app may know better', { next: 'ada', throws: true, sameUser: true }, 'Bearer next'],
];

for (const [name, given, end] of CHANGES) {
  test(`identity: ${name}`, async (t) => {
    const app = await openApp(t, { signedIn: false });
    const result = await app.run(async ({ create, watch, seen }, { next, throws, sameUser }) => {
      const identity = (/** @type {any} */ tokens) => {
        if (throws) throw new Error('identity failed');
        return tokens.user;
      };
      const api = create({ key: 'own', identity, refresh: () => new Promise(() => {}) });
      await api.session?.set({ access_token: 'old', user: 'ada' });
      const refresh = watch(/** @type {Promise<unknown>} */ (api.session?.refresh()));
      const request = watch(api('/open/echo/1'));
      await new Promise((resolve) => setTimeout(resolve));
      const before = [refresh.state, request.state];
      await api.session?.set({ access_token: 'next', user: next }, { sameUser });
      const { value, error } = await request.outcome;
      const after = (await api('/open/echo/2')).headers.authorization;
      return { before, end: error?.code ?? value.headers.authorization, after, reported: seen.reported };
    }, given);
    assert.deepEqual(result.before, ['pending', 'pending']);
    assert.equal(result.end, end);
    assert.equal(result.after, 'Bearer next');
    assert.equal(result.reported.length > 0, Boolean(given.throws), String(result.reported));
    assert.deepEqual(await app.hits('/open/echo/1'), end === 'SESSION_CHANGED' ? {} : { 200: 1 });
  });
}
