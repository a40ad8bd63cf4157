// Headers by names whose case does not matter: an object whose own keys are the names, as their user has written them.
// biome-ignore-all lint/complexity/noThisInStatic: an app may have a class of its own upon this one

import { each, given, isFunction, isObject, isPlain, isString } from './type-checks.js';

/** Names of which a text of headers holds one; another is passed over. */
const SINGLE =
  'age,authorization,content-length,content-type,etag,expires,from,host,if-modified-since,if-unmodified-since,last-modified,location,max-forwards,proxy-authorization,referer,retry-after,user-agent'.split(
    ',',
  );
const NAME = /^[-\w^`|~,!#$%&'*+.]+$/;
const TOKEN = /^[-\w^`|~!#$%&'*+.]+$/;
const ACCESSORS = [
  'Content-Type',
  'Content-Length',
  'Accept',
  'Accept-Encoding',
  'User-Agent',
  'Authorization',
];

const lower = (name) => name && String(name).trim().toLowerCase();

/** Without control characters, which no header may hold, and without the white space around it. */
function clean(value) {
  if (value === false || value == null) return value;
  if (Array.isArray(value)) return value.map(clean);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return trimBlank(String(value).replace(/[\0-\x08\x0a-\x1f\x7f]+/g, ''));
}

const trimBlank = (text) => text.replace(/^[\t ]+/, '').replace(/(?<![\t ])[\t ]+$/, '');

/** What a header can carry: one byte a character. */
const asBytes = (value) => trimBlank(String(value).replace(/[^\t\x20-\x7e\x80-\xff]+/g, ''));

/** For the platform: values that can be sent, in one text each. */
export const sendable = (headers) =>
  Object.fromEntries(
    Object.entries(headers.toJSON()).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(asBytes).join(',') : asBytes(value),
    ]),
  );

const find = (thing, name) => Object.keys(thing).findLast((key) => key.toLowerCase() === name);

/** A name that is a method's too is kept in another case. */
const slot = (name) => {
  if (name === '__proto__') return '__Proto__';
  return name in AxiosHeaders.prototype ? name[0].toUpperCase() + name.slice(1) : name;
};

/** Headers as a text, one a line. */
function parse(text) {
  const parsed = Object.create(null);
  for (const line of text.split('\n')) {
    const at = line.indexOf(':');
    const name = lower(line.slice(0, Math.max(at, 0)));
    const value = line.slice(at + 1).trim();
    if (!name || (parsed[name] !== undefined && SINGLE.includes(name))) continue;
    if (name === 'set-cookie') {
      parsed[name] ??= [];
      parsed[name].push(value);
    } else parsed[name] = name in parsed ? `${parsed[name]}, ${value}` : value;
  }
  return parsed;
}

/** Pairs, of which several may have one name. */
function gather(pairs) {
  const gathered = Object.create(null);
  for (const pair of pairs) {
    if (!Array.isArray(pair)) throw new TypeError('Object iterator must return a key-value pair');
    const [name, value] = pair;
    gathered[name] ??= [];
    gathered[name].push(value);
  }
  for (const name of Object.keys(gathered))
    gathered[name] = gathered[name].length > 1 ? gathered[name].flat() : gathered[name][0];
  return gathered;
}

const tokens = (value) => {
  const found = Object.create(null);
  for (const [, name, text] of String(value).matchAll(/([^\s,;=]+)\s*(?:=\s*([^,;]+))?/g)) found[name] = text;
  return found;
};

/** A text in quotes, without them; one whose quotes do not fit stays as it is. */
const unquote = (text) =>
  /^"(?:[^"\\]|\\[\s\S])*"$/.test(text) ? text.slice(1, -1).replace(/\\([\s\S])/g, '$1') : text;

function matches(headers, value, name, matcher) {
  if (isFunction(matcher)) return matcher.call(headers, value, name);
  if (!isString(value)) return undefined;
  if (isString(matcher)) return value.includes(matcher);
  return matcher instanceof RegExp ? matcher.test(value) : undefined;
}

export class AxiosHeaders {
  constructor(headers) {
    if (headers) this.set(headers);
  }

  /** One header, or all of an object, a text or pairs. */
  set(header, value, rewrite) {
    const put = (text, name, how, keys) => {
      const wanted = lower(name);
      if (!wanted) return;
      const key = keys ? keys.get(wanted) : find(this, wanted);
      const old = key && this[key];
      // `false` forbids a header, until somebody insists.
      if (old === undefined || how === true || (how === undefined && old !== false)) {
        const place = slot(key ?? String(name));
        this[place] = clean(text);
        keys?.set(place.toLowerCase(), place);
      }
    };
    const putAll = (all) => {
      // Those that are there are looked through once, however many are put.
      const keys = new Map(Object.keys(this).map((key) => [key.toLowerCase(), key]));
      each(all, (text, name) => put(text, name, value, keys));
    };
    if (isPlain(header) || header instanceof this.constructor) putAll(header);
    else if (isString(header) && header.trim() && !NAME.test(header.trim())) putAll(parse(header.trim()));
    else if (isObject(header) && isFunction(given(header, Symbol.iterator))) putAll(gather(header));
    else if (header != null) put(value, isString(header) ? header.trim() : header, rewrite);
    return this;
  }

  get(header, parser) {
    const key = header && find(this, lower(header));
    if (!key) return undefined;
    const value = this[key];
    if (!parser) return value;
    if (parser === true) return tokens(value);
    if (isFunction(parser)) return parser.call(this, value, key);
    if (parser instanceof RegExp) return parser.exec(value);
    throw new TypeError('parser must be boolean|regexp|function');
  }

  has(header, matcher) {
    const key = header && find(this, lower(header));
    return Boolean(key && this[key] !== undefined && (!matcher || matches(this, this[key], key, matcher)));
  }

  delete(header, matcher) {
    let isDeleted = false;
    for (const name of [header].flat()) {
      const key = name && find(this, lower(name));
      if (key && (!matcher || matches(this, this[key], key, matcher))) isDeleted = delete this[key];
    }
    return isDeleted;
  }

  /** Deletes those whose name matches; without a matcher all. */
  clear(matcher) {
    let isDeleted = false;
    for (const key of Object.keys(this).reverse()) {
      const seen = isFunction(matcher) ? this[key] : key;
      if (!matcher || matches(this, seen, key, matcher)) isDeleted = delete this[key];
    }
    return isDeleted;
  }

  normalize(format) {
    const seen = new Map();
    each(this, (value, name) => {
      const key = seen.get(name.toLowerCase());
      if (key) {
        this[key] = clean(value);
        delete this[name];
        return;
      }
      const upper = (word) => word[0].toUpperCase() + word.slice(1);
      const wanted = slot(format ? lower(name).replace(/[a-z\d]\w*/g, upper) : name.trim());
      if (wanted !== name) delete this[name];
      this[wanted] = clean(value);
      seen.set(wanted.toLowerCase(), wanted);
    });
    return this;
  }

  concat(...others) {
    return this.constructor.concat(this, ...others);
  }

  toJSON(asStrings) {
    const object = Object.create(null);
    each(this, (value, name) => {
      if (value != null && value !== false)
        object[name] = asStrings && Array.isArray(value) ? value.join(', ') : value;
    });
    return object;
  }

  [Symbol.iterator]() {
    return Object.entries(this.toJSON())[Symbol.iterator]();
  }

  toString() {
    return [...this].map(([name, value]) => `${name}: ${value}`).join('\n');
  }

  getSetCookie() {
    const value = this.get('set-cookie');
    return value == null || value === false ? [] : [value].flat();
  }

  get [Symbol.toStringTag]() {
    return 'AxiosHeaders';
  }

  static from(thing) {
    return thing instanceof this ? thing : new this(thing);
  }

  static concat(first, ...others) {
    return others.reduce((headers, other) => headers.set(other), new this(first));
  }

  /** The parameters of a value such as a content type's. */
  static parseParameters(value) {
    const found = Object.create(null);
    for (const part of String(value).match(/(?:"(?:\\[\s\S]?|[^"\\])*"?|[^,;"])+/g) ?? []) {
      const at = part.indexOf('=');
      const name = trimBlank(part.slice(0, Math.max(at, 0)));
      if (TOKEN.test(name) && !['__proto__', 'constructor', 'prototype'].includes(name.toLowerCase()))
        found[name.toLowerCase()] = unquote(trimBlank(part.slice(at + 1)));
    }
    return found;
  }

  /** Gives all headers `getName`, `setName` and `hasName` for each name. */
  static accessor(header) {
    for (const name of [header].flat()) {
      const word = lower(name).replace(/(?:^|[-_\s])([a-z\d])/g, (_, letter) => letter.toUpperCase());
      for (const method of ['get', 'set', 'has']) {
        Object.defineProperty(this.prototype, method + word, {
          value(...args) {
            return this[method](name, ...args);
          },
          configurable: true,
        });
      }
    }
    return this;
  }
}

AxiosHeaders.accessor(ACCESSORS);

// A header that has a method's name is kept in another case, and the method stays.
for (const name of Object.getOwnPropertyNames(AxiosHeaders.prototype)) {
  const { value } = Object.getOwnPropertyDescriptor(AxiosHeaders.prototype, name);
  if (isFunction(value) && name !== 'constructor') {
    Object.defineProperty(AxiosHeaders.prototype, name, {
      get: () => value,
      set(header) {
        this[slot(name)] = header;
      },
      configurable: true,
    });
  }
}
