// The hand that joins URLs; how is the engine's to say.

/** A base and a request, joined by the engine's word: how much of either is cut off, and whether a slash comes between. */
export const joined = (base, request, cutBase, cutRequest, hasSlash) =>
  base.slice(0, base.length - cutBase) + (hasSlash ? '/' : '') + request.slice(cutRequest);

/** What has been joined last, by base and request: asking the engine anew costs more than looking here. */
const known = new Map();
const BASES = 16;
const URLS = 256;

export const joinedBefore = (base, request) => known.get(base)?.get(request);

/** Keeps what has been joined. A page has few bases; a server may have one for each request that it serves. */
export function keepJoined(base, request, url) {
  let urls = known.get(base);
  if (urls === undefined || urls.size === URLS) {
    if (known.size === BASES) known.clear();
    urls = new Map();
    known.set(base, urls);
  }
  urls.set(request, url);
  return url;
}
