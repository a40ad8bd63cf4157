/** What comes from outside may be long: URLs, headers, replies and records are gone through once, whatever stands in them. */

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parseAst } from 'rolldown/parseAst';
import { analyse } from 'scslre';
import axios, { AxiosHeaders } from '../../dist/axios.js';
import { createApiFetch } from '../../dist/index.js';
import { findersOf } from '../../src/error/redact.js';
import { json, server } from '../support/double.js';
import { attackOn } from '../support/regex-steps.js';
import { growthOf } from '../support/steps.js';

const SRC = new URL('../../src/', import.meta.url);
const ORIGIN = 'https://api.example.com';

/** @import { Pattern } from '../support/regex-steps.js' */

/** One judge knows what one character does that repeats, behind whatever; the other tries two in turn. */
const isLinearByOne = (/** @type {Pattern} */ { pattern: source, flags }) =>
  analyse({ source, flags }).reports.length === 0;
const isLinear = (/** @type {Pattern} */ one) => isLinearByOne(one) && !attackOn(one);

/**
 * What one has to look at in a piece of the source: expressions that are written down, and whether others are made of texts.
 *
 * @param {any} node
 * @param {{ patterns: Pattern[], made: number }} found
 */
function search(node, found) {
  if (typeof node !== 'object' || node === null) return found;
  if (node.type === 'Literal' && node.regex) found.patterns.push(node.regex);
  const callee = node.type === 'NewExpression' || node.type === 'CallExpression' ? node.callee : undefined;
  if (callee?.name === 'RegExp' || callee?.property?.name === 'RegExp') found.made += 1;
  for (const value of Object.values(node)) search(value, found);
  return found;
}

const read = (/** @type {string} */ text, /** @type {'js' | 'ts'} */ lang) =>
  search(parseAst(text, { lang }), { patterns: [], made: 0 });

test('the judge of regular expressions knows the ones that go back over what they have read', () => {
  const { patterns } = read(
    'a(/\\/+$/); b(/^(?:a.*a.*z)$/s); c(/([?&][^=&]*=)[^&]*/g); d(/^(?:a+)+$/)',
    'js',
  );
  assert.deepEqual(patterns.map(isLinear), [false, false, false, false]);
  assert.equal(isLinear({ pattern: '(?<!\\/)\\/+$', flags: '' }), true);
  assert.equal(read('new RegExp(a); globalThis.RegExp(b)', 'js').made, 2);
});

test('it knows those too that go back over two characters in turn', () => {
  const { patterns } = read(
    'a(/"(?:\\\\.|[^"\\\\])*(?:"|$)/g); b(/^(?:ab)*(?:ab)*$/); c(/(?:ab)+c/); d(/^(?:(?:ab)+)+$/)',
    'js',
  );
  assert.deepEqual(patterns.map(attackOn), ['"\\"\\', 'abab\x7f', 'abab', 'abab\x7f']);
  assert.equal(attackOn({ pattern: '(?:"(?:\\\\[\\s\\S]?|[^"\\\\])*"?|[^,;"])+', flags: 'g' }), undefined);
  assert.equal(attackOn({ pattern: '(?<!b)(?:ab)+c', flags: '' }), undefined);
});

test('each regular expression of the source reads a text once, and none is made of a text', async () => {
  const names = (await readdir(SRC, { recursive: true })).filter((name) => /(?<!\.d)\.(?:js|ts)$/.test(name));
  const bad = [];
  let count = 0;
  for (const name of names) {
    const { patterns, made } = read(
      await readFile(new URL(name, SRC), 'utf8'),
      name.endsWith('.ts') ? 'ts' : 'js',
    );
    count += patterns.length;
    bad.push(...patterns.filter((one) => !isLinear(one)).map(({ pattern }) => `${name}: /${pattern}/`));
    if (made && name !== 'error/redact.js') bad.push(`${name}: a RegExp made of a text`);
  }
  assert.deepEqual(bad, []);
  // What finds tokens is made of them. To try two characters in turn takes long where there are many kinds: two tokens stand for all.
  const tried = ['\\\\((((', 'a\\\\\\b\\\\"c\\+\\\\+d\\\\\\'];
  for (const token of [
    'secret',
    'a+b/c=='.repeat(20),
    '%25%25%25',
    ...tried,
    '\\'.repeat(9),
    'a + b"\\u003d&=;%5c\\',
    'ä".*?[x]{2}'.repeat(3),
    'aaaaaaaa',
  ]) {
    for (const finder of findersOf(token)) {
      assert.ok(finder instanceof RegExp);
      const judge = tried.includes(token) ? isLinear : isLinearByOne;
      assert.ok(judge({ pattern: finder.source, flags: finder.flags }), token);
    }
  }
  assert.ok(count > 30, String(count));
});

/**
 * @param {import('../../src/npm/types.js').SessionOptions} [session]
 * @param {Record<string, string>} [headers] of all answers
 */
function create(session, headers = {}) {
  const { fetch } = server(() => json({ fine: true }, 200, headers));
  return createApiFetch({
    fetch,
    baseURL: ORIGIN,
    session: session ?? { storage: 'memory', refresh: '/token' },
  });
}

const answering = (/** @type {string} */ text) => createApiFetch({ fetch: async () => new Response(text) });

const skipping = (/** @type {string} */ path) =>
  create({ storage: 'memory', refresh: '/token', skip: [path, '/login', '/*/x*y/*z'] });

const many = (/** @type {number} */ size, /** @type {string} */ text) => text.repeat(size / text.length);
const list = (/** @type {number} */ size) => Array.from({ length: size / 10 }, (_, at) => at);

/** @type {Record<string, (size: number) => () => unknown>} */
const INPUTS = {
  'a URL of letters beside a path with many *': (size) => () => skipping('*a*a*z')(`/${many(size, 'a')}`),
  'a URL that fits almost, again and again': (size) => () => skipping('*ab*ab*abc')(`/${many(size, 'ab')}`),
  'a URL of slashes': (size) => () => skipping('/x')(`/x${many(size, '/')}y`),
  'a URL of question marks': (size) => () => skipping('/x')(`/x${many(size, '?')}`, { query: { a: 1 } }),
  'a path that looks like a scheme': (size) => () => skipping('/x')(many(size, 'a')),
  'a query of one name': (size) => () => create()(`/x?${many(size, 'a=1&')}`, { query: { b: 1 } }),
  'a query of many names': (size) => () => create()(`/x?${list(size).join('=1&')}`, { query: { b: 1 } }),
  'a query of names without end': (size) => () => create()(`/x?${many(size, '=&')}`, { query: { b: 1 } }),
  'URLSearchParams of one name': (size) => () =>
    create()('/x', { query: new URLSearchParams(many(size, 'a=1&')) }),
  'URLSearchParams of many names': (size) => () =>
    create()('/x', { query: new URLSearchParams(list(size).map((at) => [String(at), ''])) }),
  'a content type': (size) => () =>
    create(undefined, { 'content-type': many(size, 'json+') })('/x', { responseType: 'text' }),
  'an answer of digits': (size) => () => answering(many(size, '1'))('/x'),
  'an answer that reaches for prototypes': (size) => () =>
    answering(`{"a":[${many(size, '{"__proto__":1},')}0]}`)('/x'),
  'a token reply of many fields': (size) => () =>
    create().session?.set({
      access_token: 'a',
      ...Object.fromEntries(list(size).map((at) => [`f${at}`, { at }])),
    }),
  'an instance of many children': (size) => {
    const api = create();
    return () => list(size / 10).map(() => api.create({}));
  },
  'a token reply of one long token': (size) => () =>
    create().session?.set({ access_token: `${many(size, 'a.')}b` }),
};

for (const [what, prepare] of Object.entries(INPUTS)) {
  test(`${what}: twice as long is twice as much, and no more`, async () => {
    const growth = await growthOf(prepare);
    assert.ok(growth < 2.2, `${growth} times as much`);
  });
}

const headersOf = (/** @type {any} */ pairs) => new AxiosHeaders(pairs);

const formOf = (/** @type {string[]} */ names) => {
  const form = new FormData();
  for (const name of names) form.append(name, '1');
  return form;
};

/** @type {Record<string, (size: number) => () => unknown>} */
const AXIOS_INPUTS = {
  'headers as a text': (size) => () =>
    new AxiosHeaders(
      list(size)
        .map((at) => `X-${at}: 1`)
        .join('\n'),
    ),
  'a text of one header': (size) => () => new AxiosHeaders(many(size, 'Set-Cookie: a\n')),
  'headers as pairs': (size) => () => headersOf(list(size).map((at) => [`X-${at}`, '1'])),
  'pairs of one name': (size) => () => headersOf(list(size).map(() => ['set-cookie', 'a'])),
  'headers made regular': (size) => {
    const headers = new AxiosHeaders(Object.fromEntries(list(size).map((at) => [`x-${at}`, '1'])));
    return () => headers.normalize(true);
  },
  'the parameters of a header': (size) => () =>
    AxiosHeaders.parseParameters(many(size, '"a\\;').concat(many(size, ';a="b'))),
  'the tokens of a header': (size) => () => new AxiosHeaders({ x: many(size, 'a =,') }).get('x', true),
  'blanks in a header': (size) => () => new AxiosHeaders({ x: `a${many(size, ' ')}b` }),
  'a base of slashes': (size) => () => axios.getUri({ baseURL: `/${many(size, '/')}x`, url: '/y' }),
  'a URL that is told of, without what may be secret in it': (size) => () =>
    assert.throws(() => axios.getUri({ baseURL: '/', url: `http:x${many(size, '?')}` })),
  'many interceptors': (size) => {
    const { fetch } = server(() => json({}));
    const instance = axios.create({ env: { fetch } });
    for (const _ of list(size))
      instance.interceptors.request.use((config) => config, null, { synchronous: true });
    return () => instance.get(`${ORIGIN}/x`);
  },
  'a form of one name': (size) => () => axios.formToJSON(formOf(list(size).map(() => 'a'))),
  'a form of a list': (size) => () => axios.formToJSON(formOf(list(size).map(() => 'a[]'))),
  'a form of a name and its list': (size) => () =>
    axios.formToJSON(formOf(list(size).map((at) => (at % 2 ? 'a[]' : 'a')))),
};

for (const [what, prepare] of Object.entries(AXIOS_INPUTS)) {
  test(`axios, ${what}: twice as long is twice as much, and no more`, async () => {
    const growth = await growthOf(prepare);
    assert.ok(growth < 2.2, `${growth} times as much`);
  });
}

test('axios, a name and a password may be longer than a stack', async () => {
  const { fetch, sent } = server(() => json({}));
  const auth = { username: 'u', password: 'p'.repeat(200_000) };
  await axios.get(`${ORIGIN}/x`, { auth, env: { fetch } });
  assert.equal(atob(sent[0]?.headers.authorization?.slice('Basic '.length) ?? ''), `u:${auth.password}`);
});

test('axios, a form whose names lead ever deeper is read all the same', () => {
  const names = Array.from({ length: 40_000 }, (_, at) => (at % 2 ? 'a[x]' : 'a'));
  let depth = 0;
  let one = /** @type {any} */ (axios.formToJSON(formOf(names))).a;
  while (one?.[0]) {
    one = one[0];
    depth += 1;
  }
  assert.ok(depth > 1000, String(depth));
});
