export const LATER: unique symbol;
