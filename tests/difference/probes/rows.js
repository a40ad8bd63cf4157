/** @import { Probe, Probes } from '../kit.js' */

/**
 * A probe for each row of a table.
 *
 * @template T
 * @param {string} what
 * @param {Record<string, T>} table
 * @param {(value: T) => Probe} make
 * @returns {Probes}
 */
export const rows = (what, table, make) =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [`${what}: ${name}`, make(value)]));
