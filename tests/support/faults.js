/** What doubles of `fetch` do that no platform does, and give no answer by it. */

import { thenable } from './fuzz/hostile.js';

export const broken = new Error('no network');

export const throwing = () => {
  throw broken;
};

/** @type {(error: any) => boolean} */
const isBroken = (error) => error === broken;

/** @type {(error: any) => boolean} */
const isNoAnswer = (error) =>
  error instanceof TypeError && error.message === 'fetch did not resolve to a Response';

/**
 * @param {Promise<unknown>} promise
 * @param {string} name
 * @param {PropertyDescriptor} descriptor
 */
const withOwn = (promise, name, descriptor) => Object.defineProperty(promise, name, descriptor);

/** @type {[what: string, fetch: () => any, isCause: (error: any) => boolean][]} by what the error of a call is told */
export const FAULTS = [
  ['throws at once', throwing, isBroken],
  ['rejects', () => Promise.reject(broken), isBroken],
  ['rejects with nothing', () => Promise.reject(), (error) => error === undefined],
  ['returns a thenable that rejects', () => thenable((_, reject) => reject(broken)), isBroken],
  ['returns a thenable that throws', () => thenable(throwing), isBroken],
  [
    'returns what throws when its then is read',
    () => Object.defineProperty({}, 'then', { get: throwing }),
    isBroken,
  ],
  ['returns nothing', () => undefined, isNoAnswer],
  ['returns a text', () => 'text', isNoAnswer],
  ['returns a number', () => 42, isNoAnswer],
  ['returns a plain object', () => ({ ok: true, status: 200 }), isNoAnswer],
  ['gives null', async () => null, isNoAnswer],
  ['gives what only says that it is fine', async () => ({ ok: true }), isNoAnswer],
  ['gives a status that is a text', async () => ({ status: '200', headers: new Headers() }), isNoAnswer],
  ['gives a status that is none', async () => ({ status: -1, headers: new Headers() }), isNoAnswer],
  [
    'gives a status that is not a number',
    async () => ({ status: Number.NaN, headers: new Headers() }),
    isNoAnswer,
  ],
  ['gives a status far beyond', async () => ({ status: 2 ** 32 + 401, headers: new Headers() }), isNoAnswer],
  ['gives headers that are none', async () => ({ status: 200, headers: {} }), isNoAnswer],
  [
    'gives a status that throws',
    async () => Object.defineProperty({}, 'status', { get: throwing }),
    isBroken,
  ],
];

/** The same, by promises that only a call of the app's has to do with: a refresh awaits them as the language does. */
export const ODD_PROMISES = /** @type {typeof FAULTS} */ ([
  [
    'returns a promise whose own then throws',
    () => withOwn(Promise.resolve(), 'then', { value: throwing }),
    isBroken,
  ],
  [
    'returns a promise that can not be recognised',
    () => withOwn(Promise.resolve(), 'constructor', { get: throwing }),
    isBroken,
  ],
]);
