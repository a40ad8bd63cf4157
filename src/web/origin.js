// Origins, as the platform reads them.

/** The origin that a URL leads to; `undefined` where it leads nowhere. */
export function originOf(url) {
  try {
    return new URL(url, globalThis.location?.href).origin;
  } catch {
    return undefined;
  }
}

/** The page's or the worker's own; `undefined` on a server. */
export const pageOrigin = () => globalThis.location?.origin;
