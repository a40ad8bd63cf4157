/** A session and a `fetch` double that turn as they are told, each way by its name. */

import { thenable } from './hostile.js';

/** @import { Held, World } from './world.js' */

/** It is in every token, and may be nowhere else. */
export const MARK = 'S3CR3T';
export const TOKEN_URL = 'https://id.example.com/token';
const JSON_TYPE = { 'content-type': 'application/json' };
/** How the session is set up, by name. */
/** @type {Record<string, object>} */
export const SESSIONS = {
  bearer: { refresh: TOKEN_URL },
  function: { refresh: undefined },
  query: { refresh: TOKEN_URL, attach: { query: { token: 'accessToken' } } },
  codes: { refresh: TOKEN_URL, expired: { codes: { path: 'code', values: [7] }, when: () => false } },
  'attach by function': {
    refresh: TOKEN_URL,
    attach: async (/** @type {any} */ { options }, /** @type {any} */ tokens) =>
      options.headers.set('x-token', tokens.accessToken),
  },
  'judged by functions': {
    refresh: TOKEN_URL,
    replay: () => true,
    skip: [() => false],
    expired: { status: [401, 419] },
  },
};

/** @type {Record<string, (path: string) => any>} what the double answers */
export const ANSWERS = {
  own: (path) => Response.json({ path }),
  rejected: () => new Response('', { status: 401 }),
  forbidden: () =>
    new Response('', { status: 401, headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' } }),
  code: () => Response.json({ code: 7 }),
  failed: () => new Response('failed', { status: 500 }),
  later: () => new Response('', { status: 503, headers: { 'retry-after': '1' } }),
  empty: () => new Response(null, { status: 204 }),
  used: () => {
    const response = new Response('used');
    response.text();
    return response;
  },
  'network error': () => Response.error(),
  nothing: () => undefined,
  'no answer': () => ({ status: 200 }),
  'odd status': () => ({ status: -1, headers: new Headers(), text: async () => '' }),
  'no number': () => ({ status: Number.NaN, headers: new Headers(), text: async () => '' }),
  frozen: () =>
    Object.freeze({ status: 200, headers: new Headers(JSON_TYPE), text: async () => '[1]', body: {} }),
  'readers that throw': () => ({
    ...{ status: 200, headers: new Headers(), body: {} },
    text() {
      throw new Error('torn');
    },
  }),
  'body that breaks off': () =>
    new Response(new ReadableStream({ pull: (stream) => stream.error(new Error('broken')) }), {
      headers: JSON_TYPE,
    }),
  'getters that throw': () => ({
    ...{ status: 401, headers: new Headers() },
    get body() {
      throw new Error('torn');
    },
    get statusText() {
      throw new Error('torn');
    },
  }),
  thenable: (path) => thenable((resolve) => resolve(Response.json({ path }))),
  'bad json': () => new Response('{"a":', { headers: JSON_TYPE }),
};

let generation = 0;

/** What a login or a refresh gives. */
export function reply() {
  generation += 1;
  return {
    access_token: `${MARK}-${generation}`,
    refresh_token: `${MARK}-r${generation}`,
    expires_in: 60,
  };
}

/** @type {Record<string, () => any>} what the double answers to a refresh */
export const REPLIES = {
  renewed: () => Response.json(reply()),
  refused: () => Response.json({ error: 'invalid_grant' }, { status: 400 }),
  down: () => new Response('', { status: 503 }),
  busy: () => new Response('', { status: 429, headers: { 'retry-after': '5' } }),
  'without token': () => Response.json({ ok: true }),
  nothing: () => undefined,
  garbage: () => new Response('<html>'),
  'network error': () => Response.error(),
  'echoed secret': () => new Response(`"${MARK}"`, { status: 500 }),
};

/** @type {Record<string, (world: World, held: Held, init: any) => any>} how the double behaves when it is called */
export const MANNERS = {
  holds: (world, held) => world.hold(held),
  'is deaf': (world, held) => world.hold(held, true),
  'throws at once': () => {
    throw new TypeError('thrown by the double');
  },
  'returns nothing': () => undefined,
  'returns an answer': (_, { url }) => ANSWERS.own?.(url),
  'returns a thenable': (_, { url }) =>
    thenable((resolve, reject) => {
      resolve(ANSWERS.own?.(url));
      reject(new Error('too late'));
      throw new Error('too late');
    }),
  'calls back': (world, held) => {
    world.call('data', 'path', 'none', 'none', 0);
    return world.hold(held);
  },
  'signs out': (world, held) => {
    world.api.session.signOut();
    return world.hold(held);
  },
  'signs in': (world, held) => {
    world.signIn();
    return world.hold(held);
  },
  'asks for tokens': (world, held) => {
    world.track(world.api.session.valid(), 'data');
    return world.hold(held);
  },
  'disposes of a child': (world, held) => {
    world.child.session?.dispose();
    return world.hold(held);
  },
  'spoils the init': (world, held, init) => {
    try {
      init.headers?.set?.('authorization', 'spoilt');
      for (const name of Object.keys(init)) delete init[name];
    } catch {}
    return world.hold(held);
  },
  'aborts all': (world, held) => {
    for (const { controller } of world.calls) controller.abort(new Error('from the double'));
    return world.hold(held);
  },
};
