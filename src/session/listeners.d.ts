/** The listeners of one session. */
export class Listeners {
  /** The listeners that a member brings in its options. */
  join(member: number, options: { readonly onRefresh: unknown; readonly onSignOut: unknown }): void;
  /** Forgets a member's. */
  removeOf(member: number): void;
  /** Listens for a member; gives the way to stop. */
  add(member: number, topic: string, listener: unknown): () => void;
}

/** The engine knows them by their place. */
export const STATUSES: readonly string[];
