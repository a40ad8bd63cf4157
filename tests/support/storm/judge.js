/** Whether the books balance: what the calls of a life have come to, held against what the server knows. */

/**
 * @import { Books } from './books.js'
 * @typedef {{ id: number, ended: string, isUnsent: boolean, times: number }} Entry one call: how it ended, and whether it was given up before it began
 * @typedef {object} Presented what the client knows of one presentation
 * @property {number} madeAt when it was sent off
 * @property {number | undefined} [receivedAt] when the new tokens came, unless it had been given up by then
 * @property {boolean} isGivenUp whether the package has given it up
 * @typedef {object} Ledger
 * @property {Entry[]} calls
 * @property {Record<string, Presented>} presented
 * @property {string[]} forced the refresh tokens that were in use when the app itself asked for a refresh
 * @property {boolean} keepsWrites whether the storage holds what was written last
 * @property {string[]} faults what was seen beside the books
 */

/** What all tabs of a life say, as one. @param {Ledger[]} ledgers @returns {Ledger} */
export const merged = (ledgers) => ({
  calls: ledgers.flatMap(({ calls }) => calls),
  presented: Object.assign({}, ...ledgers.map(({ presented }) => presented)),
  forced: ledgers.flatMap(({ forced }) => forced),
  keepsWrites: ledgers.every(({ keepsWrites }) => keepsWrites),
  faults: ledgers.flatMap(({ faults }) => faults),
});

/**
 * @param {Ledger} ledger
 * @param {Books} books
 * @returns {string[]}
 */
export function faultsOf({ calls, presented, forced, keepsWrites, faults }, books) {
  const found = [...faults, ...books.faults];
  const arrived = new Map(books.arrivals.map((arrival) => [arrival.id, arrival]));
  for (const { id, ended, isUnsent, times } of calls) {
    if (times !== 1) found.push(`#${id} was settled ${times} times`);
    if (isUnsent && arrived.has(id)) found.push(`#${id} was given up before it began, and sent`);
    if (ended === 'answered' && !arrived.has(id)) found.push(`#${id} was answered and never sent`);
  }
  const known = new Set(calls.map(({ id }) => id));
  for (const id of arrived.keys()) if (!known.has(id)) found.push(`#${id} was sent and never asked for`);

  const { presentations } = books;
  for (const [index, { token, nonce, isExplained, together }] of presentations.entries()) {
    if (!presented[nonce]) found.push(`a refresh token was presented by nobody`);
    if (!isExplained && !forced.includes(token)) found.push(`a refresh without a cause (${nonce})`);
    const { madeAt = Number.POSITIVE_INFINITY } = presented[nonce] ?? {};
    // What was given up may arrive after what was made in its place: the client knows which came first, and the later one's answer
    // says nothing of the earlier one.
    const isBefore = (/** @type {string} */ other) => (presented[other]?.madeAt ?? 0) <= madeAt;
    const isOut = (/** @type {string} */ one) => !presented[one]?.isGivenUp;
    if (together.some((other) => other !== nonce && isOut(isBefore(other) ? other : nonce)))
      found.push(`two refreshes at once (${nonce})`);
    const earlier = presentations
      .slice(0, index)
      // A browser repeats by itself what was reset: that is one presentation.
      .filter((one) => one.token === token && one.hasRotated && one.nonce !== nonce);
    const isNeedless = earlier.some((one) => (presented[one.nonce]?.receivedAt ?? Number.NaN) <= madeAt);
    if (isNeedless && keepsWrites)
      found.push(`a refresh token was presented again though its answer had come (${nonce})`);
  }
  return found;
}
