/** Counts the work that code does with texts and lists, so that a test can compare sizes and need not take times. */

/**
 * What a call of a built-in costs: the characters or elements that it goes through.
 *
 * @typedef {(self: any, result: any, args: any[]) => number} Cost
 */

/** @type {Cost} */
const all = (self) => self.length;
/** @type {Cost} */
const both = (self, result) => self.length + result.length;
/** @type {Cost} */
const sought = (self, result, args) =>
  (result < 0 ? self.length : result + args[0].length) - Number(args[1] ?? 0);
/** @type {Cost} */
const one = () => 1;

/** @type {[place: any, names: PropertyKey[], cost: Cost][]} */
const COSTS = [
  [String.prototype, ['indexOf'], sought],
  [String.prototype, ['startsWith', 'endsWith'], (_, __, args) => args[0].length],
  [String.prototype, ['slice'], (_, result) => result.length],
  [String.prototype, ['includes', 'replace', 'replaceAll', 'search', 'match', 'matchAll', 'split'], all],
  [String.prototype, ['trim', 'toLowerCase', 'toUpperCase'], all],
  [RegExp.prototype, ['test'], (_, __, args) => String(args[0]).length],
  [Array.prototype, ['concat', 'flat', 'slice'], both],
  [Array.prototype, ['map', 'filter', 'join', 'forEach', 'flatMap', 'some', 'every', 'unshift'], all],
  [Array.prototype, ['find', 'findLast', 'includes', 'indexOf'], all],
  [Object, ['keys'], (_, result) => result.length],
  [Object, ['entries', 'values'], (_, result) => result.length],
  [URLSearchParams.prototype, ['get', 'getAll', 'has'], (self) => self.size],
  // What a spread, a rest and a loop over all go through.
  [Object.getPrototypeOf([].values()), ['next'], one],
  [Object.getPrototypeOf(new Map().values()), ['next'], one],
  [Object.getPrototypeOf(new Set().values()), ['next'], one],
];

/**
 * How much is gone through until what is done has settled.
 *
 * @param {() => unknown} act
 */
export async function stepsOf(act) {
  let steps = 0;
  const undo = COSTS.flatMap(([place, names, cost]) =>
    names.map((name) => {
      const builtIn = place[name];
      place[name] = function counted(/** @type {any[]} */ ...args) {
        const result = Reflect.apply(builtIn, this, args);
        steps += 1 + cost(this, result, args);
        return result;
      };
      return () => {
        place[name] = builtIn;
      };
    }),
  );
  try {
    await act();
  } finally {
    for (const restore of undo) restore();
  }
  return steps;
}

/**
 * How much more is gone through for twice as much.
 *
 * @param {(size: number) => () => unknown} prepare makes an input of that size, and gives what is done with it
 */
export async function growthOf(prepare, size = 100_000) {
  const [small, large] = [prepare(size), prepare(2 * size)];
  // Once for what is done at the first time alone.
  await prepare(10)();
  return (await stepsOf(large)) / (await stepsOf(small));
}
