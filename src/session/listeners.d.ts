/** The listeners of one session. */
export class Listeners {
  /** Listens for a member; gives the way to stop. */
  add(member: number, topic: string, listener: unknown): () => void;
}

/** The engine knows them by their place. */
export const STATUSES: readonly string[];
