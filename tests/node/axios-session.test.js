/** The session of the facade: it lies under the interceptors, and they do not see it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import axios, { AxiosError, isAxiosError, isCancel } from '../../dist/axios.js';
import { isAuthError } from '../../dist/index.js';
import { BASE, failure } from '../support/axios-double.js';
import { json, server, settled } from '../support/double.js';

/** @import { CreateAxiosDefaults } from '../../dist/axios.js' */
/** @import { SessionOptions } from '../../dist/index.js' */

const STORM = 200;

/** Only the second token is good; the refresh ends when it is let go, with what it is to give. */
function backend() {
  /** @type {(reply?: unknown) => void} */
  let letGo = () => {};
  const gate = new Promise((resolve) => {
    letGo = resolve;
  });
  let refreshes = 0;
  const { fetch, sent } = server(({ url, headers, body }) =>
    headers.authorization === 'Bearer second'
      ? json({ url, body })
      : json({ error: 'stale' }, 401, { 'x-own': '1' }),
  );
  const refresh = async () => {
    refreshes += 1;
    return gate;
  };
  return {
    fetch,
    sent,
    refresh,
    letGo: (/** @type {unknown} */ reply = { access_token: 'second' }) => letGo(reply),
    count: () => refreshes,
  };
}

/**
 * @param {ReturnType<typeof backend>} backend
 * @param {CreateAxiosDefaults} [config]
 * @param {Partial<SessionOptions>} [session]
 */
async function signedIn({ fetch, refresh }, config, session) {
  const instance = axios.create({
    ...{ baseURL: BASE, env: { fetch }, ...config },
    session: { storage: 'memory', refresh, ...session },
  });
  await instance.session?.set({ access_token: 'first', refresh_token: 'r' });
  return instance;
}

test('200 calls with an expired token: one refresh, each its own reply, each interceptor once', async () => {
  const held = backend();
  const instance = await signedIn(held);
  let [asked, answered] = [0, 0];
  instance.interceptors.request.use((config) => {
    asked += 1;
    config.headers.set('X-Call', String(config.data.at));
    return config;
  });
  instance.interceptors.response.use((response) => {
    answered += 1;
    return response;
  });
  const calls = Array.from({ length: STORM }, (_, at) => instance.post(`/items/${at}`, { at }));
  await settled();
  assert.equal(answered, 0);
  held.letGo();
  const replies = await Promise.all(calls);
  assert.deepEqual(
    replies.map(({ status, data }) => [status, data]),
    calls.map((_, at) => [200, { url: `${BASE}/items/${at}`, body: `{"at":${at}}` }]),
  );
  assert.equal(held.count(), 1);
  assert.deepEqual([asked, answered], [STORM, STORM]);
  const good = held.sent.filter(({ headers }) => headers.authorization === 'Bearer second');
  assert.equal(good.length, STORM);
  assert.ok(good.every(({ headers, body }) => headers['x-call'] === String(JSON.parse(body).at)));
});

test('nobody sees a token: neither interceptors, nor a response, nor an error and its JSON', async () => {
  const held = backend();
  const instance = await signedIn(held, { validateStatus: (status) => status === 418 });
  /** @type {unknown[]} */
  const seen = [];
  const look = (/** @type {any} */ thing) => {
    const { config = thing, request, response } = thing;
    for (const one of [thing, config, response, response?.config]) seen.push(JSON.stringify(one));
    seen.push(
      JSON.stringify([...(request?.headers ?? []), ...(response?.request?.headers ?? [])]),
      request?.url,
    );
    if (thing instanceof Error) {
      seen.push(thing.message, thing.stack, String(thing.cause));
      throw thing;
    }
    return thing;
  };
  instance.interceptors.request.use(look);
  instance.interceptors.response.use(look, look);
  held.letGo();
  const error = await failure(instance.get('/items'));
  assert.equal(error.response.status, 200);
  assert.ok(seen.length > 10);
  assert.doesNotMatch(seen.join(), /Bearer|second|first/);
  assert.match(held.sent.at(-1)?.headers.authorization ?? '', /^Bearer second$/);
});

test('a refused refresh: an error that axios’ users know, be it the request’s own 401 or a wait in vain', async () => {
  const held = backend();
  const instance = await signedIn(held);
  const rejected = failure(instance.get('/first'));
  await settled();
  const waiting = failure(instance.get('/second'));
  held.letGo(null);
  const own = await rejected;
  assert.ok(own instanceof AxiosError);
  assert.deepEqual(
    [own.code, own.status, own.response?.status, own.response?.data, own.response?.headers['x-own']],
    ['ERR_BAD_REQUEST', 401, 401, { error: 'stale' }, '1'],
  );
  const vain = await waiting;
  assert.ok(isAxiosError(vain));
  assert.equal(vain.code, 'REFRESH_REJECTED');
  assert.ok(isAuthError(vain.cause));
  assert.equal(vain.config?.url, '/second');
  assert.equal(vain.response, undefined);
  assert.equal(isCancel(vain), false);
  assert.equal(instance.session?.status, 'signed-out');
});

test('the config of a call tells nothing of the session, and may be sent by another instance', async () => {
  const held = backend();
  const instance = await signedIn(held, {}, { attach: { header: 'X-Token' } });
  held.letGo(null);
  const error = await failure(instance.get('/x'));
  assert.equal(error.status, 401);
  assert.equal('session' in error.config, false);
  assert.doesNotMatch(JSON.stringify(error), /X-Token|memory/);
  const headers = { Authorization: 'Bearer second' };
  assert.equal((await axios.create()({ ...error.config, headers })).status, 200);
});

test('`session: false` goes without: no token, no refresh', async () => {
  const held = backend();
  const instance = await signedIn(held);
  const error = await failure(instance.get('/x', { session: false }));
  assert.equal(error.response.status, 401);
  assert.equal(held.sent[0]?.headers.authorization, undefined);
  assert.equal(held.count(), 0);
});

test('`auth` is basic authentication, and the session has no part in it', async () => {
  const held = backend();
  const instance = await signedIn(held);
  await failure(instance.get('/x', { auth: { username: 'ada', password: 'ü' } }));
  assert.equal(held.sent[0]?.headers.authorization, `Basic ${btoa('ada:\u00c3\u00bc')}`);
  assert.equal(held.count(), 0);
});

test('a session belongs to an instance, not to a request', async () => {
  const held = backend();
  const instance = await signedIn(held);
  const session = /** @type {any} */ ({ refresh: '/refresh' });
  await assert.rejects(instance.get('/x', { session }), {
    name: 'TypeError',
    message: /^session can only be/,
  });
  await assert.rejects(axios.get(BASE, { session }), { name: 'TypeError', message: /^session can only be/ });
  assert.equal(held.sent.length, 0);
});

test('a wrong session is told of where it is given', () => {
  const wrong = /** @type {any} */ ({ refresh: '/r', storage: 'cupboard' });
  assert.throws(() => axios.create({ session: wrong }), { name: 'TypeError', message: /storage/ });
  assert.throws(() => axios.create().create({ session: wrong }), { name: 'TypeError', message: /storage/ });
});

test('a child sends under its parent’s session, unless it names one', async () => {
  const held = backend();
  const parent = await signedIn(held);
  held.letGo();
  const child = parent.create({ headers: { 'X-Child': '1' } });
  assert.equal((await child.get('/x')).status, 200);
  assert.equal(held.count(), 1);
  assert.equal(child.session?.tokens?.accessToken, 'second');
  assert.equal(child.defaults.session, parent.defaults.session);

  const bare = parent.create({ session: false });
  assert.equal(bare.session, null);
  assert.equal((await failure(bare.get('/x'))).response.status, 401);
  assert.equal(held.sent.at(-1)?.headers.authorization, undefined);

  const other = parent.create({ session: { storage: 'memory', refresh: false } });
  await other.session?.set({ access_token: 'other' });
  await failure(other.get('/x'));
  assert.equal(held.sent.at(-1)?.headers.authorization, 'Bearer other');
  assert.equal(parent.session?.tokens?.accessToken, 'second');
});

test('a child’s own base is an origin that gets the token, and no other is', async () => {
  const held = backend();
  const parent = await signedIn(held);
  held.letGo();
  const child = parent.create({ baseURL: 'https://files.example.com' });
  assert.equal((await child.get('/x')).status, 200);
  await failure(child.get('https://elsewhere.example.com/x'));
  assert.equal(held.sent.at(-1)?.headers.authorization, undefined);
});

test('a base that is named in the defaults later is an origin that gets the token, too', async () => {
  const held = backend();
  held.letGo();
  const session = { storage: /** @type {const} */ ('memory'), refresh: held.refresh };
  const instance = axios.create({ env: { fetch: held.fetch }, session });
  await instance.session?.set({ access_token: 'first', refresh_token: 'r' });
  instance.defaults.baseURL = BASE;
  const child = instance.create();
  assert.equal((await instance.get('/x')).status, 200);
  assert.equal((await child.get('/x')).status, 200);
  assert.equal(held.count(), 1);
  assert.equal(instance.session?.tokens?.accessToken, 'second');
});

test('an instance without a session has none', async () => {
  assert.equal(axios.session, null);
  assert.equal(axios.create().session, null);
  assert.equal(axios.defaults.session, undefined);
});

test('a session that is named in the defaults later counts from then on', async () => {
  const held = backend();
  const instance = axios.create({ baseURL: BASE, env: { fetch: held.fetch } });
  await failure(instance.get('/x'));
  instance.defaults.session = { storage: 'memory', refresh: held.refresh };
  await instance.session?.set({ access_token: 'second' });
  assert.equal((await instance.get('/x')).status, 200);
});

test('an app that still has its own interceptor for 401 keeps working', async () => {
  const held = backend();
  // The engine refreshes nothing: the app does.
  const instance = await signedIn(held, {}, { refresh: false });
  let own = 0;
  instance.interceptors.response.use(undefined, async (error) => {
    const { config, response } = error;
    if (response?.status !== 401 || config.isRetry) throw error;
    own += 1;
    config.isRetry = true;
    config.headers.Authorization = 'Bearer second';
    return instance(config);
  });
  const { status, data, config } = await instance.post('/x', { a: 1 });
  assert.deepEqual([status, data.body, Object(config).isRetry], [200, '{"a":1}', true]);
  assert.equal(own, 1);
});

test('and with a session that refreshes it has nothing to do', async () => {
  const held = backend();
  const instance = await signedIn(held);
  instance.interceptors.response.use(undefined, () => assert.fail('the engine has refreshed'));
  held.letGo();
  assert.equal((await instance.get('/x')).status, 200);
});

test('a request that waits for the refresh is given up at once', async () => {
  const held = backend();
  const instance = await signedIn(held);
  const first = instance.get('/first');
  await settled();
  const controller = new AbortController();
  const source = axios.CancelToken.source();
  const byController = failure(instance.get('/a', { signal: controller.signal }));
  const byToken = failure(instance.get('/b', { cancelToken: source.token }));
  await settled();
  controller.abort();
  source.cancel('enough');
  const [one, two] = [await byController, await byToken];
  assert.deepEqual([isCancel(one), one.code, one.config.url], [true, 'ERR_CANCELED', '/a']);
  assert.deepEqual([isCancel(two), two.message], [true, 'enough']);
  held.letGo();
  assert.equal((await first).status, 200);
  assert.deepEqual(
    held.sent.map(({ url }) => url),
    [`${BASE}/first`, `${BASE}/first`],
  );
});

test('the time limit is that of all, the wait for a refresh included', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const held = backend();
  const instance = await signedIn(held, { timeout: 500 });
  const call = failure(instance.get('/x'));
  await settled();
  t.mock.timers.tick(499);
  await settled();
  t.mock.timers.tick(1);
  const error = await call;
  assert.deepEqual([error.code, error.message], ['ECONNABORTED', 'timeout of 500ms exceeded']);
});

test('a `fetch` of a request’s own is called with the token, and one of the instance’s with the refresh', async () => {
  const held = backend();
  const own = server(() => json({ own: true }));
  /** @type {string[]} */
  const refreshes = [];
  const instance = axios.create({
    baseURL: BASE,
    env: {
      fetch: async (input, init) => {
        refreshes.push(String(input));
        return new Request(input, init).url.endsWith('/refresh')
          ? json({ access_token: 'second' })
          : held.fetch(/** @type {any} */ (input), init);
      },
    },
    session: { storage: 'memory', refresh: '/refresh' },
  });
  await instance.session?.set({ access_token: 'first', refresh_token: 'r' });
  assert.deepEqual((await instance.get('/own', { env: { fetch: own.fetch } })).data, { own: true });
  assert.equal(own.sent[0]?.headers.authorization, 'Bearer first');
  assert.equal((await instance.get('/x')).status, 200);
  assert.ok(refreshes.includes(`${BASE}/refresh`));
});

test('an adapter of the app’s may hand on to ours, and the session is still under it', async () => {
  const held = backend();
  held.letGo();
  const instance = await signedIn(held, {
    adapter: (config) => {
      config.headers.set('X-Adapter', '1');
      return axios.getAdapter('fetch', config)(config);
    },
  });
  assert.equal((await instance.get('/x')).status, 200);
  assert.equal(held.sent.at(-1)?.headers['x-adapter'], '1');
  assert.equal(held.count(), 1);
});

test('a chain of synchronous interceptors sends in the tick of the call', async () => {
  const held = backend();
  const instance = await signedIn(held, {}, { refresh: false });
  instance.interceptors.request.use((config) => config, null, { synchronous: true });
  const call = failure(instance.get('/x'));
  assert.equal(held.sent.length, 0, 'the double reads the body first');
  let isCalled = false;
  const direct = instance.get('/x', {
    env: {
      fetch: async () => {
        isCalled = true;
        return json({});
      },
    },
  });
  assert.equal(isCalled, true);
  await Promise.all([call, direct]);
});
