/** How far the clock of the server that sent this body is ahead, in ms; `undefined` if that is not known. */
export function clockOf(body: unknown): number | undefined;
