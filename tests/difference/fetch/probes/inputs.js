/** What can be given as the URL, and methods. */

import { rows } from '../../rows.js';

/** @import { Kit, Probes } from '../kit.js' */

/** @type {Record<string, (kit: Kit) => any>} */
const INPUTS = {
  'a string': (kit) => kit.url(),
  'a string with a query': (kit) => kit.url('/here?a=1&a=2&b=%20c+d'),
  'a string with a hash': (kit) => kit.url('/here?a=1#hash'),
  'a string with spaces around it': (kit) => ` ${kit.url()} `,
  'a string with spaces inside': (kit) => kit.url('/a path/with spaces'),
  'a string with a tab and a line break': (kit) => kit.url('/he\tre\n'),
  'a string beyond ASCII': (kit) => kit.url('/grüße/日本?q=ß'),
  'a string with percent signs': (kit) => kit.url('/100%/%zz/%41'),
  'a path with dots': (kit) => kit.url('/a/../b/./c'),
  'a path with empty segments': (kit) => kit.url('//a///b'),
  'a path with backslashes': (kit) => kit.url('/a\\b'),
  'a scheme in capitals': (kit) => kit.url().replace('http', 'HTTP'),
  'a URL': (kit) => new URL(kit.url('/here?a=1#hash')),
  'an object with a toString': (kit) => ({ toString: () => kit.url() }),
  'an object with a url': (kit) => ({ url: kit.url() }),
  'a list with a URL in it': (kit) => [kit.url()],
  'a Location': (kit) => ({ href: kit.url() }),
  'an anchor’s string': (kit) => new String(kit.url()),
  'a path alone': (kit) => new URL(kit.url()).pathname,
  'a relative path': (kit) => new URL(kit.url()).pathname.slice(1),
  'a URL without its scheme': (kit) => kit.url().replace('http:', ''),
  'a query alone': () => '?a=1',
  'a hash alone': () => '#hash',
  'an empty string': () => '',
  'a data URL': () => 'data:text/plain;charset=utf-8,hello%20there',
  'a data URL that is broken': () => 'data:nothing',
  'a blob’s URL that is gone': () => {
    const url = URL.createObjectURL(new Blob(['gone']));
    URL.revokeObjectURL(url);
    return url;
  },
  'an unknown scheme': () => 'nowhere:at/all',
  'about:blank': () => 'about:blank',
  'a host that is none': () => 'http://',
  'a host with a bracket': () => 'http://[',
  'a host with a space': () => 'http://a b/',
  'a port beyond all': () => 'http://127.0.0.1:99999/',
  'a port that is blocked': () => 'http://127.0.0.1:1/',
  'a URL with a user and a password': (kit) => kit.url().replace('http://', 'http://user:password@'),
  undefined: () => undefined,
  null: () => null,
  'a number': () => 7,
  'a boolean': () => true,
  'a symbol': () => Symbol('input'),
  'an object': () => ({}),
  'a function': () => () => {},
};

const METHODS = ['GET', 'get', 'Get', 'HEAD', 'head', 'POST', 'post', 'Put', 'delete', 'OPTIONS', 'options'];
const ODD = [
  'PATCH',
  'patch',
  'PROPFIND',
  'propfind',
  'x-Own',
  'CONNECT',
  'trace',
  'TRACK',
  'A B',
  'GET ',
  '',
];

/** @type {Probes} */
export const inputs = {
  ...rows('the input', INPUTS, (make) => (fetch, kit) => fetch(make(kit))),
  'the input: a blob’s URL': async (fetch) => {
    const url = URL.createObjectURL(new Blob(['of a blob'], { type: 'text/plain' }));
    const response = await fetch(url);
    return [
      response.url === url,
      response.status,
      response.headers.get('content-type'),
      await response.text(),
    ];
  },
  'nothing at all': (fetch) => fetch(),
  ...rows(
    'a method',
    Object.fromEntries([...METHODS, ...ODD].map((method) => [method || 'empty', method])),
    (method) => (fetch, kit) => fetch(kit.url(), { method }),
  ),
  ...rows(
    'a method that is',
    {
      undefined: undefined,
      null: null,
      'a number': 1,
      'an object': { toString: () => 'PUT' },
      'a symbol': Symbol('m'),
    },
    (method) => (fetch, kit) => fetch(kit.url(), { method }),
  ),
};
