/** Chance that can be repeated: the same seed, the same decisions. */

/** One number of several, in which each of their bits counts. */
export function mixed(/** @type {number[]} */ ...numbers) {
  let hash = 0x811c9dc5;
  for (const number of numbers) {
    hash = Math.imul(hash ^ (number >>> 0), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  return hash >>> 0;
}

export class Chance {
  #state;

  constructor(/** @type {number[]} */ ...seeds) {
    this.#state = mixed(...seeds);
  }

  /** At least 0 and below 1 (mulberry32). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mix = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mix = (mix + Math.imul(mix ^ (mix >>> 7), 61 | mix)) ^ mix;
    return ((mix ^ (mix >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  below(/** @type {number} */ limit) {
    return Math.floor(this.next() * limit);
  }

  oneIn(/** @type {number} */ many) {
    return this.below(many) === 0;
  }

  /**
   * @template T
   * @param {readonly T[]} list
   * @returns {T}
   */
  pick(list) {
    return /** @type {T} */ (list[this.below(list.length)]);
  }

  /**
   * One of several names, the heavier the likelier.
   *
   * @template {string} N
   * @param {Record<N, number>} weights
   * @returns {N}
   */
  weighted(weights) {
    const entries = /** @type {[N, number][]} */ (Object.entries(weights));
    let rest = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      rest -= weight;
      if (rest < 0) return name;
    }
    return /** @type {[N, number]} */ (entries.at(-1))[0];
  }
}
