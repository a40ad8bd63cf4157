// Origins, as the platform reads them.

/** What the platform resolves URLs against: a page may have a `<base>`. */
const base = () => globalThis.document?.baseURI ?? globalThis.location?.href;

/** The origin that a URL leads to; empty where it leads nowhere. One that is opaque is nobody's. */
export function originOf(url) {
  try {
    const { origin } = new URL(url, base());
    return origin === 'null' ? '' : origin;
  } catch {
    return '';
  }
}

/** The page's or the worker's own; empty on a server. */
export const pageOrigin = () => originOf(globalThis.location?.href);

let known;
let atHome = false;

/** Whether a path leads to the page's own origin: a `<base>` may come and go. */
export function isAtHome() {
  const now = base();
  if (now !== known) {
    known = now;
    atHome = originOf('/') === pageOrigin();
  }
  return atHome;
}
