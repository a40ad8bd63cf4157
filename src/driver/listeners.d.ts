/** The listeners of one session. */
export class Listeners {
  /** Whether a member's tokens are cookies, as those of all others are, or as those of none. */
  agreesOn(isTokenless: boolean): boolean;
  /** The listeners that a member brings in its options. */
  join(member: number, options: { readonly onRefresh: unknown; readonly onSignOut: unknown }): void;
  /** Forgets a member's. */
  removeOf(member: number): void;
  /** Listens for a member, by its number; gives the way to stop. */
  add(member: number, topic: string, listener: unknown): () => void;
}

/** The engine knows them by their place. */
export const STATUSES: readonly string[];
