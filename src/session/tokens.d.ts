/** What a reply or a record says. */
export interface Fields {
  readonly access: string;
}

/** Reads a token reply; `undefined` when it holds no access token. */
export function readReply(reply: unknown): Fields | undefined;
