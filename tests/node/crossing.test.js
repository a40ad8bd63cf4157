/** Whose a request is, is settled at the call: whatever it waits for then, it is never sent as another user, nor bare. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import axios, { createSessionAdapter } from '../../dist/axios.js';
import { createApiFetch, isAuthError } from '../../dist/index.js';
import { json, server, settled } from '../support/double.js';
import { storageOf } from '../support/rotating.js';

/** @import { ApiFetch, CreateOptions, SessionOptions } from '../../src/npm/types.js' */

const BASE = 'https://api.example.com';

/** A gate that the test opens. */
function gate() {
  /** @type {(value?: unknown) => void} */
  let open = () => {};
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Ada is signed in, before a server that answers everybody. */
async function ada(
  /** @type {CreateOptions} */ defaults = {},
  /** @type {Partial<SessionOptions>} */ session = {},
) {
  const backend = server(() => json({ fine: true }));
  const api = createApiFetch({
    ...{ baseURL: BASE, fetch: backend.fetch, retryDelay: 0, ...defaults },
    session: { storage: 'memory', refresh: '/refresh', ...session },
  });
  await api.session.set({ access_token: 'ada', refresh_token: 'r' });
  return { api, sent: backend.sent };
}

/** What may become of the session while a request waits. */
const MEANWHILE = [
  {
    what: 'another user signs in',
    act: (/** @type {any} */ api) => api.session.set({ access_token: 'bob' }),
    code: 'SESSION_CHANGED',
  },
  { what: 'the user signs out', act: (/** @type {any} */ api) => api.session.signOut(), code: 'SIGNED_OUT' },
  {
    what: 'the user signs out and another one signs in',
    act: async (/** @type {any} */ api) => {
      await api.session.signOut();
      await api.session.set({ access_token: 'bob' });
    },
    code: 'SESSION_CHANGED',
  },
];

/**
 * A POST of Ada's by the axios facade, which waits in an interceptor.
 *
 * @param {Promise<unknown>} opened
 * @param {(config: any, api: any) => any} then what the interceptor makes of the config
 * @param {object} [own] its own config
 */
async function facade(opened, then, own = {}) {
  const { fetch, sent } = server(() => json({ fine: true }));
  const session = { storage: /** @type {const} */ ('memory'), refresh: '/refresh' };
  const api = axios.create({ baseURL: BASE, env: { fetch }, session });
  await api.session?.set({ access_token: 'ada' });
  api.interceptors.request.use(async (config) => {
    await opened;
    return then(config, api);
  });
  return { api, sent, request: api.post('/transfer', { to: 1 }, own) };
}

/**
 * Where a request may wait. Each gives the instance, what was sent, and the request, which waits until the gate is opened.
 *
 * @type {Record<string, (opened: Promise<unknown>) => Promise<{ api: any, sent: unknown[], request: Promise<unknown>, before?: number }>>}
 */
const WAITS = {
  'a hook': async (opened) => {
    const { api, sent } = await ada({ onRequest: () => /** @type {any} */ (opened) });
    return { api, sent, request: api('/transfer', { method: 'POST', body: { to: 1 } }) };
  },
  'a hook, for api.raw': async (opened) => {
    const { api, sent } = await ada({ onRequest: () => /** @type {any} */ (opened) });
    return { api, sent, request: api.raw('/transfer') };
  },
  'a hook of a child': async (opened) => {
    const { api, sent } = await ada();
    const child = api.create({ onRequest: () => /** @type {any} */ (opened) });
    return { api, sent, request: child('/transfer') };
  },
  'the second of two hooks': async (opened) => {
    const { api, sent } = await ada({ onRequest: [async () => {}, () => /** @type {any} */ (opened)] });
    return { api, sent, request: api('/transfer') };
  },
  'a retryDelay': async (opened) => {
    let count = 0;
    const { fetch, sent } = server(() => (++count === 1 ? json({}, 503) : json({ fine: true })));
    const { api } = await ada({ fetch, retryDelay: () => /** @type {any} */ (opened.then(() => 0)) });
    return { api, sent, request: api('/transfer'), before: 1 };
  },
  'a hook of the second attempt': async (opened) => {
    let count = 0;
    const { fetch, sent } = server(() => (++count === 1 ? json({}, 503) : json({ fine: true })));
    const { api } = await ada({
      fetch,
      onRequest: () => /** @type {any} */ (count === 0 ? undefined : opened),
    });
    return { api, sent, request: api('/transfer'), before: 1 };
  },
  'a hook on an error': async (opened) => {
    let count = 0;
    const { fetch, sent } = server(() => (++count === 1 ? json({}, 503) : json({ fine: true })));
    const { api } = await ada({ fetch, onResponseError: () => /** @type {any} */ (opened) });
    return { api, sent, request: api('/transfer'), before: 1 };
  },
  'an async attach': async (opened) => {
    const attach = async (/** @type {any} */ { options }, /** @type {any} */ tokens) => {
      await opened;
      options.headers.set('authorization', tokens.accessToken);
    };
    const { api, sent } = await ada({}, { attach });
    return { api, sent, request: api('/transfer', { method: 'POST', body: 'x' }) };
  },
  'an async attach, for api.fetch': async (opened) => {
    const { api, sent } = await ada({}, { attach: () => /** @type {any} */ (opened) });
    return { api, sent, request: api.fetch(`${BASE}/transfer`) };
  },
  'an interceptor of the axios facade': (opened) => facade(opened, (config) => config),
  'an interceptor of the axios facade, whose base is named anew': (opened) =>
    facade(opened, (config, api) => {
      api.defaults.baseURL = `${BASE}/v2`;
      return config;
    }),
  'an interceptor of the axios facade that takes it under the session': (opened) =>
    facade(opened, ({ session: _, ...config }) => config, { session: false }),
  'a hook that takes it under the session': async (opened) => {
    const onRequest = async (/** @type {any} */ { options }) => {
      await opened;
      delete options.session;
    };
    const { api, sent } = await ada({ onRequest });
    return { api, sent, request: api('/transfer', { session: false }) };
  },
};

for (const [where, wait] of Object.entries(WAITS)) {
  for (const { what, act, code } of MEANWHILE) {
    test(`while a request waits for ${where}, ${what}: it rejects and nothing is sent`, async () => {
      const { opened, open } = gate();
      const { api, sent, request, before = 0 } = await wait(opened);
      const outcome = request.then(
        () => 'resolved',
        (error) => error,
      );
      await settled();
      assert.equal(sent.length, before);
      await act(api);
      open();
      const error = await outcome;
      assert.equal(error.code ?? error, code);
      assert.equal(sent.length, before, 'nothing is sent');
      assert.equal(api.session.pending, 0);
    });
  }

  test(`while a request waits for ${where}, its own user's tokens are refreshed: it goes with the new ones`, async () => {
    const { opened, open } = gate();
    const { api, sent, request, before = 0 } = await wait(opened);
    await settled();
    await api.session.set({ access_token: 'newer' }, { sameUser: true });
    open();
    await request;
    assert.equal(sent.length, before + 1);
  });
}

test('a later 401 of whoever has been replaced meanwhile is told so, and starts no refresh', async () => {
  const { opened, open } = gate();
  const { fetch, sent } = server(async ({ headers }) => {
    if (headers.authorization === 'Bearer ada') await opened;
    return json({}, headers.authorization === 'Bearer ada' ? 401 : 200);
  });
  const { api } = await ada({ fetch });
  const late = api('/late').catch((/** @type {unknown} */ error) => error);
  await api.session.set({ access_token: 'bob' });
  open();
  const error = await late;
  assert.ok(isAuthError(error));
  assert.equal(error.code, 'SESSION_CHANGED');
  assert.equal(sent.length, 1);
});

test('who asks while nobody is signed in, and signs in by a hook, goes with the token', async () => {
  const { fetch, sent } = server(() => json({}));
  /** @type {ApiFetch} */
  const api = createApiFetch({
    ...{ baseURL: BASE, fetch },
    session: { storage: 'memory', refresh: '/refresh' },
    onRequest: async () => {
      await api.session?.set({ access_token: 'guest' });
    },
  });
  await api('/first');
  assert.equal(sent[0]?.headers.authorization, 'Bearer guest');
});

test('what goes without the session is nobody’s, and is sent whoever signs in', async () => {
  const { opened, open } = gate();
  const { api, sent } = await ada({ onRequest: () => /** @type {any} */ (opened) });
  const request = api('/public', { session: false });
  await api.session.set({ access_token: 'bob' });
  open();
  await request;
  assert.equal(sent[0]?.headers.authorization, undefined);
});

test('a request that was made before a slow storage was read is that user’s whom it held', async () => {
  /** @type {((record: string | null) => void)[]} */
  const readings = [];
  const storage = {
    getItem: () => new Promise((resolve) => readings.push(resolve)),
    setItem: async () => {},
    removeItem: async () => {},
  };
  const { fetch, sent } = server(() => json({}));
  const api = createApiFetch({ baseURL: BASE, fetch, session: { storage, refresh: '/refresh' } });
  const early = api('/early', { method: 'POST' }).catch((/** @type {unknown} */ error) => error);
  const login = api.session.set({ access_token: 'bob' });
  await settled();
  assert.deepEqual(sent, [], 'nobody knows yet whose it is');
  for (let at = 0; at < 10; at++) {
    readings.shift()?.(JSON.stringify({ access_token: 'ada', refresh_token: 'r' }));
    await settled();
  }
  const error = await early;
  assert.ok(isAuthError(error));
  assert.equal(error.code, 'SESSION_CHANGED');
  assert.deepEqual(sent, []);
  await login;
});

test('a body that the adapter has to measure first keeps a request waiting: it stays its own user’s', async () => {
  const { api, sent } = await ada();
  const adapter = createSessionAdapter(api);
  const data = new FormData();
  data.set('to', '1');
  const config = { url: `${BASE}/transfer`, method: 'post', data, headers: {}, maxBodyLength: 1e6 };
  const request = adapter(/** @type {any} */ (config)).catch((/** @type {any} */ error) => error);
  await api.session.set({ access_token: 'bob' });
  assert.equal((await request).code, 'SESSION_CHANGED');
  assert.deepEqual(sent, []);
});

test('an attach that signs another user in, at once, sends nothing of the first one’s', async () => {
  const attach = (/** @type {any} */ { options }, /** @type {any} */ { accessToken }) => {
    options.headers.set('authorization', accessToken);
    if (accessToken === 'ada') api.session.set({ access_token: 'bob' });
  };
  const { api, sent } = await ada({}, { attach });
  assert.equal(await api('/x').catch((/** @type {any} */ error) => error.code), 'SESSION_CHANGED');
  assert.deepEqual(sent, []);
});

test('what a guest has asked for is a user’s from the first token on that it got', async () => {
  const { opened, open } = gate();
  const { fetch, sent } = server(() => json({}, 503));
  const session = { storage: /** @type {const} */ ('memory'), refresh: '/refresh' };
  const retryDelay = () => /** @type {any} */ (sent.length === 2 ? opened : 0);
  const api = createApiFetch({ baseURL: BASE, fetch, retry: 5, retryDelay, session });
  const login = (/** @type {string} */ name) => api.session.set({ access_token: name });
  const request = api('/x', {
    onResponseError: async () => void (sent.length === 1 && (await login('ada'))),
  }).catch((/** @type {any} */ error) => error.code);
  await settled();
  await settled();
  await login('bob');
  open();
  assert.equal(await request, 'SESSION_CHANGED');
  assert.deepEqual(
    sent.map(({ headers }) => headers.authorization),
    [undefined, 'Bearer ada'],
  );
});

test('a guest’s request that ends up with a token waits for its attach as that user’s', async () => {
  const { opened, open } = gate();
  const attached = gate();
  const { fetch, sent } = server(() => json({}));
  const attach = async (/** @type {any} */ { options }, /** @type {any} */ tokens) => {
    await attached.opened;
    options.headers.set('authorization', tokens.accessToken);
  };
  const api = createApiFetch({
    ...{ baseURL: BASE, fetch, onRequest: () => /** @type {any} */ (opened) },
    session: { storage: 'memory', refresh: '/refresh', attach },
  });
  const request = api('/x').catch((/** @type {any} */ error) => error.code);
  await api.session.set({ access_token: 'ada' });
  open();
  await settled();
  await api.session.set({ access_token: 'bob' });
  attached.open();
  assert.equal(await request, 'SESSION_CHANGED');
  assert.deepEqual(sent, []);
});

for (const [what, record, code] of /** @type {const} */ ([
  ['another user’s', JSON.stringify({ access_token: 'bob' }), 'SESSION_CHANGED'],
  ['nobody’s', undefined, 'SIGNED_OUT'],
])) {
  test(`while an attach takes its time the record becomes ${what}: nothing is sent`, async (t) => {
    t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 1e12 });
    const { opened, open } = gate();
    const items = new Map();
    const attach = () => /** @type {any} */ (opened);
    const { api, sent } = await ada({}, { storage: storageOf(items), key: 'kept', attach });
    const request = api('/x').catch((/** @type {any} */ error) => error.code);
    await settled();
    if (record) items.set('kept', record);
    else items.clear();
    t.mock.timers.tick(1500);
    open();
    assert.equal(await request, code);
    assert.deepEqual(sent, []);
  });
}
