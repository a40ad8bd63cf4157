/** Reads how many tests passed and failed from what the runners print at their end. */

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * One line for each test binary; wasm-pack's browsers print it in the same way.
 *
 * @param {string} output
 * @returns {Counts}
 */
export function cargoCounts(output) {
  return sum(
    [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed;/gm)].map(([, passed, failed]) => ({
      passed: Number(passed),
      failed: Number(failed),
    })),
  );
}

/**
 * @param {string} output of `node --test` with its `spec` reporter
 * @returns {Counts}
 */
export function nodeCounts(output) {
  const figure = (/** @type {string} */ name) =>
    Number(new RegExp(`^ℹ ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  return { passed: figure('pass'), failed: figure('fail') + figure('cancelled') };
}

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function sum(all) {
  return all.reduce(
    (total, one) => ({ passed: total.passed + one.passed, failed: total.failed + one.failed }),
    { passed: 0, failed: 0 },
  );
}
