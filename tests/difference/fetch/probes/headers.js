/** Headers in every form. */

import { rows } from '../../rows.js';

/** @import { Probes } from '../kit.js' */

/** @type {Record<string, () => any>} */
const HEADERS = {
  'an object': () => ({ 'X-A': '1', 'x-b': '2' }),
  'an object without a prototype': () => Object.assign(Object.create(null), { 'x-a': '1' }),
  'an object with what it inherits': () => Object.create({ 'x-a': 'inherited' }),
  'an object with a number': () => ({ 'x-a': 1 }),
  'an object with undefined': () => ({ 'x-a': undefined }),
  'an object with null': () => ({ 'x-a': null }),
  'an object with a list': () => ({ 'x-a': ['1', '2'] }),
  'an object with an empty value': () => ({ 'x-a': '' }),
  'an object with spaces around a value': () => ({ 'x-a': '  1\t' }),
  'an object with a symbol for a value': () => ({ 'x-a': Symbol('value') }),
  'an object with a symbol for a name': () => ({ [Symbol('name')]: '1' }),
  'an object with the same name twice': () => ({ 'x-a': '1', 'X-A': '2' }),
  Headers: () => new Headers({ 'x-a': '1' }),
  'Headers with a name twice': () =>
    new Headers([
      ['x-a', '1'],
      ['x-a', '2'],
    ]),
  'a list of pairs': () => [
    ['x-a', '1'],
    ['X-A', '2'],
    ['x-b', '3'],
  ],
  'a list of one that is no pair': () => [['x-a']],
  'a list of threes': () => [['x-a', '1', '2']],
  'a list of strings': () => ['x-a'],
  'a map': () => new Map([['x-a', '1']]),
  'a generator': () =>
    (function* () {
      yield ['x-a', '1'];
      yield ['x-b', '2'];
    })(),
  'a frozen object': () => Object.freeze({ 'x-a': '1' }),
  URLSearchParams: () => new URLSearchParams({ 'x-a': '1' }),
  'a bad name': () => ({ 'a b': '1' }),
  'an empty name': () => ({ '': '1' }),
  'a name beyond ASCII': () => ({ 'x-ä': '1' }),
  'a value with a line break': () => ({ 'x-a': 'a\nb' }),
  'a value with a null byte': () => ({ 'x-a': 'a\0b' }),
  'a value of Latin letters': () => ({ 'x-a': 'ä' }),
  'a value beyond Latin letters': () => ({ 'x-a': '日' }),
  undefined: () => undefined,
  null: () => null,
  'a number': () => 1,
  'a string': () => 'x-a: 1',
  'an empty object': () => ({}),
  'a content type alone': () => ({ 'content-type': 'text/csv' }),
  'a header of its own kind': () => ({ accept: 'text/csv', 'accept-language': 'de' }),
};

/** Those that a page may not set. */
const FORBIDDEN = {
  cookie: 'a=1',
  referer: 'http://elsewhere.invalid/',
  origin: 'http://elsewhere.invalid',
  'sec-fetch-mode': 'own',
  'proxy-authorization': 'own',
  'access-control-request-method': 'PUT',
  'accept-encoding': 'identity',
  date: 'now',
  dnt: '1',
  via: 'own',
  'user-agent': 'own/1.0',
};

/** @type {Probes} */
export const headers = {
  ...rows('headers by', HEADERS, (make) => (fetch, kit) => fetch(kit.url(), { headers: make() })),
  ...rows(
    'a header that pages may not set',
    Object.fromEntries(Object.entries(FORBIDDEN).map((entry) => [entry[0], entry])),
    ([name, value]) =>
      (fetch, kit) =>
        fetch(kit.url(), { headers: { [name]: value } }),
  ),
  'an Authorization of the caller’s own': (fetch, kit) =>
    fetch(kit.url(), { headers: { Authorization: 'Basic own' } }),
  'an Authorization of the caller’s own that is empty': (fetch, kit) =>
    fetch(kit.url(), { headers: { authorization: '' } }),
  'headers beside a body that has a type': (fetch, kit) =>
    fetch(kit.url(), {
      method: 'POST',
      headers: { 'Content-Type': 'text/own' },
      body: new URLSearchParams({ a: '1' }),
    }),
};
