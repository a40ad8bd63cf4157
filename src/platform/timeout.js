// Time limits.

/** In ms. A longer timer of the platform would fire at once. */
export const LONGEST_TIMEOUT = 0x7fff_ffff;
