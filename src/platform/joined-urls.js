// Joins URLs, as Rust says, and remembers the results.

/** Joins a request's URL to a base URL: cuts off `cutBase` and `cutRequest` characters, and puts a slash between if `hasSlash`. */
export const joined = (base, request, cutBase, cutRequest, hasSlash) =>
  base.slice(0, base.length - cutBase) + (hasSlash ? '/' : '') + request.slice(cutRequest);

/** Joined URLs, as a look here costs less than asking Rust. Only a few, and no long ones. */
const known = new Map();
const KNOWN = 256;
const LONGEST = 256;

/** The key is a new text: a part of a long text would keep all of that in memory. */
const keyOf = (base, request) => `${base}\n${request}`;

export const joinedBefore = (base, request) =>
  request.length > LONGEST ? undefined : known.get(keyOf(base, request));

/** Remembers a joined URL, and returns it. */
export function keepJoined(base, request, url) {
  if (url.length > LONGEST) return url;
  if (known.size === KNOWN) known.clear();
  known.set(keyOf(base, request), url);
  return url;
}
