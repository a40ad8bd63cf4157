/** After a rejection a body is sent again byte for byte, as it was when the request was made. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { ONE_REFRESH, useApps } from '../support/app.js';

/**
 * @import { FetchOptions } from '../../src/npm/types.js'
 * @import { App } from '../support/app.js'
 * @import { Kit } from '../support/in-page.js'
 */

const openApp = useApps();

/**
 * The request is rejected, waits for the refresh, and is sent again.
 *
 * @param {App} app
 * @param {(kit: Kit) => Promise<unknown>} send
 * @param {(kit: Kit) => unknown} [meanwhile] what the caller does while it waits
 * @returns what was sent at first, what was sent again, and what the server read of the latter
 */
async function rejectedAndReplayed(app, send, meanwhile) {
  await app.run(({ recorder, create }) => {
    const api = create({}, { fetch: recorder });
    Object.assign(globalThis, { recorded: api });
  });
  await app.tenant.expire();
  await app.tenant.control({ hold: { refresh: true } });
  const call = await app.begin(send);
  await app.tenant.held('refresh', 1);
  await app.until(({ api }) => api.session?.waiting === 1);
  if (meanwhile) await app.run(meanwhile);
  await app.tenant.release('refresh');
  const { value, error } = await call.outcome();
  assert.equal(error, undefined);

  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  const all = await app.run(({ sent }) => sent);
  const [first, again, ...rest] = all.filter(({ url }) => url.includes('/api/'));
  assert.ok(first && again);
  assert.deepEqual(rest, []);
  assert.deepEqual(again.bytes, first.bytes, 'byte for byte');
  assert.equal(again.headers['content-type'], first.headers['content-type']);
  assert.notEqual(again.headers.authorization, first.headers.authorization);
  const sha256 = createHash('sha256').update(Buffer.from(again.bytes)).digest('hex');
  assert.equal(value.sha256, sha256, 'as the server read it');
  return { value, text: Buffer.from(again.bytes).toString('utf8'), type: value.contentType };
}

/**
 * One case: what `recorded('/api/echo/1', options)` sends. `options` is made in the page.
 *
 * @param {string} name
 * @param {() => FetchOptions} makeOptions
 * @param {{ text: string | RegExp, type: string | RegExp | null }} expected
 * @param {(kit: Kit) => unknown} [meanwhile]
 */
function bodyTest(name, makeOptions, { text, type }, meanwhile) {
  test(`${name} is sent again byte for byte`, async (t) => {
    const app = await openApp(t);
    const send = /** @type {any} */ (
      new Function(`return recorded('/api/echo/1', { method: 'POST', ...(${makeOptions})() })`)
    );
    const replayed = await rejectedAndReplayed(app, send, meanwhile);
    for (const [actual, wanted] of [
      [replayed.text, text],
      [replayed.type, type],
    ]) {
      if (wanted instanceof RegExp) assert.match(actual, wanted);
      else assert.equal(actual, wanted);
    }
  });
}

// As ofetch has it: a string is taken for JSON that the caller has encoded.
bodyTest('a string', () => ({ body: '"Grüezi 🎉"' }), { text: '"Grüezi 🎉"', type: 'application/json' });

bodyTest(
  'JSON, encoded once, before the caller changes the object,',
  () => {
    const body = { name: 'Grüezi', deep: { list: [1, null] }, at: new Date(0), left: undefined };
    Object.assign(globalThis, { change: () => body.deep.list.push(2) });
    return { body };
  },
  {
    text: '{"name":"Grüezi","deep":{"list":[1,null]},"at":"1970-01-01T00:00:00.000Z"}',
    type: 'application/json',
  },
  () => /** @type {any} */ (globalThis).change(),
);

bodyTest('an array', () => ({ body: [1, 'two', { three: 3 }] }), {
  text: '[1,"two",{"three":3}]',
  type: 'application/json',
});

bodyTest(
  'JSON with a content type of its own',
  () => ({ method: 'PATCH', body: { a: 1 }, headers: { 'content-type': 'application/merge-patch+json' } }),
  { text: '{"a":1}', type: 'application/merge-patch+json' },
);

bodyTest(
  'an object that becomes a form',
  () => ({ body: { a: '1 2', b: 'ü' }, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  { text: 'a=1+2&b=%C3%BC', type: 'application/x-www-form-urlencoded' },
);

bodyTest(
  'URLSearchParams',
  () => {
    const body = new URLSearchParams({ a: '1', b: 'two words' });
    Object.assign(globalThis, { change: () => body.set('a', 'changed') });
    return { body };
  },
  { text: 'a=1&b=two+words', type: /^application\/x-www-form-urlencoded/ },
  () => /** @type {any} */ (globalThis).change(),
);

bodyTest('a Blob', () => ({ body: new Blob(['one', 'two'], { type: 'application/x-own' }) }), {
  text: 'onetwo',
  type: 'application/x-own',
});

bodyTest(
  'an ArrayBuffer that the caller overwrites meanwhile',
  () => {
    const bytes = new TextEncoder().encode('as it was');
    Object.assign(globalThis, { change: () => bytes.fill(0) });
    return { body: bytes.buffer };
  },
  { text: 'as it was', type: null },
  () => /** @type {any} */ (globalThis).change(),
);

bodyTest(
  'a view of a part of a buffer, overwritten meanwhile,',
  () => {
    const bytes = new TextEncoder().encode('before as it was after');
    Object.assign(globalThis, { change: () => bytes.fill(0) });
    return { body: bytes.subarray(7, 16) };
  },
  { text: 'as it was', type: null },
  () => /** @type {any} */ (globalThis).change(),
);

bodyTest(
  'a FormData with a file, changed meanwhile,',
  () => {
    const body = new FormData();
    body.append('name', 'Grüezi');
    body.append('file', new File(['content'], 'a file.txt', { type: 'text/x-own' }));
    Object.assign(globalThis, { change: () => body.set('name', 'changed') });
    return { body };
  },
  {
    text: /^(--\S+)\r\n.*name="name"\r\n\r\nGrüezi\r\n\1\r\n.*filename="a file\.txt"\r\nContent-Type: text\/x-own\r\n\r\ncontent\r\n\1--/,
    type: /^multipart\/form-data; boundary=/,
  },
  () => /** @type {any} */ (globalThis).change(),
);

test('a Request with a body is sent again byte for byte, and stays the caller’s', async (t) => {
  const app = await openApp(t);
  const { value, text } = await rejectedAndReplayed(app, async ({ base }) => {
    const request = new Request(`${base}/api/echo/1`, {
      method: 'PUT',
      headers: { 'x-own': 'kept', 'content-type': 'text/x-own' },
      body: 'of a Request',
    });
    const reply = await /** @type {any} */ (globalThis).recorded(request);
    return { ...reply, used: request.bodyUsed, left: await request.text(), headers: [...request.headers] };
  });
  assert.equal(text, 'of a Request');
  assert.deepEqual([value.method, value.contentType], ['PUT', 'text/x-own']);
  assert.deepEqual([value.used, value.left], [false, 'of a Request']);
  assert.deepEqual(value.headers, [
    ['content-type', 'text/x-own'],
    ['x-own', 'kept'],
  ]);
});

test('a Request that the caller reads while it waits is sent again byte for byte', async (t) => {
  const app = await openApp(t);
  const { text } = await rejectedAndReplayed(
    app,
    ({ base }) => {
      const request = new Request(`${base}/api/echo/1`, { method: 'PUT', body: 'of a Request' });
      Object.assign(globalThis, { read: () => request.text() });
      return /** @type {any} */ (globalThis).recorded(request);
    },
    () => /** @type {any} */ (globalThis).read(),
  );
  assert.equal(text, 'of a Request');
});

test('api.fetch with a Request, and with a Request and init, sends again byte for byte', async (t) => {
  const app = await openApp(t);
  const { value } = await rejectedAndReplayed(app, async ({ base }) => {
    const request = new Request(`${base}/api/echo/1`, { method: 'POST', body: 'of the Request' });
    const init = { body: 'of init', headers: { 'content-type': 'text/x-own' } };
    const response = await /** @type {any} */ (globalThis).recorded.fetch(request, init);
    return { ...(await response.json()), used: request.bodyUsed };
  });
  assert.deepEqual([value.text, value.contentType, value.used], ['of init', 'text/x-own', false]);
});

test('a stream cannot be sent again: the refresh happens, and the caller gets the original 401', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const ends = await app.run(async ({ create, outcome, lib, base }) => {
    let sendings = 0;
    // Chromium streams no body over HTTP/1.1: the double reads it and sends it whole.
    const api = create(
      {},
      {
        async fetch(input, init) {
          if (!(init?.body instanceof ReadableStream)) return fetch(input, init);
          sendings += 1;
          return fetch(input, { ...init, body: await new Response(init.body).text() });
        },
      },
    );
    const stream = () => new Blob(['streamed']).stream();
    const error = await api('/api/echo/1', { method: 'POST', body: stream() }).catch((reason) => reason);
    await api.session?.valid();
    const isAuthError = lib.isAuthError(error);
    const again = await outcome(api('/api/echo/2', { method: 'POST', body: stream() }));
    return { name: error.name, status: error.status, data: error.data, isAuthError, again, sendings, base };
  });
  assert.deepEqual(
    [ends.name, ends.status, ends.isAuthError, ends.data],
    ['FetchError', 401, false, { error: 'invalid_token' }],
  );
  assert.deepEqual(await app.refreshes(), ONE_REFRESH);
  assert.equal(ends.again.value.text, 'streamed');
  assert.equal(ends.sendings, 2);
  assert.deepEqual(await app.hits('/api/echo/1', 'POST'), { 401: 1 });
});
