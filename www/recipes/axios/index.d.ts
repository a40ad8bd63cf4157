// The recipes are JavaScript without a word on types: the tests ask for no more than this.
// biome-ignore-all lint/suspicious/noExplicitAny: two packages, of which the tests know what they ask of them

interface Migration {
  readonly before: (baseURL: string, app: object) => any;
  readonly after: (baseURL: string, app: object) => any;
}

export const byHand: Migration;
export const authRefresh: Migration;
