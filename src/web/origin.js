// Origins, as the platform reads them.

/** The origin that a URL leads to; empty where it leads nowhere. One that is opaque is nobody's. */
export function originOf(url) {
  try {
    const { origin } = new URL(url, globalThis.location?.href);
    return origin === 'null' ? '' : origin;
  } catch {
    return '';
  }
}

/** The page's or the worker's own; empty on a server. */
export const pageOrigin = () => originOf(globalThis.location?.href);
