/** A trap costs the calls that are out, never the page. An app can bring it about by a stack that overflows within the engine. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createApiFetch } from '../../dist/index.js';
import { json, server, settled } from '../support/double.js';
import { messageOf, ORIGIN, signedIn, storageOf } from '../support/rotating.js';
import { trapIn } from '../support/trap.js';

const SCRIPT = fileURLToPath(new URL('../support/overflow.js', import.meta.url));
const STOPPED = /the engine has stopped/;

test('who waits is rejected with the trap as the cause; the next call is answered, by the same tokens', async () => {
  const { api, books, sent } = await signedIn();
  books.hold.add('/held');
  const held = api('/held');
  await settled();
  const trapped = trapIn(() => api.session.valid());
  for (const outcome of await Promise.allSettled([held, trapped])) {
    const error = outcome.status === 'rejected' && outcome.reason;
    assert.match(String(error), STOPPED);
    assert.match(String(error.cause), /a trap/);
  }
  assert.deepEqual(await api('/next'), { path: '/next' });
  assert.equal(sent.at(-1)?.headers.authorization, 'Bearer first');
});

test('a walk over a cycle in which the instance is called costs the calls that are out', async () => {
  const { api } = await signedIn();
  /** @type {Promise<string>[]} */
  const made = [];
  /** @type {{ next?: any }} */
  const node = {};
  node.next = node;
  const walk = (/** @type {any} */ at) => {
    made.push(messageOf(api('/node')));
    walk(at.next);
  };
  assert.throws(() => walk(node), RangeError);
  await Promise.all(made);
  assert.deepEqual(await api('/next'), { path: '/next' });
  assert.deepEqual([api.session.pending, api.session.tokens?.accessToken], [0, 'first']);
});

test('a stack that overflows within the engine leaves nobody waiting, and whoever comes later is answered', async () => {
  const { stdout } = spawn(process.execPath, [SCRIPT], { stdio: ['ignore', 'pipe', 'ignore'] });
  const output = await text(stdout);
  assert.ok(output, 'a promise that nobody settles ends the script early');
  /** @type {string[][]} */
  const rounds = JSON.parse(output);
  const stopped = rounds.filter((outcomes) => outcomes.some((outcome) => STOPPED.test(outcome)));
  assert.ok(stopped.length > 0, 'the stack has to overflow within the engine');
  // The call after, the tokens and the end of the session.
  for (const outcomes of stopped) assert.deepEqual(outcomes.slice(-3), ['answered', 'first', 'undefined']);
});

test('one trap after the other, each in a call of its own: all are told, and the page goes on', async () => {
  const { api } = await signedIn();
  for (let round = 0; round < 100; round++) {
    const before = api('/before');
    const made = [1, 2, 3].map(() => trapIn(() => api.session.valid()));
    for (const outcome of await Promise.all([before, ...made].map(messageOf))) assert.match(outcome, STOPPED);
  }
  assert.deepEqual(await api('/next'), { path: '/next' });
  assert.equal(api.session.pending, 0);
});

test('a trap in what the app’s own fetch asks for: the outer call is told, and the next one is answered', async () => {
  let isTrapping = true;
  /** @type {any} */
  let api;
  const inner = /** @type {Promise<string>[]} */ ([]);
  const fetch = async () => {
    if (isTrapping) {
      isTrapping = false;
      assert.throws(() => trapIn(() => api.session.status), /a trap/);
      inner.push(messageOf(api('/inner')));
    }
    return json({ fine: true });
  };
  ({ api } = await signedIn({}, { fetch }));
  assert.match(await messageOf(api('/outer')), STOPPED);
  assert.deepEqual(await Promise.all(inner), ['answered'], 'by an engine that started within the outer call');
  assert.deepEqual(await api('/next'), { fine: true });
  assert.equal(api.session.pending, 0);
});

test('what a fetch has promised to an engine that trapped meanwhile is looked after: its failure, and its late answer', async () => {
  for (const ends of ['fails', 'answers']) {
    let isTrapping = true;
    let isCancelled = false;
    /** @type {any} */
    let api;
    /** @type {() => void} */
    let end = () => {};
    const body = new ReadableStream({
      cancel() {
        isCancelled = true;
      },
    });
    const fetch = () => {
      if (!isTrapping) return Promise.resolve(json({ fine: true }));
      isTrapping = false;
      assert.throws(() => trapIn(() => api.session.status), /a trap/);
      return new Promise((resolve, reject) => {
        end = ends === 'fails' ? () => reject(new Error('late')) : () => resolve(new Response(body));
      });
    };
    ({ api } = await signedIn({}, { fetch }));
    assert.match(await messageOf(api('/outer')), STOPPED);
    // The runner fails a test in which a rejection is not handled.
    end();
    await settled();
    assert.equal(isCancelled, ends === 'answers');
    assert.deepEqual(await api('/next'), { fine: true });
  }
});

test('looks at the session start the engine as well: `pending`, `status`, `tokens`, `ready`', async () => {
  for (const look of /** @type {const} */ (['pending', 'waiting', 'status', 'tokens', 'ready'])) {
    const { api, books } = await signedIn();
    books.hold.add('/held');
    api('/held').catch(() => {});
    trapIn(() => api.session.valid()).catch(() => {});
    const seen = await api.session[look];
    const right = { pending: 0, waiting: 0, status: 'active', ready: undefined };
    if (look === 'tokens') assert.equal(api.session.tokens?.refreshToken, 'r1');
    else assert.equal(seen, right[look]);
  }
  const { api } = await signedIn();
  assert.throws(() => trapIn(() => api.session.status), /a trap/);
  assert.equal(api.session.status, 'active');
});

test('listeners stay, and a loading bar is told that nothing is out any more', async () => {
  /** @type {unknown[]} */
  const heard = [];
  const { api, books } = await signedIn({
    onRefresh: ({ accessToken }) => heard.push(['onRefresh', accessToken]),
    onSignOut: ({ reason }) => heard.push(['onSignOut', reason]),
  });
  const child = api.create({});
  child.session?.on('busy', (is) => heard.push(['busy', is]));
  api.session.on('trace', ({ path, step }) => path === '/held' && heard.push([path, step]));
  books.hold.add('/held');
  api('/held').catch(() => {});
  await settled();
  trapIn(() => api.session.valid()).catch(() => {});
  assert.deepEqual(heard.splice(0), [
    ['busy', true],
    ['/held', 'sent'],
    ['/held', 'failed'],
    ['busy', false],
  ]);
  books.expire();
  await api('/next');
  await api.session.signOut();
  assert.deepEqual(heard, [
    ['busy', true],
    ['onRefresh', 'access of r1'],
    ['busy', false],
    ['onSignOut', 'user'],
  ]);
});

test('a call that a listener makes at once, when it hears of the trap, is answered', async () => {
  const { api, books } = await signedIn();
  books.hold.add('/held');
  /** @type {Promise<unknown>[]} */
  const made = [];
  api.session.on('busy', (is) => {
    // Once: its own end is told as well.
    if (!is && made.length === 0) made.push(api('/at-once'));
  });
  const held = [api('/held'), api('/held'), api('/held')].map(messageOf);
  await settled();
  held.push(messageOf(trapIn(() => api.session.valid())));
  for (const outcome of await Promise.all(held)) assert.match(outcome, STOPPED);
  assert.deepEqual(await made[0], { path: '/at-once' });
});

test('children, siblings of one key and what was disposed of come back as they were', async () => {
  const storage = storageOf(new Map());
  const { api, make, sent, books } = await signedIn({ storage });
  const sibling = make();
  const child = api.create({ headers: { 'x-child': 'yes' } });
  const gone = make();
  gone.session.dispose();
  trapIn(() => api.session.valid()).catch(() => {});
  assert.equal(await gone('/gone').catch(({ code }) => code), 'SIGNED_OUT');
  books.expire();
  await Promise.all([child('/child'), sibling('/sibling'), api('/api')]);
  assert.deepEqual(books.presented, ['r1'], 'one refresh: they share a session again');
  assert.ok(sent.some(({ headers }) => headers['x-child'] === 'yes'));
  api.session.dispose();
  assert.deepEqual(await sibling('/goes-on'), { path: '/goes-on' });
  trapIn(() => sibling.session.valid()).catch(() => {});
  assert.equal(await api('/gone').catch(({ code }) => code), 'SIGNED_OUT');
  assert.equal(sibling.session.status, 'active');
});

test('whoever calls first after a trap: the first instance still refreshes for all, and nobody but the last one ends it', async () => {
  const storage = storageOf(new Map());
  const { api, sent, books, make } = await signedIn({ storage });
  const later = createApiFetch({
    fetch: () => Promise.reject(new Error('not this one')),
    baseURL: ORIGIN,
    session: { storage, refresh: '/elsewhere' },
  });
  const sibling = make();
  trapIn(() => api.session.valid()).catch(() => {});
  books.expire();
  await later.session.refresh();
  assert.ok(sent.at(-1)?.url.endsWith('/token'));
  /** @type {unknown[]} */
  const heard = [];
  api.session.on('change', ({ status }) => heard.push(status));
  trapIn(() => api.session.valid()).catch(() => {});
  sibling.session.dispose();
  later.session.dispose();
  assert.deepEqual([api.session.status, heard.includes('signed-out')], ['active', false]);
});

for (const isAsync of [false, true]) {
  test(`the session is read from ${isAsync ? 'an asynchronous' : 'a synchronous'} storage`, async () => {
    const items = new Map();
    const { api, sent } = await signedIn({ storage: storageOf(items, isAsync), key: 'kept' });
    trapIn(() => api.session.valid()).catch(() => {});
    const record = JSON.parse(items.get('kept'));
    items.set('kept', JSON.stringify({ ...record, refreshToken: 'of another tab' }));
    await api('/next');
    assert.equal(sent.at(-1)?.headers.authorization, 'Bearer first');
    assert.equal(api.session.tokens?.refreshToken, 'of another tab');
    await api.session.signOut();
    assert.equal(items.has('kept'), false);
  });
}

test('what is still to come for a call that a trap has ended reaches no other', async () => {
  const { api, books, release } = await signedIn();
  books.hold.add('/held');
  const controller = new AbortController();
  const held = messageOf(api('/held', { signal: controller.signal, timeout: 60_000 }));
  await settled();
  trapIn(() => api.session.valid()).catch(() => {});
  assert.match(await held, STOPPED);
  const stale = release;
  books.hold.add('/next');
  const next = api('/next');
  await settled();
  controller.abort();
  stale('/held');
  await settled();
  release('/next');
  assert.deepEqual(await next, { path: '/next' });
});

test('two copies of the package share the engine that comes after a trap', async () => {
  const copy = await import(/** @type {string} */ ('../../dist/index.js?copy=trap'));
  const storage = storageOf(new Map());
  const { api, books, sent } = await signedIn({ storage });
  const { fetch } = server(async (one, number) => {
    assert.ok(number < 10);
    return fetchOf(one);
  });
  const fetchOf = (/** @type {any} */ { headers, url }) =>
    json({ path: new URL(url).pathname, by: headers.authorization });
  const other = copy.createApiFetch({ fetch, baseURL: ORIGIN, session: { storage, refresh: '/token' } });
  trapIn(() => other.session.valid()).catch(() => {});
  await api.session.set({ access_token: 'later', refresh_token: 'r1' }, { sameUser: true });
  assert.equal((await other('/next')).by, 'Bearer later');
  trapIn(() => api.session.valid()).catch(() => {});
  books.expire();
  await api('/next');
  assert.equal(other.session.tokens.accessToken, 'access of r1', 'told at once, though not looked at');
  assert.ok(sent.length > 0);
});

test('an instance that nobody holds any more is collected, also of an engine that is gone', async () => {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  /** @type {WeakRef<object>[]} */
  const refs = [];
  for (let index = 0; index < 20; index++) {
    const { api } = await signedIn();
    refs.push(new WeakRef(api));
    await messageOf(trapIn(() => api.session.valid()));
  }
  for (let round = 0; round < 10; round++) {
    await settled();
    collect();
  }
  assert.ok(refs.filter((ref) => ref.deref()).length < 3);
});

test('an instance that is made after a trap shares the session of those that were there, and of their listeners', async () => {
  const storage = storageOf(new Map());
  const { api, make, books } = await signedIn({ storage });
  /** @type {unknown[]} */
  const heard = [];
  api.session.on('signout', ({ reason }) => heard.push(['signout', reason]));
  trapIn(() => api.session.valid()).catch(() => {});
  const late = make();
  books.expire();
  await Promise.all([late('/late'), api('/early')]);
  assert.deepEqual(books.presented, ['r1']);
  trapIn(() => api.session.valid()).catch(() => {});
  await make().session.signOut();
  assert.equal(api.session.status, 'signed-out');
  assert.deepEqual(heard, [['signout', 'user']]);
});
