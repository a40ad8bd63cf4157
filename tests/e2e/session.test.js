/** api.session: what it says of itself, and what it tells its listeners. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';

const openApp = useApps();

test('status, tokens, pending and waiting, from signed out to signed out', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const look = () => app.run(({ api }) => ({ ...api.session, tokens: api.session?.tokens }));
  const short = async () => {
    const { status, tokens, pending, waiting } = await look();
    return [status, tokens?.accessToken, pending, waiting];
  };
  assert.deepEqual(await short(), ['signed-out', undefined, 0, 0]);

  const reply = await app.signIn();
  assert.deepEqual(await short(), ['active', reply.access_token, 0, 0]);
  const { tokens } = await look();
  assert.equal(tokens?.refreshToken, reply.refresh_token);
  assert.equal(tokens?.scope, 'api');
  const lifetime = Number(tokens?.expiresAt) - Date.now();
  assert.ok(lifetime > (reply.expires_in - 10) * 1000 && lifetime <= reply.expires_in * 1000);
  for (const name of ['access_token', 'refresh_token', 'expires_in'])
    assert.ok(!(name in (tokens ?? {})), name);

  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const call = await app.begin(({ api }) => api('/api/echo/1'));
  await app.tenant.held('refresh', 1);
  assert.deepEqual(await short(), ['refreshing', reply.access_token, 1, 1]);
  const refresh = await app.begin(({ api }) => /** @type {Promise<unknown>} */ (api.session?.refresh()));
  await refresh.isPending();
  assert.deepEqual((await short()).slice(2), [1, 2]);

  await app.tenant.release('refresh');
  await call.outcome();
  const now = await look();
  assert.deepEqual([now.status, now.pending, now.waiting], ['active', 0, 0]);
  assert.notEqual(now.tokens?.accessToken, reply.access_token);
  await app.run(({ api }) => api.session?.signOut());
  assert.deepEqual(await short(), ['signed-out', undefined, 0, 0]);
});

test('a request in flight is pending and does not wait', async (t) => {
  const app = await openApp(t);
  await app.tenant.control({ hold: { api: true } });
  const call = await app.begin(({ api }) => api('/api/echo/1'));
  await app.tenant.held('api', 1);
  const { pending, waiting } = await app.run(({ api }) => ({ ...api.session, tokens: api.session?.tokens }));
  assert.deepEqual([pending, waiting], [1, 0]);
  await app.tenant.release('api');
  await call.outcome();
});

test('tokens are a frozen snapshot', async (t) => {
  const app = await openApp(t);
  const frozen = await app.run(async ({ api }) => {
    const before = api.session?.tokens;
    const text = JSON.stringify(before);
    await api.session?.refresh();
    return [Object.isFrozen(before), JSON.stringify(before) === text, api.session?.tokens === before];
  });
  assert.deepEqual(frozen, [true, true, false]);
});

test('set() and signOut() act at once, before their promises resolve', async (t) => {
  const app = await openApp(t);
  const seen = await app.run(async ({ api }) => {
    const { session } = api;
    const out = session?.signOut();
    const states = [session?.status, session?.tokens];
    const set = session?.set({ access_token: 'new' });
    states.push(session?.status, /** @type {any} */ (session?.tokens?.accessToken));
    await Promise.all([out, set]);
    return states;
  });
  assert.deepEqual(seen, ['signed-out', null, 'active', 'new']);
});

test('set() of a reply without a token is a TypeError, and the tokens stay', async (t) => {
  const app = await openApp(t);
  const before = await app.run(({ api }) => api.session?.tokens);
  const errors = await app.run(async ({ api, outcome }) => {
    const replies = [
      {},
      { access_token: '' },
      { access_token: 1 },
      { token: 'x' },
      [],
      null,
      undefined,
      'text',
    ];
    const ends = [];
    for (const reply of replies)
      ends.push((await outcome(api.session?.set(/** @type {any} */ (reply)))).error?.name);
    return ends;
  });
  assert.deepEqual(errors, Array(8).fill('TypeError'));
  assert.deepEqual(await app.run(({ api }) => api.session?.tokens), before);
});

test('refresh() and valid() join a refresh under way, and each other', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const tokens = await app.run(async ({ api }) => {
    const { session } = api;
    const [first, second, reply] = await Promise.all([
      session?.refresh(),
      session?.refresh(),
      api('/api/echo/1'),
    ]);
    return [first?.accessToken, second?.accessToken, session?.tokens?.accessToken, reply.path];
  });
  assert.equal(tokens[0], tokens[2]);
  assert.equal(tokens[1], tokens[2]);
  assert.equal(tokens[3], '/api/echo/1');
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
});

test('refresh() and valid() of a session that is signed out are an AuthError', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const codes = await app.run(async ({ api, outcome }) => [
    (await outcome(api.session?.refresh())).error?.code,
    (await outcome(api.session?.valid())).error?.code,
  ]);
  assert.deepEqual(codes, ['SIGNED_OUT', 'SIGNED_OUT']);
});

test('each event comes with its payload, in its order', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const reply = await app.tenant.login();
  const events = await app.run(async ({ api, base }, login) => {
    /** @type {any[]} */
    const heard = [];
    // Whoever is asked first has the store read, which is a change too.
    await api.session?.ready;
    heard.push(['first', api.session?.status]);
    for (const name of /** @type {const} */ (['change', 'refresh', 'signout', 'busy', 'warning'])) {
      api.session?.on(name, (payload) => heard.push([name, payload]));
    }
    await api.session?.set(login);
    await fetch(`${base}/expire`, { method: 'POST' });
    await api('/api/echo/1');
    await api.session?.signOut();
    return heard;
  }, reply);

  const told = events.map(([name, payload]) => {
    if (name === 'change') return `change ${payload.status} ${typeof payload.tokens?.accessToken}`;
    if (name === 'refresh') return `refresh ${typeof payload.accessToken}`;
    return name === 'signout' ? `signout ${payload.reason}` : `${name} ${payload}`;
  });
  // New tokens and the end of the refresh may be told in one or in two.
  const steps = told.filter((step, index) => step !== told[index - 1]);
  assert.deepEqual(steps, [
    'first signed-out',
    'change active string',
    'busy true',
    'change refreshing string',
    'refresh string',
    'change active string',
    'busy false',
    'signout user',
    'change signed-out undefined',
  ]);
  const tokens = events.find(([name]) => name === 'refresh')?.[1];
  assert.notEqual(tokens.accessToken, reply.access_token);
});

test('busy: true with the first request out, false with the last one in, once each', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const heard = await app.run(async ({ api, storm, tally }) => {
    /** @type {boolean[]} */
    const busy = [];
    api.session?.on('busy', (value) => busy.push(value));
    await tally(storm(200));
    return busy;
  });
  assert.deepEqual(heard, [true, false]);
});

test('the trace of a storm: each request’s steps lead to its answer, and no token is in them', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const [records, secrets] = await app.run(async ({ api, storm, tally }) => {
    /** @type {import('../../src/npm/types.js').TraceRecord[]} */
    const heard = [];
    const off = api.session?.on('trace', (record) => heard.push(record));
    const before = api.session?.tokens;
    await tally(storm(100, (number) => (number % 2 ? {} : { method: 'POST', body: 'x' })));
    off?.();
    await api('/api/echo/unheard');
    const tokens = [before, api.session?.tokens].flatMap((set) => [set?.accessToken, set?.refreshToken]);
    return [heard, tokens.map(String)];
  });

  const text = JSON.stringify(records);
  for (const secret of secrets) assert.ok(!text.includes(secret));
  assert.ok(!text.includes('unheard'));
  const refresh = records.filter(({ id }) => id === 0).map(({ step }) => step);
  assert.deepEqual(refresh, ['refreshing', 'refreshed']);

  const ids = new Set(records.map(({ id }) => id));
  assert.equal(ids.size, 101);
  const shapes = [
    /^sent rejected waiting replayed answered$/, // rejected, in the storm
    /^sent rejected replayed answered$/, // rejected after the refresh
    /^sent withdrawn (waiting )?sent answered$/,
    /^waiting sent answered$/,
    /^sent answered$/,
  ];
  for (const id of ids) {
    if (id === 0) continue;
    const own = records.filter((record) => record.id === id);
    const steps = own.map(({ step }) => step).join(' ');
    assert.ok(
      shapes.some((shape) => shape.test(steps)),
      `${own[0]?.method}: ${steps}`,
    );
    const end = own.at(-1);
    assert.equal(end?.status, 200);
    assert.equal(typeof end?.waited, 'number');
    assert.match(String(end?.path), /\/api\/echo\/\d+$/);
    assert.ok(own.every(({ time, method }) => time > 1e12 && ['GET', 'POST'].includes(method)));
  }
});

test('the trace of one that is rejected, and of one that is aborted', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  await app.tenant.control({ refresh: { mode: 'empty' } });
  const steps = await app.run(async ({ api, outcome }) => {
    /** @type {string[]} */
    const heard = [];
    api.session?.on('trace', ({ step, status }) => heard.push(status ? `${step} ${status}` : step));
    await outcome(api('/api/echo/1?access_token=secret'));
    await outcome(api('/api/echo/2', { signal: AbortSignal.abort() }));
    return heard;
  });
  const failed = ['sent', 'rejected 401', 'waiting', 'refreshing', 'refresh-failed', 'failed'];
  assert.deepEqual(steps.slice(0, 6).sort(), failed.sort());
  assert.deepEqual(steps.slice(6), steps.length > 6 ? ['aborted'] : []);
});

test('off stops a listener, and only that one', async (t) => {
  const app = await openApp(t);
  const heard = await app.run(async ({ api }) => {
    /** @type {string[]} */
    const calls = [];
    const off = api.session?.on('busy', () => calls.push('first'));
    api.session?.on('busy', () => calls.push('second'));
    await api('/api/echo/1');
    off?.();
    off?.();
    await api('/api/echo/2');
    return calls;
  });
  assert.deepEqual(heard, ['first', 'second', 'first', 'second', 'second', 'second']);
});

test('what listeners and callbacks throw is reported, and disturbs nobody', async (t) => {
  const app = await openApp(t, { signedIn: false });
  const reply = await app.tenant.login();
  const result = await app.run(async ({ create, seen, base }, login) => {
    const fail = (/** @type {string} */ name) => () => {
      throw new Error(name);
    };
    const api = create({ onRefresh: async () => fail('onRefresh')(), onSignOut: fail('onSignOut') });
    await api.session?.set(login);
    for (const name of /** @type {const} */ (['change', 'refresh', 'signout', 'busy', 'trace'])) {
      api.session?.on(name, fail(name));
    }
    await fetch(`${base}/expire`, { method: 'POST' });
    const { path } = /** @type {any} */ (await api('/api/echo/1'));
    await api.session?.signOut();
    await new Promise((resolve) => setTimeout(resolve));
    return [path, [...new Set(seen.reported)].sort()];
  }, reply);
  const reported = ['busy', 'change', 'onRefresh', 'onSignOut', 'refresh', 'signout', 'trace'];
  assert.deepEqual(result, ['/api/echo/1', reported.map((name) => `Error: ${name}`)]);
});
