// Time limits.

/** Beyond this a timer of the platform fires at once, in ms. */
export const LONGEST_TIMEOUT = 0x7fff_ffff;
