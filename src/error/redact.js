// No token in what can be printed. The errors of others may quote what they were given: a `fetch` that names the URL, a server
// in its reason phrase, a function of the app's.

/** What is shorter could be a word of any message. */
const SHORTEST = 6;

const MASK = '[redacted]';

/** What must not be printed of tokens, or of a reply: all that is called so, not too far down; and what else of them a request shows. */
export function secretsOf(thing, attach, depth = 3) {
  const secretIn = ([name, value]) => {
    if (Object(value) === value) return depth > 0 ? secretsOf(value, undefined, depth - 1) : [];
    return /token$/i.test(name) ? value : [];
  };
  try {
    return [...Object.entries(thing ?? {}).flatMap(secretIn), ...(attach?.valuesIn?.(thing) ?? [])];
  } catch {
    // A reply of the app's that can not be looked at.
    return [];
  }
}

/** A backslash, percent-encoded or not. JSON doubles it, and puts it before other signs, each time that it is made a text. */
const BACKSLASH = '(?:\\\\|%(?:25)*5c|&#(?:92|x5c);)';

/** A sign, with the backslashes before it, as it is, as JSON or HTML may escape it, and percent-encoded, be it more than once. */
function inAnyForm(_, slashes, sign, at) {
  // In front of it all a text may hold a long row of them.
  const escapes = at === 0 ? '' : `${BACKSLASH}{${slashes.length},}`;
  if (!sign) return slashes && escapes;
  const number = sign.charCodeAt();
  const code = number.toString(16);
  // In forms a blank is a `+`.
  const [plain, percent] = sign === ' ' ? ['[ +]', '2[0b]'] : [`\\${sign}`, code];
  return `${escapes}(?:${plain}|u${code.padStart(4, '0')}|%(?:25)*${percent}|&(?:#0*${number}|#x0*${code}|[a-z]+);)`;
}

/** Longer than this an expression may be too large to be made. */
const LONGEST = 4096;

/**
 * What finds a secret in a text, but for backslashes in front of it, by which each sign is looked at once; one that is very long, in
 * its two commonest forms.
 */
export function findersOf(secret) {
  if (secret.length > LONGEST) return [secret, encodeURIComponent(secret.toWellFormed?.() ?? secret)];
  const rest = secret.slice(secret.search(/[^\\]|$/));
  return rest ? [new RegExp(rest.replace(/(\\*)([^\w\\]?)/g, inAnyForm), 'gi')] : [];
}

/** An error, of whatever realm. */
const isError = (thing) => 'stack' in thing && 'message' in thing;

/** Objects that hold others in a way of their own: the method by which they take one more. */
const TAKERS = {
  Array: 'push',
  Set: 'add',
  Map: 'set',
  Headers: 'append',
  FormData: 'append',
  URLSearchParams: 'append',
};

const kindOf = (thing) => Object.prototype.toString.call(thing).slice('[object '.length, -1);

/** What a copy begins with; nothing for objects of other classes, whose private parts a copy would not have. */
function emptyOf(thing, kind) {
  const kin = Object.getPrototypeOf(thing);
  if (TAKERS[kind]) return new thing.constructor();
  if (isError(thing)) return Object.setPrototypeOf(new Error(), kin);
  const isPlain = !kin || kin === Object.prototype || kind === 'AxiosHeaders';
  return isPlain ? Object.create(kin) : undefined;
}

/** The fields of a copy. What an error has by its class, the copy can not always give. */
const namesOf = (thing) =>
  new Set([...(isError(thing) ? ['name', 'message', 'stack', 'code'] : []), ...Reflect.ownKeys(thing)]);

/** How an object is printed, where its class says so. */
const PRINTERS = ['toJSON', Symbol.for('nodejs.util.inspect.custom')];

/** A printer that needs the private parts of its class, which a copy has not, is not to fail where somebody logs an error. */
function coverPrinters(copy) {
  for (const name of PRINTERS) {
    try {
      copy[name]?.();
    } catch {
      Object.defineProperty(copy, name, { value: undefined, configurable: true, writable: true });
    }
  }
}

/** Makes copies in which each text has passed `strip`. */
class Copier {
  #strip;
  #copies = new Map();

  constructor(strip) {
    this.#strip = strip;
  }

  /** Those that were made. */
  get all() {
    return this.#copies.values();
  }

  clean(thing) {
    if (typeof thing === 'string') return this.#strip(thing);
    if (Object(thing) !== thing) return thing;
    if (this.#copies.has(thing)) return this.#copies.get(thing);
    const kind = kindOf(thing);
    if (kind === 'URL') return new URL(this.clean(thing.href));
    const copy = emptyOf(thing, kind);
    if (!copy) return thing;
    this.#copies.set(thing, copy);
    if (TAKERS[kind]) this.#takeParts(copy, thing, kind);
    else for (const name of namesOf(thing)) this.#takeField(copy, thing, name);
    return copy;
  }

  #takeParts(copy, list, kind) {
    const parts = kind === 'Array' || kind === 'Set' ? Array.from(list, (part) => [part]) : list;
    for (const part of parts) copy[TAKERS[kind]](...part.map((one) => this.clean(one)));
  }

  #takeField(copy, thing, name) {
    const enumerable = Object.getOwnPropertyDescriptor(thing, name)?.enumerable;
    let value;
    try {
      value = this.clean(thing[name]);
    } catch {
      // What can not be read, the copy does not have.
    }
    Object.defineProperty(copy, this.clean(name), { value, enumerable, configurable: true, writable: true });
  }
}

/**
 * Gives an error, a text, or an object of options as it is where no secret is in it, else a copy of the same kind without them.
 *
 * @param secrets what is no text of some length is none
 */
export function redact(given, secrets) {
  const texts = new Set(secrets.filter((secret) => typeof secret === 'string' && secret.length >= SHORTEST));
  if (texts.size === 0) return given;
  // Of two that begin alike the longer one goes first.
  const finders = [...texts].sort((one, other) => other.length - one.length).flatMap(findersOf);
  let isFound = false;
  const copier = new Copier((text) => {
    const rest = finders.reduce((left, finder) => left.replaceAll(finder, MASK), text);
    isFound ||= rest !== text;
    return rest;
  });
  try {
    const copy = copier.clean(given);
    if (!isFound) return given;
    for (const one of copier.all) coverPrinters(one);
    return copy;
  } catch {
    // What can not be looked at can not be printed either.
    return given;
  }
}
