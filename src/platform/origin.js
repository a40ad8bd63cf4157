// Origins, as the platform reads them.

/** What the platform resolves URLs against: a page may have a `<base>`. */
export const currentBase = () => globalThis.document?.baseURI ?? globalThis.location?.href;

/** The origin that a URL leads to; empty where it leads nowhere. One that is opaque is nobody's. */
export function originOf(url) {
  try {
    const { origin } = new URL(url, currentBase());
    return origin === 'null' ? '' : origin;
  } catch {
    return '';
  }
}

/** The page's or the worker's own; empty on a server. */
const pageOrigin = () => originOf(globalThis.location?.href);

/** Whether it leads elsewhere than to the page's own origin; not on a server, which has none. */
export const isForeign = (url) => !['', originOf(url)].includes(pageOrigin());

/** The page, and its `<base>`s: the list follows the page, and asking for its length is cheaper than for the base URL. */
let page;
let bases = [];

/** Whether a path may lead elsewhere than to the page's own origin: a `<base>` comes and goes. */
function isElsewhere() {
  try {
    if (page !== globalThis.document) {
      page = globalThis.document;
      // By whatever prefix it goes.
      bases = page.getElementsByTagNameNS('*', 'base');
    }
    return bases.length > 0;
  } catch {
    // A page whose methods are covered by its elements' names, or a test double.
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

/** Whether it leads to the same place whatever becomes of the page's address. */
const isSteady = (url) => (isPlainPath(url) ? !isElsewhere() : isAbsolute(url));

/** Of a URL that leads to the same place whatever becomes of the page's address. */
const STEADY = '';

/**
 * What the page resolves a URL against, where that matters: the page may change its address, or get a `<base>`, while a request
 * waits.
 */
export const baseOf = (url) => (isSteady(url) ? STEADY : currentBase());

/** A URL that leads to where it led when it was asked for: as it is written where it still does. */
export function asMeant(url, baseThen) {
  if (!baseThen && (isSteady(url) || !isPlainPath(url))) return url;
  try {
    const { href } = new URL(url, baseThen || globalThis.location.href);
    return new URL(url, currentBase()).href === href ? url : href;
  } catch {
    // It leads nowhere, as `fetch` will say.
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

  /** These, and that of a base URL, unless the app has named them all. */
  and(baseURL) {
    return this.#areGiven || !baseURL ? this : new Origins(undefined, [...this.#list, originOf(baseURL)]);
  }

  /**
   * Judged by the URL as asked, of which it is known what the page resolved it against then. The platform's own reading decides; the
   * two tests before it only save its cost.
   */
  hold(asked, base) {
    if (this.#hasPage && base === STEADY && isPlainPath(asked)) return true;
    const url = asMeant(asked, base);
    for (const origin of this.#list) {
      if (url.startsWith(origin) && '/?#'.includes(url.charAt(origin.length))) return true;
    }
    return this.#list.has(originOf(url));
  }
}

/** The path of a URL as asked: what may be shown of it without giving a secret away. */
export const pathOf = (url) => /^(?:[a-z][a-z\d+.-]+:)?(?:\/\/[^/?#]*)?([^?#]*)/i.exec(url)[1] || '/';
