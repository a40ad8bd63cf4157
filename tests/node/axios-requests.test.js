/** What a config of the facade becomes on the wire: its merging, URL, query, body and credentials. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import axios, { AxiosHeaders, mergeConfig } from '../../dist/axios.js';
import { BASE, failure, open } from '../support/axios-double.js';
import { json } from '../support/double.js';

/** @param {object} config what `getUri` says of it */
const uri = (config) => axios.getUri({ baseURL: BASE, ...config });

/** @param {unknown} params @param {any} [options] */
const query = (params, options) => axios.getUri({ url: '/', params, paramsSerializer: options }).slice(2);

const named = (/** @type {Parameters<typeof query>} */ ...given) => decodeURIComponent(query(...given));

test('each option is merged by its own rule', () => {
  const given = /** @type {any} */ ({
    ...{ url: '/a', data: 'a', params: { a: 1, deep: { a: 1 } }, timeout: 1, validateStatus: () => true },
    ...{ transformRequest: ['a'], own: { a: 1, list: [1, 2] }, baseURL: '/a', method: 'put' },
  });
  const plain = (/** @type {object} */ config) => ({ ...config });
  assert.deepEqual(
    plain(
      mergeConfig(
        given,
        /** @type {any} */ ({ url: '/b', params: { deep: { b: 2 } }, own: { b: 2, list: [3] } }),
      ),
    ),
    {
      ...{ url: '/b', params: { a: 1, deep: { a: 1, b: 2 } }, timeout: 1 },
      ...{ validateStatus: given.validateStatus, transformRequest: ['a'], own: { a: 1, b: 2, list: [3] } },
      baseURL: '/a',
    },
  );
  const other = { transformRequest: ['b'], timeout: 0, validateStatus: undefined, baseURL: undefined };
  const merged = plain(mergeConfig(given, /** @type {any} */ (other)));
  assert.deepEqual(merged, {
    ...{ params: given.params, timeout: 0, validateStatus: undefined },
    ...{ transformRequest: ['b'], own: given.own, baseURL: '/a' },
  });
});

test('headers are one however their names are written, and those of a method stand over those of all', async () => {
  const { instance, sent } = open(undefined, {
    headers: { common: { 'X-A': 'all', 'X-B': 'all' }, put: { 'X-B': 'put' }, 'X-C': 'own', 'X-D': 'own' },
  });
  await instance.put('/x', {}, { headers: { 'x-c': 'call', 'content-TYPE': 'text/own' } });
  assert.deepEqual(sent[0]?.headers, {
    ...{ accept: 'application/json, text/plain, */*', 'content-type': 'text/own' },
    ...{ 'x-a': 'all', 'x-b': 'put', 'x-c': 'call', 'x-d': 'own' },
  });
  const merged = mergeConfig({ headers: { 'X-A': '1' } }, { headers: { 'x-a': '2' } });
  assert.deepEqual({ ...merged.headers }, { 'X-A': '2' });
});

test('keys of the app’s own come through, symbols too', async () => {
  const mark = Symbol('mark');
  const { instance } = open(undefined, { own: { a: 1 } });
  const given = /** @type {any} */ ({ own: { b: 2 }, [mark]: 'marked' });
  const config = /** @type {any} */ ((await instance.get('/x', given)).config);
  assert.deepEqual([config.own, config[mark]], [{ a: 1, b: 2 }, 'marked']);
});

test('a URL is joined to its base with one slash, and an absolute one leaves it unless it must not', () => {
  assert.equal(uri({ baseURL: `${BASE}/v1/`, url: '/x' }), `${BASE}/v1/x`);
  assert.equal(uri({ baseURL: `${BASE}/v1`, url: 'x' }), `${BASE}/v1/x`);
  assert.equal(uri({ url: '' }), BASE);
  assert.equal(uri({ url: 'https://b.example.com/x' }), 'https://b.example.com/x');
  assert.equal(uri({ url: '//b.example.com/x' }), '//b.example.com/x');
  assert.equal(uri({ url: '//b.example.com/x', allowAbsoluteUrls: false }), `${BASE}/b.example.com/x`);
});

test('a URL or a base that lacks its slashes is not sent, and what may be secret in it is not told', async () => {
  const { instance, sent } = open();
  const url = 'http:user:secret@elsewhere.example.com/?key=secret#token=secret';
  for (const call of [instance.get(url), instance.get('/x', { baseURL: url })]) {
    const error = await failure(call);
    assert.equal(error.code, 'ERR_INVALID_URL');
    assert.match(error.message, /missing "\/\/"/);
    assert.doesNotMatch(error.message, /secret/);
  }
  assert.equal(sent.length, 0);
});

test('params become a query, in every form that axios has for them', () => {
  assert.equal(named({ a: [1, 2] }), 'a[]=1&a[]=2');
  assert.equal(query({ a: [1, 2] }, { indexes: null }), 'a=1&a=2');
  assert.equal(named({ a: [1, 2] }, { indexes: true }), 'a[0]=1&a[1]=2');
  assert.equal(named({ a: { b: 1, c: { d: 2 } } }), 'a[b]=1&a[c][d]=2');
  assert.equal(query({ a: { b: 1 } }, { dots: true }), 'a.b=1');
  assert.equal(named({ a: [{ b: 1 }] }), 'a[0][b]=1');
  assert.equal(named({ 'a{}': { b: [1, 2] } }), 'a{}={"b":[1,2]}');
  assert.equal(query({ a: null, b: undefined, c: '', d: false, e: 0 }), 'c=&d=false&e=0');
  assert.equal(query({ a: new Date(0) }), 'a=1970-01-01T00:00:00.000Z');
  assert.equal(query({ a: 'ü b:$,+&' }), 'a=%C3%BC+b:$,%2B%26');
  assert.equal(query(new URLSearchParams({ a: 'b:c' })), 'a=b%3Ac');
  assert.equal(query({ a: 'b' }, { encode: (/** @type {string} */ text) => `<${text}>` }), '<a>=<b>');
  const serialize = (/** @type {unknown} */ params) => `own=${JSON.stringify(params)}`;
  assert.equal(query({ a: 1 }, { serialize }), 'own={"a":1}');
});

test('params that lead back to themselves are a failure that says so', async () => {
  const { instance } = open();
  const round = /** @type {any} */ ({});
  round.list = [{ round }];
  const plain = /** @type {any} */ ({});
  plain.a = { plain };
  for (const params of [round, { a: round }, { a: [round] }, plain, { a: plain }]) {
    const error = await failure(instance.get('/x', { params }));
    assert.deepEqual([error.code, /circular/i.test(error.message)], ['ERR_BAD_OPTION_VALUE', true]);
  }
});

test('a config that was read from JSON changes no prototype', async () => {
  const { instance, sent } = open();
  const evil = JSON.parse('{"__proto__":{"evil":1},"constructor":{"prototype":{"evil":1}}}');
  const config = /** @type {any} */ ({
    ...evil,
    own: evil,
    headers: { ...evil, 'X-A': 'a' },
    params: { a: evil },
  });
  const merged = /** @type {any} */ (mergeConfig(config, JSON.parse(JSON.stringify(config))));
  const { own } = /** @type {any} */ ((await instance.get('/x', config)).config);
  for (const thing of [{}, [], merged, merged.own, merged.params.a, merged.headers, own])
    assert.equal(/** @type {any} */ (thing).evil, undefined);
  assert.deepEqual([sent[0]?.url, sent[0]?.headers['x-a']], [`${BASE}/x`, 'a']);
});

test('a function as `paramsSerializer` makes the query', async () => {
  const { instance, sent } = open();
  const paramsSerializer = /** @type {any} */ ((/** @type {any} */ { a }) => `own=${a}`);
  await instance.get('/x', { params: { a: 1 }, paramsSerializer });
  assert.equal(sent[0]?.url, `${BASE}/x?own=1`);
});

test('a query goes behind the one that a URL has, and its hash is left out', () => {
  assert.equal(uri({ url: '/x?a=1#top', params: { b: 2 } }), `${BASE}/x?a=1&b=2`);
  assert.equal(uri({ url: '/x?a=1#top' }), `${BASE}/x?a=1#top`);
});

test('a body is sent as its kind and its content type say', async () => {
  const { instance, sent } = open();
  const object = { a: 1, b: ['x y', { c: null }] };
  const form = new FormData();
  form.append('a[b]', '1');
  const bodies = /** @type {[body: unknown, type: string | undefined, sent: string, as: string][]} */ ([
    [object, undefined, JSON.stringify(object), 'application/json'],
    [object, 'application/x-www-form-urlencoded', 'a=1&b%5B0%5D=x+y', 'application/x-www-form-urlencoded'],
    [new URLSearchParams({ a: 'b' }), undefined, 'a=b', 'application/x-www-form-urlencoded;charset=utf-8'],
    ['text', undefined, 'text', 'application/x-www-form-urlencoded'],
    ['text', 'application/json', '"text"', 'application/json'],
    ['{"a":1}', 'application/json', '{"a":1}', 'application/json'],
    [form, 'application/json', '{"a":{"b":"1"}}', 'application/json'],
    [new Blob(['raw']), undefined, 'raw', 'application/x-www-form-urlencoded'],
  ]);
  for (const [data, type, expected, as] of bodies) {
    await instance.post('/x', data, { headers: type ? { 'Content-Type': type } : {} });
    const { body, headers } = sent.at(-1) ?? assert.fail('nothing was sent');
    assert.deepEqual([body, headers['content-type']], [expected, as]);
  }
});

test('an object is sent as a form, by its content type or by the method that says so', async () => {
  const { instance, sent } = open();
  const data = { a: 1, 'b[]': [2, 3], c: { d: 4 } };
  await instance.post('/x', data, { headers: { 'Content-Type': 'multipart/form-data' } });
  await instance.postForm('/x', data);
  await instance.putForm('/x', data);
  await instance.patchForm('/x', data);
  for (const { body, headers } of sent) {
    const form = await new Response(body, { headers }).formData();
    assert.deepEqual(
      [...form],
      [
        ['a', '1'],
        ['b[]', '2'],
        ['b[]', '3'],
        ['c[d]', '4'],
      ],
    );
  }
  assert.deepEqual(
    sent.map(({ method }) => method),
    ['POST', 'POST', 'PUT', 'PATCH'],
  );
});

test('what the app transforms goes from one function to the next, and is what is sent', async () => {
  const { instance, sent } = open();
  /** @type {unknown[]} */
  const seen = [];
  await instance.put(
    '/x',
    { a: 1 },
    {
      transformRequest: [
        function (data, headers) {
          seen.push(this.url, headers instanceof AxiosHeaders, data);
          headers.set('X-Own', 'own');
          return 'first';
        },
        (data) => `${data} second`,
      ],
    },
  );
  assert.deepEqual(seen, ['/x', true, { a: 1 }]);
  assert.deepEqual([sent[0]?.body, sent[0]?.headers['x-own']], ['first second', 'own']);
});

test('cookies go to the own origin, to any, or to none', async () => {
  /** @type {string[]} */
  const seen = [];
  const fetch = async (/** @type {RequestInfo | URL} */ input, /** @type {RequestInit} */ init = {}) => {
    seen.push(new Request(input, init).credentials);
    return json({});
  };
  for (const withCredentials of /** @type {any[]} */ ([undefined, true, false]))
    await axios.get(BASE, { withCredentials, env: { fetch } });
  assert.deepEqual(seen, ['same-origin', 'include', 'omit']);
});

test('basic authentication, by the config or by the URL, stands over a header, and is not in the URL that is sent', async () => {
  const { instance, sent } = open();
  const headers = { Authorization: 'own' };
  await instance.get('/x', { auth: { username: 'ada', password: 'p:ü' }, headers });
  await instance.get('https://ada:p%40@api.example.com/x');
  assert.deepEqual(
    sent.map(({ url, headers }) => [url, headers.authorization]),
    [
      [`${BASE}/x`, `Basic ${btoa('ada:p:\u00c3\u00bc')}`],
      [`${BASE}/x`, `Basic ${btoa('ada:p@')}`],
    ],
  );
});

test('headers: names in any case, `false` forbids until somebody insists, and no line break comes through', () => {
  const headers = new AxiosHeaders({ 'X-A': 'a', 'x-b': false });
  assert.deepEqual([headers.get('x-a'), headers.has('X-B'), headers['X-A']], ['a', true, 'a']);
  headers.set('x-a', 'b').set('X-B', 'no').set('x-c', 'c', false).set('X-C', 'no', false);
  assert.deepEqual({ ...headers.toJSON() }, { 'X-A': 'b', 'x-c': 'c' });
  headers.set('X-B', 'insists', true);
  assert.equal(headers.get('x-b'), 'insists');
  headers.set('X-A', 'a\r\nX-Evil: 1');
  assert.equal(headers.get('x-a'), 'aX-Evil: 1');
  assert.deepEqual(
    [headers.delete('x-A'), [...headers]],
    [
      true,
      [
        ['x-b', 'insists'],
        ['x-c', 'c'],
      ],
    ],
  );
  assert.equal(
    new AxiosHeaders('Content-Type: a\nSet-Cookie: b\nset-cookie: c').getSetCookie().join(),
    'b,c',
  );
  assert.deepEqual(
    { .../** @type {any} */ (new AxiosHeaders({ a: 'max-age=1, b=2' }).get('A', true)) },
    { 'max-age': '1', b: '2' },
  );
  headers.setContentType('text/a', false).setContentType('text/b', false);
  assert.equal(headers.getContentType(), 'text/a');
});

test('headers are looked for, and taken out, by their names or by what they hold', () => {
  const headers = new AxiosHeaders({ 'X-A': 'one', 'X-B': 'two', 'Y-C': 'three' });
  assert.deepEqual(
    [headers.has('x-a', 'on'), headers.has('x-a', /^two/), headers.has('x-z')],
    [true, false, false],
  );
  assert.ok(headers.has('x-a', (value, name) => value === 'one' && name === 'X-A'));
  assert.equal(/** @type {any} */ (headers.get('x-b', /w(.)/))?.[1], 'o');
  assert.deepEqual([headers.delete(['x-a', 'x-b'], 'two'), Object.keys(headers)], [true, ['X-A', 'Y-C']]);
  assert.deepEqual([headers.clear(/^x-/i), headers.clear(/^x-/i), headers.has('y-c')], [true, false, true]);
  headers.set('get', 'a header').set('__proto__', 'another');
  assert.deepEqual(
    [headers.get('GET'), typeof headers.get, Object.keys(headers)],
    ['a header', 'function', ['Y-C', 'Get', '__Proto__']],
  );
  assert.equal(Object.getPrototypeOf(headers), AxiosHeaders.prototype);
  assert.equal(new AxiosHeaders('age: 1\nage: 2\nvia: a\nvia: b').toString(), 'age: 1\nvia: a, b');
});

test('while an interceptor waits, objects are those of the call, and what stands in lists is the app’s own', async () => {
  const make = () => ({ deep: { count: 1 }, list: [{ count: 1 }] });
  const change = (/** @type {ReturnType<typeof make>} */ given) => {
    given.deep.count = 2;
    for (const one of given.list) one.count = 2;
    given.list.push({ count: 3 });
  };
  for (const waits of [true, false]) {
    const { sent, instance } = open();
    if (waits) instance.interceptors.request.use(async (config) => config);
    const [data, params] = [make(), make()];
    const request = instance.post('/x', data, { params });
    change(data);
    change(params);
    await request;
    const count = waits ? 2 : 1;
    assert.deepEqual(JSON.parse(sent[0]?.body ?? ''), { deep: { count: 1 }, list: [{ count }] });
    assert.equal(decodeURIComponent(sent[0]?.url ?? ''), `${BASE}/x?deep[count]=1&list[0][count]=${count}`);
  }
});
