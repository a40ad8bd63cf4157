/**
 * What a test or the page can change about a tenant while it runs.
 *
 * | switch | default | meaning |
 * |---|---|---|
 * | `accessTtl` | 600 | lifetime in seconds of the access tokens given from now on |
 * | `latency` | 0 | milliseconds by which every api and token answer comes late |
 * | `refresh.mode` | `'ok'` | how a presented refresh token is answered, see `MODES` |
 * | `refresh.times` | `null` | after so many presentations all of `refresh` is back at its defaults |
 * | `refresh.retryAfter` | `null` | seconds, sent as `Retry-After` with the modes `'500'` and `'429'` |
 * | `hold.refresh`, `hold.api` | `false` | answers wait until they are released; switching it off releases nobody |
 * | `expiredCode` | 40001 | the `errcode` by which the dialect `envelope` says that a token is dead, see `EXPIRED_CODES` |
 * | `clockSkew` | 0 | seconds by which the clock of the dialect `dated` is fast, at most a year; negative: slow |
 */

/**
 * @typedef {'ok' | '500' | '429' | 'invalid_grant' | 'invalid_client' | 'hang' | 'drop' | 'lost' | 'empty'} RefreshMode
 * @typedef {{
 *   accessTtl: number,
 *   latency: number,
 *   refresh: { mode: RefreshMode, times: number | null, retryAfter: number | null },
 *   hold: { refresh: boolean, api: boolean },
 *   expiredCode: number,
 *   clockSkew: number,
 * }} SwitchValues
 * @typedef {(value: unknown) => string | undefined} Rule gives what the value should have been
 * @typedef {{ [name: string]: Rule | Rules }} Rules
 */

/** @type {readonly RefreshMode[]} */
export const MODES = [
  'ok',
  '500',
  '429',
  'invalid_grant',
  'invalid_client',
  'hang', // is never answered
  'drop', // the connection breaks, and the provider was not asked
  'lost', // the provider rotates the token, then the connection breaks before the answer
  'empty', // 200 with `{}`
];

export const EXPIRED_CODES = [40001, 42001, 30001, 40014];
const YEAR = 365 * 24 * 3600;

/** A patch that names a switch that does not exist, or a value that it cannot take. */
export class SwitchError extends Error {
  /** @override */
  name = 'SwitchError';
}

/** @returns {SwitchValues} */
const defaults = () => ({
  accessTtl: 600,
  latency: 0,
  refresh: { mode: 'ok', times: null, retryAfter: null },
  hold: { refresh: false, api: false },
  expiredCode: 40001,
  clockSkew: 0,
});

/** @type {(minimum: number, maximum?: number) => Rule} */
const wholeNumber = (minimum, maximum) => (value) =>
  Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) <= (maximum ?? Infinity)
    ? undefined
    : `a whole number from ${minimum}${maximum === undefined ? '' : ` to ${maximum}`}`;

/** @type {(rule: Rule) => Rule} */
const orNull = (rule) => (value) => {
  const expected = value === null ? undefined : rule(value);
  return expected && `${expected}, or null`;
};

/** @type {Rule} */
const flag = (value) => (typeof value === 'boolean' ? undefined : 'true or false');

/** @type {(known: readonly unknown[]) => Rule} */
const oneOf = (known) => (value) =>
  known.includes(value) ? undefined : `one of ${known.map((one) => JSON.stringify(one)).join(', ')}`;

/** @type {Rules} */
const RULES = {
  accessTtl: wholeNumber(1),
  latency: wholeNumber(0),
  refresh: { mode: oneOf(MODES), times: orNull(wholeNumber(1)), retryAfter: orNull(wholeNumber(0)) },
  hold: { refresh: flag, api: flag },
  expiredCode: oneOf(EXPIRED_CODES),
  clockSkew: wholeNumber(-YEAR, YEAR),
};

/**
 * @param {unknown} patch
 * @param {Rules} rules
 * @param {string} where
 */
function check(patch, rules, where) {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    throw new SwitchError(`${where || 'the switches'} must be an object`);
  }
  for (const [name, value] of Object.entries(patch)) {
    const path = where ? `${where}.${name}` : name;
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule) throw new SwitchError(`unknown switch ${path}; there are: ${Object.keys(rules).join(', ')}`);
    if (typeof rule === 'object') {
      check(value, rule, path);
      continue;
    }
    const expected = rule(value);
    if (expected) throw new SwitchError(`${path} must be ${expected}, not ${JSON.stringify(value)}`);
  }
}

/** The switches of one tenant. */
export class Switches {
  /** @type {SwitchValues} */
  #values = defaults();

  /** @returns {Readonly<SwitchValues>} */
  get values() {
    return this.#values;
  }

  /**
   * Changes what the patch names, or nothing at all where a part of it is wrong.
   *
   * @param {unknown} patch
   * @throws {SwitchError}
   */
  merge(patch) {
    check(patch, RULES, '');
    const { refresh, hold, ...plain } = /** @type {Partial<SwitchValues>} */ (patch);
    Object.assign(this.#values, plain);
    Object.assign(this.#values.refresh, refresh);
    Object.assign(this.#values.hold, hold);
  }

  /** Says how the next presentation is answered, and counts it against `times`. */
  nextRefresh() {
    const current = this.#values.refresh;
    if (current.times === null) return { ...current };
    const rest = current.times - 1;
    this.#values.refresh = rest > 0 ? { ...current, times: rest } : defaults().refresh;
    return current;
  }
}
