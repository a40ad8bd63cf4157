/** What a caller gives stays the caller's, and is made into a request once, however often that is sent. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useApps } from '../support/app.js';

const openApp = useApps();

test('options, headers and defaults are never changed, not even frozen ones', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const [before, after, mine, theirs, plain] = await app.run(async ({ api }) => {
    const headers = new Headers({ 'x-own': '1' });
    const defaults = Object.freeze({ headers: Object.freeze({ 'x-default': '2' }), cache: 'no-store' });
    const options = Object.freeze({
      method: 'post',
      headers,
      body: Object.freeze({ a: Object.freeze([1]) }),
      signal: new AbortController().signal,
      credentials: 'include',
    });
    const look = () =>
      JSON.stringify([options, [...headers], Object.keys(options), defaults, Object.keys(defaults)]);
    const first = look();
    const child = api.create(/** @type {any} */ (defaults));
    const reply = await child('/api/echo/1', /** @type {any} */ (options));
    const echo = await child('/open/echo/1', /** @type {any} */ (options));
    // Where no headers are by default, there is nothing to be merged.
    const plain = await api('/open/echo/2', /** @type {any} */ ({ headers }));
    return [first, look(), reply, echo.headers, plain.headers];
  });
  assert.equal(after, before);
  assert.equal(plain['x-own'], '1');
  assert.equal(mine.text, '{"a":[1]}');
  assert.deepEqual([theirs['x-own'], theirs['x-default']], ['1', '2']);
});

test('the headers of one call are in no other', async (t) => {
  const app = await openApp(t);
  const [first, second] = await app.run(async ({ api }) => {
    const child = api.create({ headers: { 'x-default': '2' } });
    const first = await child('/open/echo/1', { headers: { 'x-own': '1' } });
    return [first.headers, (await child('/open/echo/2')).headers];
  });
  assert.deepEqual([first['x-default'], first['x-own']], ['2', '1']);
  assert.deepEqual([second['x-default'], second['x-own']], ['2', undefined]);
});

test('what is given to api.fetch is never changed', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const [before, after, texts] = await app.run(async ({ api, base }) => {
    const headers = new Headers({ 'x-own': '1' });
    const init = Object.freeze({ method: 'POST', headers, body: 'init', cache: 'no-store' });
    const request = new Request(`${base}/api/echo/2`, { method: 'POST', headers, body: 'request' });
    const look = () =>
      JSON.stringify([init, Object.keys(init), [...headers], [...request.headers], request.bodyUsed]);
    const first = look();
    const one = await api.fetch(`${base}/api/echo/1`, /** @type {any} */ (init));
    const other = await api.fetch(request);
    return [first, look(), [(await one.json()).text, (await other.json()).text]];
  });
  assert.equal(after, before);
  assert.deepEqual(texts, ['init', 'request']);
});

test('a getter among the options is read once for a call, not once a sending', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const counts = await app.run(async ({ api }) => {
    /** @type {Record<string, number>} */
    const reads = { method: 0, body: 0, headers: 0, json: 0 };
    const count = (/** @type {string} */ name, /** @type {any} */ value) => {
      reads[name] = Number(reads[name]) + 1;
      return value;
    };
    const reply = await api('/api/echo/1', {
      get method() {
        return count('method', 'POST');
      },
      get headers() {
        return count('headers', { 'x-own': '1' });
      },
      get body() {
        return count('body', { toJSON: () => count('json', { a: 1 }) });
      },
    });
    return { ...reads, text: reply.text };
  });
  assert.deepEqual(counts, { method: 1, body: 1, headers: 1, json: 1, text: '{"a":1}' });
});

test('JSON is encoded once and a base URL joined once, on a replay too', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const [text, urls] = await app.run(async ({ create, recorder, sent }) => {
    const api = create({}, { fetch: recorder });
    const reply = await api('/api/echo/1', { method: 'POST', body: { quote: '"' } });
    return [reply.text, sent.map(({ url }) => new URL(url).pathname)];
  });
  assert.equal(text, '{"quote":"\\""}');
  const path = `${new URL(app.tenant.url).pathname}/api/echo/1`;
  assert.deepEqual(urls, [path, path]);
});

test('a base URL is joined by whole segments, and a URL of its own goes without it', async (t) => {
  const app = await openApp(t);
  const paths = await app.run(async ({ create, api, base }, url) => {
    const path = async (/** @type {Promise<any>} */ reply) => (await reply).path;
    const slashed = create({}, { baseURL: `${base}/` });
    return [
      await path(slashed('open/echo/1')),
      await path(slashed('/open/echo/2')),
      await path(create({}, { baseURL: `${base}/open` })('/echo/3')),
      await path(create({}, { baseURL: `${base}/open` })(`${url}/open/echo/4`)),
      await path(api(`${base}/open/echo/5`, { baseURL: '' })),
      await path(api('/echo/6', { baseURL: `${base}/open` })),
      await path(api('/open/echo/7?a=1#hash')),
      // It is there already.
      await path(api(`${base}/open/echo/8`)),
    ];
  }, app.tenant.url);
  assert.deepEqual(
    paths,
    [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `/open/echo/${number}`),
  );
});

test('every other option of fetch is passed on, at each sending', async (t) => {
  const app = await openApp(t);
  await app.tenant.expire();
  const inits = await app.run(async ({ create }) => {
    /** @type {unknown[]} */
    const seen = [];
    const api = create(
      {},
      {
        credentials: 'include',
        fetch(input, init) {
          if (!String(input).includes('/oidc/')) {
            const { cache, credentials, keepalive, mode, referrerPolicy, priority } = init ?? {};
            seen.push({ cache, credentials, keepalive, mode, referrerPolicy, priority });
          }
          return fetch(input, init);
        },
      },
    );
    const own = { cache: 'no-cache', keepalive: true, mode: 'same-origin', priority: 'low' };
    await api('/api/echo/1', { .../** @type {any} */ (own), referrerPolicy: 'no-referrer' });
    return seen;
  });
  const expected = {
    cache: 'no-cache',
    credentials: 'include',
    keepalive: true,
    mode: 'same-origin',
    referrerPolicy: 'no-referrer',
    priority: 'low',
  };
  assert.deepEqual(inits, [expected, expected]);
});

test('answers are read by their content type, or as responseType says', async (t) => {
  const app = await openApp(t);
  const read = await app.run(async ({ api }) => {
    const blob = await api('/api/blob', { responseType: 'blob' });
    const stream = await api('/api/text', { responseType: 'stream' });
    return {
      json: (await api('/api/echo/1')).path,
      text: await api('/api/text'),
      typed: await api('/api/echo/1', { responseType: 'text' }),
      png: (await api('/api/blob'))?.constructor.name,
      blob: [blob.type, blob.size > 0],
      buffer: (await api('/api/text', { responseType: 'arrayBuffer' })).byteLength,
      stream: await new Response(stream).text(),
      empty: [await api('/api/empty'), await api('/api/echo/1', { method: 'HEAD' })],
      lower: (await api('/api/echo/1', { method: 'post' })).method,
    };
  });
  assert.equal(read.json, '/api/echo/1');
  assert.equal(read.text, 'Grüezi, ada');
  assert.equal(JSON.parse(read.typed).path, '/api/echo/1');
  assert.equal(read.png, 'Blob');
  assert.deepEqual(read.blob, ['image/png', true]);
  assert.equal(read.buffer, new TextEncoder().encode('Grüezi, ada').length);
  assert.equal(read.stream, 'Grüezi, ada');
  assert.deepEqual(read.empty, [undefined, undefined]);
  assert.equal(read.lower, 'POST');
});

test('a fetch that answers nonsense, throws at once or rejects is a FetchError, and nobody hangs', async (t) => {
  const app = await openApp(t);
  const doubles = await app.run(async ({ create, outcome }) => {
    /** @type {Record<string, any>} */
    const fetches = {
      nothing: () => undefined,
      'a string': () => 'no answer',
      'a throw': () => {
        throw new RangeError('at once');
      },
      'a rejection': () => Promise.reject(new TypeError('offline')),
      // biome-ignore lint/suspicious/noThenProperty: that is the point
      'a thenable': () => ({ then: (/** @type {any} */ done) => done(Response.json({ fine: true })) }),
    };
    /** @type {Record<string, unknown>} */
    const ends = {};
    for (const [name, double] of Object.entries(fetches)) {
      const { value, error } = await outcome(create({}, { fetch: double })('/api/echo/1'));
      ends[name] = error ? [error.name, error.cause?.name] : value;
    }
    return ends;
  });
  assert.deepEqual(doubles, {
    nothing: ['FetchError', 'TypeError'],
    'a string': ['FetchError', 'TypeError'],
    'a throw': ['FetchError', 'RangeError'],
    'a rejection': ['FetchError', 'TypeError'],
    'a thenable': { fine: true },
  });
});

test('a fetch that changes what it is given disturbs no other request', async (t) => {
  const app = await openApp(t);
  const seen = await app.run(async ({ create }) => {
    /** @type {any[]} */
    const inits = [];
    const api = create(
      {},
      {
        async fetch(_, init = {}) {
          const headers = new Headers(init.headers);
          inits.push([init.method, headers.has('authorization'), headers.has('x-own'), 'extra' in init]);
          if (init.headers instanceof Headers) init.headers.delete('authorization');
          Object.assign(init, { method: 'DELETE', extra: true, headers: undefined });
          return Response.json({});
        },
      },
    );
    await api('/1');
    await api('/2');
    await api('/3', { headers: { 'x-own': '1' } });
    await api('/4');
    return inits;
  });
  const plain = [undefined, true, false, false];
  assert.deepEqual(seen, [plain, plain, [undefined, true, true, false], plain]);
});

test('null and undefined options are as good as none', async (t) => {
  const app = await openApp(t);
  const ends = await app.run(async ({ api, base, outcome }) => {
    const all = [
      { signal: null },
      { body: null },
      { headers: undefined, method: undefined },
      Object.create(null),
      null,
    ];
    const paths = [];
    for (const options of all) {
      paths.push((await outcome(api('/api/echo/1', options))).value?.path);
      paths.push((await outcome(api.fetch(`${base}/api/echo/1`, options))).value?.status);
    }
    return paths;
  });
  assert.deepEqual(ends, Array(5).fill(['/api/echo/1', 200]).flat());
});
