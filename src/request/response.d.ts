/** How far the clock of whoever sent this body is ahead of this machine's, in ms; `undefined` where nobody knows. */
export function clockOf(body: unknown): number | undefined;
