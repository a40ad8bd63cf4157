/** Resolves when the marks that were set so far are written. */
export function marksAreSet(): Promise<void>;
