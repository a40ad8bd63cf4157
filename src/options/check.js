// Checks an object of options. Errors name the option that is wrong.

import { REPLAY_WORDS, STORAGE_PLACE_WORDS } from '../boundary.js';

/** For each kind of value, the test, and the words for the error. */
const KINDS = {
  text: [(value) => typeof value === 'string' && value !== '', 'a string that is not empty'],
  number: [(value) => typeof value === 'number' && value >= 0, 'a number, not negative'],
  flag: [(value) => typeof value === 'boolean', 'true or false'],
  function: [(value) => typeof value === 'function', 'a function'],
  object: [(value) => typeof value === 'object', 'an object'],
  origins: [
    (value) => Array.isArray(value) && value.every((entry) => new URL(entry).origin !== 'null'),
    'a list of origins, such as https://a.example',
  ],
  headers: [
    (value) => typeof value === 'function' || (typeof value === 'object' && new Headers(value)),
    'what Headers takes, or a function that gives it',
  ],
  storage: [
    (value) =>
      STORAGE_PLACE_WORDS.includes(value) ||
      ['getItem', 'setItem', 'removeItem'].every((name) => typeof value[name] === 'function'),
    "'local', 'session', 'memory', or an object with getItem, setItem and removeItem",
  ],
  key: [
    (value) => (typeof value === 'string' ? value !== '' : typeof value === 'object'),
    'a name that is not empty, or an object of names',
  ],
  method: [
    (value) => typeof value === 'string' && new Request('https://a.example', { method: value }),
    'a method that can be fetched',
  ],
  place: [
    (value) =>
      typeof value === 'function' ||
      (typeof value === 'string' && value !== '' && new URL(value, 'https://a.example')),
    'a URL or a function that gives it',
  ],
  body: [
    (value) => ['oauth', 'json', 'none'].includes(value) || ['object', 'function'].includes(typeof value),
    "'oauth', 'json', 'none', an object, or a function that gives the body",
  ],
  name: [(value) => typeof value === 'string' && new Headers([[value, '']]), 'the name of a header'],
  scheme: [
    (value) => typeof value === 'string' && new Headers([['scheme', value]]),
    'a string that can stand in a header',
  ],
  texts: [
    (value) =>
      typeof value === 'object' &&
      Object.keys(value).length > 0 &&
      Object.values(value).every((entry) => typeof entry === 'string'),
    'an object of strings',
  ],
  statuses: [
    (value) =>
      Array.isArray(value) && value.every((entry) => Number.isInteger(entry) && entry >= 100 && entry < 600),
    'a list of statuses',
  ],
  codes: [
    (value) =>
      Array.isArray(value) && value.every((entry) => ['string', 'number', 'boolean'].includes(typeof entry)),
    'a list of strings, numbers, true and false',
  ],
  replay: [
    (value) => REPLAY_WORDS.includes(value) || typeof value === 'function',
    "'all', 'safe' or a function",
  ],
  query: [(value) => typeof value === 'object', 'an object of values, or URLSearchParams'],
  retry: [
    (value) => value === false || (Number.isInteger(value) && value >= 0),
    'false or how many times more to try',
  ],
  delay: [
    (value) => typeof value === 'function' || (typeof value === 'number' && value >= 0),
    'a time in ms, not negative, or a function that gives it',
  ],
  hooks: [
    (value) => [value].flat().every((hook) => typeof hook === 'function'),
    'a function or a list of functions',
  ],
};

/**
 * Returns the options with their defaults, after checking them. An option that is not given and has no default is `undefined`.
 *
 * @param spec for each option `name:kind` or `name:kind=default`; `'one'|'other'` is a kind that lists its values
 */
export function check(options = {}, place, spec) {
  if (typeof options !== 'object' || options === null) throw new TypeError(`${place} must be an object`);
  const checked = {};
  for (const [, name, kind, byDefault] of spec.matchAll(/(?:^| )(\w+):([^ =]+)(?:=(\S+))?/g)) {
    const value = options[name] ?? undefined;
    if (value !== undefined && kind !== 'any') checkOne(`${place}.${name}`, kind, value);
    checked[name] = value ?? DEFAULTS[kind]?.(byDefault) ?? byDefault;
    if (kind === 'origins' && value) checked[name] = value.map((entry) => new URL(entry).origin);
  }
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(checked, name)) throw new TypeError(`${place}.${name} is not an option`);
  }
  return checked;
}

const DEFAULTS = { number: Number, flag: (text) => text === 'true' };

/** @throws TypeError if the value is not of that kind */
export function checkOne(place, kind, value) {
  const [isRight, must] = KINDS[kind] ?? [
    (given) => kind.split('|').includes(`'${given}'`),
    kind.replaceAll('|', ' or '),
  ];
  let right = false;
  try {
    right = isRight(value);
  } catch {
    // A value that throws when it is read is wrong.
  }
  if (!right) throw new TypeError(`${place} must be ${must}`);
}
