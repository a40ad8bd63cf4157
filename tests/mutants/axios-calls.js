/** What the facade offers to be called, and the things that it names. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

const CALLS = 'tests/node/axios-calls.test.js';
const HEADERS = {
  file: 'tests/node/axios-requests.test.js',
  name: 'headers: names in any case, `false` forbids until somebody insists, and no line break comes through',
};
const FOUND = {
  file: HEADERS.file,
  name: 'headers are looked for, and taken out, by their names or by what they hold',
};

/** @type {Mutant[]} */
export const axiosCalls = [
  {
    guarantee: 'calls',
    says: 'called with a URL, it forgets the config',
    in: '_request',
    find: '{ ...given, url: configOrUrl }',
    replace: '{ url: configOrUrl }',
    test: { file: CALLS, name: 'an instance is called both ways, and by the method' },
  },
  {
    guarantee: 'calls',
    says: 'delete takes no body',
    in: 'prototype',
    find: "{ method, url, data: own(config, 'data') }",
    replace: '{ method, url }',
    test: { file: CALLS, name: 'an instance is called both ways, and by the method' },
  },
  {
    guarantee: 'calls',
    says: 'getUri forgets the defaults',
    in: 'getUri',
    find: 'return addressOf(mergeConfig(this.defaults, config));',
    replace: 'return addressOf(mergeConfig({}, config));',
    test: { file: CALLS, name: '`getUri` says where a config leads, by the defaults of the instance' },
  },
  {
    guarantee: 'calls',
    says: 'instances share their defaults',
    in: 'createInstance',
    find: 'createInstance(mergeConfig(config, own), context)',
    replace: 'createInstance({ ...config, ...own }, context)',
    test: {
      file: CALLS,
      name: 'defaults that are changed later count from then on, and not for another instance',
    },
  },
  {
    guarantee: 'exports',
    says: 'a name leads to another function',
    in: 'isCancel',
    find: 'facade.isCancel as',
    replace: 'facade.isAxiosError as unknown as',
    test: { file: CALLS, name: 'the entry names what its default export has, under the same names' },
  },
  {
    guarantee: 'exports',
    says: 'a status has its newer name',
    in: 'HttpStatusCode',
    find: ", [422, 'UnprocessableEntity']",
    replace: '',
    test: { file: CALLS, name: 'statuses have their names, and names their statuses' },
  },
  {
    guarantee: 'AxiosHeaders',
    says: 'all headers are looked through for each one that is put',
    in: 'AxiosHeaders.set',
    find: 'keys ? keys.get(wanted) : find(this, wanted)',
    replace: 'find(this, wanted)',
    test: {
      file: 'tests/node/linear.test.js',
      name: 'axios, headers as a text: twice as long is twice as much, and no more',
    },
  },
  {
    guarantee: 'AxiosHeaders',
    says: 'the end of a quote that has none is looked for from each quote in it',
    in: 'parseParameters',
    find: '\\\\[\\s\\S]?|[^"\\\\])*"?|',
    replace: '\\\\[\\s\\S]|[^"\\\\])*(?:"|$)|',
    test: {
      file: 'tests/node/linear.test.js',
      name: 'each regular expression of the source reads a text once, and none is made of a text',
    },
  },
  {
    guarantee: 'AxiosHeaders',
    says: 'the case of a name matters',
    in: 'find',
    find: 'key.toLowerCase() === name',
    replace: 'key === name',
    test: HEADERS,
  },
  {
    guarantee: 'AxiosHeaders',
    says: '`false` forbids nothing',
    in: 'AxiosHeaders.set',
    find: '(how === undefined && old !== false)',
    replace: 'how === undefined',
    test: HEADERS,
  },
  {
    guarantee: 'AxiosHeaders',
    says: 'a line break in a value makes another header',
    in: 'clean',
    find: '[\\0-\\x08\\x0a-\\x1f\\x7f]+',
    replace: '[\\0-\\x08\\x0b-\\x0c\\x0e-\\x1f\\x7f]+',
    test: HEADERS,
  },
  {
    guarantee: 'AxiosHeaders',
    says: 'what a header holds does not matter to who deletes it',
    in: 'AxiosHeaders.delete',
    find: 'if (key && (!matcher || matches(this, this[key], key, matcher)))',
    replace: 'if (key)',
    test: FOUND,
  },
  {
    guarantee: 'AxiosHeaders',
    says: 'a header takes the place of a method',
    in: 'AxiosHeaders.set',
    find: 'slot(key ?? String(name))',
    replace: '(key ?? String(name))',
    test: FOUND,
  },
];
