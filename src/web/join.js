// The hand that joins URLs; how is the engine's to say.

/** A base and a request, joined by the engine's word: how much of either is cut off, and whether a slash comes between. */
export const joined = (base, request, cutBase, cutRequest, hasSlash) =>
  base.slice(0, base.length - cutBase) + (hasSlash ? '/' : '') + request.slice(cutRequest);
