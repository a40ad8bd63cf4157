// No token in what can be printed. The errors of others may quote what they were given: a `fetch` that names the URL, a server
// in its reason phrase, a function of the app's.

/** What is shorter could be a word of any message. */
const SHORTEST = 6;

const MASK = '[redacted]';

/** What must not be printed of tokens, or of a reply: all that is called so, not too far down; and what else of them a request shows. */
export const secretsOf = (thing, attach, depth = 3) => [
  ...Object.entries(thing ?? {}).flatMap(([name, value]) => {
    if (Object(value) === value) return depth > 0 ? secretsOf(value, undefined, depth - 1) : [];
    return /token$/i.test(name) ? value : [];
  }),
  ...(attach?.valuesIn?.(thing) ?? []),
];

/** A sign as it is, escaped as JSON may have it, or percent-encoded, be it more than once; a blank is a `+` in forms. */
const inAnyForm = (sign) => `(?:\\\\?[+\\${sign}]|%(?:25)*(?:2b|${sign.charCodeAt().toString(16)}))`;

/** An error, of whatever realm. */
const isError = (thing) => 'stack' in thing && 'message' in thing;

/** What a copy begins with; the thing itself where none would do for it, as for objects of the platform's and of the app's classes. */
function emptyOf(thing) {
  const kin = Object.getPrototypeOf(thing);
  if (isError(thing)) return Object.setPrototypeOf(new Error(), kin);
  const isPlain = !kin || kin === Object.prototype || thing[Symbol.toStringTag] === 'AxiosHeaders';
  return isPlain ? Object.create(kin) : thing;
}

/** The fields of a copy. What an error has by its class, the copy can not always give. */
const namesOf = (thing) => [
  ...(isError(thing) ? ['name', 'message', 'stack', 'code'] : []),
  ...Object.getOwnPropertyNames(thing),
];

/** Longer than this an expression may be too large to be made. */
const LONGEST = 4096;

/** What finds a secret in a text, by which each sign is looked at once; one that is very long, in its two commonest forms. */
export const findersOf = (secret) =>
  secret.length > LONGEST
    ? [secret, encodeURIComponent(secret)]
    : [new RegExp(secret.replace(/\W/g, inAnyForm), 'gi')];

/**
 * Gives an error, a text, or an object of options as it is where no secret is in it, else a copy of the same kind without them.
 *
 * @param secrets what is no text of some length is none
 */
export function redact(given, secrets) {
  const texts = secrets.filter((secret) => typeof secret === 'string' && secret.length >= SHORTEST);
  if (texts.length === 0) return given;
  const copies = new Map();
  let isFound = false;
  try {
    // Of two that begin alike the longer one goes first.
    const finders = texts.sort((one, other) => other.length - one.length).flatMap(findersOf);
    const clean = (thing) => {
      if (typeof thing === 'string') {
        const text = finders.reduce((rest, finder) => rest.replaceAll(finder, MASK), thing);
        isFound ||= text !== thing;
        return text;
      }
      if (Object(thing) !== thing) return thing;
      if (Array.isArray(thing)) return thing.map(clean);
      if (thing.append && thing.forEach) {
        // `Headers`, `FormData`, `URLSearchParams`.
        const list = new thing.constructor();
        for (const [name, value] of thing) list.append(name, clean(value));
        return list;
      }
      if (copies.has(thing)) return copies.get(thing);
      const copy = emptyOf(thing);
      copies.set(thing, copy);
      for (const name of copy === thing ? [] : namesOf(thing)) {
        const enumerable = Object.getOwnPropertyDescriptor(thing, name)?.enumerable;
        let value;
        try {
          value = clean(thing[name]);
        } catch {
          // What can not be read, the copy does not have.
        }
        Object.defineProperty(copy, name, { value, enumerable, configurable: true, writable: true });
      }
      return copy;
    };
    const copy = clean(given);
    return isFound ? copy : given;
  } catch {
    // What can not be looked at can not be printed either.
    return given;
  }
}
