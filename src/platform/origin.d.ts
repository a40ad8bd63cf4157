/** What the page resolves URLs against now; nothing on a server. */
export function currentBase(): string | undefined;

/** The only origins that ever get a token. */
export class Origins {
  /** @param given origins as the platform writes them; `undefined`: the page's, and those of base URLs */
  constructor(given: readonly string[] | undefined);
  /** These, and that of a base URL, unless the app has named them all. */
  and(baseURL: string | undefined): Origins;
}
