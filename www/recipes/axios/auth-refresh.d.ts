// The package's own types speak of the axios of CommonJS, which for the compiler is another one.

export function createAuthRefresh(service: object, logic: () => Promise<unknown>): number;
