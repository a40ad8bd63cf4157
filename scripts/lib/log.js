/** What the scripts print: one line a step, with its seconds; on a terminal also what the step is just doing. */

const TTY = process.stdout.isTTY && !process.env.CI;
const TICK_MS = TTY ? 200 : 30_000;

/** A failure that says all there is to say in its message: printed without a stack. */
export class Problem extends Error {
  /**
   * @param {string} message
   * @param {string} [detail] what a child printed before it failed
   */
  constructor(message, detail = '') {
    super(message);
    this.detail = detail;
  }
}

/** The last line a child has printed, shown behind the running step. */
let doing = '';

/** @param {string} line */
export function showProgress(line) {
  doing = line;
}

/** @param {string} text */
export const say = (text) => console.log(text);

/**
 * Runs one piece of work and says so.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(TTY ? 1 : 0)} s`;
  const draw = (/** @type {string} */ text, end = '') => {
    if (!TTY) return say(text);
    process.stdout.write(`\r\x1b[2K${text.slice(0, (process.stdout.columns || 80) - 1)}${end}`);
  };

  doing = '';
  draw(`  ${name} …`);
  const timer = setInterval(() => draw(`  ${name} … ${seconds()}  ${TTY ? doing : ''}`.trimEnd()), TICK_MS);
  try {
    const result = await work();
    draw(`✓ ${name}, ${seconds()}`, '\n');
    return result;
  } catch (error) {
    draw(`✗ ${name}, ${seconds()}`, '\n');
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** @param {unknown} error */
export function explain(error) {
  if (!(error instanceof Problem)) return console.error(error);
  if (error.detail) console.error(error.detail.trimEnd());
  console.error(error.message);
}

/**
 * The frame of every script: a failure is told and gives the exit code.
 *
 * @param {() => Promise<void>} main
 */
export function runScript(main) {
  main().catch((error) => {
    explain(error);
    process.exitCode = 1;
  });
}
