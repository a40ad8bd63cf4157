/**
 * Takes out of the module what is never used: functions that nobody can call, and words that nobody reads.
 *
 * js-sys declares imports that take callbacks. Each has an adapter in the table of indirect calls, whether this crate uses
 * the import or not, and what stands in the table the optimiser has to keep. Adapters are called by their exported names,
 * never through the table; nor is the support for suspended tasks, which this crate does not use.
 */

const NAME = /\$"(?:[^"\\]|\\.)*"|\$[^\s()"]+/g;
const DEAD = /closures::_::invoke|js_sys.*::futures::/;

/** @param {string} module in the text format, with the names of its functions */
export function pruneTable(module) {
  return module.replace(/^ *\(elem .* func .*\)$/m, (table) => {
    // The first two name the segment and the table.
    const names = table.match(NAME)?.slice(2) ?? [];
    // An entry keeps its place, since others are known by theirs; what it points to is never called.
    const filler = names.find((name) => !DEAD.test(name));
    return table.replaceAll(NAME, (name) => (filler !== undefined && DEAD.test(name) ? filler : name));
  });
}

/** What wasm-bindgen and gloo-storage say when they trap. The glue does not pass it on: a trap speaks for itself. */
const WORDS = [
  'attempted to take ownership of Rust value while it was borrowed',
  'recursive use of an object detected which would lead to unsafe aliasing in rust',
  'null pointer passed to rust',
  'closure invoked recursively or after being dropped',
  'no window',
  'failed to get local_storage',
  'no local storage',
  'failed to get session_storage',
  'no session storage',
];

/** @param {string} module in the text format */
export function silenceTraps(module) {
  return WORDS.reduce((text, words) => text.replace(words, '\\00'.repeat(words.length)), module);
}

/**
 * A module of numbers needs neither memory nor a table outside, and nothing from there.
 *
 * @param {string} module in the text format
 */
export const withoutGlue = (module) => module.replace(/^ *\((?:export "(?:memory|__\w+)" |elem ).*\)$/gm, '');
