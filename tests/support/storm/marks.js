/** What shows whose a body is: it stands in everything that is sent, and in every answer. */

export const markOf = (/** @type {number} */ id) => `#${id}#`;

/** What a call sends: so many characters, and an end, so that what was cut is seen. */
export const textFor = (/** @type {number} */ id, /** @type {number} */ length) =>
  `${markOf(id)}${'y'.repeat(length)}z`;
