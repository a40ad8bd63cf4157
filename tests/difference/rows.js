/**
 * A probe for each row of a table.
 *
 * @template T, P
 * @param {string} what
 * @param {Record<string, T>} table
 * @param {(value: T) => P} make
 * @returns {Record<string, P>}
 */
export const rows = (what, table, make) =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [`${what}: ${name}`, make(value)]));
