// The hand that joins URLs; how is the engine's to say.

/** A base and a request, joined by the engine's word: how much of either is cut off, and whether a slash comes between. */
export const joined = (base, request, cutBase, cutRequest, hasSlash) =>
  base.slice(0, base.length - cutBase) + (hasSlash ? '/' : '') + request.slice(cutRequest);

/** What has been joined last: asking the engine anew costs more than looking here. Few, and none that is long. */
const known = new Map();
const KNOWN = 256;
const LONGEST = 256;

/** A text of its own: one that was cut out of a page would keep the page. */
const keyOf = (base, request) => `${base}\n${request}`;

export const joinedBefore = (base, request) =>
  request.length > LONGEST ? undefined : known.get(keyOf(base, request));

/** Keeps what has been joined. */
export function keepJoined(base, request, url) {
  if (url.length > LONGEST) return url;
  if (known.size === KNOWN) known.clear();
  known.set(keyOf(base, request), url);
  return url;
}
