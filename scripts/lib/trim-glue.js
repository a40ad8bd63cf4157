/**
 * Takes out of wasm-bindgen's JavaScript what this package has no use for.
 *
 * It is written for every program and every browser. Here an instance is freed by the garbage collector alone, the module is
 * started by `initSync({ module })` alone, and what the engine throws is a trap, whose words nobody reads. wasm-bindgen is
 * pinned to one version: what is not found as it stands here stops the build.
 */

/** @type {[RegExp, string][]} */
const CUTS = [
  // What is thrown: the decoder serves nothing else.
  [/throw new Error\(getStringFromWasm0\(\w+, \w+\)\);/, "throw new Error('the engine has given up');"],
  [/^function getStringFromWasm0\([^]*?^}$/m, ''],
  [/^let cachedTextDecoder [^]*?^cachedTextDecoder\.decode\(\);$/m, ''],
  [/^function decodeText\([^]*?^}$/m, ''],
  // Every browser that has what this package needs has these.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) {[^]*?^}$/m, ''],
  [/\(typeof FinalizationRegistry === 'undefined'\)\n.*\n\s*: /, ''],
  [/^if \(Symbol\.dispose\) .*$/m, ''],
  [/^ {4}__destroy_into_raw\(\) {[^]*?^ {4}}$/m, ''],
  [/^ {4}free\(\) {[^]*?^ {4}}$/m, ''],
  // How it is started.
  [/^ {4}if \(module !== undefined\) {[^]*?^ {4}}$/m, '    ({module} = module);'],
  [/^ {4}if \(!\(module instanceof WebAssembly\.Module\)\) {\n(.*)\n {4}}$/m, '$1'],
];

/** @param {string} glue the JavaScript that wasm-bindgen wrote */
export function trimGlue(glue) {
  return CUTS.reduce((text, [pattern, replacement]) => {
    if (text.match(new RegExp(pattern, `${pattern.flags}g`))?.length !== 1)
      throw new Error(`not exactly once in the glue: ${pattern}`);
    return text.replace(pattern, replacement);
  }, glue);
}
