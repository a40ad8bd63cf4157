/** The listeners of one session. */
export class Listeners {
  /** Whether an instance may share the session: either all of its instances have their tokens in cookies, or none has. */
  agreesOn(isTokenless: boolean): boolean;
  /** Adds the listeners in an instance's options. */
  join(instance: number, options: { readonly onRefresh: unknown; readonly onSignOut: unknown }): void;
  /** Removes the listeners of an instance. */
  removeOf(instance: number): void;
  /** Adds a listener for an instance, by its number. Returns a function that removes it. */
  add(instance: number, topic: string, listener: unknown): () => void;
}
