/** Patterns that find a secret in a text. */
export function findersOf(secret: string): (RegExp | string)[];
