// Removes tokens from everything that may be printed. Errors of other code may quote what they were given: a `fetch` quotes the URL,
// a server's reason phrase or a function of the app's may quote a token.

/** A shorter secret could be an ordinary word of a message. */
const SHORTEST = 6;

const MASK = '[redacted]';

/**
 * The secrets in tokens or in a reply: values whose names end in "token", down to some depth, and others that `attach` puts into requests.
 */
export function secretsOf(thing, attach, depth = 3) {
  const secretIn = ([name, value]) => {
    if (Object(value) === value) return depth > 0 ? secretsOf(value, undefined, depth - 1) : [];
    return /token$/i.test(name) ? value : [];
  };
  try {
    return [...Object.entries(thing ?? {}).flatMap(secretIn), ...(attach?.valuesIn?.(thing) ?? [])];
  } catch {
    // An object of the app's whose getters throw.
    return [];
  }
}

/**
 * A backslash, as it is or encoded. Each time that a text is converted to JSON, backslashes are doubled, and others are added before signs.
 */
const BACKSLASH = '(?:\\\\|%(?:25)*5c|&#(?:92|x5c);)';

/** A pattern for a sign with the backslashes before it: as it is, as JSON or HTML escapes it, or percent-encoded once or more. */
function inAnyForm(_, slashes, sign, at) {
  // None at the beginning: a text with a long row of backslashes there would take quadratic time.
  const escapes = at === 0 ? '' : `${BACKSLASH}{${slashes.length},}`;
  if (!sign) return slashes && escapes;
  const number = sign.charCodeAt();
  const code = number.toString(16);
  // In form encoding a blank is a `+`.
  const [plain, percent] = sign === ' ' ? ['[ +]', '2[0b]'] : [`\\${sign}`, code];
  return `${escapes}(?:${plain}|u${code.padStart(4, '0')}|%(?:25)*${percent}|&(?:#0*${number}|#x0*${code}|[a-z]+);)`;
}

/** A longer secret may make a regular expression that is too large. */
const LONGEST = 4096;

/**
 * Patterns that find a secret in a text. Backslashes at its beginning are left out, so that each sign of a text is looked at once. A
 * very long secret is found only as it is and percent-encoded.
 */
export function findersOf(secret) {
  if (secret.length > LONGEST) return [secret, encodeURIComponent(secret.toWellFormed?.() ?? secret)];
  const rest = secret.slice(secret.search(/[^\\]|$/));
  return rest ? [new RegExp(rest.replace(/(\\*)([^\w\\]?)/g, inAnyForm), 'gi')] : [];
}

/** Whether it is an error, also of another realm. */
const isError = (thing) => 'stack' in thing && 'message' in thing;

/** Classes of collections, and the methods that add an entry. */
const TAKERS = {
  Array: 'push',
  Set: 'add',
  Map: 'set',
  Headers: 'append',
  FormData: 'append',
  URLSearchParams: 'append',
};

const kindOf = (thing) => Object.prototype.toString.call(thing).slice('[object '.length, -1);

/** An empty copy; `undefined` for objects of other classes, whose private fields can not be copied. */
function emptyOf(thing, kind) {
  const kin = Object.getPrototypeOf(thing);
  if (TAKERS[kind]) return new thing.constructor();
  if (isError(thing)) return Object.setPrototypeOf(new Error(), kin);
  const isPlain = !kin || kin === Object.prototype || kind === 'AxiosHeaders';
  return isPlain ? Object.create(kin) : undefined;
}

/** The fields to copy. Some fields of an error may be getters of its class, which do not work on a copy. */
const namesOf = (thing) =>
  new Set([...(isError(thing) ? ['name', 'message', 'stack', 'code'] : []), ...Reflect.ownKeys(thing)]);

/** Methods of a class that print an object. */
const PRINTERS = ['toJSON', Symbol.for('nodejs.util.inspect.custom')];

/** Hides printing methods that fail on a copy because it lacks private fields: logging the error must not throw. */
function coverPrinters(copy) {
  for (const name of PRINTERS) {
    try {
      copy[name]?.();
    } catch {
      Object.defineProperty(copy, name, { value: undefined, configurable: true, writable: true });
    }
  }
}

/** Makes copies in which each text is replaced by `strip`. */
class Copier {
  #strip;
  #copies = new Map();

  constructor(strip) {
    this.#strip = strip;
  }

  /** The copies that were made. */
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
      // The getter throws: the copy has `undefined`.
    }
    Object.defineProperty(copy, this.clean(name), { value, enumerable, configurable: true, writable: true });
  }
}

/**
 * Returns an error, a text or options as they are if there is no secret in them, else a copy of the same kind without the secrets.
 *
 * @param secrets only texts of at least 6 characters count
 */
export function redact(given, secrets) {
  const texts = new Set(secrets.filter((secret) => typeof secret === 'string' && secret.length >= SHORTEST));
  if (texts.size === 0) return given;
  // Longer ones first, as one secret may be the beginning of another.
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
    // Something in it throws when it is read, and so would when it is printed.
    return given;
  }
}
