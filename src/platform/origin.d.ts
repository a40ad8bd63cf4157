/** The URL against which the page resolves others now; `undefined` on a server. */
export function currentBase(): string | undefined;

/** The only origins that ever get a token. */
export class Origins {
  /** @param given origins as the platform writes them; `undefined`: the page's, and those of base URLs */
  constructor(given: readonly string[] | undefined);
  /** These and the origin of a base URL, unless the app has named the origins. */
  and(baseURL: string | undefined): Origins;
}
