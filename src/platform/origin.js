// Origins and base URLs, as the platform resolves them.

/** The URL against which the platform resolves others. A page may have a `<base>`. */
export const currentBase = () => globalThis.document?.baseURI ?? globalThis.location?.href;

/** The origin of a URL; empty if the URL is not valid or its origin is opaque. */
export function originOf(url) {
  try {
    const { origin } = new URL(url, currentBase());
    return origin === 'null' ? '' : origin;
  } catch {
    return '';
  }
}

/** The origin of the page or the worker; empty on a server. */
const pageOrigin = () => originOf(globalThis.location?.href);

/** Whether a URL has another origin than the page. Never on a server, which has no origin. */
export const isForeign = (url) => !['', originOf(url)].includes(pageOrigin());

/** The page, and the live list of its `<base>` elements, whose length is faster to read than the base URL. */
let page;
let bases = [];

/** Whether a path may lead to another origin than the page's, because there is a `<base>`. */
function isElsewhere() {
  try {
    if (page !== globalThis.document) {
      page = globalThis.document;
      // With any prefix, as in XHTML.
      bases = page.getElementsByTagNameNS('*', 'base');
    }
    return bases.length > 0;
  } catch {
    // An element's name hides the document's method, or the document is a test double.
    page = undefined;
    return true;
  }
}

/**
 * Whether a URL is an absolute path and nothing else, which stays on the page's origin. The platform reads `\` as `/` and drops
 * tabs and line breaks, so that `/\evil.example` and `/⇥/evil.example` lead elsewhere.
 */
const isPlainPath = (url) => url[0] === '/' && !'/\\\t\n\r'.includes(url[1]);

const isAbsolute = (url) => /^https?:\/\//i.test(url);

/** Whether a URL leads to the same place even if the page's address changes. */
const isSteady = (url) => (isPlainPath(url) ? !isElsewhere() : isAbsolute(url));

/** The base of such a URL. */
const STEADY = '';

/**
 * The base that the page resolves a URL against, or `STEADY` if that does not matter. It is kept with the request, as the page may
 * change its address or get a `<base>` while the request waits.
 */
export const baseOf = (url) => (isSteady(url) ? STEADY : currentBase());

/** A URL that leads to the same place as when the call was made. It is returned as written if it still does. */
export function pinnedUrl(url, baseThen) {
  if (!baseThen && (isSteady(url) || !isPlainPath(url))) return url;
  try {
    const { href } = new URL(url, baseThen || globalThis.location.href);
    return new URL(url, currentBase()).href === href ? url : href;
  } catch {
    // It is not valid: `fetch` will throw.
    return url;
  }
}

/** The only origins that ever get a token: those that the app names, or the page's own and those of base URLs. */
export class Origins {
  #list;
  #areGiven;
  #hasPage;

  /** @param given origins as the platform writes them */
  constructor(given, more = [pageOrigin()]) {
    this.#areGiven = given !== undefined;
    this.#list = new Set(given ?? more);
    this.#list.delete('');
    this.#hasPage = this.#list.has(pageOrigin());
  }

  /** These and the origin of a base URL, unless the app has named the origins. */
  and(baseURL) {
    return this.#areGiven || !baseURL ? this : new Origins(undefined, [...this.#list, originOf(baseURL)]);
  }

  /**
   * Whether a URL has one of these origins. `base`: the base that the page resolved it against when the call was made. The platform's
   * own parser decides; the two tests before it only save time.
   */
  hold(asked, base) {
    if (this.#hasPage && base === STEADY && isPlainPath(asked)) return true;
    const url = pinnedUrl(asked, base);
    for (const origin of this.#list) {
      if (url.startsWith(origin) && '/?#'.includes(url.charAt(origin.length))) return true;
    }
    return this.#list.has(originOf(url));
  }
}

/** The path of a URL, which may be shown: queries may contain secrets. */
export const pathOf = (url) => /^(?:[a-z][a-z\d+.-]+:)?(?:\/\/[^/?#]*)?([^?#]*)/i.exec(url)[1] || '/';
